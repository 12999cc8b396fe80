"""Why the genetic test was asked for, where the record says it."""

import json

import pytest

from models.intake import CaseOptions, GivenFile, read_case
from models.intake.fhir import parse_fhir
from tests.intake.vcf_builder import a_record, a_vcf

PATIENT = {"resourceType": "Patient", "id": "p", "gender": "female"}


def a_request(test="Whole exome sequencing", reasons=("Infantile seizures",), **more):
    return {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "code": {"text": test},
        "subject": {"reference": "Patient/p"},
        "reasonCode": [{"text": words} for words in reasons],
        **more,
    }


def read(*resources):
    bundle = {"resourceType": "Bundle", "entry": [{"resource": r} for r in (PATIENT, *resources)]}
    record, patient, _ = parse_fhir(bundle, "record.json")
    return patient.indication, dict(record.unread)


@pytest.mark.parametrize(
    "test", ["Whole exome sequencing", "Genetic test", "GENOME", "Array: microarray", "SCN1A gene"]
)
def test_the_reasons_of_a_genetic_test_are_why_it_was_asked_for(test):
    assert read(a_request(test, ("Infantile seizures", "Regression"))) == ("Infantile seizures; Regression", {})


@pytest.mark.parametrize("test", ["MRI of the brain", "Comprehensive metabolic panel", "General examination"])
def test_the_reason_of_another_request_is_not_taken_and_the_request_is_counted(test):
    assert read(a_request(test)) == ("", {"ServiceRequest": 1})


@pytest.mark.parametrize("more", [{"status": "revoked"}, {"status": "draft"}, {"doNotPerform": True}])
def test_a_request_that_was_never_made_gives_no_reason(more):
    assert read(a_request(**more))[0] == ""


def test_a_request_about_somebody_else_gives_no_reason():
    assert read(a_request(subject={"reference": "Patient/other"}))[0] == ""


def test_the_latest_of_several_requests_that_says_a_reason_counts():
    old = a_request(reasons=("Delay",), authoredOn="2024-02-01")
    new = a_request(reasons=("Seizures",), authoredOn="2026-02-01")
    silent = a_request(reasons=(), authoredOn="2026-09-01")
    assert read(new, silent, old)[0] == "Seizures"


def test_a_category_may_say_that_the_test_is_genetic():
    assert read(a_request("Panel 12", category=[{"coding": [{"code": "GE", "display": "Genetics"}]}]))[0]


def test_a_dropped_record_says_in_the_case_why_it_was_asked_for(tmp_path):
    (tmp_path / "v").write_text(a_vcf(a_record(pos=5)))
    bundle = {"resourceType": "Bundle", "entry": [{"resource": PATIENT}, {"resource": a_request()}]}
    (tmp_path / "r").write_text(json.dumps(bundle))
    (tmp_path / "work").mkdir()
    given = [GivenFile(tmp_path / "v", "a.vcf"), GivenFile(tmp_path / "r", "r.json")]
    assert read_case(given, tmp_path / "work", CaseOptions()).patient.indication == "Infantile seizures"
