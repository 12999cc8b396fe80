"""What this report cannot say, and for what it may be used: said once."""

from models.reporting.content import ReportContent
from models.reporting.document import Block, Callout, Paragraph
from models.reporting.sections.section import Section

USE = "Research and education use; not a medical device."


def blocks(content: ReportContent) -> tuple[Block, ...]:
    return (Callout("Use", USE), *map(Paragraph, content.limits))


SECTION = Section("limits", "Limits", "the model card", blocks)
