"""A known name is found however it is written, and nothing else is taken for it."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Known, Sort, Whose
from models.privacy.dates import Axis
from models.privacy.names import Names, phrases_of, pseudonyms, words
from models.privacy.words import replaced

AXIS = Axis(1000)


def left(text: str, *known: Known, people: dict[str, str] | None = None) -> str:
    return replaced(text, Names(pseudonyms(known, people or {}, {})), AXIS, shapes=False).outcome


def patient(name: str) -> Known:
    return Known(Sort.NAME, Whose.PATIENT, name, "7")


ANNA = patient("Anna-Lena Müller")


@pytest.mark.parametrize(
    "written",
    [
        "Anna-Lena Müller", "ANNA-LENA MÜLLER", "anna lena müller", "Mu\u0308ller", "Mueller", "Muller", "MULLER",
        "Müller, Anna-Lena", "M\u00fc\u200bller", "\u202eMüller\u202c", "Anna\u00a0Müller", "An\u00adna",
        "Anna\nLena Müller", "Müller Anna", "AnnaMüller", "MUELLERANNALENA", "Mül-\nler", "Müllers", "M ü l l e r",
        "M.Ü.L.L.E.R", "Mü\u3164ller", "M\uff55ller",
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_spelling(written: str) -> None:
    assert left(f"Seen: {written}!", ANNA) == "Seen: Proband!"


@pytest.mark.parametrize("written", ["Annabelle", "Müllerian duct", "mülleriana", "Lenalidomide", "annal"])
def test_a_longer_word_that_begins_with_the_name_is_left(written: str) -> None:
    assert left(written, ANNA) == written


def test_a_possessive_a_file_name_and_an_address_hold_the_name_too() -> None:
    assert left("Müller's scan, mueller_2.txt", ANNA) == "Proband's scan, Proband_2.txt"


@pytest.mark.parametrize("written", ["The Woods", "a b c d", "sub-\nject", "mayli"])
def test_words_that_only_resemble_a_written_together_or_apart_name_are_left(written: str) -> None:
    assert left(written, patient("Ann Wood")) == written


def test_a_name_that_is_an_ordinary_word_is_found_where_it_is_written_as_a_name() -> None:
    assert left("May may come; LI takes li", patient("May Li")) == "Proband may come; Proband takes li"


@pytest.mark.parametrize("word", ["patient", "Mother", "hospital", "CHILD", "sample", "record"])
def test_words_of_every_family_and_clinic_are_nobodys_name(word: str) -> None:
    assert left(f"the {word}", patient(word), Known(Sort.FILE, Whose.OTHER, f"{word}.txt")) == f"the {word}"


def test_a_family_name_of_two_people_names_neither_and_the_first_name_tells_who() -> None:
    bert = Known(Sort.NAME, Whose.RELATIVE, "Bert Müller", "8")
    assert left("Müller; Bert Müller; Anna Müller", ANNA, bert) == "[name]; Relative 1; Proband"


def test_a_person_who_decides_has_one_number_by_every_part_of_the_name() -> None:
    assert (
        left("Dr Berg asked Astrid Berg", people={"Dr Astrid Berg": "Reviewer 1"}) == "Dr Reviewer 1 asked Reviewer 1"
    )


@pytest.mark.parametrize(
    ("known", "written"),
    [
        ("555-123-4567", "555 123.4567"),
        ("555-123-4567", "5551234567"),
        ("MRN-0047/11", "mrn 0047 11"),
        ("8ff20ff8-9a14-4c50-b0e1-e2e5c11df428", "8FF20FF8-9A14-4C50-B0E1-E2E5C11DF428"),
        ("SYN-001-P", "syn_001_p"),
    ],
)
def test_a_number_is_found_whatever_stands_between_its_parts(known: str, written: str) -> None:
    assert left(f"it is {written}.", Known(Sort.NUMBER, Whose.PATIENT, known)) == "it is [number]."


@pytest.mark.parametrize(("number", "found"), [("P1", False), ("II", False), ("1234", False), ("12345", True)])
def test_a_code_that_is_in_every_text_is_not_looked_for(number: str, found: bool) -> None:
    assert ("[number]" in left(f"{number} and {number}", Known(Sort.NUMBER, Whose.PATIENT, number))) is found


@pytest.mark.parametrize("name", ["山田太郎", "สมชาย"])
def test_a_name_in_a_script_without_spaces_is_found_inside_a_sentence(name: str) -> None:
    assert name not in left(f"患者{name}様 と {name}", patient(name))


@pytest.mark.parametrize("name", ["أحمد علي", "Ольга Петрова", "Ελένη Παππά", "דוד כהן"])
def test_a_name_in_any_script_is_found(name: str) -> None:
    assert left(f"Seen: {name}.", patient(name)) == "Seen: Proband."


_LETTERS = string.ascii_letters + "äöüßéèñçøåłžśćÀÖÜ"
_NAMES = st.lists(st.text(_LETTERS, min_size=3, max_size=12), min_size=1, max_size=3).map(" ".join)
_AROUND = st.text(string.ascii_lowercase + " .,;()", max_size=40)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(_NAMES, _AROUND, _AROUND, st.sampled_from([str, str.upper, str.title]))
def test_no_part_of_any_name_is_left_in_any_text(name: str, before: str, after: str, how: object) -> None:
    names = Names(pseudonyms([patient(name)], {}, {}))
    text = f"{before} {how(name)} {after}"  # type: ignore[operator]
    outcome = replaced(text, names, AXIS, shapes=False).outcome
    assert names.hits(outcome) == []
    known = {w for phrase in phrases_of(patient(name)) for w in words(phrase) if len(w) > 2}
    looked_for = {w for w in known if Names([(w, "x")]).hits(w.upper())}
    assert not looked_for & {w for w in words(outcome) if w.upper() in outcome}


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_a_name_and_a_text(anything: str) -> None:
    names = Names(pseudonyms([patient(anything)], {anything: "Reviewer 1"}, {anything: "Mother"}))
    done = replaced(anything, names, AXIS)
    assert all(0 <= m.start < m.end <= len(done.original) for m in done.marks)


def test_a_name_of_4_kb_is_found_whole_and_in_its_words() -> None:
    name = " ".join(["Orsolya", "x" * 4000, "Zabellus"])
    assert left(f"{name} and Zabellus", patient(name)) == "Proband and Proband"


def test_a_long_letter_is_looked_through_for_thousands_of_names() -> None:
    known = [Known(Sort.NUMBER, Whose.OTHER, f"visit-{n:06d}-aa") for n in range(2_000)] + [ANNA]
    assert left("Müller was well. " * 2_000, *known).count("Proband") == 2_000
