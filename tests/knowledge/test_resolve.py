import pytest

from models.case import Phenotype, Severity, Term
from models.knowledge import resolve_phenotype
from tests.knowledge import toy


@pytest.fixture
def small(tmp_path):
    return toy.ontology(tmp_path)


def codes(findings):
    return [f.code for f in findings]


def test_a_current_term_keeps_its_place_and_takes_the_ontologys_name(small):
    phenotype, findings = resolve_phenotype(Phenotype((Term("HP:0000012", "whatever", onset="birth"),)), small)
    assert phenotype.terms == (Term("HP:0000012", "Dilated cardiomyopathy", onset="birth"),)
    assert findings == ()


def test_a_replaced_term_is_brought_to_today_and_said(small):
    phenotype, findings = resolve_phenotype(Phenotype((Term("HP:0000900", "x", origin="terms.txt"),)), small)
    assert (phenotype.terms[0].id, phenotype.terms[0].given_id) == ("HP:0000011", "HP:0000900")
    assert codes(findings) == ["replaced-hpo-term"]
    assert findings[0].where == "terms.txt"
    assert "HP:0000900" in findings[0].sentence


def test_a_retired_term_is_left_out_and_named_with_alternatives(small):
    phenotype, findings = resolve_phenotype(Phenotype((Term("HP:0000902", "x"),)), small)
    assert phenotype.terms == ()
    assert codes(findings) == ["retired-hpo-term"]
    assert "Cataract" in findings[0].sentence and "Coloboma" in findings[0].sentence


def test_an_unknown_term_is_left_out_and_named(small):
    phenotype, findings = resolve_phenotype(Phenotype((Term("HP:9999999", "x"), Term("HP:0000021", "x"))), small)
    assert [t.id for t in phenotype.terms] == ["HP:0000021"]
    assert (codes(findings), findings[0].severity) == (["unknown-hpo-term"], Severity.WARNING)
    assert "HP:9999999" in findings[0].sentence


def test_free_text_in_place_of_an_id_is_never_repeated(small):
    _, findings = resolve_phenotype(Phenotype((Term("Jane Canary, born 1980", "x"),)), small)
    assert "Canary" not in findings[0].sentence


def test_a_mode_of_inheritance_stays_in_the_list_with_a_note(small):
    phenotype, findings = resolve_phenotype(Phenotype((Term("HP:0000006", "x"),)), small)
    assert [t.id for t in phenotype.terms] == ["HP:0000006"]
    assert codes(findings) == ["not-a-feature"]
    assert "a mode of inheritance" in findings[0].sentence


def test_an_old_and_a_new_id_of_one_term_become_one(small):
    phenotype, _ = resolve_phenotype(Phenotype((Term("HP:0000011", "x"), Term("HP:0000911", "x"))), small)
    assert [t.id for t in phenotype.terms] == ["HP:0000011"]


def test_a_term_both_present_and_excluded_is_kept_as_first_given_and_warned_about(small):
    given = Phenotype((Term("HP:0000011", "x", excluded=True), Term("HP:0000911", "x")))
    phenotype, findings = resolve_phenotype(given, small)
    assert [t.excluded for t in phenotype.terms] == [True]
    assert "contradicting-hpo-term" in codes(findings)


def test_resolving_twice_changes_nothing_more(small):
    once, _ = resolve_phenotype(Phenotype((Term("HP:0000900", "x"), Term("HP:0000012", "x"))), small)
    twice, findings = resolve_phenotype(once, small)
    assert twice == once
    assert findings == ()
