"""The funnel: how many variants left at each step, by which threshold."""

from models.reporting.content import ReportContent
from models.reporting.document import Block, Paragraph, Table
from models.reporting.sections.section import Section


def blocks(content: ReportContent) -> tuple[Block, ...]:
    ranked = content.funnel[-1].remaining if content.funnel else content.in_file
    lead = Paragraph(f"Of {content.in_file:,} alleles in the file {ranked:,} were ranked; the others left here:")
    rows = tuple((s.title, s.threshold, f"{s.left:,}", f"{s.remaining:,}") for s in content.funnel)
    head = ("Step", "Threshold", "Left", "Remain")
    return (lead, Table("Filters and counts", head, rows, (24, 54, 11, 11)))


SECTION = Section("filters", "Filters and counts", "the counted funnel", blocks)
