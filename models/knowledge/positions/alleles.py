"""Many alleles as columns: what the key, the join and the normalisation speak in."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from models.case import Assembly, Kind, VariantTable

# Code of a contig in a key: 1..22, X, Y, MT; 0 for every other contig, on which no source answers.
CONTIGS: tuple[str, ...] = ("", *map(str, range(1, 23)), "X", "Y", "MT")
SEQUENCE_RESOLVED = (Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS)


@dataclass(frozen=True, eq=False)
class Alleles:
    """Alleles of one assembly, a row each.

    contig: place in CONTIGS. ref, alt: upper-case bases as a VCF writes them (an indel with its anchor
    base). is_sequence: the allele is spelled out; the others (symbolic, breakend, "*", a contig we do not
    know) are never looked up.
    """

    assembly: Assembly
    contig: NDArray[np.uint8]
    pos_1based: NDArray[np.int32]
    ref: pa.LargeStringArray
    alt: pa.LargeStringArray
    is_sequence: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.contig)


def alleles_of(table: VariantTable) -> Alleles:
    """The alleles of a case's variant table, row by row."""
    frame = table.frame
    contig = by_name(frame["chrom"])
    kinds = frame["kind"].cat
    spelled = np.array([kind in {k.value for k in SEQUENCE_RESOLVED} for kind in kinds.categories], np.bool_)
    is_sequence = spelled[kinds.codes.to_numpy()] & (contig > 0)
    return Alleles(
        table.facts.assembly,
        contig,
        frame["pos_1based"].to_numpy(),
        arrow_text(frame["ref"]),
        arrow_text(frame["alt"]),
        is_sequence,
    )


def by_name(chrom: "pd.Series[str]") -> NDArray[np.uint8]:
    """Contig codes of a categorical column of canonical names."""
    codes = {name: code for code, name in enumerate(CONTIGS) if name}
    of_category = np.array([codes.get(name, 0) for name in chrom.cat.categories], np.uint8)
    return of_category[chrom.cat.codes.to_numpy()] if len(of_category) else np.zeros(len(chrom), np.uint8)


def arrow_text(column: "pd.Series[str]") -> pa.LargeStringArray:
    """A text column as one Arrow array, without a copy where pandas holds one already."""
    array = pa.array(column, type=pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
