"""The case-level model: is this the variant (or one of the pair) that explains this patient?"""

from collections.abc import Iterable
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray

from models.ranking.features import FEATURES
from models.ranking.scorer import learned_names, monotone_constraints
from models.ranking.training.examples import Example
from models.ranking.training.parameters import RANKER, RANKER_TREES, SEED

_PLACE = {f.name: i for i, f in enumerate(FEATURES)}
_LEARNED = [i for i, f in enumerate(FEATURES) if f.fixed_log_odds is None]
# Competitors kept whole: genes that match the terms well, and changes that look damaging or new.
KEPT_RANK_LOG10 = 2.3
KEPT_EFFECT = 6.0
SAMPLED_ROWS = 150


@dataclass(frozen=True, eq=False)
class Rows:
    """What LightGBM learns from. weight of a sampled harmless row: how many it stands for."""

    features: NDArray[np.float32]
    label: NDArray[np.int8]
    weight: NDArray[np.float64]
    fold: NDArray[np.int8]
    example: NDArray[np.int32]


def _kept(example: Example) -> NDArray[np.bool_]:
    x = example.features
    kept = example.is_causal | (x[:, _PLACE["mode_de_novo"]] == 1.0)
    kept |= x[:, _PLACE["phenotype_rank_log10"]] < KEPT_RANK_LOG10
    return np.asarray(kept | (x[:, _PLACE["effect_class"]] >= KEPT_EFFECT))


def _of_example(example: Example, number: int, generator: np.random.Generator) -> Rows | None:
    """Causal rows, all serious competitors, and a weighted sample of the rest; None without a causal row."""
    if not example.is_causal.any():
        return None
    kept = _kept(example)
    rest = np.flatnonzero(~kept)
    size = min(SAMPLED_ROWS, len(rest))
    sampled = np.sort(generator.choice(rest, size, replace=False)) if size else rest
    rows = np.concatenate([np.flatnonzero(kept), sampled])
    weight = np.ones(len(rows))
    weight[len(rows) - size :] = len(rest) / max(size, 1)
    label = example.is_causal[rows].astype(np.int8)
    # A pair counts as one answer.
    weight[label == 1] = 1.0 / label.sum()
    fold = np.full(len(rows), example.case.fold, dtype=np.int8)
    numbers = np.full(len(rows), number, dtype=np.int32)
    return Rows(example.features[rows][:, _LEARNED], label, weight, fold, numbers)


def rows_of(examples: Iterable[Example]) -> Rows:
    """All examples as one matrix."""
    generator = np.random.default_rng(SEED)
    parts = [part for i, e in enumerate(examples) if (part := _of_example(e, i, generator)) is not None]
    names = ("label", "weight", "fold", "example")
    return Rows(
        np.vstack([p.features for p in parts]),
        *(np.concatenate([getattr(p, name) for p in parts]) for name in names),
    )


def estimated_ranks(rows: Rows, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank of the best causal row of each example; a sampled row counts for those it stands for, one
    with the same score for half."""
    ranks = []
    for number in np.unique(rows.example):
        mine = rows.example == number
        best = scores[mine & (rows.label == 1)].max()
        rival = mine & (rows.label == 0)
        ahead, equal = rival & (scores > best), rival & (scores == best)
        ranks.append(1.0 + rows.weight[ahead].sum() + rows.weight[equal].sum() / 2.0)
    return np.array(ranks)


def fit_ranker(rows: Rows, chosen: NDArray[np.bool_] | None = None) -> lightgbm.Booster:
    """The ranker on the chosen rows (all when None)."""
    use = np.ones(len(rows.label), dtype=bool) if chosen is None else chosen
    data = lightgbm.Dataset(rows.features[use], rows.label[use], weight=rows.weight[use], feature_name=learned_names())
    return lightgbm.train({**RANKER, "monotone_constraints": monotone_constraints()}, data, RANKER_TREES)
