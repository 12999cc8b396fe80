"""The report as a PDF: the same document, set by Typst with its own fonts, no browser and no system package.

The words go in as JSON and are set as text; the template holds all the markup there is. The same document, time and
version of Typst give the same bytes. Tagged (PDF/UA-1) and fit for archives (PDF/A-2a).
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.reporting.content import ReportContent
from models.reporting.document import (
    Block,
    Callout,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Table,
    printed,
)

_TEMPLATE = Path(__file__).parent / "report.typ"
STANDARDS = ("a-2a", "ua-1")
# An unbroken word is cut for the line after this many characters: a sha256 stays whole in a fact (64), an allele of
# 4,000 bases does not run off the page.
LONGEST_IN_FACT = 66
LONGEST_IN_CELL = 22
_BREAK = "\u200b"
# Typst's own fonts hold Latin, Greek, Cyrillic, Hebrew, Arabic and symbols; for other scripts the system's are asked.
_BEYOND_OWN_FONTS = re.compile("[\u0700-\u1dff\u2e80-\ua63f\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0003ffff]")


def as_pdf(document: Document, at: datetime) -> bytes:
    """The PDF. at: the time it says it was made; give the time of signing, or of the last decision for a draft."""
    pdf: bytes = _compiled(document, format="pdf", timestamp=at, pdf_standards=list(STANDARDS))
    return pdf


def made_at(content: ReportContent) -> datetime:
    """When a report was made: signed, else the last decision; 1970 while nobody decided anything."""
    at = content.signature.at if content.signature else content.decided_at
    return datetime.fromisoformat(at) if at else datetime(1970, 1, 1, tzinfo=UTC)


def as_pictures(document: Document, at: datetime, ppi: float = 110.0) -> list[bytes]:
    """Its pages as PNG, for people who want to look at them."""
    pages = _compiled(document, format="png", ppi=ppi, timestamp=at)
    return pages if isinstance(pages, list) else [pages]


def _compiled(document: Document, **options: Any) -> Any:
    import typst  # late: 34 MB that only a report needs

    data = json.dumps(_plain(document), ensure_ascii=False)
    own_fonts = _BEYOND_OWN_FONTS.search(data) is None
    options["timestamp"] = options["timestamp"].replace(microsecond=0)  # Typst takes whole seconds only
    return typst.compile(
        _TEMPLATE.read_bytes(), sys_inputs={"document": data}, ignore_system_fonts=own_fonts, **options
    )


def _plain(document: Document) -> dict[str, Any]:
    return {
        "title": _words(document.title),
        "subtitle": _words(document.subtitle),
        "running": _words(document.running[:160]),
        "watermark": document.watermark,
        "parts": [
            {"key": part.key, "title": _words(part.title), "blocks": [_block(b) for b in part.blocks]}
            for part in document.parts
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": _words(text)}
        case Paragraph(text, tone):
            return {"kind": "paragraph", "text": _words(text), "tone": tone.value}
        case Callout(title, text, weight):
            return {"kind": "callout", "title": _words(title), "text": _words(text), "weight": weight.value}
        case KeyValues(_, pairs):
            return {"kind": "facts", "pairs": [_cells(pair, LONGEST_IN_FACT) for pair in pairs]}
        case Table(caption, head, rows, shares):
            return {
                "kind": "table",
                "caption": _words(caption),
                "head": _cells(head, LONGEST_IN_CELL),
                "rows": [_cells(row, LONGEST_IN_CELL) for row in rows],
                "shares": shares or (1,) * len(head),
            }


def _cells(words: Iterable[str], longest: int) -> list[str]:
    return [_words(word, longest) for word in words]


def _words(text: str, longest: int = LONGEST_IN_FACT) -> str:
    """As it may be printed, long words made breakable where the line ends."""
    return re.sub(rf"\S{{{longest}}}(?=\S)", lambda run: run[0] + _BREAK, printed(text))
