"""What a file is, judged by its content and never by its name."""

import zlib
from enum import Enum
from pathlib import Path

from models.errors import UnreadableFile

PEEK_BYTES = 65_536
# SAM/BAM specification, section 4.1.2: the empty block that ends every complete BGZF file.
BGZF_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")
UTF8_BOM = b"\xef\xbb\xbf"


class Content(str, Enum):
    """What a file holds."""

    VCF = "VCF"
    BCF = "BCF"
    BAM = "BAM"
    BAM_INDEX = "BAM index"
    TABIX_INDEX = "tabix index"
    CRAM = "CRAM"
    JSON = "JSON"
    PED = "PED"
    FASTA = "FASTA"
    TEXT = "text"
    EMPTY = "empty"
    BINARY = "something binary"


class Packing(str, Enum):
    """How the bytes are packed."""

    PLAIN = "plain"
    GZIP = "gzip"
    BGZIP = "bgzip"


def packing_of(head: bytes) -> Packing:
    """Packing by the first bytes (RFC 1952 magic; BGZF is gzip with a BC extra field)."""
    if head[:2] != b"\x1f\x8b":
        return Packing.PLAIN
    is_bgzf = len(head) >= 18 and head[3] & 4 and head[12:14] == b"BC"
    return Packing.BGZIP if is_bgzf else Packing.GZIP


def sniff(path: Path) -> tuple[Content, Packing]:
    """Content and packing of `path`; only its first bytes are read.

    Raises UnreadableFile when the file is missing or its gzip packing is damaged from the start.
    """
    try:
        with path.open("rb") as file:
            head = file.read(PEEK_BYTES)
    except OSError as error:
        raise UnreadableFile("The file cannot be opened; choose it again.") from error
    packing = packing_of(head)
    return content_of(head if packing is Packing.PLAIN else _inflate_head(head)), packing


def content_of(text: bytes) -> Content:
    """Content of unpacked first bytes."""
    if not text.strip():
        return Content.EMPTY
    for magic, content in _MAGIC:
        if text.startswith(magic):
            return content
    if b"\0" in text:
        return Content.BINARY
    return _text_content(text.removeprefix(UTF8_BOM).lstrip())


_MAGIC = (
    (b"BCF\x02", Content.BCF),
    (b"BAM\x01", Content.BAM),
    (b"BAI\x01", Content.BAM_INDEX),
    (b"TBI\x01", Content.TABIX_INDEX),
    (b"CRAM", Content.CRAM),
)


def _text_content(text: bytes) -> Content:
    if text[:16].lower().startswith(b"##fileformat") or text.startswith(b"#CHROM"):
        return Content.VCF
    if text[:1] in b"{[":
        return Content.JSON
    if text[:1] == b">":
        return Content.FASTA
    return Content.PED if _looks_like_ped(text) else Content.TEXT


def _looks_like_ped(text: bytes) -> bool:
    """Six or more columns, sex 0/1/2/other in the fifth and a phenotype in the sixth."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(b"#")]
    rows = [line.split() for line in lines[:20]]
    return bool(rows) and all(len(row) >= 6 and row[4].lower() in _PED_SEX and row[5] in _PED_PHENOTYPE for row in rows)


_PED_SEX = {b"0", b"1", b"2", b"-9", b"male", b"female", b"unknown", b"other", b"m", b"f"}
_PED_PHENOTYPE = {b"0", b"1", b"2", b"-9"}


def _inflate_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, PEEK_BYTES)
    except zlib.error as error:
        raise UnreadableFile("The gzip packing of this file is damaged; copy the file again.") from error


def is_complete_bgzf(path: Path) -> bool:
    """Whether the last bytes are the BGZF end marker; without it a copy was cut short."""
    with path.open("rb") as file:
        file.seek(0, 2)
        if file.tell() < len(BGZF_END):
            return False
        file.seek(-len(BGZF_END), 2)
        return file.read() == BGZF_END
