"""BP1: only a panel can say that a kind of change does not cause a gene's disorder."""

import pytest

from models.case import Verdict
from models.evidence.acmg.bp1 import CRITERION as BP1
from models.evidence.acmg.specification_types import Region
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_change, a_missense, panel, scored

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE
ANYTHING = panel(bp1="any", bp1_strength=Strength.STRONG, bp1_outside=(Region(101, 120, None),))


def test_a_panel_may_have_it_for_truncating_changes():
    rules = panel(bp1="truncating", bp1_outside=())
    assert BP1(a_change("p.Gln20Ter"), rules).verdict is MET
    assert BP1(a_missense(), rules).verdict is NOT_MET


@pytest.mark.parametrize(("residue", "expected"), [(100, MET), (101, NOT_MET), (120, NOT_MET), (121, MET)])
def test_the_parts_that_matter_are_left_out(residue, expected):
    facts = a_change(f"p.Arg{residue}His", predictors=scored(spliceai_delta=0.0))
    assert BP1(facts, ANYTHING).verdict is expected


@pytest.mark.parametrize(("delta", "expected"), [(0.09, MET), (0.10, MET), (0.11, NOT_MET), (None, OPEN)])
def test_where_any_change_counts_splicing_must_be_known_to_be_left_alone(delta, expected):
    predictors = scored() if delta is None else scored(spliceai_delta=delta)
    assert BP1(a_missense(predictors=predictors), ANYTHING).verdict is expected
