"""Cuts the stretches the genome browser shows out of a reference FASTA, whatever its size.

A FASTA may hold whole contigs ("chr2", "2") or slices that say where they come from
("chr2:165992346-166032345", 1-based, closed). The file is mapped, not read: only the bases asked
for are touched, so a whole genome costs no more memory than a gene.
"""

import mmap
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import UnreadableFile
from models.intake.regions import Region, drawn_name, merged

# A FASTA up to this size is sent whole: that is every gene of a small case with its surroundings.
WHOLE_FASTA_BYTES = 2_000_000
_SLICE = re.compile(r"^(?P<contig>[^\s:]+):(?P<start>[0-9]+)-(?P<end>[0-9]+)$")
_LENGTH = re.compile(r"@len=([0-9]+)")
_NOT_A_BASE = re.compile(rb"[^ACGTRYSWKMBDHVNacgtryswkmbdhvn]")
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class ReferenceExcerpt:
    """FASTA text whose headers are "chr2:start-end @len=contig length", and the stretches in it.

    contigs: drawn name -> contig length, where the file has the whole contig or says its length.
    """

    fasta: bytes
    covers: tuple[Region, ...]
    contigs: dict[str, int]

    def has(self, chrom: str, pos_1based: int) -> bool:
        """Whether the sequence at this place is known."""
        wanted = drawn_name(chrom)
        return any(drawn_name(r.chrom) == wanted and r.start_1based <= pos_1based <= r.end_1based for r in self.covers)


@dataclass(frozen=True)
class _Sequence:
    """One record of the file: where its bases lie and which stretch they are. line_bases: bases a line.

    contig_length: 0 when a slice does not say it.
    """

    name: str
    first_base_1based: int
    contig_length: int
    offset: int
    line_bases: int
    line_bytes: int
    bases: int


def reference_excerpt(fasta: Path, regions: Sequence[Region]) -> ReferenceExcerpt:
    """The bases of `regions` that the file has; all of them when the file is small.

    Raises UnreadableFile when the file is empty, compressed, or its lines are not of one length.
    """
    with fasta.open("rb") as stream:
        head = stream.read(2)
        if head == _GZIP or not head.startswith(b">"):
            raise UnreadableFile("The reference is not a plain FASTA file; unpack it, the first character must be '>'.")
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
            sequences = [s for s in _records(text) if s.name and s.bases]
            wanted = None if len(text) <= WHOLE_FASTA_BYTES else merged(regions)
            pieces = [p for s in sequences for p in _pieces(text, s, wanted)]
    lengths = {s.name: s.contig_length for s in sequences if s.contig_length}
    lines = (_header(r, lengths.get(r.chrom, 0)) + bases for r, bases in pieces)
    return ReferenceExcerpt(b"\n".join((*lines, b"")), tuple(r for r, _ in pieces), lengths)


def read_slices(fasta: bytes) -> ReferenceExcerpt:
    """An excerpt from our own FASTA text, whose headers name slices and say the contig's length."""
    named = [line.split(" @len=") for line in fasta.decode("ascii").splitlines() if line.startswith(">")]
    covers = []
    for name, _ in named:
        cut = _SLICE.match(name[1:])
        if cut:
            covers.append(Region(cut["contig"], int(cut["start"]), int(cut["end"])))
    lengths = {name[1:].split(":")[0]: int(length) for name, length in named}
    return ReferenceExcerpt(fasta, tuple(covers), lengths)


def _header(region: Region, contig_length: int) -> bytes:
    stated = f" @len={contig_length}" if contig_length else ""
    return f">{region.chrom}:{region.start_1based}-{region.end_1based}{stated}\n".encode()


def _records(text: mmap.mmap) -> Iterator[_Sequence]:
    at = 0
    while at >= 0:
        header_end = text.find(b"\n", at)
        if header_end < 0:
            return
        following = text.find(b"\n>", header_end)
        end = following if following >= 0 else len(text)
        yield _record(text, text[at + 1 : header_end].decode("utf-8", "replace"), header_end + 1, end)
        at = following + 1 if following >= 0 else -1


def _record(text: mmap.mmap, header: str, start: int, end: int) -> _Sequence:
    first_end = text.find(b"\n", start, end)
    line_bytes = (first_end if first_end >= 0 else end) - start + 1
    line_bases = len(text[start : start + line_bytes].rstrip())
    size = len(text[max(start, end - 2) : end].rstrip()) - len(text[max(start, end - 2) : end]) + end - start
    full, rest = divmod(size, line_bytes)
    bases = full * line_bases + min(rest, line_bases)
    first = header.split(maxsplit=1)[0] if header.split() else ""
    cut = _SLICE.match(first)
    begin = int(cut["start"]) if cut else 1
    stated = _LENGTH.search(header)
    length = int(stated[1]) if stated else 0 if cut else bases
    return _Sequence(
        drawn_name(cut["contig"] if cut else first), begin, length, start, max(1, line_bases), line_bytes, bases
    )


def _pieces(text: mmap.mmap, s: _Sequence, wanted: Iterable[Region] | None) -> Iterator[tuple[Region, bytes]]:
    """The parts of one record that were asked for (all of it when `wanted` is None)."""
    last = s.first_base_1based + s.bases - 1
    whole = (Region(s.name, s.first_base_1based, last),)
    for region in whole if wanted is None else wanted:
        start, end = max(region.start_1based, s.first_base_1based), min(region.end_1based, last)
        if drawn_name(region.chrom) == s.name and start <= end:
            yield Region(s.name, start, end), _bases(text, s, start, end)


def _bases(text: mmap.mmap, s: _Sequence, start_1based: int, end_1based: int) -> bytes:
    first, last = start_1based - s.first_base_1based, end_1based - s.first_base_1based
    from_byte = s.offset + first // s.line_bases * s.line_bytes + first % s.line_bases
    to_byte = s.offset + last // s.line_bases * s.line_bytes + last % s.line_bases + 1
    bases = bytes(text[from_byte:to_byte]).replace(b"\n", b"").replace(b"\r", b"")
    if len(bases) != end_1based - start_1based + 1 or _NOT_A_BASE.search(bases):
        raise UnreadableFile("The reference has lines of unequal length or other characters than bases; fold it anew.")
    return bases
