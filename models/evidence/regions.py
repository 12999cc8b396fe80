"""Which copies of a chromosome people have: autosomes, X and Y outside the shared ends, mitochondria.

Pseudo-autosomal regions, 1-based closed: Genome Reference Consortium, "Human genome assembly
GRCh38.p14 / GRCh37.p13", table of PARs. For an unknown assembly both sets count, so that a
position that might be pseudo-autosomal is never read as hemizygous.
"""

from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Assembly
from models.evidence.columns import by_category


class Copies(IntEnum):
    """How a position is inherited. PARs of X and Y are AUTOSOMAL: everyone has two copies."""

    AUTOSOMAL = 0
    X = 1
    Y = 2
    MITOCHONDRIAL = 3


Spans = tuple[tuple[str, int, int], ...]
_PAR_38: Spans = (
    ("X", 10_001, 2_781_479),
    ("X", 155_701_383, 156_030_895),
    ("Y", 10_001, 2_781_479),
    ("Y", 56_887_903, 57_217_415),
)
_PAR_37: Spans = (
    ("X", 60_001, 2_699_520),
    ("X", 154_931_044, 155_260_560),
    ("Y", 10_001, 2_649_520),
    ("Y", 59_034_050, 59_363_566),
)
PSEUDO_AUTOSOMAL: dict[Assembly, Spans] = {
    Assembly.GRCH38: _PAR_38,
    Assembly.GRCH37: _PAR_37,
    Assembly.UNKNOWN: (*_PAR_38, *_PAR_37),
}
MITOCHONDRION = "MT"  # canonical chromosome name
_CHROM_COPIES = {"X": Copies.X, "Y": Copies.Y, MITOCHONDRION: Copies.MITOCHONDRIAL}


def copies_of(frame: pd.DataFrame, assembly: Assembly) -> NDArray[np.int8]:
    """Copies code of each row of a variant frame."""
    copies = by_category(
        frame["chrom"], lambda c: _CHROM_COPIES.get(c, Copies.AUTOSOMAL), missing=Copies.AUTOSOMAL, dtype=np.int8
    )
    sexed = np.flatnonzero((copies == Copies.X) | (copies == Copies.Y))
    position = frame["pos_1based"].to_numpy()[sexed]
    for chrom, start, end in PSEUDO_AUTOSOMAL[assembly]:
        shared = (copies[sexed] == _CHROM_COPIES[chrom]) & (position >= start) & (position <= end)
        copies[sexed[shared]] = Copies.AUTOSOMAL
        # Positions already moved no longer match X or Y, so overlapping spans of two builds are safe.
    return copies


def copies_at_place(chrom: str, pos_1based: int, assembly: Assembly) -> Copies:
    """`copies_of` of one place, without a frame: a screen asks for it some hundred times."""
    spans = PSEUDO_AUTOSOMAL[assembly]
    if any(chrom == name and start <= pos_1based <= end for name, start, end in spans):
        return Copies.AUTOSOMAL
    return _CHROM_COPIES.get(chrom, Copies.AUTOSOMAL)
