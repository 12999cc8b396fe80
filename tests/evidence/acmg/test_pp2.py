"""PP2: missense in a gene that hardly tolerates it."""

from dataclasses import replace

import pytest

from models.case import Absent, Found, Verdict
from models.evidence.acmg.pp2 import CRITERION as PP2
from tests.evidence.acmg.build import HAPLOINSUFFICIENT, RECESSIVE, a_missense, panel

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(("z", "expected"), [(3.08, NOT_MET), (3.09, MET), (3.10, MET)])
def test_without_a_panel_missense_depletion_decides(z, expected):
    gene = replace(HAPLOINSUFFICIENT, missense_z=Found(z))
    assert PP2(a_missense(gene_facts=gene)).verdict is expected


@pytest.mark.parametrize(("validity", "expected"), [("Moderate", MET), ("Limited", OPEN)])
def test_the_gene_must_have_an_established_disorder(validity, expected):
    assert PP2(a_missense(gene_facts=replace(HAPLOINSUFFICIENT, validity=Found(validity)))).verdict is expected


def test_a_recessive_gene_and_one_without_constraint_do_not_meet_it():
    assert PP2(a_missense(gene_facts=RECESSIVE)).verdict is NOT_MET
    assert PP2(a_missense(gene_facts=replace(HAPLOINSUFFICIENT, missense_z=Absent()))).verdict is OPEN


def test_the_panel_goes_first_either_way():
    assert PP2(a_missense(gene_facts=RECESSIVE), panel(pp2_applies=True)).verdict is MET
    assert PP2(a_missense(), panel(pp2_applies=False)).verdict is NOT_MET
