"""What a report consists of before it is drawn: a small tree of words without any markup.

A section gives blocks; `html.py`, `pdf.py` and the screen each draw the same blocks. No block holds markup, so
that whatever a file or a person wrote stays text.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

# Controls, and the marks that reorder text (Unicode bidi controls, UAX #9): on paper they could turn a name or
# an allele round. The letters themselves stay.
_HARMFUL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # no character at all; no file could hold them


class Tone(str, Enum):
    """How a block is meant; each is told by its words too, never by colour alone."""

    PLAIN = "plain"
    LEAD = "lead"
    QUIET = "quiet"


class Weight(str, Enum):
    """How loud a callout is."""

    NOTE = "note"
    CAUTION = "caution"
    RESULT = "result"


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class KeyValues:
    """Facts, each with its name. caption: what they are about, for people who hear the page."""

    caption: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """shares: width of each column, relative to the others. Every row has as many cells as `head`."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()


@dataclass(frozen=True)
class Callout:
    """A box that a reader must not miss."""

    title: str
    text: str
    weight: Weight = Weight.NOTE


Block = Heading | Paragraph | KeyValues | Table | Callout


@dataclass(frozen=True)
class Part:
    """One section as drawn: its key ("result"), its title, its blocks."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report. running: on every page. watermark: "DRAFT" until signed, else ""."""

    title: str
    subtitle: str
    running: str
    watermark: str
    parts: tuple[Part, ...]


def printed(text: str) -> str:
    """`text` as it may be printed: normalised (NFC), without controls and marks that reorder text."""
    return _LONE.sub("\ufffd", _HARMFUL.sub("", unicodedata.normalize("NFC", str(text))))


def words_of(document: Document) -> str:
    """Everything a reader reads, one line a block or a row."""
    lines = [document.title, document.subtitle]
    for part in document.parts:
        lines += ["", f"## {part.title}", *(line for block in part.blocks for line in lines_of(block))]
    return "\n".join(map(printed, lines)) + "\n"


def lines_of(block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [f"### {text}"]
        case Paragraph(text):
            return [text]
        case KeyValues(_, pairs):
            return [f"{name}: {value}" for name, value in pairs]
        case Callout(title, text):
            return [f"[{title}] {text}"]
        case Table(_, head, rows):
            return [" | ".join(cells) for cells in (head, *rows)]
