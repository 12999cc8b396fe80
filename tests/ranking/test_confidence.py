"""How sure the list is of its first candidate, and when it says nothing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from models.case import Case
from models.errors import IntegrityError
from models.ranking import FEATURES, Calibration, ModelCard, Outcome, Ranking, Unlike, confidence_of
from models.ranking.calibration import MOST_CANDIDATES, calibration_of, candidate_places, probabilities
from models.ranking.confidence import percent
from tests.builders import a_case, a_variant

CALIBRATION = Calibration(1.0, 0.0, -0.4, -0.4, 0.36, 0.5, 3, 100)
NAMES = tuple(f.name for f in FEATURES)
USUAL = {"parents_sequenced": 2.0, "effect_class": 7.0, "damage_log_odds": 3.0, "frequency_log10": -7.0,
         "allele_imbalance_fraction": 0.05}  # fmt: skip
THREE_TERMS = ("HP:0001250", "HP:0002373", "HP:0001263")


def a_ranking(*log_odds: float, first: dict[str, float] | None = None, partner: tuple[int, ...] = ()) -> Ranking:
    """Rows in file order as they are ranked; `first`: features of the best candidate that differ from USUAL."""
    rows = len(log_odds)
    features = np.full((rows, len(NAMES)), np.nan, dtype=np.float32)
    for name, value in USUAL.items():
        features[:, NAMES.index(name)] = value
    for name, value in (first or {}).items():
        features[0, NAMES.index(name)] = value
    table = pd.DataFrame(
        {
            "rank": np.arange(1, rows + 1),
            "row": np.arange(rows),
            "log_odds": np.array(log_odds, dtype=np.float64),
            "partner_row": np.array(partner or [-1] * rows, dtype=np.int32),
        }
    )
    return Ranking(table, features, ModelCard("made", "0", "0" * 64, "nothing", NAMES))


def the_case(terms: tuple[str, ...] = THREE_TERMS, **more: Any) -> Case:
    rows = [a_variant("2", 166_010_000 + i, "C", "T", proband="0/1") for i in range(5)]
    rows[0] |= more
    return a_case(*rows, terms=terms)


def test_a_candidate_far_ahead_is_convincing() -> None:
    told = confidence_of(a_ranking(5.0, -4.0, -5.0), the_case(), CALIBRATION)
    assert told.outcome is Outcome.CONVINCING
    assert told.probability == pytest.approx(np.exp(5.0) / (np.exp(5.0) + np.exp(-4.0) + np.exp(-5.0) + np.exp(-0.4)))
    assert told.sentence == (
        "A convincing candidate: the first is the answer in over 95 % of such cases, one of the first 10 in over 95 %."
    )
    assert told.unlike == ()


def test_no_convincing_candidate_is_an_outcome() -> None:
    told = confidence_of(a_ranking(-2.0, -2.1, -2.2), the_case(), CALIBRATION)
    assert told.outcome is Outcome.NONE_CONVINCING
    assert told.probability is not None
    assert told.probability < 0.2


def test_a_strong_rival_makes_the_first_candidate_less_likely() -> None:
    alone, rival = (
        confidence_of(a_ranking(3.0, second, -5.0), the_case(), CALIBRATION).probability for second in (-5.0, 2.9)
    )
    assert alone is not None
    assert rival is not None
    assert rival < alone
    assert rival < CALIBRATION.convincing_fraction + 0.05


def test_both_hits_of_a_pair_are_one_candidate() -> None:
    single = confidence_of(a_ranking(3.0, -5.0, -5.0), the_case(), CALIBRATION).probability
    pair = confidence_of(a_ranking(3.0, 2.5, -5.0, -5.0, partner=(1, 0, -1, -1)), the_case(), CALIBRATION).probability
    assert pair == pytest.approx(single)


def test_probabilities_of_all_candidates_and_of_none_add_up() -> None:
    likely = probabilities(np.linspace(4, -9, 150), 2.0, False, CALIBRATION)
    assert likely.sum() == pytest.approx(1.0)
    assert (np.diff(likely[1:]) <= 0).all()


def test_only_the_best_candidates_count() -> None:
    rows = np.arange(3 * MOST_CANDIDATES)
    assert len(candidate_places(rows, np.full(len(rows), -1))) == MOST_CANDIDATES


@pytest.mark.parametrize(
    ("first", "unlike"),
    [
        ({"effect_class": 1.0}, Unlike.NONCODING),
        ({"effect_class": np.nan}, Unlike.EFFECT_UNKNOWN),
        ({"allele_imbalance_fraction": 0.35}, Unlike.UNEVEN_READS),
    ],
)
def test_no_probability_is_given_for_a_kind_of_candidate_that_was_never_an_answer(
    first: dict[str, float], unlike: Unlike
) -> None:
    told = confidence_of(a_ranking(5.0, -4.0, -5.0, first=first), the_case(), CALIBRATION)
    assert (told.outcome, told.probability, told.among_first) == (Outcome.NOT_JUDGED, None, None)
    assert unlike in told.unlike
    assert unlike.value in told.sentence


def test_a_mitochondrial_candidate_is_not_judged() -> None:
    case = a_case(a_variant("MT", 3243, "A", "G", proband="0/1"), *[a_variant("1", 5, "A", "G", proband="0/1")] * 2,
                  terms=THREE_TERMS)  # fmt: skip
    assert Unlike.MITOCHONDRIAL in confidence_of(a_ranking(5.0, -4.0, -5.0), case, CALIBRATION).unlike


def test_an_empty_list_is_not_judged() -> None:
    told = confidence_of(a_ranking(), the_case(), CALIBRATION)
    assert told.outcome is Outcome.NOT_JUDGED
    assert told.unlike == (Unlike.NO_CANDIDATE,)


def test_a_list_longer_than_any_fitted_on_is_not_judged_and_a_shorter_one_says_so() -> None:
    longest = replace(CALIBRATION, fewest_ranked=3, most_ranked=3)
    assert confidence_of(a_ranking(5.0, 1.0, 0.0, -1.0), the_case(), longest).probability is None
    short = confidence_of(a_ranking(5.0, 1.0), the_case(), longest)
    assert short.probability is not None
    assert Unlike.SHORTER_LIST in short.unlike


@pytest.mark.parametrize(
    ("terms", "first", "expected"),
    [
        ((), {}, Unlike.NO_TERMS),
        (("HP:0001250",), {}, Unlike.FEW_TERMS),
        (THREE_TERMS, {"clinvar_points": 8.0}, Unlike.WEIGHTED),
        (THREE_TERMS, {"parents_sequenced": 1.0}, Unlike.ONE_PARENT),
    ],
)
def test_what_is_unlike_the_fitted_cases_is_said_beside_the_probability(
    terms: tuple[str, ...], first: dict[str, float], expected: Unlike
) -> None:
    told = confidence_of(a_ranking(5.0, -4.0, -5.0, first=first), the_case(terms), CALIBRATION)
    assert told.unlike == (expected,)
    assert told.probability is not None


def test_an_ancestry_nobody_of_which_was_measured_is_said() -> None:
    case = the_case()
    case = replace(case, patient=replace(case.patient, ancestry="afr"))
    assert confidence_of(a_ranking(5.0, -4.0, -5.0), case, CALIBRATION).unlike == (Unlike.ANCESTRY,)


def test_words_are_safe_in_a_table_and_promise_nothing_near_certainty() -> None:
    assert all("\t" not in u.value and "\n" not in u.value for u in (*Unlike, *Outcome))
    assert [percent(p) for p in (0.001, 0.345, 0.99)] == ["under 1 %", "34 %", "over 95 %"]


def test_a_model_without_calibration_is_refused() -> None:
    with pytest.raises(IntegrityError, match="no calibration"):
        calibration_of({"calibration": {"slope": 1.0}})
    assert calibration_of({"calibration": CALIBRATION.told()}) == CALIBRATION
