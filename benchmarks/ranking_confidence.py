"""How sure may the reader be? Probabilities on families and people that nothing was fitted on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.bootstrap import interval_of, share
from models.ranking.calibration import AMONG_FIRST, PRIOR_FRACTION, Calibration
from models.ranking.training.calibrate import (
    Judged,
    cross_fitted,
    expected_error,
    fit_calibration,
    judged_probabilities,
    judged_twice,
    reliability,
    with_operating_point,
)
from models.ranking.training.examples import Example
from models.ranking.training.published import FOLDS

SHORT_LIST = 100  # harmless variants drawn from an exome's list, as in a panel


class Judge:
    """Calibrations by fold, each fitted on training lists of the other folds' gene families."""

    def __init__(self, judged: Judged) -> None:
        self._by_fold = [fit_calibration(judged.where(judged.fold != i)) for i in range(FOLDS)]
        whole: Calibration = with_operating_point(fit_calibration(judged), judged, cross_fitted(judged))
        self.convincing = whole.convincing_fraction

    def probabilities(self, lists: Judged) -> np.ndarray:
        answer = np.zeros((len(lists.fold), lists.log_odds.shape[1] + 1))
        for fold, calibration in enumerate(self._by_fold):
            mine = lists.fold == fold
            answer[mine] = judged_probabilities(lists.where(mine), calibration)
        return answer


def shortened(example: Example) -> Example:
    """The same case with about SHORT_LIST harmless variants."""
    generator = np.random.default_rng(len(example.features))
    keep = example.is_causal | (generator.random(len(example.features)) < SHORT_LIST / len(example.features))
    return replace(
        example, features=example.features[keep], is_causal=example.is_causal[keep], evidence=example.evidence[keep]
    )


def lists_of(examples: Sequence[Example], scores: Sequence[np.ndarray]) -> tuple[Judged, np.ndarray]:
    """Each case with and without its answer, and the gene of each."""
    parts = [p for e, s in zip(examples, scores, strict=True) for p in judged_twice(e, s)]
    genes = np.repeat([e.case.gene for e in examples], 2)
    return Judged(**{name: np.array([p[name] for p in parts]) for name in parts[0]}), genes


def print_confidence(name: str, lists: Judged, genes: np.ndarray, judge: Judge) -> None:
    """One row of the table that `print_head` begins."""
    likely = judge.probabilities(lists)
    top, right, weight = likely[:, 1], lists.answer == 0, lists.weight
    sure, answered = top >= judge.convincing, lists.has_answer
    cells = [
        share(sure[~answered], genes[~answered]),
        share((sure & right)[answered], genes[answered]),
        share((sure & ~right)[answered], genes[answered]),
        _error(top, right, weight, genes),
        _brier(top, right, weight, genes),
        _error(likely[:, 1 : AMONG_FIRST + 1].sum(axis=1), (lists.answer >= 0) & (lists.answer < AMONG_FIRST),
               weight, genes),
    ]  # fmt: skip
    print(f"| {name} | {len(top) // 2} | {' | '.join(cells)} |")


def print_head(judge: Judge) -> None:
    print(
        f"\n**Confidence** at {PRIOR_FRACTION:.0%} answered; convincing = {judge.convincing:.0%} or more; each case "
        "with its answer and with the answer taken out\n\n"
        "| setting | cases | convincing though no answer % | convincing and right % | convincing and wrong % | "
        f"calibration error, first candidate | Brier | calibration error, first {AMONG_FIRST} |\n"
        "|---|---|---|---|---|---|---|---|"
    )


def print_reliability(name: str, lists: Judged, judge: Judge) -> None:
    likely, right = judge.probabilities(lists)[:, 1], lists.answer == 0
    print(
        f"\n**Reliability, {name}**: probability of the first candidate\n\n| lists | told % | true % |\n|---|---|---|"
    )
    for count, told, true in reliability(likely, right, lists.weight):
        print(f"| {count} | {100 * told:.0f} | {100 * true:.0f} |")


def _error(likely: np.ndarray, right: np.ndarray, weight: np.ndarray, genes: np.ndarray) -> str:
    low, high = interval_of(lambda times: expected_error(likely, right, weight * times), genes)
    return f"{expected_error(likely, right, weight):.3f} ({low:.3f}–{high:.3f})"


def _brier(likely: np.ndarray, right: np.ndarray, weight: np.ndarray, genes: np.ndarray) -> str:
    squares = (likely - right) ** 2
    low, high = interval_of(lambda times: float(np.average(squares, weights=weight * times)), genes)
    return f"{np.average(squares, weights=weight):.3f} ({low:.3f}–{high:.3f})"
