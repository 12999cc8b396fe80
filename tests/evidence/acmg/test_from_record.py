"""Facts of a variant that is only named, from what ships."""

import pytest

from models.case import Absent, Allele, Assembly, Found, NotAssessed, Verdict
from models.evidence.acmg import suggest
from models.evidence.acmg.from_record import Named, facts_of_record
from models.evidence.acmg.protein_name import ProteinKind
from models.evidence.acmg.types import Strength
from tests.knowledge.real import knowledge


def facts(variation, gene="PAH", at="", hgvs_g=""):
    allele = Allele.parse(at, assembly=Assembly.GRCH38) if at else None
    return facts_of_record(Named(variation, gene, allele, hgvs_g, "phenylketonuria"), knowledge())


def result(of, code):
    return next(r for r in suggest(of).results if r.code == code)


def test_a_named_stop_gained_has_its_place_and_leads_to_decay():
    found = facts("NM_000277.2(PAH):c.561G>A (p.Trp187Ter)", at="chr12-102855281-C-T")
    assert found.consequences == Found(frozenset({"stop_gained"}), "MANE")
    pvs1 = result(found, "PVS1")
    assert (pvs1.verdict, pvs1.strength) == (Verdict.MET, Strength.VERY_STRONG)


def test_a_deletion_known_by_its_genomic_name_only_is_placed():
    found = facts("NM_000277.2(PAH):c.806delT", hgvs_g="NC_000012.12:g.102852851del")
    assert found.protein.value.kind is ProteinKind.FRAMESHIFT and found.protein.value.first == 269


def test_a_substitution_without_a_protein_name_is_not_guessed():
    found = facts("NM_000277.3:c.659A>C", at="chr12-102852908-T-G")
    assert isinstance(found.protein, NotAssessed) and isinstance(found.consequences, NotAssessed)
    assert result(found, "PVS1").verdict is Verdict.NOT_ASSESSABLE


def test_the_predicted_protein_name_is_used_where_the_variant_has_none():
    allele = Allele.parse("chr12-102852908-T-G", assembly=Assembly.GRCH38)
    named = Named("NM_000277.3:c.659A>C", "PAH", allele)
    found = facts_of_record(named, knowledge(), hgvs_p="p.Gln220Pro")
    assert found.protein.value.kind is ProteinKind.MISSENSE


def test_any_change_of_the_start_codon_loses_it():
    found = facts("NM_000277.2(PAH):c.1A>G", at="chr12-102917130-T-C")
    assert found.protein.value.kind is ProteinKind.START_LOSS


def test_a_canonical_splice_site_is_known_from_its_name_alone():
    found = facts("NM_000277.3(PAH):c.970-1G>A")
    assert found.consequences == Found(frozenset({"splice_acceptor_variant"}), "MANE")


def test_the_name_of_another_transcript_without_coordinates_is_not_placed():
    assert isinstance(facts("NM_999999.1(PAH):c.970-1G>A").place, NotAssessed)


def test_a_deletion_with_uncertain_ends_takes_at_least_what_lies_between():
    found = facts(
        "NC_000021.9:g.(?_34787801)_(35048958_?)del", "RUNX1", hgvs_g="NC_000021.9:g.(?_34787801)_(35048958_?)del"
    )
    pvs1 = result(found, "PVS1")
    assert (pvs1.verdict, pvs1.strength) == (Verdict.MET, Strength.VERY_STRONG) and "exons 2 to 9" in pvs1.reason


def test_mitochondrial_and_unreadable_names_leave_everything_open():
    found = facts("m.3635G>A", "MT-ND1")
    assert isinstance(found.place, Absent | NotAssessed)
    assert all(r.verdict is not Verdict.MET for r in suggest(found).results)


def test_a_gene_in_no_table_was_looked_for():
    assert isinstance(facts("NM_1.1:c.5A>G", "NOGENE").gene_facts.validity, Absent)


@pytest.mark.parametrize("gene", ["PAH", "SCN1A", "BRCA1", "NOGENE"])
def test_neither_frequency_nor_neighbours_are_answered_by_what_ships(gene):
    found = facts("NM_1.1:c.5A>G", gene)
    assert isinstance(found.frequency.highest_fraction, NotAssessed) and isinstance(found.neighbours, NotAssessed)
