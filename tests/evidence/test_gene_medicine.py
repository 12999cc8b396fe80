"""Medicines are lit by a known caution or by the record's own words, never by what they are given for."""

import pytest

from models.case import ClinicalRecord, Medication
from models.evidence.gene_medicine import caution_for
from models.evidence.record_match import light_up, read_mentions
from models.evidence.types import TermMatch
from models.knowledge.types import Suggestion, SuggestionKind

SEIZURE = TermMatch("HP:0001250", "Seizure", "exact", "HP:0001250", "Seizure")


def lit(gene: str, *medicines: Medication):
    def suggest(text: str) -> tuple[Suggestion, ...]:
        return (Suggestion("HP:0001250", "Seizure", SuggestionKind.PRESENT, text, "seizure", 0, 7),) if text else ()

    record = ClinicalRecord(medications=medicines)
    return light_up(record, read_mentions(record, suggest), gene, {"HP:0001250": SEIZURE})


@pytest.mark.parametrize(
    ("gene", "medicine"),
    [
        ("RYR1", "sevoflurane inhalation"),
        ("CACNA1S", "Succinylcholine chloride injection"),
        ("SCN1A", "lamotrigine 25 mg"),
        ("POLG", "valproic acid"),
        ("MT-TL1", "sodium valproate"),
        ("MT-RNR1", "Gentamicin"),
    ],
)
def test_a_medicine_with_a_known_caution_is_lit_with_reason_and_source(gene: str, medicine: str) -> None:
    (one,) = lit(gene, Medication(medicine))
    caution = caution_for(gene, medicine)
    assert caution is not None and caution.source in one.because
    assert one.because.startswith(f"Known caution for {gene}:")


@pytest.mark.parametrize(("gene", "medicine"), [("RYR1", "propofol"), ("BRCA1", "sevoflurane"), ("SCN1A", "clobazam")])
def test_a_medicine_without_a_known_caution_is_not_lit(gene: str, medicine: str) -> None:
    assert lit(gene, Medication(medicine)) == ()


def test_a_medicine_is_not_lit_by_what_it_is_given_for() -> None:
    assert lit("GABRB3", Medication("lamotrigine", reason="seizure")) == ()


@pytest.mark.parametrize("reason", ["seizures; stopped because of rash", "seizures worsened", "stopped: drowsy"])
def test_what_the_record_says_of_the_medicine_comes_before_the_known_caution(reason: str) -> None:
    (one,) = lit("SCN1A", Medication("lamotrigine", reason=reason))
    assert one.because.startswith(f"The record says: {reason}. Known caution for SCN1A:")
