"""Coverage as far as it is known, what was not assessed, and the checks, overridden ones included."""

from models.reporting.content import FindingLine, ReportContent
from models.reporting.document import Block, Heading, Paragraph, Table
from models.reporting.sections.section import Section


def blocks(content: ReportContent) -> tuple[Block, ...]:
    return (
        *map(Paragraph, content.coverage),
        Heading("Not assessed"),
        *_not_assessed(content),
        Heading("Checks of the files"),
        *_checks(content),
    )


def _not_assessed(content: ReportContent) -> tuple[Block, ...]:
    if not content.not_assessed:
        return (Paragraph("Every source this report asks had an answer for this file."),)
    return (Paragraph("; ".join(content.not_assessed) + "."),)


def _checks(content: ReportContent) -> tuple[Block, ...]:
    if not content.findings:
        return (Paragraph("The checks of build, samples, sex and family found nothing to say."),)
    rows = tuple((f.severity, f.sentence, _overridden(f)) for f in content.findings)
    return (Table("Findings of the checks", ("Weight", "What was found", "Overridden"), rows, (12, 58, 30)),)


def _overridden(finding: FindingLine) -> str:
    if finding.overridden:
        return finding.overridden
    return "no" if finding.severity == "blocking" else "–"


SECTION = Section("coverage", "Coverage and what was not assessed", "the file and its checks", blocks)
