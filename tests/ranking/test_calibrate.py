"""Fitting probabilities on lists whose truth is known."""

import numpy as np
import pandas as pd
import pytest

from models.evidence.types import VerdictCode
from models.ranking.calibration import PRIOR_FRACTION, Calibration
from models.ranking.features import FEATURES
from models.ranking.training.calibrate import (
    Judged,
    calibration_metrics,
    cross_fitted,
    expected_error,
    fit_calibration,
    judged_probabilities,
    judged_twice,
    reliability,
    with_operating_point,
)
from models.ranking.training.examples import Example
from tests.ranking.test_training import a_published_case

TRUTH = Calibration(0.8, 1.5, -0.5, -0.3, PRIOR_FRACTION, 0.5, 0, 0)


def made_lists(size: int = 6000, seed: int = 3) -> Judged:
    """Lists whose answers are drawn by TRUTH itself, a third of them with parents."""
    generator = np.random.default_rng(seed)
    scores = -np.sort(-generator.normal(-3, 2, (size, 20)), axis=1)
    parents = np.where(generator.random(size) < 0.33, 2.0, 0.0)
    lists = Judged(
        scores, np.full(size, -1), np.ones(size, dtype=bool), parents, generator.random(size) < 0.2,
        np.full(size, 20), generator.integers(0, 5, size),
    )  # fmt: skip
    drawn = (judged_probabilities(lists, TRUTH).cumsum(axis=1) > generator.random(size)[:, np.newaxis]).argmax(axis=1)
    answered = drawn > 0
    # The prior of these lists is what was drawn, so that weights are even.
    return Judged(**{**vars(lists), "answer": drawn - 1, "has_answer": answered})


def even(lists: Judged) -> Judged:
    """A sample in which answered lists are as frequent as the prior says."""
    generator = np.random.default_rng(1)
    yes, no = np.flatnonzero(lists.has_answer), np.flatnonzero(~lists.has_answer)
    size = min(len(yes), int(len(no) * PRIOR_FRACTION / (1 - PRIOR_FRACTION)))
    chosen = np.zeros(len(lists.fold), dtype=bool)
    chosen[generator.choice(yes, size, replace=False)] = True
    chosen[generator.choice(no, int(size * (1 - PRIOR_FRACTION) / PRIOR_FRACTION), replace=False)] = True
    return lists.where(chosen)


def test_probabilities_on_other_gene_families_are_what_happens() -> None:
    lists = even(made_lists())
    likely = cross_fitted(lists)
    assert expected_error(likely[:, 1], lists.answer == 0, lists.weight) < 0.03
    assert all(abs(told - true) < 0.12 for count, told, true in reliability(likely[:, 1], lists.answer == 0,
                                                                            lists.weight) if count > 100)  # fmt: skip


def test_fitting_twice_gives_the_same_numbers() -> None:
    assert fit_calibration(made_lists(800)) == fit_calibration(made_lists(800))


def test_lists_count_as_often_as_they_stand_among_patients() -> None:
    lists = made_lists(2000)
    weight = lists.weight
    assert weight[lists.has_answer].sum() / weight.sum() == pytest.approx(PRIOR_FRACTION)


def test_false_confidence_stays_within_its_bound() -> None:
    lists = made_lists()
    likely = judged_probabilities(lists, TRUTH)
    likely[:, 1] = np.sqrt(likely[:, 1])  # far too sure
    chosen = with_operating_point(TRUTH, lists, likely)
    assert chosen.convincing_fraction > 0.5
    told = calibration_metrics(lists, likely, chosen.convincing_fraction)
    assert told["convincing_when_no_answer_fraction"] <= 0.05
    assert told["convincing_and_right_fraction"] > 0


def an_example(causal: list[bool], hits: int) -> tuple[Example, np.ndarray]:
    """Four ranked rows, the first two a fitting pair."""
    features = np.zeros((4, len(FEATURES)), dtype=np.float32)
    evidence = pd.DataFrame({"gene": ["PAH", "PAH", "APC", "CFTR"], "partner_row": [1, 0, -1, -1]})
    for column in ("compound_heterozygous", "gene_mode_fit"):
        evidence[column] = np.int8(VerdictCode.MET)
    case = a_published_case("two_het" if hits == 2 else "single_het", *["heterozygous"] * hits)
    example = Example(case, "made", 1, features, np.array(causal), evidence)
    return example, np.array([2.0, 1.5, 3.0, -1.0])


def test_each_patient_is_judged_with_the_answer_and_with_the_answer_taken_out() -> None:
    whole, without = judged_twice(*an_example([True, True, False, False], 2))
    assert (whole["answer"], without["answer"]) == (1, -1)
    assert np.isfinite(whole["log_odds"]).sum() == 3  # the pair is one candidate
    assert np.isfinite(without["log_odds"]).sum() == 2


def test_half_a_pair_counts_as_an_answer_that_is_not_there() -> None:
    whole, _ = judged_twice(*an_example([True, False, False, False], 2))
    assert whole["answer"] == -1
