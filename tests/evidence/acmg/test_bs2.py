"""BS2: gnomAD does not vouch for health unless the panel takes it so."""

import pytest

from models.case import Verdict
from models.evidence.acmg.bs2 import CRITERION as BS2
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import RECESSIVE, a_missense, in_family, panel, seen

COUNTS = ((1, Strength.SUPPORTING), (3, Strength.STRONG))


@pytest.mark.parametrize(
    ("homozygotes", "expected"),
    [
        (0, Verdict.NOT_MET),
        (1, Strength.SUPPORTING),
        (2, Strength.SUPPORTING),
        (3, Strength.STRONG),
        (4, Strength.STRONG),
    ],
)
def test_a_panel_says_how_many_homozygotes_weigh_how_much(homozygotes, expected):
    rules = panel(bs2_applies=True, bs2_counts=COUNTS, bs2_homozygotes_only=True)
    said = BS2(a_missense(frequency=seen(0.001, homozygotes)), rules)
    assert (said.strength if said.verdict is Verdict.MET else said.verdict) is expected


def test_homozygotes_in_gnomad_are_not_known_to_be_healthy():
    assert BS2(a_missense(gene_facts=RECESSIVE, frequency=seen(0.001, 9))).verdict is Verdict.NOT_ASSESSABLE


def test_an_unaffected_homozygous_relative_speaks_against_a_recessive_gene_only():
    family = in_family(unaffected_homozygotes=1)
    assert BS2(a_missense(gene_facts=RECESSIVE, family=family)).strength is Strength.SUPPORTING
    assert BS2(a_missense(family=family)).verdict is Verdict.NOT_ASSESSABLE
