"""BP4: a benign prediction that SpliceAI does not contradict."""

import pytest

from models.case import Verdict
from models.evidence.acmg.bp4 import CRITERION as BP4
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_change, a_missense, at_a_site, in_intron, scored

NOT_MET, OPEN = Verdict.NOT_MET, Verdict.NOT_ASSESSABLE
SUPPORTING, MODERATE, STRONG, VERY_STRONG = (
    Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG, Strength.VERY_STRONG,
)  # fmt: skip


def strength_of(facts, rules=None):
    said = BP4(facts, rules)
    return said.strength if said.verdict is Verdict.MET else said.verdict


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (0.291, NOT_MET), (0.290, SUPPORTING), (0.289, SUPPORTING),
        (0.184, SUPPORTING), (0.183, MODERATE), (0.017, MODERATE), (0.016, STRONG),
        (0.004, STRONG), (0.003, VERY_STRONG), (0.0, VERY_STRONG),
    ],
)  # fmt: skip
def test_revel_weighs_as_clingen_calibrated_it(score, expected):
    assert strength_of(a_missense(predictors=scored(revel=score))) is expected


@pytest.mark.parametrize(("delta", "expected"), [(0.09, SUPPORTING), (0.10, SUPPORTING), (0.11, NOT_MET)])
def test_spliceai_up_to_one_tenth_leaves_splicing_alone(delta, expected):
    assert strength_of(in_intron(30, predictors=scored(spliceai_delta=delta))) is expected
    assert strength_of(a_change("p.Arg100=", predictors=scored(spliceai_delta=delta))) is expected
    assert strength_of(a_missense(predictors=scored(revel=0.25, spliceai_delta=delta))) is expected


def test_a_stop_or_a_splice_site_is_never_predicted_harmless():
    assert strength_of(a_change("p.Gln20Ter", predictors=scored(cadd_phred=1, spliceai_delta=0))) is NOT_MET
    assert strength_of(at_a_site(2, predictors=scored(spliceai_delta=0))) is NOT_MET


def test_a_missing_score_is_not_a_low_score():
    assert strength_of(a_missense()) is OPEN
    assert strength_of(in_intron(30)) is OPEN
