"""PS1: the same protein change by another base, never from the variant's own record."""

import pytest

from models.case import Absent, Verdict
from models.evidence.acmg.facts import Neighbour
from models.evidence.acmg.protein_name import protein_change
from models.evidence.acmg.ps1 import CRITERION as PS1
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import Found, a_change, a_missense, at_a_site, beside, panel, scored


@pytest.mark.parametrize(
    ("clinvar_class", "stars", "expected"),
    [
        ("P", 1, Strength.STRONG), ("P", 0, None), ("LP", 2, Strength.MODERATE),
        ("VUS", 2, None), ("CONFLICTING", 2, None), ("B", 4, None),
    ],
)  # fmt: skip
def test_only_a_pathogenic_neighbour_with_stated_criteria_counts(clinvar_class, stars, expected):
    said = PS1(a_missense(neighbours=beside(("p.Arg100His", clinvar_class, stars))))
    assert (said.strength if said.verdict is Verdict.MET else None) is expected


def test_where_splicing_is_affected_it_is_not_the_same_change():
    facts = a_missense(neighbours=beside(("p.Arg100His", "P", 2)), predictors=scored(spliceai_delta=0.2))
    assert PS1(facts).verdict is Verdict.NOT_MET


def test_the_same_splice_site_is_supporting_and_only_for_a_pathogenic_neighbour():
    def neighbour(clinvar_class):
        return Found((Neighbour("c.200+1G>C", protein_change("p.?"), clinvar_class, 2, splice_site=True),))

    assert PS1(at_a_site(2, neighbours=neighbour("P"))).strength is Strength.SUPPORTING
    assert PS1(at_a_site(2, neighbours=neighbour("LP"))).verdict is Verdict.NOT_MET


def test_a_panel_may_cap_it():
    facts = a_missense(neighbours=beside(("p.Arg100His", "P", 2)))
    assert PS1(facts, panel(ps1_maximum=Strength.SUPPORTING)).strength is Strength.SUPPORTING


def test_no_neighbour_is_not_met_and_none_looked_up_is_no_answer():
    assert PS1(a_missense(neighbours=Absent("ClinVar"))).verdict is Verdict.NOT_MET
    assert PS1(a_missense()).verdict is Verdict.NOT_ASSESSABLE
    assert PS1(a_change("p.Arg100=")).verdict is Verdict.NOT_MET
