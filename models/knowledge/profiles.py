"""Features with frequencies, by owner: a disease, or a gene with all its diseases together."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.knowledge.frequency import frequency_words
from models.knowledge.ontology import Ontology

# What is annotated without a frequency is mostly part of the textbook description. LIRICAL (Robinson et
# al. 2020, PMID:32755546) takes it as present in all; a little less orders the development cases better.
FREQUENCY_NOT_STATED = 0.8
# Pseudo-patients that pull small counts ("1/1", "0/2") towards the frequency above.
PRIOR_PEOPLE = 3.0


@dataclass(frozen=True, eq=False)
class Matrix:
    """A sparse matrix: row i holds `columns` and `fraction` at indptr[i]:indptr[i + 1]."""

    indptr: NDArray[np.int32]
    columns: NDArray[np.int32]
    fraction: NDArray[np.float32]

    def of(self, row: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        span = slice(self.indptr[row], self.indptr[row + 1])
        return self.columns[span], self.fraction[span]

    def rows(self, wanted: NDArray[np.int32]) -> "Matrix":
        """These rows only, in this order."""
        parts = [self.of(int(row)) for row in wanted]
        indptr = np.concatenate(([0], np.cumsum([len(columns) for columns, _ in parts]))).astype(np.int32)
        return Matrix(indptr, np.concatenate([c for c, _ in parts]), np.concatenate([f for _, f in parts]))

    def transposed(self, rows: int) -> "Matrix":
        """The same entries by column; `rows` is how many columns there are."""
        mine = np.repeat(np.arange(len(self.indptr) - 1, dtype=np.int32), np.diff(self.indptr))
        order = np.argsort(self.columns, kind="stable")
        indptr = np.concatenate(([0], np.cumsum(np.bincount(self.columns, minlength=rows)))).astype(np.int32)
        return Matrix(indptr, mine[order], self.fraction[order])


@dataclass(frozen=True, eq=False)
class Profiles:
    """The features of `size` owners.

    direct: owner -> annotated phenotypic abnormalities, fraction NaN when not stated; seen and
    examined (people) align with it. by_term: term -> owners that have it or a kind of it, with the
    fraction to expect, always stated.
    """

    size: int
    direct: Matrix
    seen: NDArray[np.int32]
    examined: NDArray[np.int32]
    by_term: Matrix

    @cached_property
    def by_owner(self) -> Matrix:
        """by_term the other way round: owner -> terms, propagated to ancestors."""
        return self.by_term.transposed(self.size)

    @cached_property
    def direct_by_term(self) -> Matrix:
        """direct the other way round: term -> owners annotated with exactly it."""
        return self.direct.transposed(len(self.by_term.indptr) - 1)

    @cached_property
    def direct_expected(self) -> NDArray[np.float32]:
        """Aligned with `direct`: the fraction to expect in the next patient, always stated."""
        return expected_fraction(self.direct.fraction, self.examined)

    def subset(self, owners: NDArray[np.int32]) -> "Profiles":
        """Profiles of these owners only, in this order."""
        spread, own = self.by_owner.rows(owners), self.direct.rows(owners)
        at = np.concatenate([np.arange(*self.direct.indptr[o : o + 2]) for o in owners])
        by_term = spread.transposed(len(self.by_term.indptr) - 1)
        return Profiles(len(owners), own, self.seen[at], self.examined[at], by_term)

    def frequency_text(self, owner: int, term: int) -> str:
        """The frequency of a directly annotated feature in words; "" when not stated or not annotated."""
        start, end = self.direct.indptr[owner], self.direct.indptr[owner + 1]
        at = start + int(np.searchsorted(self.direct.columns[start:end], term))
        if at >= end or self.direct.columns[at] != term:
            return ""
        return frequency_words(float(self.direct.fraction[at]), int(self.seen[at]), int(self.examined[at]))


def expected_fraction(fraction: NDArray[np.float32], examined: NDArray[np.int32]) -> NDArray[np.float32]:
    """What to expect in the next patient: what is not stated, and small counts, lean to the usual."""
    stated = np.where(np.isnan(fraction), FREQUENCY_NOT_STATED, fraction)
    pulled = (stated * examined + FREQUENCY_NOT_STATED * PRIOR_PEOPLE) / (examined + PRIOR_PEOPLE)
    return np.where(examined > 0, pulled, stated).astype(np.float32)


def build_profiles(rows: pd.DataFrame, size: int, ontology: Ontology) -> Profiles:
    """Profiles from rows with owner, term (positions), fraction, seen, examined.

    Rows of one owner and term become one: counts of several papers are added, other statements averaged.
    What was looked for and never seen ("0/12") is not a feature.
    """
    grouped = rows.groupby(["owner", "term"], sort=True)
    pooled = grouped.agg(
        fraction=("fraction", "mean"), seen=("seen", "sum"), examined=("examined", "sum")
    ).reset_index()
    counted = pooled["examined"] > 0
    pooled.loc[counted, "fraction"] = (pooled["seen"] / pooled["examined"].clip(lower=1))[counted].astype(np.float32)
    pooled = pooled[pooled["fraction"] != 0]
    owner, term, fraction = (pooled[c].to_numpy() for c in ("owner", "term", "fraction"))
    seen, examined = pooled["seen"].to_numpy(np.int32), pooled["examined"].to_numpy(np.int32)
    expected = expected_fraction(fraction.astype(np.float32), examined)
    direct = _matrix(owner, term, fraction, size)
    return Profiles(size, direct, seen, examined, _propagated(owner, term, expected, ontology))


def row_sums(indptr: NDArray[np.int32], values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sums of the rows of a sparse matrix; an empty row has 0."""
    sums = np.add.reduceat(np.append(values, np.float32(0)), indptr[:-1])
    sums[indptr[1:] == indptr[:-1]] = 0
    return sums


def _propagated(owner: NDArray[Any], term: NDArray[Any], fraction: NDArray[np.float32], ontology: Ontology) -> Matrix:
    """By term: owners with the term or one below it, with the highest fraction among those."""
    links = ontology.ancestor_links
    counts = links.indptr[term + 1] - links.indptr[term]
    offset = np.arange(counts.sum(), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    ancestor = links.indices[np.repeat(links.indptr[term], counts) + offset]
    keep = ontology.is_abnormality[ancestor]
    key = (ancestor.astype(np.int64) << 32 | np.repeat(owner.astype(np.int64), counts))[keep]
    order = np.argsort(key, kind="stable")
    key, spread = key[order], np.repeat(fraction, counts)[keep][order]
    starts = np.flatnonzero(np.diff(key, prepend=-1))
    highest = np.maximum.reduceat(spread, starts) if len(starts) else spread
    return _matrix(key[starts] >> 32, key[starts] & 0xFFFFFFFF, highest, len(ontology))


def _matrix(rows: NDArray[Any], columns: NDArray[Any], fraction: NDArray[Any], size: int) -> Matrix:
    """Of entries already sorted by row."""
    indptr = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=size)))).astype(np.int32)
    return Matrix(indptr, columns.astype(np.int32), fraction.astype(np.float32))
