"""PVS1 follows ClinGen's decision tree: what is lost, and whether losing it causes the disease."""

from dataclasses import replace

import pytest

from models.case import Absent, Found, NotAssessed, Verdict
from models.evidence.acmg.lost_protein import UNKNOWN_STOP_BASES, leads_to_decay
from models.evidence.acmg.place import Point, SpliceSite
from models.evidence.acmg.pvs1 import CRITERION as PVS1
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import (
    CODING,
    HAPLOINSUFFICIENT,
    RECESSIVE,
    UNKNOWN_EFFECT,
    a_change,
    at,
    at_a_site,
    in_intron,
    panel,
)

VERY_STRONG, STRONG, MODERATE = Strength.VERY_STRONG, Strength.STRONG, Strength.MODERATE


def strength_of(facts, rules=None):
    said = PVS1(facts, rules)
    return said.strength if said.verdict is Verdict.MET else said.verdict


@pytest.mark.parametrize(
    ("residue", "expected"), [(116, VERY_STRONG), (117, VERY_STRONG), (118, STRONG), (150, STRONG)]
)
def test_a_stop_more_than_fifty_bases_before_the_last_junction_leads_to_decay(residue, expected):
    assert strength_of(a_change(f"p.Gln{residue}Ter")) is expected


# The last junction lies behind base 400: base 350 is the 51st before it, base 351 the 50th.
@pytest.mark.parametrize(("base", "expected"), [(349, True), (350, True), (351, False), (352, False)])
def test_exactly_fifty_bases_before_the_last_junction_there_is_no_decay(base, expected):
    assert leads_to_decay(CODING, base) is expected


# 199 residues: 20 lost are 10.05 %, 19 lost 9.5 %; exactly a tenth needs a protein of 200.
@pytest.mark.parametrize(("residue", "expected"), [(180, STRONG), (181, MODERATE)])
def test_without_decay_more_than_a_tenth_of_the_protein_is_strong(residue, expected):
    assert strength_of(a_change(f"p.Gln{residue}Ter")) is expected


def test_exactly_a_tenth_lost_is_not_more_than_a_tenth():
    facts = a_change("p.Gln181Ter")
    longer = replace(facts.place.value, coding=replace(CODING, cds_length_bases=603))
    assert longer.coding.protein_length == 200
    assert strength_of(replace(facts, place=Found(longer))) is MODERATE


def test_a_part_that_the_panel_calls_critical_makes_a_short_loss_strong():
    critical = panel("ABCD1", pvs1_applies=True)
    region = replace(critical.pm1_regions[0], first=190, last=195)
    assert strength_of(a_change("p.Gln190Ter"), replace(critical, pm1_regions=(region,))) is STRONG


def test_the_new_stop_of_a_frameshift_decides_where_its_name_tells_it():
    assert strength_of(a_change("p.Gln100GlufsTer10")) is VERY_STRONG
    assert strength_of(a_change("p.Gln100GlufsTer30")) is STRONG


def test_where_the_new_stop_is_not_told_a_frameshift_near_the_last_junction_is_not_taken_to_decay():
    sure = (350 - UNKNOWN_STOP_BASES + 2) // 3
    assert strength_of(a_change(f"p.Gln{sure}fs")) is VERY_STRONG
    assert strength_of(a_change(f"p.Gln{sure + 1}fs")) is STRONG


def test_a_change_behind_the_last_residue_takes_nothing():
    assert strength_of(a_change("p.Ter200Lysfs", consequences=Found(frozenset({"frameshift_variant"})))) in (
        Verdict.NOT_MET,
        Verdict.NOT_ASSESSABLE,
    )


def test_the_lost_start_codon_is_moderate():
    assert strength_of(a_change("p.Met1?", consequences=Found(frozenset({"start_lost"})))) is MODERATE


def test_skipping_an_exon_out_of_frame_leads_to_decay():
    assert CODING.coding_bases(2) == 100
    assert strength_of(at_a_site(2)) is VERY_STRONG


def test_skipping_the_exon_before_the_last_shifts_the_frame_too_late_for_decay():
    assert strength_of(at_a_site(3)) is STRONG


def test_skipping_an_exon_in_frame_is_judged_by_what_is_lost():
    exons = ((-49, 100), (101, 118), (119, 400), (401, 700))
    place = at_a_site(2).place.value
    shorter = replace(place, coding=replace(CODING, exons=exons))
    assert strength_of(replace(at_a_site(2), place=Found(shorter))) is MODERATE


def test_the_exon_with_the_start_codon_is_strong():
    assert strength_of(at_a_site(1)) is STRONG


def test_the_panel_says_what_skipping_an_exon_weighs():
    assert strength_of(at_a_site(2), panel(pvs1_exons={2: MODERATE})) is MODERATE
    assert strength_of(at_a_site(2), panel(pvs1_exons={2: None})) is Verdict.NOT_MET


def test_a_splice_site_before_the_start_codon_needs_rna():
    place = replace(at(1, -1).value, splice_sites=(SpliceSite(False, 1),))
    facts = replace(at_a_site(1), place=Found(place))
    assert PVS1(facts).lacking == "RNA"


@pytest.mark.parametrize("offset", [3, -3, 10])
def test_outside_of_the_canonical_bases_it_is_no_loss_of_function(offset):
    assert strength_of(in_intron(offset)) is Verdict.NOT_MET


def test_the_deletion_of_whole_exons_is_judged_like_their_skipping():
    exon_2 = Found(replace(at(101, -30).value, last=Point(2, 200, 12)))
    facts = replace(UNKNOWN_EFFECT, place=exon_2, gene_facts=HAPLOINSUFFICIENT)
    assert strength_of(facts) is VERY_STRONG
    assert "deletion of exon 2" in PVS1(facts).reason


def test_the_deletion_of_the_whole_transcript_is_very_strong():
    ablated = Found(frozenset({"transcript_ablation"}))
    assert strength_of(replace(UNKNOWN_EFFECT, consequences=ablated, gene_facts=HAPLOINSUFFICIENT)) is VERY_STRONG


def test_without_the_transcripts_exons_it_is_not_assessable():
    said = PVS1(a_change("p.Gln20Ter", place=NotAssessed("another assembly")))
    assert said.verdict is Verdict.NOT_ASSESSABLE and said.lacking == "the transcript's exons"


# ClinGen's dosage scores: 3 sufficient, 2 some, 1 little, 0 no evidence, 30 recessive, 40 unlikely.
@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (3, VERY_STRONG),
        (30, VERY_STRONG),
        (2, STRONG),
        (1, Verdict.NOT_MET),
        (0, Verdict.NOT_MET),
        (40, Verdict.NOT_MET),
    ],
)
def test_the_dosage_score_tells_whether_loss_causes_disease(score, expected):
    gene = replace(HAPLOINSUFFICIENT, haploinsufficiency=Found(score))
    assert strength_of(a_change("p.Gln20Ter", gene_facts=gene)) is expected


@pytest.mark.parametrize(
    ("validity", "expected"),
    [("Definitive", VERY_STRONG), ("Strong", VERY_STRONG), ("Moderate", STRONG), ("Limited", Verdict.NOT_MET)],
)
def test_for_a_recessive_gene_without_a_score_its_validity_decides(validity, expected):
    gene = replace(RECESSIVE, haploinsufficiency=Absent(), validity=Found(validity, "ClinGen validity"))
    assert strength_of(a_change("p.Gln20Ter", gene_facts=gene)) is expected


@pytest.mark.parametrize(
    ("loeuf", "expected"), [(0.34, STRONG), (0.35, Verdict.NOT_ASSESSABLE), (0.36, Verdict.NOT_ASSESSABLE)]
)
def test_a_dominant_gene_without_a_score_needs_constraint_and_weighs_less(loeuf, expected):
    gene = replace(HAPLOINSUFFICIENT, haploinsufficiency=Absent(), loeuf=Found(loeuf))
    assert strength_of(a_change("p.Gln20Ter", gene_facts=gene)) is expected


def test_a_gene_nobody_assessed_is_not_assessable():
    gene = replace(HAPLOINSUFFICIENT, haploinsufficiency=Absent(), validity=Absent())
    assert strength_of(a_change("p.Gln20Ter", gene_facts=gene)) is Verdict.NOT_ASSESSABLE


def test_a_panel_that_does_not_use_it_is_obeyed():
    assert strength_of(a_change("p.Gln20Ter"), panel(pvs1_applies=False)) is Verdict.NOT_MET
