"""PM1: critical regions are those a panel names; elsewhere it is left open."""

import pytest

from models.case import Verdict
from models.evidence.acmg.pm1 import CRITERION as PM1
from models.evidence.acmg.specification_types import Region
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_change, a_missense, panel


def _panel(*regions):
    return panel(pm1_applies=True, pm1_regions=regions)


@pytest.mark.parametrize(("residue", "met"), [(99, False), (100, True), (110, True), (111, False)])
def test_both_ends_of_a_region_belong_to_it(residue, met):
    said = PM1(a_change(f"p.Arg{residue}His"), _panel(Region(100, 110, Strength.MODERATE)))
    assert (said.verdict is Verdict.MET) is met


def test_of_two_regions_the_stronger_counts():
    rules = _panel(Region(1, 199, Strength.SUPPORTING), Region(100, 100, Strength.STRONG))
    assert PM1(a_missense(), rules).strength is Strength.STRONG
    assert PM1(a_change("p.Arg101His"), rules).strength is Strength.SUPPORTING


def test_a_region_may_count_only_for_a_new_cysteine():
    rules = _panel(Region(90, 110, Strength.MODERATE, "Cys"))
    assert PM1(a_change("p.Arg100Cys"), rules).verdict is Verdict.MET
    assert PM1(a_change("p.Arg100His"), rules).verdict is Verdict.NOT_MET


def test_a_gene_without_a_panel_has_no_known_critical_region():
    assert PM1(a_missense()).verdict is Verdict.NOT_ASSESSABLE
    assert PM1(a_missense(), _panel()).verdict is Verdict.NOT_ASSESSABLE
    assert PM1(a_missense(), panel(pm1_applies=False)).verdict is Verdict.NOT_MET
    assert PM1(a_change("p.Arg100="), _panel(Region(1, 199, Strength.STRONG))).verdict is Verdict.NOT_MET
