"""PM4 and BP3: in-frame changes, judged by whether the place is a repeat."""

import pytest

from models.case import Found, Verdict
from models.evidence.acmg.bp3 import CRITERION as BP3
from models.evidence.acmg.pm4 import CRITERION as PM4
from models.evidence.acmg.specification_types import Region
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_change, an_in_frame_deletion, panel

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(("in_repeat", "pm4", "bp3"), [(False, MET, NOT_MET), (True, NOT_MET, MET)])
def test_the_repeat_decides_between_pm4_and_bp3(in_repeat, pm4, bp3):
    facts = an_in_frame_deletion(in_repeat=Found(in_repeat))
    assert (PM4(facts).verdict, BP3(facts).verdict) == (pm4, bp3)


def test_without_knowing_the_repeat_neither_is_answered():
    facts = an_in_frame_deletion()
    assert PM4(facts).verdict is BP3(facts).verdict is OPEN


def test_a_lost_stop_is_moderate_and_needs_no_repeat():
    assert PM4(a_change("p.Ter200GlnextTer17")).strength is Strength.MODERATE


@pytest.mark.parametrize(
    ("most", "expected"), [(1, Strength.MODERATE), (2, Strength.SUPPORTING), (3, Strength.SUPPORTING)]
)
def test_a_panel_may_call_small_changes_supporting(most, expected):
    rules = panel(pm4_applies=True, pm4_regions=(), pm4_only_regions=False, pm4_supporting_max_residues=most)
    assert PM4(an_in_frame_deletion(in_repeat=Found(False)), rules).strength is expected


def test_a_panels_regions_go_before_the_question_of_the_repeat():
    inside = panel(pm4_applies=True, pm4_regions=(Region(40, 60, Strength.MODERATE),), pm4_only_regions=True)
    outside = panel(pm4_applies=True, pm4_regions=(Region(60, 70, Strength.MODERATE),), pm4_only_regions=True)
    left_out = panel(pm4_applies=True, pm4_regions=(Region(40, 60, None),))
    assert [PM4(an_in_frame_deletion(), p).verdict for p in (inside, outside, left_out)] == [MET, NOT_MET, NOT_MET]


def test_a_panel_names_the_repeats_of_its_gene():
    rules = panel(bp3_applies=True, bp3_regions=(Region(50, 50, None),))
    assert BP3(an_in_frame_deletion(), rules).verdict is MET
    assert BP3(a_change("p.Glu51_Glu52del"), rules).verdict is NOT_MET
