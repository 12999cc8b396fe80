"""Is the proband's call one to trust?

Judged only by what the caller wrote: FILTER, genotype quality, depth, allele balance. A field that
was not written is never held against a call; with no measure at all the answer is NOT_ASSESSABLE.

Depth and genotype quality: gnomAD's "adj" genotypes (Karczewski 2020, Nature 581:434, suppl.):
GQ >= 20, DP >= 10, for haploid calls DP >= 5, heterozygous allele balance >= 0.2. The upper bound
of 0.8 is its mirror, as in slivar (Pedersen 2021, npj Genom Med 6:60).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.evidence.columns import by_category
from models.evidence.family import Calls
from models.evidence.regions import Copies
from models.evidence.types import VerdictCode

MIN_GQ_PHRED = 20
MIN_DEPTH_READS = 10
MIN_HAPLOID_DEPTH_READS = 5
MIN_HET_BALANCE_FRACTION = 0.2
MAX_HET_BALANCE_FRACTION = 0.8

# A call leaves the funnel only when its caller rejected it (FILTER) and the reads leave nothing to
# look at: under gnomAD's smallest depth (5), or a genotype as likely wrong as right (GQ < 3 is under
# 50 % confidence: 1 - 10^(-3/10)), or at most one ALT read.
UNUSABLE_DEPTH_READS = 5
UNUSABLE_GQ_PHRED = 3
UNUSABLE_ALT_READS = 2


def passes_filter(name: str) -> bool:
    """FILTER says PASS, or no filters were run ("." or empty)."""
    return name in {"PASS", ".", ""}


@dataclass(frozen=True, eq=False)
class Measures:
    """What the quality verdict rests on, per row. *_known: the caller wrote it."""

    filter_passed: NDArray[np.bool_]
    gq_known: NDArray[np.bool_]
    gq_fails: NDArray[np.bool_]
    depth_known: NDArray[np.bool_]
    depth_fails: NDArray[np.bool_]
    depth_needed: NDArray[np.int32]
    balance_known: NDArray[np.bool_]
    balance_fails: NDArray[np.bool_]
    balance_low: NDArray[np.float32]
    balance_high: NDArray[np.float32]


def balance_limits(
    calls: Calls, copies: NDArray[np.int8], is_male: bool
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Lowest and highest ALT fraction expected of each call.

    Heterozygous 0.2 to 0.8; homozygous, and any call of a male X or Y, at least 0.8; mitochondrial
    heteroplasmy has no limits.
    """
    one_copy = np.full(len(copies), is_male) & ((copies == Copies.X) | (copies == Copies.Y))
    all_alt = calls.all_alt | one_copy
    low = np.where(all_alt, MAX_HET_BALANCE_FRACTION, MIN_HET_BALANCE_FRACTION)
    high = np.where(all_alt, 1.0, MAX_HET_BALANCE_FRACTION)
    free = copies == Copies.MITOCHONDRIAL
    return np.where(free, 0.0, low).astype(np.float32), np.where(free, 1.0, high).astype(np.float32)


def measure(calls: Calls, filters: pd.Series, copies: NDArray[np.int8], is_male: bool) -> Measures:
    """Compare what the caller wrote with the thresholds of this module."""
    one_copy = (calls.ploidy == 1) | (is_male & ((copies == Copies.X) | (copies == Copies.Y)))
    needed = np.where(one_copy, MIN_HAPLOID_DEPTH_READS, MIN_DEPTH_READS)
    low, high = balance_limits(calls, copies, is_male)
    balance = calls.balance_fraction
    balance_known = ~np.isnan(balance) & calls.carries
    return Measures(
        by_category(filters, passes_filter, missing=True, dtype=np.bool_),
        calls.gq_phred >= 0,
        (calls.gq_phred >= 0) & (calls.gq_phred < MIN_GQ_PHRED),
        calls.depth_reads >= 0,
        (calls.depth_reads >= 0) & (calls.depth_reads < needed),
        needed.astype(np.int32),
        balance_known,
        balance_known & ((balance < low) | (balance > high)),
        low,
        high,
    )


def quality_verdict(m: Measures) -> NDArray[np.int8]:
    """MET: nothing written speaks against the call. NOT_MET: something does. Else NOT_ASSESSABLE."""
    fails = ~m.filter_passed | m.gq_fails | m.depth_fails | m.balance_fails
    measured = m.gq_known | m.depth_known | m.balance_known
    verdict = np.where(fails, VerdictCode.NOT_MET, np.where(measured, VerdictCode.MET, VerdictCode.NOT_ASSESSABLE))
    return verdict.astype(np.int8)


def is_unusable(calls: Calls, filters: pd.Series) -> NDArray[np.bool_]:
    """Rejected by the caller's own FILTER and without reads worth looking at."""
    rejected = ~by_category(filters, passes_filter, missing=True, dtype=np.bool_)
    shallow = (calls.depth_reads >= 0) & (calls.depth_reads < UNUSABLE_DEPTH_READS)
    uncertain = (calls.gq_phred >= 0) & (calls.gq_phred < UNUSABLE_GQ_PHRED)
    unseen = (calls.alt_reads >= 0) & (calls.alt_reads < UNUSABLE_ALT_READS)
    unusable: NDArray[np.bool_] = rejected & (shallow | uncertain | unseen)
    return unusable
