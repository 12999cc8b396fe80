"""Stretches of the genome to cut out of a patient's reads and reference, and how contigs are spelt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.case import canonical_chrom

# Bases kept on each side of a variant: a read pair of a usual library (about 450 bp from end to end)
# that touches the variant lies wholly inside.
FLANK_BP = 500

# GRCh37 and GRCh38 write "chr1" or "1", "chrM" or "MT"; all we draw is spelt one way.
_PLAIN_NAME = re.compile(r"^[A-Za-z0-9_.*-]{1,64}$")
_NUCLEAR_OR_MT = re.compile(r"^([1-9]|1[0-9]|2[0-2]|X|Y|MT)$")


@dataclass(frozen=True, order=True)
class Region:
    """A closed, 1-based stretch of one chromosome, under any of its names."""

    chrom: str
    start_1based: int
    end_1based: int


def drawn_name(chrom: str) -> str:
    """The one spelling used in everything sent to the genome browser: "chr2", "chrX", "chrM".

    Contigs outside 1-22, X, Y and MT keep their own name when it is plain; "" means it cannot be drawn.
    """
    canonical = canonical_chrom(chrom)
    if _NUCLEAR_OR_MT.match(canonical):
        return "chrM" if canonical == "MT" else f"chr{canonical}"
    return chrom if _PLAIN_NAME.match(chrom) else ""


def around(chrom: str, pos_1based: int, end_1based: int, flank_bp: int = FLANK_BP) -> tuple[Region, ...]:
    """The stretch around one variant; around both ends when the variant is longer than both flanks."""
    first, last = max(1, pos_1based - flank_bp), end_1based + flank_bp
    if end_1based - pos_1based <= 2 * flank_bp:
        return (Region(chrom, first, last),)
    return (
        Region(chrom, first, pos_1based + flank_bp),
        Region(chrom, max(1, end_1based - flank_bp), last),
    )


def merged(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Under their drawn names, sorted, overlapping and touching stretches joined; undrawable ones left out."""
    joined: list[Region] = []
    drawn = (Region(drawn_name(r.chrom), r.start_1based, r.end_1based) for r in regions)
    for region in sorted(r for r in drawn if r.chrom):
        last = joined[-1] if joined else None
        if last and last.chrom == region.chrom and region.start_1based <= last.end_1based + 1:
            joined[-1] = Region(last.chrom, last.start_1based, max(last.end_1based, region.end_1based))
        else:
            joined.append(region)
    return tuple(joined)
