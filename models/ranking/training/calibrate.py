"""Fit the calibration: published patients with their answer in the file, and again with the answer taken out.

Scores come from rankers that have not seen the patient's gene family. Simulated patients are left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from models.ranking.calibration import (
    LEAST_CONVINCING_FRACTION,
    MOST_CANDIDATES,
    PRIOR_FRACTION,
    Calibration,
    candidate_places,
)
from models.ranking.features import FEATURES
from models.ranking.ranking import best_order
from models.ranking.training.examples import Example

# Most no-answer cases that may show a convincing candidate: one patient in twenty is misled by the word.
MOST_FALSE_CONFIDENCE_FRACTION = 0.05
_LEARNED = [i for i, f in enumerate(FEATURES) if f.fixed_log_odds is None]
_PLACE = {f.name: i for i, f in enumerate(FEATURES)}
_NOWHERE = -np.inf
_DIGITS = 4  # of the fitted numbers: below anything that shows, above what processors round differently


@dataclass(frozen=True, eq=False)
class Judged:
    """Lists with and without the answer, one row each.

    log_odds: of the candidates, best first, -inf beyond the last. answer: column of the answer, -1 = it is not in
    the list. has_answer: False where it was taken out. parents: sequenced, 0 to 2. bare: no consequence in the file.
    ranked: length of the list. fold: by gene family.
    """

    log_odds: NDArray[np.float64]
    answer: NDArray[np.int_]
    has_answer: NDArray[np.bool_]
    parents: NDArray[np.float64]
    bare: NDArray[np.bool_]
    ranked: NDArray[np.int_]
    fold: NDArray[np.int_]

    def where(self, chosen: NDArray[np.bool_]) -> "Judged":
        return Judged(**{name: column[chosen] for name, column in vars(self).items()})

    @property
    def weight(self) -> NDArray[np.float64]:
        """Each list as often as it stands among patients: answered PRIOR_FRACTION of the time."""
        answered, share = self.has_answer, self.has_answer.mean()
        chosen = np.where(answered, PRIOR_FRACTION / share, (1.0 - PRIOR_FRACTION) / (1.0 - share))
        return np.asarray(chosen, dtype=np.float64)


def judged_of(examples: Iterable[Example], rankers: Sequence[lightgbm.Booster]) -> Judged:
    """rankers: by the fold of the case, blind to its gene families."""
    parts = [part for e in examples for part in judged_twice(e, _scores(e, rankers[e.case.fold]))]
    return Judged(**{name: np.array([p[name] for p in parts]) for name in parts[0]})


def _scores(example: Example, ranker: lightgbm.Booster) -> NDArray[np.float64]:
    return np.asarray(ranker.predict(example.features[:, _LEARNED], raw_score=True), dtype=np.float64)


def judged_twice(example: Example, log_odds: NDArray[np.float64]) -> Iterable[dict[str, object]]:
    """The list with its answer, and the list of the same person when the answer is not in the file."""
    order = best_order(log_odds, example.evidence)
    row = example.evidence.index.to_numpy()[order]
    partner, causal = example.evidence["partner_row"].to_numpy()[order], example.is_causal[order]
    complete = causal.sum() == len(example.case.variants)
    for has_answer in (True, False):
        kept = np.ones(len(order), dtype=bool) if has_answer else ~causal
        places = np.flatnonzero(kept)[candidate_places(row[kept], partner[kept])]
        hits = np.flatnonzero(causal[places]) if complete else np.zeros(0, dtype=int)
        scores = np.full(MOST_CANDIDATES, _NOWHERE)
        scores[: len(places)] = log_odds[order[places]]
        yield {
            "log_odds": scores,
            "answer": int(hits[0]) if len(hits) else -1,
            "has_answer": has_answer,
            "parents": float(example.features[0, _PLACE["parents_sequenced"]]) if len(order) else 0.0,
            "bare": bool(np.isnan(example.features[:, _PLACE["damage_log_odds"]]).all()),
            "ranked": len(order),
            "fold": example.case.fold,
        }


def fit_calibration(judged: Judged) -> Calibration:
    """Maximum likelihood of where the answer is; the operating point is set by `with_operating_point`."""

    def loss(parameters: NDArray[np.float64]) -> float:
        chosen = judged_probabilities(judged, _calibration(parameters))[np.arange(len(judged.fold)), judged.answer + 1]
        return float(-(judged.weight * np.log(np.maximum(chosen, 1e-300))).sum())

    best = minimize(loss, np.array([1.0, 0.0, 0.0, 0.0]), method="BFGS")
    ranked = judged.ranked
    return replace(
        _calibration(np.round(best.x, _DIGITS)), fewest_ranked=int(ranked.min()), most_ranked=int(ranked.max())
    )


def _calibration(parameters: NDArray[np.float64]) -> Calibration:
    slope, no_answer, with_parents, bare = (float(p) for p in parameters)
    return Calibration(slope, no_answer, with_parents, bare, PRIOR_FRACTION, LEAST_CONVINCING_FRACTION, 0, 0)


def judged_probabilities(judged: Judged, calibration: Calibration) -> NDArray[np.float64]:
    """models.ranking.calibration.probabilities for many lists at once."""
    none = calibration.no_answer + calibration.with_parents * judged.parents / 2.0 + calibration.bare * judged.bare
    weights = np.column_stack([none, calibration.slope * judged.log_odds])
    weights = np.exp(weights - weights.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def cross_fitted(judged: Judged) -> NDArray[np.float64]:
    """Probabilities of each list by a calibration fitted on other gene families."""
    answer = np.zeros((len(judged.fold), judged.log_odds.shape[1] + 1))
    for fold in np.unique(judged.fold):
        held = judged.fold == fold
        answer[held] = judged_probabilities(judged.where(held), fit_calibration(judged.where(~held)))
    return answer


def with_operating_point(calibration: Calibration, judged: Judged, likely: NDArray[np.float64]) -> Calibration:
    """With the least probability that keeps false confidence within bounds; likely: cross-fitted probabilities."""
    without = likely[~judged.has_answer, 1]
    bound = float(np.quantile(without, 1.0 - MOST_FALSE_CONFIDENCE_FRACTION))
    return replace(calibration, convincing_fraction=max(LEAST_CONVINCING_FRACTION, np.ceil(bound * 100.0) / 100.0))


def calibration_metrics(judged: Judged, likely: NDArray[np.float64], convincing: float) -> dict[str, float]:
    """On gene families that neither ranker nor calibration has seen, in the people that training saw."""
    top, right = likely[:, 1], judged.answer == 0
    answered = judged.has_answer
    return {
        "calibration_lists": float(len(top)),
        "calibration_expected_error_fraction": round(expected_error(top, right, judged.weight), 4),
        "calibration_brier": round(float(np.average((top - right) ** 2, weights=judged.weight)), 4),
        "convincing_when_no_answer_fraction": round(float((top[~answered] >= convincing).mean()), 4),
        "convincing_and_right_fraction": round(float(((top >= convincing) & right)[answered].mean()), 4),
        "convincing_and_wrong_fraction": round(float(((top >= convincing) & ~right)[answered].mean()), 4),
    }


def reliability(
    likely: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64], bins: int = 10
) -> list[tuple[int, float, float]]:
    """(lists, mean probability, share right) of each filled bin of equal width."""
    place = np.minimum((likely * bins).astype(int), bins - 1)
    return [
        (
            int(mine.sum()),
            float(np.average(likely[mine], weights=weight[mine])),
            float(np.average(right[mine], weights=weight[mine])),
        )
        for b in range(bins)
        if (mine := place == b).any()
    ]


def expected_error(likely: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> float:
    """Expected calibration error over ten bins of equal width."""
    place = np.minimum((likely * 10).astype(int), 9)
    gaps = [abs(float((weight * (likely - right))[place == b].sum())) for b in range(10)]
    return sum(gaps) / float(weight.sum())
