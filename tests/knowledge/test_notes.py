import pytest

from models.knowledge import SuggestionKind, suggest_terms
from models.knowledge.notes import LONGEST_NOTE_CHARACTERS, LONGEST_SENTENCE_CHARACTERS
from tests.knowledge.real import knowledge

PRESENT, ABSENT, FAMILY = SuggestionKind.PRESENT, SuggestionKind.ABSENT, SuggestionKind.FAMILY


@pytest.fixture(scope="module")
def hpo():
    return knowledge().hpo


def said(hpo, text):
    return {(s.label, s.kind) for s in suggest_terms(text, hpo)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He has global developmental delay and seizures.",
            {("Global developmental delay", PRESENT), ("Seizure", PRESENT)},
        ),
        ("No cardiomyopathy or cataract was found.", {("Cardiomyopathy", ABSENT), ("Cataract", ABSENT)}),
        ("She denies headache but has vomiting.", {("Headache", ABSENT), ("Vomiting", PRESENT)}),
        ("Optic atrophy was ruled out.", {("Optic atrophy", ABSENT)}),
        ("His sister has epilepsy and ataxia.", {("Seizure", FAMILY), ("Ataxia", FAMILY)}),
        ("The maternal uncle had glaucoma; he has microcephaly.", {("Glaucoma", FAMILY), ("Microcephaly", PRESENT)}),
        ("His mother noticed hypotonia at 3 months.", {("Hypotonia", PRESENT)}),
        ("Her parents also see myoclonic jerks.", {("Myoclonus", PRESENT)}),
        ("She never could keep up (exercise intolerance).", {("Exercise intolerance", PRESENT)}),
        ("There is no family history of hearing loss.", set()),
        ("Absent speech.", {("Absent speech", PRESENT)}),
        ("Not only ataxia but also nystagmus.", {("Ataxia", PRESENT), ("Nystagmus", PRESENT)}),
        ("She has never had a seizure; EEG is normal.", {("Seizure", ABSENT)}),
        ("There was no sudden death in the family.", set()),
        ("There was a sudden death in the family.", {("Sudden death", FAMILY)}),
        ("No relative has intellectual disability.", set()),
        ("The father has no epilepsy.", set()),
        ("Metabolic screening of blood and urine was done.", set()),
        ("T cells are absent, NK cells are low.", set()),
        ("Blood was drawn in order to collect a sample; he walks well.", set()),
    ],
)
def test_a_note_is_read_as_a_clinician_reads_it(hpo, text, expected):
    assert said(hpo, text) == expected


def test_words_may_stand_in_another_order_or_number(hpo):
    assert ("Generalized hypotonia", PRESENT) in said(hpo, "Hypotonia generalized since birth")


def test_the_longest_name_wins_over_a_part_of_it(hpo):
    assert said(hpo, "dilated cardiomyopathy") == {("Dilated cardiomyopathy", PRESENT)}


def test_a_suggestion_carries_its_sentence_and_place(hpo):
    text = "Born at term. He has seizures since May. He is well."
    (found,) = suggest_terms(text, hpo)
    assert found.sentence == "He has seizures since May."
    assert text[found.start : found.end] == found.matched == "seizures"


def test_a_wrapped_line_does_not_end_a_sentence(hpo):
    text = "There is no hepatomegaly and in particular, on careful examination, no\ncardiomyopathy.\n\nAtaxia"
    assert said(hpo, text) == {("Hepatomegaly", ABSENT), ("Cardiomyopathy", ABSENT), ("Ataxia", PRESENT)}
    assert suggest_terms(text, hpo)[1].sentence.endswith("no cardiomyopathy.")


def test_the_items_of_a_list_do_not_share_their_negation(hpo):
    assert said(hpo, "No ataxia\nSeizures\n- Cataract") == {
        ("Ataxia", ABSENT),
        ("Seizure", PRESENT),
        ("Cataract", PRESENT),
    }


def test_a_feature_of_the_patient_and_of_a_relative_are_two_suggestions(hpo):
    kinds = [s.kind for s in suggest_terms("He has ataxia. His father has ataxia. He has ataxia.", hpo)]
    assert kinds == [PRESENT, FAMILY]


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "日本語のカルテ", "<script>alert(1)</script>", "a " * 1000, "\x00\x01"]
)
def test_a_note_without_features_suggests_nothing(hpo, text):
    assert suggest_terms(text, hpo) == ()


def test_an_enormous_note_is_read_up_to_the_limit(hpo):
    text = "x " * (LONGEST_NOTE_CHARACTERS // 2) + ". He has seizures."
    assert suggest_terms(text, hpo) == ()


@pytest.mark.shared
def test_most_suggestions_on_real_clinical_notes_are_right(hpo):
    from tests.shared_data import shared

    folder = shared("cases/nlp/id68")
    right = wrong = missed = 0
    for file in sorted((folder / "ann").iterdir()):
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        gold = {hpo.current_id(field) for line in lines for field in line.split("\t") if field.startswith("HP:")}
        gold = {term for term in gold if term and hpo.is_phenotype(term)}
        text = (folder / "corpus" / file.name).read_text(encoding="utf-8", errors="replace")
        found = {s.term_id for s in suggest_terms(text, hpo) if s.kind is PRESENT}
        right, wrong, missed = right + len(found & gold), wrong + len(found - gold), missed + len(gold - found)
    assert right / (right + wrong) > 0.85
    assert right / (right + missed) > 0.55


@pytest.mark.parametrize(("letters", "joined"), [(59, False), (60, True), (61, True)])
def test_a_line_of_sixty_characters_was_wrapped(hpo, letters, joined):
    line = "There is no hepatomegaly and none of these: ".rstrip(": ").ljust(letters, "x")
    kinds = {s.label: s.kind for s in suggest_terms(f"{line}\nCataract", hpo)}
    assert len(line) == letters
    assert (kinds["Cataract"] is ABSENT) is joined


@pytest.mark.parametrize(("short", "found"), [("BO", False), ("ADHD", True)])
def test_an_abbreviation_needs_three_letters_and_its_capitals(hpo, short, found):
    assert bool(suggest_terms(f"He has {short}.", hpo)) is found
    assert suggest_terms(f"He has {short.lower()}.", hpo) == ()


def test_a_note_without_full_stops_is_read_in_pieces_and_keeps_its_places(hpo):
    text = "headache and " * 1_000 + "no seizures"
    found = suggest_terms(text, hpo)
    assert {(s.label, s.kind) for s in found} == {("Headache", PRESENT), ("Seizure", ABSENT)}
    assert all(text[s.start : s.end] == s.matched for s in found)
    assert max(len(s.sentence) for s in found) <= LONGEST_SENTENCE_CHARACTERS
