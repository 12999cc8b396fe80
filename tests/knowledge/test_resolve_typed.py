"""Terms as people type them into the box."""

import pytest

from models.knowledge.resolve_typed import _PARTS_OF_A_NAME, read_typed_terms
from models.knowledge.term_search_lay import LAY_WORDS
from tests.knowledge.real import knowledge


@pytest.fixture(scope="module")
def hpo():
    return knowledge().hpo


def read(hpo, text):
    found = read_typed_terms(text, hpo)
    return [f"{'not ' if t.excluded else ''}{t.label}" for t in found.terms], [u.words for u in found.unread]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Seizure", ["Seizure"]),
        ("seizure, SMALL HEAD", ["Seizure", "Microcephaly"]),
        ("HP:0001250; hearing loss", ["Seizure", "Hearing impairment"]),
        ("fits\nfloppy baby", ["Seizure", "Hypotonia"]),
        ("Seizure, -Microcephaly, no ataxia", ["Seizure", "not Microcephaly", "not Ataxia"]),
        ("-HP:0000252", ["not Microcephaly"]),
        ("HP:0001250 Seizure", ["Seizure"]),
        ("Intellectual disability, mild, Seizure", ["Intellectual disability, mild", "Seizure"]),
        ("HP:0001256 Intellectual disability, mild, Seizure", ["Intellectual disability, mild", "Seizure"]),
        ("Seizure, seizures, HP:0001250", ["Seizure"]),
        ("Seizure # since birth", ["Seizure"]),
        ("", []),
    ],
)
def test_ids_names_and_synonyms_are_read(hpo, typed, terms):
    assert read(hpo, typed) == (terms, [])


@pytest.mark.parametrize(
    ("typed", "unread"), [("seizurs", "seizurs"), ("no zzqq", "zzqq"), ("Seizure, lorem ipsum", "lorem ipsum")]
)
def test_what_is_no_name_is_given_back_and_not_guessed(hpo, typed, unread):
    assert read(hpo, typed)[1] == [unread]


def test_a_slip_comes_with_the_nearest_terms(hpo):
    assert read_typed_terms("seizurs", hpo).unread[0].nearest[0].label == "Seizure"
    assert read_typed_terms("zzqq", hpo).unread[0].nearest == ()


def test_an_abbreviation_that_several_terms_share_is_not_guessed(hpo):
    shared = read_typed_terms("ASD", hpo)
    assert len({hit.label for hit in hpo.search("ASD", 8) if hit.matched == "ASD"}) > 1
    assert [u.words for u in shared.unread] == ["ASD"]


def test_no_name_is_written_with_more_commas_than_are_looked_for(hpo):
    names = [*hpo.labels, *(name for names in hpo.synonym_lists for name in names)]
    assert max(name.count(",") for name in names) + 1 <= _PARTS_OF_A_NAME


def test_retired_and_unknown_ids_are_kept_for_the_case_to_name(hpo):
    retired = next(old for old in hpo.retired if not hpo.current_id(old))
    assert [t.id for t in read_typed_terms(f"HP:9999999, {retired}", hpo).terms] == ["HP:9999999", retired]


def test_the_terms_travel_as_ids_that_the_reader_of_cases_knows(hpo):
    from models.intake.hpo_terms import parse_terms

    phenotype, findings = parse_terms(read_typed_terms("fits, no small head", hpo).as_ids, "typed")
    assert [(t.id, t.excluded) for t in phenotype.terms] == [("HP:0001250", False), ("HP:0000252", True)]
    assert findings == ()


@pytest.mark.parametrize("label", LAY_WORDS)
def test_every_everyday_name_stands_for_a_feature_of_the_installed_ontology(hpo, label):
    at = hpo.labels.index(label)
    assert hpo.is_abnormality[at]
    assert all(hpo.search(word, 1)[0].label == label for word in LAY_WORDS[label])


def test_everyday_names_are_not_read_out_of_notes(hpo):
    from models.knowledge import suggest_terms

    assert suggest_terms("This fits the description; she turns and collapses her toys.", hpo) == ()
