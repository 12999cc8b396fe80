"""The reference sequence as the reads themselves remember it, for cases that came without a FASTA.

An aligner may write an MD tag that says where a read differs from the reference (SAM optional fields
specification, "MD"). Read and tag together give the reference bases under the read.
"""

import re
from collections.abc import Iterable

import pysam

_BASES = re.compile("[ACGTRYSWKMBDHVN]+")
_SKIPPED = 3  # CIGAR N: a spliced read does not lie on one stretch


def remembered_stretches(reads: Iterable[pysam.AlignedSegment]) -> list[tuple[int, int, str]]:
    """(contig number, first base 1-based, bases) of every stretch that reads in file order cover without a gap.

    Reads without MD, spliced reads and reads whose MD contradicts their bases add nothing.
    """
    stretches: list[tuple[int, int, list[str]]] = []
    end_0based = 0
    for read in reads:
        bases = _under(read)
        if not bases:
            continue
        start = read.reference_start
        if stretches and stretches[-1][0] == read.reference_id and start <= end_0based:
            more = bases[end_0based - start :]
            stretches[-1][2].append(more)
            end_0based += len(more)
        else:
            stretches.append((read.reference_id, start + 1, [bases]))
            end_0based = start + len(bases)
    return [(contig, first, "".join(parts)) for contig, first, parts in stretches]


def _under(read: pysam.AlignedSegment) -> str:
    """The reference bases from the first to the last base of one alignment, "" when not known."""
    if not read.has_tag("MD") or any(operation == _SKIPPED for operation, _ in read.cigartuples or ()):
        return ""
    try:
        bases = str(read.get_reference_sequence()).upper()
    except (ValueError, AssertionError):  # how pysam says that MD and CIGAR disagree
        return ""
    fits = len(bases) == (read.reference_length or 0) and _BASES.fullmatch(bases)
    return bases if fits else ""
