"""A report's document: every section drawn from the same frozen content."""

from models.reporting.content import ReportContent
from models.reporting.document import Document, Part
from models.reporting.sections.result import age_of
from models.reporting.sections.section import Section


def document_of(content: ReportContent, sections: tuple[Section, ...] = ()) -> Document:
    """The whole report. sections: SECTIONS unless others are given."""
    from models.reporting import SECTIONS  # the shop window lists the sections, and imports this file

    version, who = f"version {content.number}", f"{content.pseudonym} · {content.sex}, {age_of(content)}"
    return Document(
        title="Report on a genomic case",
        subtitle=f"{who} · {content.assembly} · {version}",
        running=f"{content.pseudonym} · case {content.case_id} · {version}",
        watermark="DRAFT" if content.is_draft else "",
        parts=tuple(Part(s.key, s.title, s.blocks(content)) for s in sections or SECTIONS),
    )
