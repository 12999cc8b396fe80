"""Which model ordered the list, and what it says of this list as a whole."""

from models.reporting.content import ReportContent
from models.reporting.document import Block, KeyValues, Paragraph, Tone
from models.reporting.sections.section import Section


def blocks(content: ReportContent) -> tuple[Block, ...]:
    sentence, *unlike = content.confidence
    care = f" To be read with care: {'; '.join(unlike)}." if unlike else ""
    order = "The model only orders the list; it gives no class and chooses no variant."
    return (KeyValues("The ranking model", content.model), Paragraph(sentence + care), Paragraph(order, Tone.QUIET))


SECTION = Section("model", "The ranking model", "the model's verified manifest and its card", blocks)
