"""The header of a VCF as values: read tolerantly here, judged strictly in models.intake.check."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.errors import UnreadableFile
from models.intake.text_blocks import TextBlocks

FIXED_COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO")
_VERSION = re.compile(r"VCFv(\d+)\.(\d+)$")


@dataclass(frozen=True)
class Field:
    """One ##INFO or ##FORMAT definition. number: "0", "1", "A", "R", "G", "." ... as delivered."""

    id: str
    number: str
    type: str
    description: str
    line_number: int


@dataclass(frozen=True)
class Contig:
    """One ##contig line. length_bases: None when not said."""

    id: str
    length_bases: int | None = None
    assembly: str = ""


@dataclass(frozen=True)
class Header:
    """What stands above the records. version: (4, 2), or None when not said.

    meta: every other ## line as (key, value). line_count: lines including the #CHROM line.
    """

    version: tuple[int, int] | None
    infos: Mapping[str, Field]
    formats: Mapping[str, Field]
    contigs: Mapping[str, Contig]
    samples: tuple[str, ...]
    meta: tuple[tuple[str, str], ...]
    columns: int
    line_count: int


@dataclass
class _Draft:
    version: tuple[int, int] | None = None
    infos: dict[str, Field] = field(default_factory=dict)
    formats: dict[str, Field] = field(default_factory=dict)
    contigs: dict[str, Contig] = field(default_factory=dict)
    meta: list[tuple[str, str]] = field(default_factory=list)


def read_header(lines: Iterable[str]) -> Header:
    """Header from its lines, "##fileformat" to "#CHROM".

    Raises UnreadableFile, naming the line, when there is no usable #CHROM line.
    """
    draft, number = _Draft(), 0
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        if line.startswith("##"):
            _take(draft, line[2:], number)
        elif line.startswith("#"):
            return _close(draft, line, number)
        elif line.strip():
            break
    raise UnreadableFile("There is no #CHROM line above the records; the file is not a complete VCF.", f"line {number}")


def _take(draft: _Draft, line: str, number: int) -> None:
    key, _, value = line.partition("=")
    if key.lower() == "fileformat":
        found = _VERSION.match(value.strip())
        draft.version = (int(found[1]), int(found[2])) if found else None
        return
    pairs = dict(split_pairs(value[1:-1])) if value.startswith("<") and value.endswith(">") else {}
    if key in ("INFO", "FORMAT") and "ID" in pairs:
        into = draft.infos if key == "INFO" else draft.formats
        of = (pairs.get("Number", "."), pairs.get("Type", "String"), pairs.get("Description", ""))
        into.setdefault(pairs["ID"], Field(pairs["ID"], *of, number))
    elif key == "contig" and "ID" in pairs:
        length = pairs.get("length", "")
        draft.contigs[pairs["ID"]] = Contig(
            pairs["ID"], int(length) if length.isdigit() else None, pairs.get("assembly", "")
        )
    else:
        draft.meta.append((key, value))


def _close(draft: _Draft, line: str, number: int) -> Header:
    columns = line.split("\t")
    if tuple(columns[:8]) != FIXED_COLUMNS:
        raise UnreadableFile(
            "The #CHROM line does not name the eight VCF columns, separated by tabs; export the file again.",
            f"line {number}",
        )
    samples = tuple(columns[9:])
    if len(set(samples)) < len(samples):
        raise UnreadableFile("Two samples have the same name in the #CHROM line; rename one.", f"line {number}")
    return Header(
        draft.version, draft.infos, draft.formats, draft.contigs, samples, tuple(draft.meta), len(columns), number
    )


def split_pairs(inside: str) -> list[tuple[str, str]]:
    """ "ID=A,Description="x, y"" -> [("ID", "A"), ("Description", "x, y")]; quotes and escapes honoured."""
    return [(key.strip(), _unquote(value)) for key, _, value in (part.partition("=") for part in _split(inside))]


def _unquote(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value


def _split(inside: str) -> list[str]:
    """Split at commas outside quotes and square brackets."""
    parts, start, quoted, depth, escaped = [], 0, False, 0, False
    for i, c in enumerate(inside):
        if escaped:
            escaped = False
        elif c == "\\" and quoted:
            escaped = True
        elif c == '"':
            quoted = not quoted
        elif not quoted and c in "[]":
            depth += 1 if c == "[" else -1
        elif c == "," and not quoted and depth <= 0:
            parts.append(inside[start:i])
            start = i + 1
    return [*parts, inside[start:]]


def header_of(text: TextBlocks) -> Header:
    """The header at the start of `text`."""
    return read_header(line.decode("utf-8", "replace") for line in text.header_lines())
