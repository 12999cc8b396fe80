"""What of the record lights up for a gene, and the words that justify it."""

import pytest

from models.case import ClinicalRecord, LabValue, Note, Problem, Relative
from models.evidence.record_match import Section, light_up, read_mentions, says_parents_related
from models.evidence.types import TermMatch
from models.knowledge.types import Suggestion, SuggestionKind

SEIZURE = TermMatch("HP:0001250", "Seizure", "exact", "HP:0001250", "Seizure", disease_label="Dravet syndrome")


def suggest(kind: SuggestionKind = SuggestionKind.PRESENT):
    def found(text: str) -> tuple[Suggestion, ...]:
        at = text.lower().find("seizure")
        return (Suggestion("HP:0001250", "Seizure", kind, text, "seizure", at, at + 7),) if at >= 0 else ()

    return found


def lit(record: ClinicalRecord, *relations: TermMatch, kind: SuggestionKind = SuggestionKind.PRESENT):
    mentions = read_mentions(record, suggest(kind))
    return light_up(record, mentions, "SCN1A", {r.term_id: r for r in relations})


def test_a_problem_that_the_disease_explains_is_lit_with_the_feature_and_the_disease() -> None:
    (one,) = lit(ClinicalRecord(problems=(Problem("Eczema"), Problem("Seizure disorder"))), SEIZURE)
    assert (one.section, one.index) == (Section.PROBLEM, 1)
    assert one.because == "Matches Seizure, a feature of Dravet syndrome."


def test_a_feature_noted_as_absent_lights_nothing() -> None:
    record = ClinicalRecord(notes=(Note("Clinic", "2020", "No seizures were seen."),))
    assert lit(record, SEIZURE, kind=SuggestionKind.ABSENT) == ()


def test_a_problem_that_was_ruled_out_lights_nothing() -> None:
    assert lit(ClinicalRecord(problems=(Problem("Seizure", is_refuted=True),)), SEIZURE) == ()


@pytest.mark.parametrize("kind", ["unexplained", "related", "excluded but expected"])
def test_a_feature_that_the_gene_does_not_explain_lights_nothing(kind: str) -> None:
    relation = TermMatch("HP:0001250", "Seizure", kind)
    assert lit(ClinicalRecord(problems=(Problem("Seizure"),)), relation) == ()


def test_a_relative_with_the_feature_is_lit() -> None:
    (one,) = lit(ClinicalRecord(relatives=(Relative("mother", ("febrile seizures",)),)), SEIZURE)
    assert one.section is Section.RELATIVE


def test_a_note_shows_the_sentence_it_is_lit_for() -> None:
    (one,) = lit(ClinicalRecord(notes=(Note("Clinic", "2020", "A seizure at night."),)), SEIZURE)
    assert one.quote == "A seizure at night."


def test_a_note_that_names_the_gene_is_lit() -> None:
    (one,) = lit(ClinicalRecord(notes=(Note("Panel", "2020", "SCN1A, SCN2A: nothing reported."),)))
    assert one.because == "Names SCN1A."


def test_a_gene_symbol_inside_another_word_is_no_mention() -> None:
    assert lit(ClinicalRecord(notes=(Note("Panel", "2020", "SCN1AB only"),))) == ()


AMMONIA_HIGH = TermMatch("HP:1", "x", "exact", "HP:0001987", "Hyperammonemia")


@pytest.mark.parametrize(("flag", "count"), [("H", 1), ("HH", 1), ("N", 0), ("L", 0), ("", 0)])
def test_a_laboratory_value_is_lit_only_in_the_direction_of_the_feature(flag: str, count: int) -> None:
    record = ClinicalRecord(labs=(LabValue("Ammonia [Moles/volume] in Plasma", "2020", 78.0, flag=flag),))
    assert len(lit(record, AMMONIA_HIGH)) == count


@pytest.mark.parametrize(("name", "count"), [("Iron", 1), ("ALT", 0)])
def test_a_test_name_too_short_to_be_unambiguous_lights_nothing(name: str, count: int) -> None:
    relation = TermMatch("HP:1", "x", "exact", "HP:2", f"Elevated circulating {name.lower()} concentration")
    record = ClinicalRecord(labs=(LabValue(name, "2020", 99.0, flag="H"),))
    assert len(lit(record, relation)) == count


@pytest.mark.parametrize(
    ("relative", "related"),
    [
        (Relative("mother", note="first cousin of the father"), True),
        (Relative("Father", note="Consanguineous couple"), True),
        (Relative("mother", note="her cousin has epilepsy"), False),
        (Relative("cousin", note="first cousin of the father"), False),
    ],
)
def test_the_family_history_says_whether_the_parents_are_related(relative: Relative, related: bool) -> None:
    assert says_parents_related(ClinicalRecord(relatives=(relative,))) is related
