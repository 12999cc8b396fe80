"""No fact weighs twice."""

import pytest

from models.case import Verdict
from models.evidence.acmg.double_counting import GIVES_WAY, settled
from models.evidence.acmg.specification_types import Pm5Rules
from models.evidence.acmg.types import CriterionResult, Strength
from tests.evidence.acmg.build import panel

MET = Verdict.MET


def a_result(code, strength=Strength.SUPPORTING, source="a guideline"):
    return CriterionResult(code, MET, strength, "because", source)


def met(*results, rules=None):
    """What stays met, with its points."""
    return {r.code: r.points for r in settled(results, rules) if r.verdict is MET}


@pytest.mark.parametrize(("stands", "gone"), [(s, g) for s, several, _ in GIVES_WAY for g in several])
def test_what_rests_on_the_same_fact_gives_way_and_says_to_what(stands, gone):
    results = settled([a_result(gone), a_result(stands)], None)
    assert [r.code for r in results] == [gone, stands]
    assert results[0].verdict is Verdict.NOT_MET and stands in results[0].reason
    assert results[1].verdict is MET


def test_without_the_other_it_stays():
    assert met(a_result("PM4"), a_result("PP3"), a_result("PM5")) == {"PM4": 1, "PP3": 1, "PM5": 1}


# PP3 and PM1 together weigh at most strong (4 points).
@pytest.mark.parametrize(
    ("pp3", "pm1", "left"),
    [
        (Strength.SUPPORTING, Strength.MODERATE, 1),
        (Strength.MODERATE, Strength.MODERATE, 2),
        (Strength.STRONG, Strength.MODERATE, 2),
        (Strength.STRONG, Strength.STRONG, None),
        (Strength.SUPPORTING, Strength.STRONG, None),
    ],
)
def test_pp3_and_pm1_together_weigh_at_most_strong(pp3, pm1, left):
    assert met(a_result("PM1", pm1), a_result("PP3", pp3)).get("PP3") == left


def test_pp3_beside_a_supporting_pm1_is_cut_to_what_is_left():
    assert met(a_result("PM1"), a_result("PP3", Strength.STRONG)) == {"PM1": 1, "PP3": 2}


def test_a_panel_may_not_count_pm5_beside_another():
    rules = panel(pm5=Pm5Rules(Strength.MODERATE, excludes=("PM1",)))
    assert "PM5" not in met(a_result("PM1"), a_result("PM5"), rules=rules)
    assert "PM5" in met(a_result("PM5"), rules=rules)


def test_a_common_allele_that_loses_the_protein_is_left_to_a_human_where_only_a_panels_limit_calls_it_common():
    lost, common = a_result("PVS1", Strength.STRONG), a_result("BA1", Strength.STAND_ALONE, "a panel")
    said = {r.code: r for r in settled([lost, common], None)}
    assert said["BA1"].verdict is Verdict.NOT_ASSESSABLE and said["BA1"].lacking
    general = a_result("BA1", Strength.STAND_ALONE, "Ghosh 2018, PMID:30311383")
    assert "BA1" in met(lost, general)
    assert "BA1" in met(a_result("PVS1", Strength.MODERATE), common)


def test_a_strong_bp1_holds_what_bp4_and_bp7_say():
    assert set(met(a_result("BP1", Strength.STRONG), a_result("BP4"), a_result("BP7"))) == {"BP1"}
    assert set(met(a_result("BP1"), a_result("BP4"), a_result("BP7"))) == {"BP1", "BP4", "BP7"}
