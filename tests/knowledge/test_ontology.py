import numpy as np
import pytest

from models.knowledge.term_search import TermIndex, words_of
from tests.knowledge import toy
from tests.knowledge.real import knowledge


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return toy.ontology(tmp_path_factory.mktemp("obo"))


@pytest.fixture(scope="module")
def hpo():
    return knowledge().hpo


def test_the_release_is_read_from_the_file(small):
    assert small.release == "2020-02-02"


def test_a_term_knows_its_name_definition_and_synonyms_without_discarded_ones(small):
    assert small.label("HP:0000011") == "Cardiomyopathy"
    assert small.definition("HP:0000011") == 'A "weak" heart muscle.'
    assert small.synonyms("HP:0000011") == ("Heart muscle disease",)


def test_ancestors_and_descendants_leave_out_the_term_itself(small):
    assert set(small.ancestors("HP:0000012")) == {"HP:0000001", "HP:0000118", "HP:0000010", "HP:0000011"}
    assert set(small.descendants("HP:0000011")) == {"HP:0000012", "HP:0000013"}
    assert small.parents("HP:0000012") == ("HP:0000011",)
    assert set(small.children("HP:0000010")) == {"HP:0000011", "HP:0000014"}


def test_a_merged_id_and_a_chain_of_replacements_end_at_the_current_term(small):
    assert small.current_id("HP:0000911") == "HP:0000011"
    assert small.current_id("HP:0000900") == "HP:0000011"


def test_a_retired_id_stands_for_nothing_but_is_named_with_what_to_consider(small):
    assert small.current_id("HP:0000902") == ""
    assert small.retired["HP:0000902"] == ("Odd eye", ("HP:0000021", "HP:0000022"))
    assert "HP:0000902" not in small


def test_an_unknown_id_has_its_own_id_as_label_and_nothing_else(small):
    assert small.label("HP:9999999") == "HP:9999999"
    assert (small.definition("HP:9999999"), small.synonyms("HP:9999999"), small.ancestors("HP:9999999")) == ("", (), ())


def test_inheritance_is_kept_apart_from_what_a_patient_shows(small):
    assert small.is_phenotype("HP:0000012")
    assert not small.is_phenotype("HP:0000006")
    assert not small.is_phenotype("HP:9999999")


@pytest.mark.parametrize(
    ("term", "branch"),
    [
        ("HP:0003593", "an onset"),
        ("HP:0012828", "a clinical modifier"),
        ("HP:0001419", "a mode of inheritance"),
        ("HP:0001250", ""),
        ("HP:9999999", ""),
    ],
)
def test_a_term_that_is_not_a_feature_says_what_it_is(hpo, term, branch):
    assert hpo.branch(term) == branch


def test_every_term_of_the_release_reaches_the_root(hpo):
    first = hpo.ancestor_links.indptr[:-1]
    assert (np.add.reduceat(hpo.ancestor_links.indices == hpo.position("HP:0000001"), first) == 1).all()
    assert len(hpo) > 15_000


def test_no_replacement_of_the_release_is_dangling(hpo):
    assert [old for old in hpo.replaced if not hpo.current_id(old)] == []


def labels(hpo, text, limit=5):
    return [hit.label for hit in hpo.search(text, limit)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("seizure", "Seizure"),
        ("SEIZ", "Seizure"),
        ("epilepsy", "Seizure"),
        ("big head", "Macrocephaly"),
        ("short stat", "Short stature"),
        ("disability intellectual", "Intellectual disability"),
        ("microceph", "Microcephaly"),
        ("cardiomyopthy dilated", "Dilated cardiomyopathy"),
        ("siezure", "Seizure"),
        ("hypotonía", "Hypotonia"),
        ("HP:0001250", "Seizure"),
        ("hp:0002391", "Seizure"),
    ],
)
def test_what_people_type_finds_the_term_first(hpo, typed, wanted):
    assert labels(hpo, typed)[0] == wanted


def test_a_hit_says_when_a_synonym_matched(hpo):
    hit = hpo.search("big head", 1)[0]
    assert (hit.is_synonym, hit.matched) == (True, "Big head")


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "zzzzqqq", "日本語", "a" * 5000, "seizure " * 200])
def test_a_search_that_makes_no_sense_finds_nothing_and_breaks_nothing(hpo, typed):
    assert isinstance(hpo.search(typed, 5), tuple)


def test_a_limit_is_kept_and_no_term_is_given_twice(hpo):
    hits = hpo.search("abnormal", 30)
    assert len(hits) == 30 == len({hit.id for hit in hits})
    assert hpo.search("abnormal", 0) == ()


def test_a_search_offers_features_only_not_modes_of_inheritance_or_onsets(hpo):
    assert all(hpo.is_phenotype(hit.id) for hit in hpo.search("autosomal dominant inheritance", 10))
    assert labels(hpo, "childhood onset") != ["Childhood onset"]


def test_words_are_cut_the_same_way_whatever_the_accents():
    assert words_of("Développement d'un ŒIL") == words_of("developpement dun il")


@pytest.fixture(scope="module")
def names():
    words = ("gout", "edema", "ataxia", "hypotonia", "arrhythmia", "arachnodactyly")
    everything = np.ones(len(words), dtype=np.bool_)
    return TermIndex.build(words, [()] * len(words), everything, np.zeros(len(words), dtype=np.int32))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("goat", ""),  # four letters: no slip
        ("edena", "edema"),  # five letters: one slip
        ("atxaia", "ataxia"),  # two neighbours swapped are one slip
        ("atexai", ""),  # two slips in a short word
        ("hypotnea", ""),  # eight letters: not two slips
        ("arhythmea", ""),  # nine letters: not two slips
        ("arrhitmmia", "arrhythmia"),  # ten letters: two slips
        ("aracnodactily", "arachnodactyly"),
        ("aranchodactily", ""),  # three slips
    ],
)
def test_longer_words_are_forgiven_more(names, typed, found):
    assert [name for _, name, _ in names.search(typed, 5)] == ([found] if found else [])
