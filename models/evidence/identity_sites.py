"""Which rows the identity checks count on: single-base changes, biallelic, passed, well called."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.case import Case, Kind
from models.evidence.columns import by_category
from models.evidence.family import Calls, calls_at
from models.evidence.quality import MIN_DEPTH_READS, MIN_GQ_PHRED, MIN_HAPLOID_DEPTH_READS, passes_filter
from models.evidence.regions import Copies, copies_of

# Rates settle long before this many sites; a genome of five million rows is thinned evenly.
MAX_SITES = 100_000


@dataclass(frozen=True, eq=False)
class Sites:
    """Row numbers: autosomal (with the chromosome of each) and on X outside the PARs."""

    autosomal: NDArray[np.intp]
    chromosome: NDArray[np.object_]
    on_x: NDArray[np.intp]


def sites_of(case: Case) -> Sites:
    """Single-base rows that passed the caller's filters and are the only allele of their position."""
    frame = case.variants.frame
    is_snv = by_category(frame["kind"], lambda k: k == Kind.SNV.value, missing=False, dtype=np.bool_)
    passed = by_category(frame["filter"], passes_filter, missing=True, dtype=np.bool_)
    numbered = by_category(frame["chrom"], lambda c: c.isdigit(), missing=False, dtype=np.bool_)
    usable = is_snv & passed & _only_allele(frame["pos_1based"].to_numpy(), frame["chrom"].cat.codes.to_numpy())
    autosomal = _thinned(np.flatnonzero(usable & numbered))
    on_x = _thinned(np.flatnonzero(usable & (copies_of(frame, case.assembly) == Copies.X)))
    return Sites(autosomal, frame["chrom"].iloc[autosomal].to_numpy(dtype=object), on_x)


def _only_allele(position: NDArray[np.int32], chrom: NDArray[np.int8]) -> NDArray[np.bool_]:
    """No neighbouring row has the same position (files are in order)."""
    same_as_next = np.zeros(len(position), dtype=bool)
    if len(position) > 1:
        same_as_next[:-1] = (position[1:] == position[:-1]) & (chrom[1:] == chrom[:-1])
    return ~(same_as_next | np.roll(same_as_next, 1))


def _thinned(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    if len(rows) <= MAX_SITES:
        return rows
    return rows[np.linspace(0, len(rows) - 1, MAX_SITES).astype(np.intp)]


def well_called(calls: Calls) -> NDArray[np.bool_]:
    """Every allele called, and depth and GQ enough where they were written."""
    needed = np.where(calls.ploidy == 1, MIN_HAPLOID_DEPTH_READS, MIN_DEPTH_READS)
    deep = (calls.depth_reads < 0) | (calls.depth_reads >= needed)
    confident = (calls.gq_phred < 0) | (calls.gq_phred >= MIN_GQ_PHRED)
    answer: NDArray[np.bool_] = calls.called & deep & confident
    return answer


def dosage(case: Case, column: int, rows: NDArray[np.intp]) -> NDArray[np.int8]:
    """0, 1 or 2 copies of the variant by genotype (a haploid call counts double); -1 not well called."""
    calls = calls_at(case.variants.genotypes, column, rows)
    copies = np.where(calls.ploidy == 1, 2 * calls.copies, calls.copies)
    return np.where(well_called(calls), copies, -1).astype(np.int8)
