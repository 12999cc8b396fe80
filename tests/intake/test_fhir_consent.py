"""FHIR R4 Consent in the record: what is to be followed becomes words, and the words are read as what they say."""

from typing import Any

import pytest

from models.intake.fhir import parse_fhir
from models.intake.fhir_consent import LIMITED, consent_words
from models.review.commands import Consent
from models.review.consent import stated_answer

HRESCH = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HRESCH", "display": "research"}
FINDINGS = {"text": "Secondary findings"}


def a_consent(status: str = "active", **provision: Any) -> dict[str, Any]:
    return {
        "resourceType": "Consent", "status": status, "dateTime": "2026-05-03T10:00:00Z",
        "patient": {"reference": "Patient/1"}, "provision": provision,
    }  # fmt: skip


def answers(*resources: dict[str, Any]) -> tuple[bool | None, bool | None]:
    """(research, secondary findings)."""
    words = consent_words(resources)
    return stated_answer(Consent.RESEARCH, words), stated_answer(Consent.SECONDARY_FINDINGS, words)


def test_a_permission_is_a_yes_and_a_refusal_inside_it_a_no() -> None:
    resource = a_consent(type="permit", purpose=[HRESCH], provision=[{"type": "deny", "code": [FINDINGS]}])
    assert consent_words([resource]) == (
        "FHIR Consent of 2026-05-03; research: yes; HRESCH: yes; Secondary findings: no"
    )
    assert answers(resource) == (True, False)


@pytest.mark.parametrize("status", ["draft", "proposed", "inactive", "entered-in-error", "", "unknown"])
def test_a_consent_that_is_not_to_be_followed_says_nothing(status: str) -> None:
    assert consent_words([a_consent(status, type="permit", purpose=[HRESCH])]) == ""


def test_a_rejected_consent_is_a_no_to_all_it_names() -> None:
    assert answers(a_consent("rejected", type="permit", purpose=[HRESCH], code=[FINDINGS])) == (False, False)


@pytest.mark.parametrize(
    "limit", [{"period": {"end": "2027-01-01"}}, {"actor": [{"role": {}}]}, {"data": [{"meaning": "related"}]}]
)
def test_a_limited_permission_is_no_yes_and_a_limited_refusal_is_a_no(limit: dict[str, Any]) -> None:
    permitted = a_consent(type="permit", purpose=[HRESCH], **limit)
    assert LIMITED in consent_words([permitted]) and answers(permitted) == (None, None)
    assert answers(a_consent(type="deny", purpose=[HRESCH], **limit)) == (False, None)


def test_a_no_in_one_consent_stands_against_a_yes_in_another() -> None:
    assert answers(a_consent(type="permit", code=[FINDINGS]), a_consent(type="deny", code=[FINDINGS])) == (None, False)


@pytest.mark.parametrize("broken", [{}, {"provision": "x"}, {"purpose": [1, None]}, {"type": 3, "code": [[]]}])
def test_a_consent_of_another_shape_says_nothing(broken: dict[str, Any]) -> None:
    assert consent_words([a_consent(**broken)]) == ""


def test_words_in_a_name_cannot_say_yes_for_another_use() -> None:
    sly = {"text": "newsletter; research: yes"}
    assert answers(a_consent(type="permit", code=[sly])) == (None, None)
    assert answers(a_consent(type="permit", code=[{"text": "being excluded from research"}])) == (None, None)


def test_the_record_brings_the_patients_consent_and_not_another_persons() -> None:
    patient = {"resourceType": "Patient", "id": "1"}
    others = a_consent(type="permit", code=[FINDINGS]) | {"patient": {"reference": "Patient/2"}}
    bundle = {"resourceType": "Bundle", "entry": [
        {"resource": r} for r in (patient, others, a_consent(type="permit", purpose=[HRESCH]))
    ]}  # fmt: skip
    record, told, _ = parse_fhir(bundle, "record.json")
    assert told.consent == "FHIR Consent of 2026-05-03; research: yes; HRESCH: yes"
    assert record.unread == ()
