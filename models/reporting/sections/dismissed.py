"""What was looked at and set aside, by whom and why."""

from models.reporting.content import ReportContent
from models.reporting.document import Block, Paragraph, Table
from models.reporting.sections.section import Section


def blocks(content: ReportContent) -> tuple[Block, ...]:
    if not content.dismissed:
        return (Paragraph("Nobody set a variant aside."),)
    rows = tuple((d.name, d.place, str(d.rank) if d.rank else "–", d.reason, d.by) for d in content.dismissed)
    head = ("Variant", "Place", "Rank", "Why", "By whom")
    return (Table("Variants set aside", head, rows, (20, 24, 8, 30, 18)),)


SECTION = Section("dismissed", "Looked at and set aside", "the named people", blocks)
