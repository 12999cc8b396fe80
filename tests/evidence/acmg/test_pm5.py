"""PM5: another missense change of the same residue, weighed as the panel wants it."""

import pytest

from models.case import Verdict
from models.evidence.acmg.pm5 import CRITERION as PM5
from models.evidence.acmg.specification_types import Pm5Rules, Truncating
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_change, a_missense, beside, panel, scored

CYS, SER = ("p.Arg100Cys", "P", 2), ("p.Arg100Ser", "P", 1)


def strength_of(facts, rules=None):
    said = PM5(facts, panel(pm5=rules) if rules else None)
    return said.strength if said.verdict is Verdict.MET else said.verdict


def test_a_pathogenic_neighbour_is_moderate_and_a_likely_one_supporting():
    assert strength_of(a_missense(neighbours=beside(CYS))) is Strength.MODERATE
    assert strength_of(a_missense(neighbours=beside(("p.Arg100Cys", "LP", 2)))) is Strength.SUPPORTING


def test_the_same_change_a_stop_or_a_silent_change_is_no_neighbour():
    others = beside(("p.Arg100His", "P", 2), ("p.Arg100Ter", "P", 2), ("p.Arg100=", "P", 2))
    assert strength_of(a_missense(neighbours=others)) is Verdict.NOT_MET


@pytest.mark.parametrize(("others", "expected"), [((CYS,), Strength.MODERATE), ((CYS, SER), Strength.STRONG)])
def test_two_pathogenic_neighbours_are_strong_where_the_panel_allows_it(others, expected):
    facts = a_missense(neighbours=beside(*others))
    assert strength_of(facts, Pm5Rules(Strength.STRONG)) is expected
    assert strength_of(facts, Pm5Rules(Strength.MODERATE)) is Strength.MODERATE


@pytest.mark.parametrize(("others", "met"), [((CYS,), False), ((CYS, SER), True)])
def test_a_panel_may_want_two_of_them(others, met):
    said = strength_of(a_missense(neighbours=beside(*others)), Pm5Rules(Strength.MODERATE, min_others=2))
    assert (said is Strength.MODERATE) is met


def test_a_panel_may_leave_likely_pathogenic_out_or_let_it_weigh_in_full():
    likely = a_missense(neighbours=beside(("p.Arg100Cys", "LP", 2)))
    assert strength_of(likely, Pm5Rules(Strength.STRONG, needs_pathogenic=True)) is Verdict.NOT_MET
    assert strength_of(likely, Pm5Rules(Strength.STRONG, likely_weighs_full=True)) is Strength.MODERATE


# Grantham 1974: Arg-His 29, Arg-Lys 26, Arg-Cys 180. BLOSUM62: Arg-His 0, Arg-Lys 2, Arg-Cys -3.
@pytest.mark.parametrize(("rule", "other", "met"), [
    ("grantham_ge", "Lys", True), ("grantham_ge", "Cys", False), ("grantham_gt", "Lys", True),
    ("blosum_le", "Lys", True), ("blosum_le", "Cys", False),
])  # fmt: skip
def test_a_panel_may_want_this_change_to_be_at_least_as_far_as_the_other(rule, other, met):
    facts = a_missense(neighbours=beside((f"p.Arg100{other}", "P", 2)))
    assert (strength_of(facts, Pm5Rules(Strength.MODERATE, distance=rule)) is Strength.MODERATE) is met


def test_where_splicing_is_predicted_to_suffer_the_residue_does_not_count():
    facts = a_missense(neighbours=beside(CYS), predictors=scored(spliceai_delta=0.5))
    assert strength_of(facts) is Verdict.NOT_MET


@pytest.mark.parametrize(("residue", "met"), [(49, False), (50, True), (59, True), (60, False)])
def test_a_panel_may_use_it_for_truncating_changes_between_two_residues(residue, met):
    rules = Pm5Rules(Strength.SUPPORTING, missense=False, truncating=Truncating(first=50, before=60))
    said = strength_of(a_change(f"p.Gln{residue}Ter"), rules)
    assert (said is Strength.SUPPORTING) is met


def test_a_panel_may_want_decay_for_a_truncating_change():
    rules = Pm5Rules(Strength.SUPPORTING, truncating=Truncating(needs_decay=True))
    assert strength_of(a_change("p.Gln117Ter"), rules) is Strength.SUPPORTING
    assert strength_of(a_change("p.Gln118Ter"), rules) is Verdict.NOT_MET
