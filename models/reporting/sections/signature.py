"""Who stands for this report, which version it is, and the hash that binds its content."""

from datetime import datetime

from models.reporting.content import ReportContent, content_hash
from models.reporting.document import Block, Callout, KeyValues, Weight
from models.reporting.sections.section import Section

DRAFT = "Nobody has signed this report. It may change until somebody does."


def blocks(content: ReportContent) -> tuple[Block, ...]:
    pairs = (
        ("Version", _version(content)),
        ("Why it was amended", content.why_amended if content.amends else ""),
        ("Drawn up from", _decisions(content)),
        ("Case", f"{content.pseudonym}, {content.case_id}"),
        ("Content, sha256", content_hash(content)),
    )
    facts = KeyValues("What binds this report", tuple((k, v) for k, v in pairs if v))
    return (_signed(content), facts)


def _signed(content: ReportContent) -> Callout:
    if content.signature is None:
        return Callout("Draft", DRAFT, Weight.CAUTION)
    said = (content.signature.who, when_words(content.signature.at), content.signature.proof)
    return Callout("Signed", ", ".join(part for part in said if part), Weight.RESULT)


def when_words(at: str) -> str:
    """ "2026-11-21 17:04 UTC+01:00"."""
    moment = datetime.fromisoformat(at)
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzname() or 'local time'}"


def _version(content: ReportContent) -> str:
    amends = f"; replaces the report with content sha256 {content.amends}" if content.amends else ""
    return f"{content.number}{amends}"


def _decisions(content: ReportContent) -> str:
    if not content.decisions:
        return "no decision was taken yet"
    when = when_words(content.decided_at)
    return f"{content.decisions} decisions, the last {when}, chained to {content.decisions_head}"


SECTION = Section("signature", "Signature", "the decision log", blocks)
