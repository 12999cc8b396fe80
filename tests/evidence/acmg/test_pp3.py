"""PP3: one calibrated predictor, at ClinGen's strengths, and SpliceAI for splicing."""

import pytest

from models.case import Verdict
from models.evidence.acmg.pp3 import CRITERION as PP3
from models.evidence.acmg.specification_types import MissenseRules, MissenseTool
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_change, a_missense, at_a_site, in_intron, panel, scored

NOT_MET, OPEN = Verdict.NOT_MET, Verdict.NOT_ASSESSABLE
SUPPORTING, MODERATE, STRONG = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG


def strength_of(facts, rules=None):
    said = PP3(facts, rules)
    return said.strength if said.verdict is Verdict.MET else said.verdict


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (0.643, NOT_MET), (0.644, SUPPORTING), (0.645, SUPPORTING),
        (0.772, SUPPORTING), (0.773, MODERATE), (0.774, MODERATE),
        (0.931, MODERATE), (0.932, STRONG), (0.933, STRONG),
    ],
)  # fmt: skip
def test_revel_weighs_as_clingen_calibrated_it(score, expected):
    assert strength_of(a_missense(predictors=scored(revel=score, spliceai_delta=0.0))) is expected


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0.791, NOT_MET), (0.792, SUPPORTING), (0.905, SUPPORTING), (0.906, MODERATE), (0.989, MODERATE), (0.99, STRONG)],
)
def test_alphamissense_answers_where_revel_is_not_known(score, expected):
    assert strength_of(a_missense(predictors=scored(alphamissense=score, spliceai_delta=0.0))) is expected


@pytest.mark.parametrize(
    ("score", "expected"), [(25.2, NOT_MET), (25.3, SUPPORTING), (28.0, SUPPORTING), (28.1, MODERATE)]
)
def test_cadd_comes_last(score, expected):
    assert strength_of(a_missense(predictors=scored(cadd_phred=score, spliceai_delta=0.0))) is expected


def test_the_predictor_is_chosen_beforehand_and_not_by_what_it_says():
    said = PP3(a_missense(predictors=scored(revel=0.5, alphamissense=0.99, cadd_phred=35, spliceai_delta=0)))
    assert said.verdict is NOT_MET and "REVEL" in said.reason


@pytest.mark.parametrize(("delta", "expected"), [(0.19, NOT_MET), (0.2, SUPPORTING), (0.21, SUPPORTING)])
def test_spliceai_speaks_for_damage_from_two_tenths_on(delta, expected):
    assert strength_of(in_intron(5, predictors=scored(spliceai_delta=delta))) is expected
    assert strength_of(a_change("p.Arg100=", predictors=scored(spliceai_delta=delta))) is expected


def test_of_protein_and_splicing_the_stronger_counts():
    assert strength_of(a_missense(predictors=scored(revel=0.8, spliceai_delta=0.9))) is MODERATE
    assert strength_of(a_missense(predictors=scored(revel=0.1, spliceai_delta=0.9))) is SUPPORTING


def test_what_pvs1_counts_is_not_counted_here():
    assert strength_of(at_a_site(2, predictors=scored(spliceai_delta=1.0))) is NOT_MET
    assert strength_of(a_change("p.Gln20Ter", predictors=scored(cadd_phred=40))) is NOT_MET


@pytest.mark.parametrize(("score", "expected"), [(0.69, NOT_MET), (0.7, SUPPORTING), (0.95, SUPPORTING)])
def test_a_panels_own_limit_goes_first(score, expected):
    rules = panel(missense=MissenseRules(MissenseTool.REVEL, ((0.7, SUPPORTING),), ((0.15, SUPPORTING),)))
    assert strength_of(a_missense(predictors=scored(revel=score, spliceai_delta=0.0)), rules) is expected


def test_a_panel_with_a_predictor_of_its_own_is_not_answered_by_another():
    rules = panel(missense=MissenseRules(MissenseTool.OWN, (), ()))
    said = PP3(a_missense(predictors=scored(revel=0.95, spliceai_delta=0.0)), rules)
    assert said.verdict is OPEN and said.lacking == "the panel's own predictor"


def test_a_missing_score_is_not_a_low_score():
    assert strength_of(a_missense()) is OPEN
