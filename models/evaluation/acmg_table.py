"""A table of expert classifications, as ClinGen's Evidence Repository gives them, and the classes we write beside it.

Tab-separated text, gzip or plain, one header line. Only `uuid` and what a variant is are needed; a class stands in
it only to be compared with, so `Record` has none.
"""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.case import Allele, Assembly
from models.errors import InputError, TooLarge, UnreadableFile

Say = Callable[[str], None]
GZIP_START = b"\x1f\x8b"
# The whole repository is below 5 MB of text; a hundred times that is no table of classifications.
MAX_TEXT_BYTES = 512 * 2**20
OUT_COLUMNS = ("uuid", "class", "points", "criteria")
# Chromosome 1, the longest, has 248,956,422 bases on GRCh38.
LAST_POSITION = 248_956_422
_CHUNK_BYTES = 2**20


@dataclass(frozen=True)
class Record:
    """One row. line: in the file, the header is 1. Text columns that the table lacks are "".

    variation: the variant's full name. hgvs_g: on GRCh38. allele: None without usable coordinates on GRCh38.
    codes: criteria as the experts wrote them, read only where one asks for the class from codes.
    """

    uuid: str
    line: int
    variation: str = ""
    gene: str = ""
    disease: str = ""
    moi: str = ""
    panel: str = ""
    hgvs_g: str = ""
    allele: Allele | None = None
    codes: str = ""


@dataclass(frozen=True)
class Classified:
    """What we say of one row. criteria: "PVS1,PM2_Supporting", "" none."""

    uuid: str
    suggested: str
    points: int
    criteria: str


def read_records(table: Path, needed: Sequence[str], say: Say) -> list[Record]:
    """Every row of the table. needed: columns that must be there.

    A row with too few or too many fields is read as far as it goes and named. Raises InputError for a file that is
    no such table: not there, empty, not gzip though its name says so, truncated, not text, or a column missing.
    """
    lines = (line.rstrip("\r") for line in _text(table).split("\n"))
    columns = next(lines).split("\t")
    missing = [name for name in needed if name not in columns]
    if columns == [""]:
        raise UnreadableFile("the table is empty; it needs a header line and a row for each variant.", table.name)
    if missing:
        raise InputError(f"the table lacks the column {', '.join(missing)}.", table.name)
    return list(_records(columns, lines, table.name, say))


def _records(columns: Sequence[str], lines: Iterator[str], name: str, say: Say) -> Iterator[Record]:
    for line, text in enumerate(lines, start=2):
        if not text.strip():
            continue
        fields = text.split("\t")
        if len(fields) != len(columns):
            say(f"note: {name}, line {line}: {len(fields)} fields for {len(columns)} columns; read as far as it goes.")
        yield _record(dict(zip(columns, map(str.strip, fields), strict=False)), line)


def _record(row: dict[str, str], line: int) -> Record:
    return Record(
        row.get("uuid", ""),
        line,
        row.get("variation", ""),
        row.get("gene", ""),
        row.get("disease", ""),
        row.get("moi", ""),
        row.get("expert_panel", ""),
        row.get("hgvs_g_grch38", ""),
        _allele(row),
        row.get("codes_met", ""),
    )


def _allele(row: dict[str, str]) -> Allele | None:
    """The coordinates on GRCh38, None where they are missing or no allele."""
    parts = [row.get(f"{name}38", "") for name in ("chrom", "pos", "ref", "alt")]
    if not all(parts):
        return None
    try:
        allele = Allele.parse("-".join(parts), assembly=Assembly.GRCH38)
    except InputError:
        return None
    return allele if 0 < allele.pos_1based <= LAST_POSITION else None


def _text(table: Path) -> str:
    try:
        with table.open("rb") as raw:
            packed = raw.read(2) == GZIP_START
        if table.suffix == ".gz" and not packed and table.stat().st_size:
            raise UnreadableFile("the name says gzip, but the file is not; compress it again or rename it.", table.name)
        with gzip.open(table, "rb") if packed else table.open("rb") as stream:
            return _limited(stream, table.name).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableFile("this is not UTF-8 text.", table.name) from fault
    except (OSError, EOFError, zlib.error) as fault:
        raise UnreadableFile("the table cannot be read to its end; get it again.", table.name) from fault


def _limited(stream: "BinaryIO | gzip.GzipFile", name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK_BYTES):
        size += len(part)
        if size > MAX_TEXT_BYTES:
            raise TooLarge(f"more than {MAX_TEXT_BYTES // 2**20} MiB of text; split the table.", name)
        parts.append(part)
    return b"".join(parts)


def write_classes(out: Path, classified: Iterable[Classified]) -> None:
    """One line a row, in the table's order. Raises InputError when `out` cannot be written."""
    lines = ["\t".join(OUT_COLUMNS)]
    lines += ["\t".join((c.uuid, c.suggested, str(c.points), c.criteria)) for c in classified]
    try:
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as fault:
        raise InputError("this file cannot be written; check the folder.", out.name) from fault
