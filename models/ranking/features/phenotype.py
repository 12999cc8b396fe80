"""Phenotype: how well the gene explains the patient's features.

A gene nobody has described scores the floor (looked up, nothing there); a patient without terms
leaves every column NaN.
"""

import numpy as np

from models.ranking.features.base import Column, Direction, Feature, Inputs
from models.ranking.types import Group

WORST_RANK_LOG10 = 4.0
FARTHEST_BEHIND = 60.0


def _or_floor(inputs: Inputs, values: Column, floor: float) -> Column:
    if not inputs.phenotype.used:
        return np.full(len(inputs), np.nan, dtype=np.float32)
    return np.where(np.isnan(values), floor, values).astype(np.float32)


def _explained(inputs: Inputs) -> Column:
    return _or_floor(inputs, inputs.phenotype.explained_fraction, 0.0)


def _rank_log10(inputs: Inputs) -> Column:
    scores = inputs.phenotype
    rank = 1.0 + (1.0 - scores.percentile) * max(scores.annotated_genes - 1, 0)
    return _or_floor(inputs, np.log10(rank).astype(np.float32), WORST_RANK_LOG10)


def _behind_best(inputs: Inputs) -> Column:
    scores = inputs.phenotype
    return _or_floor(inputs, (scores.best_log_lr - scores.log_lr).astype(np.float32), FARTHEST_BEHIND)


def _explained_words(value: float) -> str:
    if np.isnan(value):
        return "no features of the patient given"
    return f"the gene explains {value:.0%} of the features"


def _rank_words(value: float) -> str:
    if np.isnan(value):
        return "no features of the patient given"
    if value >= WORST_RANK_LOG10:
        return "the gene has no described features"
    rank = round(10.0**value)
    return "best match of all genes" if rank == 1 else f"match number {rank:,} of all genes"


def _behind_words(value: float) -> str:
    if np.isnan(value):
        return "no features of the patient given"
    if value >= FARTHEST_BEHIND:
        return "far behind the best matching gene"
    return "as good as the best matching gene" if value < 0.05 else f"{value:.1f} log units behind the best gene"


EXPLAINED = Feature(
    name="phenotype_explained_fraction",
    group=Group.PHENOTYPE,
    label="Features explained",
    how="share of the patient's terms that at least one disease of the gene explains",
    low=0.0,
    high=1.0,
    missing="the patient has no terms",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_explained,
    words=_explained_words,
)

RANK = Feature(
    name="phenotype_rank_log10",
    group=Group.PHENOTYPE,
    label="Place among all genes",
    how="log10 of the gene's rank by phenotype match among annotated genes (0 = best)",
    low=0.0,
    high=WORST_RANK_LOG10,
    missing="the patient has no terms",
    direction=Direction.HIGHER_RANKS_LOWER,
    compute=_rank_log10,
    words=_rank_words,
)

BEHIND_BEST = Feature(
    name="phenotype_behind_best",
    group=Group.PHENOTYPE,
    label="Distance to the best gene",
    how="phenotype score of the best gene of all minus that of this gene (tempered log likelihood ratios)",
    low=0.0,
    high=FARTHEST_BEHIND,
    missing="the patient has no terms",
    direction=Direction.HIGHER_RANKS_LOWER,
    compute=_behind_best,
    words=_behind_words,
)
