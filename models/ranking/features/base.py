"""What a feature is, and what every feature is computed from."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.evidence.types import VerdictCode
from models.ranking.types import Group

Column = NDArray[np.float32]


class Direction(IntEnum):
    """What medicine, not data, says about a feature; handed to LightGBM as a monotone constraint."""

    HIGHER_RANKS_LOWER = -1
    FREE = 0
    HIGHER_RANKS_HIGHER = 1


@dataclass(frozen=True, eq=False)
class ProbandCalls:
    """The proband's calls of the ranked rows; -1 (reads, phred) or NaN (fraction) = missing."""

    gq_phred: NDArray[np.int16]
    depth_reads: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class GeneScores:
    """The phenotype evidence brought to the ranked rows. `used` False: the patient has no terms.

    log_lr: score of the row's gene, NaN when the gene has no annotation; comparable within the patient
    only. percentile: 0..1 among annotated genes, NaN likewise. best_log_lr: of the best gene of all.
    explained_fraction: share of the patient's terms that the gene explains, NaN likewise.
    """

    used: bool
    log_lr: Column
    percentile: Column
    explained_fraction: Column
    best_log_lr: float
    annotated_genes: int


@dataclass(frozen=True, eq=False)
class Inputs:
    """Everything a feature may look at, one row a ranked variant.

    variants: rows of the variant table. evidence: VariantEvidence.frame. genes: knowledge of the
    row's gene (NaN or "" = gene unknown to us). region: "coding", "splice", ... by position where
    the file brings no consequence, else "". damage_log_odds: the effect model's answer, NaN = no
    consequence to judge. parents_sequenced: 0, 1 or 2.
    """

    variants: pd.DataFrame
    evidence: pd.DataFrame
    genes: pd.DataFrame
    calls: ProbandCalls
    region: NDArray[np.object_]
    parents_sequenced: int
    damage_log_odds: Column
    phenotype: GeneScores

    def __len__(self) -> int:
        return len(self.evidence)


@dataclass(frozen=True)
class Feature:
    """One column of the ranker.

    name: stable key in the manifest. label: for people. how: how it is computed, with unit. low, high:
    the closed range of possible values. missing: what NaN means. words: a value in clinicians' words.
    fixed_log_odds: None = learned; else the documented weight per unit that is added to the
    learned score without training (see features.calibrated).
    """

    name: str
    group: Group
    label: str
    how: str
    low: float
    high: float
    missing: str
    direction: Direction
    compute: Callable[[Inputs], Column]
    words: Callable[[float], str]
    fixed_log_odds: float | None = None

    def column(self, inputs: Inputs) -> Column:
        """The feature for every row, inside its range; NaN = not assessed."""
        values = np.asarray(self.compute(inputs), dtype=np.float32)
        return np.clip(values, np.float32(self.low), np.float32(self.high))


def by_category(column: pd.Series, meaning: Callable[[str], float]) -> Column:
    """`meaning` of each value, worked out once a distinct value; NaN for a missing value."""
    values = column if isinstance(column.dtype, pd.CategoricalDtype) else column.astype("category")
    table = np.array([*(meaning(str(c)) for c in values.cat.categories), np.nan], dtype=np.float32)
    return np.asarray(table[values.cat.codes.to_numpy()])


def of_verdict(column: pd.Series) -> Column:
    """MET 1, NOT_MET 0, NOT_ASSESSABLE NaN."""
    table = np.full(len(VerdictCode), np.nan, dtype=np.float32)
    table[VerdictCode.MET], table[VerdictCode.NOT_MET] = 1.0, 0.0
    return np.asarray(table[column.to_numpy()])


def found(values: pd.Series, state: pd.Series, absent: float = np.nan) -> Column:
    """The values where they were found, `absent` where we looked in vain, NaN where we could not look."""
    from models.case import State

    codes = state.to_numpy()
    here = values.to_numpy(dtype=np.float32, na_value=np.nan)
    return np.where(codes == State.FOUND, here, np.where(codes == State.ABSENT, absent, np.nan)).astype(np.float32)


def yes_no(yes: str, no: str) -> Callable[[float], str]:
    """Words of a 0/1 feature."""
    return lambda value: "not assessed" if np.isnan(value) else yes if value >= 0.5 else no
