"""PS2, PM6, PM3, PP1, BS4 and BP2: what the family's genotypes weigh."""

from dataclasses import replace

import pytest

from models.case import Found, Verdict, Zygosity
from models.evidence.acmg.bp2 import CRITERION as BP2
from models.evidence.acmg.bs4 import CRITERION as BS4
from models.evidence.acmg.de_novo import strength_of_points
from models.evidence.acmg.facts import Partner
from models.evidence.acmg.pm3 import CRITERION as PM3
from models.evidence.acmg.pm6 import CRITERION as PM6
from models.evidence.acmg.pp1 import CRITERION as PP1
from models.evidence.acmg.ps2 import CRITERION as PS2
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import RECESSIVE, a_missense, in_family, panel, seen

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE
SUPPORTING, MODERATE, STRONG = Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG


def strength_of(criterion, facts):
    said = criterion(facts)
    return said.strength if said.verdict is MET else said.verdict


@pytest.mark.parametrize(
    ("points", "expected"),
    [(0.49, None), (0.5, SUPPORTING), (0.99, SUPPORTING), (1, MODERATE), (2, STRONG), (4, Strength.VERY_STRONG)],
)
def test_points_become_strengths_as_clingen_has_them(points, expected):
    assert strength_of_points(points) is expected


@pytest.mark.parametrize(
    ("parentage", "fits", "ps2", "pm6"),
    [
        (MET, True, MODERATE, NOT_MET),
        (MET, False, SUPPORTING, NOT_MET),
        (OPEN, True, NOT_MET, SUPPORTING),
        (OPEN, False, NOT_MET, NOT_MET),
    ],
)
def test_parents_confirmed_weigh_twice_what_parents_assumed_do(parentage, fits, ps2, pm6):
    facts = a_missense(family=in_family(de_novo=MET, parentage=parentage, phenotype_fits=fits))
    assert (strength_of(PS2, facts), strength_of(PM6, facts)) == (ps2, pm6)


def test_without_both_parents_it_is_no_answer_and_with_a_carrier_parent_not_met():
    assert PS2(a_missense()).lacking == "both parents' genotypes"
    carried = a_missense(family=in_family(de_novo=NOT_MET, de_novo_reason="the mother carries it"))
    assert PS2(carried).reason == "the mother carries it"


def test_de_novo_in_an_unknown_gene_is_not_said_to_fit_a_phenotype():
    facts = a_missense(gene="", family=in_family(de_novo=MET, parentage=MET, zygosity=Found(Zygosity.HETEROZYGOUS)))
    assert [c(facts).lacking for c in (PS2, PM6, BP2)] == ["the gene"] * 3


def test_de_novo_in_a_gene_with_recessive_disorders_only_weighs_nothing():
    facts = a_missense(gene_facts=RECESSIVE, family=in_family(de_novo=MET, parentage=MET, phenotype_fits=True))
    assert strength_of(PS2, facts) is NOT_MET


def _beside(phase, clinvar_class, stars=2):
    partner = Found(Partner("c.5A>G", phase, clinvar_class, stars))
    family = in_family(zygosity=Found(Zygosity.HETEROZYGOUS), partner=partner)
    return a_missense(gene_facts=RECESSIVE, family=family)


@pytest.mark.parametrize(
    ("phase", "clinvar_class", "expected"),
    [
        ("in trans", "P", MODERATE), ("in trans", "LP", MODERATE), ("in trans", "VUS", NOT_MET),
        ("unknown", "P", SUPPORTING), ("unknown", "LP", NOT_MET), ("in cis", "P", NOT_MET),
    ],
)  # fmt: skip
def test_the_second_hit_weighs_by_phase_and_class(phase, clinvar_class, expected):
    assert strength_of(PM3, _beside(phase, clinvar_class)) is expected


def test_a_conflict_is_never_pathogenic_and_without_stars_nobody_stated_criteria():
    assert strength_of(PM3, _beside("in trans", "CONFLICTING")) is NOT_MET
    assert strength_of(PM3, _beside("in trans", "P", 0)) is NOT_MET


def test_homozygous_for_a_variant_that_may_be_common_is_not_assessable():
    homozygous = in_family(zygosity=Found(Zygosity.HOMOZYGOUS))
    said = PM3(a_missense(gene_facts=RECESSIVE, family=homozygous))
    assert (said.verdict, said.lacking) == (Verdict.NOT_ASSESSABLE, "gnomAD")


def test_homozygous_is_supporting_in_a_recessive_gene_and_nothing_in_a_dominant_one():
    homozygous = in_family(zygosity=Found(Zygosity.HOMOZYGOUS))
    assert strength_of(PM3, a_missense(gene_facts=RECESSIVE, family=homozygous, frequency=seen(None))) is SUPPORTING
    assert strength_of(PM3, a_missense(family=homozygous)) is NOT_MET
    unknown = replace(RECESSIVE, modes=frozenset())
    assert strength_of(PM3, a_missense(gene_facts=unknown, family=homozygous)) is OPEN


@pytest.mark.parametrize(
    ("carriers", "expected"), [(2, NOT_MET), (3, SUPPORTING), (4, MODERATE), (5, STRONG), (6, STRONG)]
)
def test_each_affected_carrier_counts_a_meiosis(carriers, expected):
    assert strength_of(PP1, a_missense(family=in_family(affected_carriers=carriers))) is expected


def test_segregation_in_a_recessive_gene_needs_a_human():
    assert strength_of(PP1, a_missense(gene_facts=RECESSIVE, family=in_family(affected_carriers=3))) is OPEN


@pytest.mark.parametrize(("without", "expected"), [(0, NOT_MET), (1, SUPPORTING), (2, STRONG), (3, STRONG)])
def test_one_affected_relative_without_it_may_be_ill_otherwise_two_are_strong(without, expected):
    facts = a_missense(family=in_family(affected_carriers=1, affected_without=without))
    assert strength_of(BS4, facts) is expected
    assert strength_of(PP1, facts) is NOT_MET


def test_on_the_same_copy_as_a_pathogenic_variant():
    assert strength_of(BP2, _beside("in cis", "P")) is SUPPORTING
    assert strength_of(BP2, _beside("in cis", "VUS")) is NOT_MET
    assert strength_of(BP2, _beside("unknown", "P")) is OPEN


def test_a_panel_of_another_disorder_does_not_say_that_no_disorder_is_recessive():
    """RAF1 is known with a recessive disorder too; the panel judges the dominant one."""
    said = PM3(a_missense(gene_facts=RECESSIVE), panel("RAF1"))
    assert said.verdict is NOT_MET and said.reason == "the expert panel's disorder of the gene is not recessive"
