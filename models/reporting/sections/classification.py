"""All that is needed to redo the classification: every looked-up fact and every criterion, met or not."""

from models.reporting.content import CriterionLine, ReportContent, ReportedVariant
from models.reporting.document import Block, Heading, KeyValues, Paragraph, Table
from models.reporting.sections.section import Section, criterion_words, judged_words, name_words

_WITHOUT = "No criteria: the variant is not ranked, so none is suggested, and nobody judged any."


def blocks(content: ReportContent) -> tuple[Block, ...]:
    if not content.variants:
        return (Paragraph("No variant is reported, so there is no classification to redo."),)
    return tuple(block for variant in content.variants for block in _variant(variant, content))


def _variant(variant: ReportedVariant, content: ReportContent) -> tuple[Block, ...]:
    head = Heading(name_words(variant))
    facts = KeyValues(f"Facts about {name_words(variant)}", tuple((k, v) for k, v in _facts(variant, content) if v))
    if not variant.criteria:
        return (head, facts, Paragraph(_WITHOUT))
    counting = variant.counting
    rows = tuple((criterion_words(c), _verdict(c, counts=c in counting), c.reason, c.source) for c in variant.criteria)
    return (head, facts, Table("Every criterion", ("Criterion", "Verdict", "Because", "Rests on"), rows, _SHARES))


_SHARES = (16, 22, 38, 24)


def _verdict(line: CriterionLine, *, counts: bool) -> str:
    if line.verdict == "met" and not counts:
        return "suggested as met; does not count, judged by nobody"
    lacking = f": needs {line.lacking}" if line.lacking and line.lacking not in line.reason else ""
    judged = f"; {judged_words(line)}" if line.judged_by else ""
    return f"{line.verdict}{lacking}{judged}"


def _facts(variant: ReportedVariant, content: ReportContent) -> tuple[tuple[str, str], ...]:
    looked_up = ((name, f"{value} [{source}]" if source else value) for name, value, source in variant.looked_up)
    without_source = all(name != "Population frequency" for name, _, _ in variant.looked_up)
    return (
        ("Allele", f"{content.assembly} {variant.allele}"),
        ("Family", "; ".join(variant.family)),
        *((("Population frequency", variant.frequency),) if without_source else ()),
        *looked_up,
        ("Suggested", variant.suggested_because),
    )


SECTION = Section(
    "classification", "The classification in full", "the file, installed releases, the named people", blocks
)
