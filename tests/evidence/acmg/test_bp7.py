"""BP7: silent or deep in the intron, with splicing predicted to be left alone."""

import pytest

from models.case import Verdict
from models.evidence.acmg.bp7 import CRITERION as BP7
from tests.evidence.acmg.build import a_change, a_missense, in_intron, panel, scored

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE
QUIET = scored(spliceai_delta=0.02)


@pytest.mark.parametrize(
    ("offset", "expected"), [(6, NOT_MET), (7, MET), (8, MET), (-20, NOT_MET), (-21, MET), (-22, MET)]
)
def test_deep_begins_seven_bases_behind_and_twenty_one_before_an_exon(offset, expected):
    assert BP7(in_intron(offset, predictors=QUIET)).verdict is expected


@pytest.mark.parametrize(("delta", "expected"), [(0.09, MET), (0.10, MET), (0.11, NOT_MET)])
def test_spliceai_up_to_one_tenth_leaves_splicing_alone(delta, expected):
    assert BP7(a_change("p.Arg100=", predictors=scored(spliceai_delta=delta))).verdict is expected


def test_without_spliceai_a_silent_change_is_no_answer_and_missense_is_none():
    assert BP7(a_change("p.Arg100=")).lacking == "SpliceAI"
    assert BP7(a_missense()).verdict is NOT_MET


@pytest.mark.parametrize(("phylop", "expected"), [(0.09, MET), (0.1, NOT_MET), (0.2, NOT_MET)])
def test_a_panel_may_want_the_base_not_to_be_conserved(phylop, expected):
    facts = a_change("p.Arg100=", predictors=scored(spliceai_delta=0.0, phylop=phylop))
    assert BP7(facts, panel(bp7_phylop=0.1)).verdict is expected


def test_where_the_panel_wants_conservation_it_must_be_known():
    assert BP7(a_change("p.Arg100=", predictors=QUIET), panel(bp7_phylop=0.1)).verdict is OPEN
