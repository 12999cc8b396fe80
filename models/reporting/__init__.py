"""What leaves the house: every export is made here, and every cell is escaped here.

SECTIONS lists what a report says, in the order it is read; to add one, write a file in `sections/` and add it there.
"""

from models.reporting.cells import cell
from models.reporting.changed import changed_as_json, changed_as_text
from models.reporting.content import ReportContent, Signature, content_hash
from models.reporting.gather import content_of
from models.reporting.ranked import ranked_rows, ranking_as_json, ranking_as_tsv
from models.reporting.report import document_of
from models.reporting.sections import (
    classification,
    coverage,
    dismissed,
    features,
    filters,
    limits,
    model,
    releases,
    result,
    secondary,
    signature,
    variants,
)
from models.reporting.sections.section import Section

SECTIONS: tuple[Section, ...] = (
    result.SECTION,
    variants.SECTION,
    features.SECTION,
    secondary.SECTION,
    dismissed.SECTION,
    filters.SECTION,
    coverage.SECTION,
    classification.SECTION,
    releases.SECTION,
    model.SECTION,
    limits.SECTION,
    signature.SECTION,
)

__all__ = [
    "SECTIONS",
    "ReportContent",
    "Section",
    "Signature",
    "cell",
    "changed_as_json",
    "changed_as_text",
    "content_hash",
    "content_of",
    "document_of",
    "ranked_rows",
    "ranking_as_json",
    "ranking_as_tsv",
]
