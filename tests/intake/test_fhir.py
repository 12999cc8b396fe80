"""FHIR R4 bundles: read tolerantly, nothing passed over silently."""

import base64
import json
import time
from dataclasses import replace

import pytest

from models.case import Severity, Sex
from models.errors import TooLarge, UnreadableFile
from models.intake.fhir import parse_fhir
from models.intake.json_file import MAX_JSON_DEPTH, read_json
from models.intake.large_record import RECORD_LIMITS, read_large_record
from models.intake.record_age import age_at_last_entry
from tests.shared_data import shared


def bundle(*resources):
    return {"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]}


def record_of(*resources):
    return parse_fhir(bundle(*resources), "record.json")[0]


def lab(**fields):
    code = {"coding": [{"system": "http://loinc.org", "code": "1988-5", "display": "CRP"}]}
    return {"resourceType": "Observation", "code": code, "effectiveDateTime": "2024-03-01T10:00:00Z", **fields}


def test_a_laboratory_value_keeps_unit_range_and_flag():
    value = record_of(
        lab(
            valueQuantity={"value": 12.5, "unit": "mg/L"},
            referenceRange=[{"low": {"value": 0}, "high": {"value": 5}}],
            interpretation=[{"coding": [{"code": "H"}]}],
        )
    ).labs[0]
    assert (value.value, value.unit, value.low, value.high, value.flag) == (12.5, "mg/L", 0.0, 5.0, "H")
    assert (value.name, value.loinc, value.date) == ("CRP", "1988-5", "2024-03-01")


@pytest.mark.parametrize(
    "empty", ["", None, "n/a", {}, True, "NaN", "Infinity", float("inf"), pytest.param(10**400, id="400 digits")]
)
def test_an_empty_decimal_is_unknown_and_not_zero(empty):
    assert record_of(lab(valueQuantity={"value": empty, "unit": "mg/L"})).labs[0].value is None


@pytest.mark.parametrize(("said", "kept"), [({"comparator": "<"}, "<"), ({}, "")])
def test_a_bound_below_what_can_be_measured_stays_a_bound(said, kept):
    value = record_of(lab(valueQuantity={"value": 0.6, "unit": "mg/L", **said})).labs[0]
    assert (value.value, value.comparator) == (0.6, kept)


def test_blood_pressure_gives_one_value_a_component():
    parts = [{"code": {"text": "systolic"}, "valueQuantity": {"value": 120}}, {"code": {"text": "diastolic"}}]
    labs = record_of(lab(component=parts)).labs
    assert [v.name for v in labs] == ["CRP: systolic", "CRP: diastolic"]


@pytest.mark.parametrize(
    ("specimen", "name"), [({"display": "CSF"}, "CRP in CSF"), ({}, "CRP"), ({"display": "crp"}, "CRP")]
)
def test_a_test_says_what_it_was_measured_in(specimen, name):
    assert record_of(lab(specimen=specimen)).labs[0].name == name


def test_a_partial_date_is_never_completed():
    condition = {"resourceType": "Condition", "code": {"text": "Epilepsy"}, "onsetDateTime": "2019-03"}
    assert record_of(condition).problems[0].onset_date == "2019-03"


def test_a_refuted_diagnosis_is_marked_as_refuted():
    status = {"coding": [{"code": "refuted"}]}
    condition = {"resourceType": "Condition", "code": {"text": "Epilepsy"}, "verificationStatus": status}
    assert record_of(condition).problems[0].is_refuted


def test_a_refuted_allergy_is_no_allergy():
    allergy = {"resourceType": "AllergyIntolerance", "code": {"text": "Penicillin"}}
    record = record_of(allergy, allergy | {"verificationStatus": {"coding": [{"code": "refuted"}]}})
    assert record.allergies == ("Penicillin",)
    assert record.unread == (("AllergyIntolerance refuted", 1),)


@pytest.mark.parametrize(
    ("resource", "counted"),
    [
        ({"resourceType": "Immunization", "status": "not-done"}, "Immunization not done"),
        ({"resourceType": "Procedure", "status": "not-done"}, "Procedure not done"),
        ({"resourceType": "Encounter", "status": "cancelled"}, "Encounter not done"),
        ({"resourceType": "Observation", "status": "cancelled"}, "Observation not done"),
        ({"resourceType": "MedicationRequest", "doNotPerform": True}, "MedicationRequest not to be given"),
    ],
)
def test_what_was_not_done_or_given_is_counted_and_not_told_as_done(resource, counted):
    record = record_of(resource)
    assert record.is_empty
    assert record.unread == ((counted, 1),)


def test_a_record_of_allergies_only_is_not_empty():
    record, _, findings = parse_fhir(bundle({"resourceType": "AllergyIntolerance", "code": {"text": "Latex"}}), "r")
    assert (record.is_empty, findings) == (False, ())


def test_an_entry_made_in_error_is_counted_and_not_shown_as_fact():
    record = record_of(lab(status="entered-in-error", valueQuantity={"value": 1}))
    assert record.labs == ()
    assert record.unread == (("Observation entered in error", 1),)


def test_what_we_do_not_read_is_counted():
    assert record_of({"resourceType": "CarePlan"}, {"resourceType": "CarePlan"}).unread == (("CarePlan", 2),)


def test_a_note_is_decoded_and_damaged_base64_leaves_only_its_description():
    def note(data):
        content = [{"attachment": {"contentType": "text/plain", "data": data}}]
        return {"resourceType": "DocumentReference", "description": "Letter", "content": content}

    good = base64.b64encode("Fièvre, no seizures".encode()).decode()
    notes = record_of(note(good), note("%%%")).notes
    assert [n.text for n in notes] == ["Fièvre, no seizures", "Letter"]


def test_a_current_medication_is_told_from_a_stopped_and_an_unknown_one():
    def drug(status):
        return {
            "resourceType": "MedicationRequest",
            "status": status,
            "medicationCodeableConcept": {"text": "valproate"},
        }

    assert [m.is_current for m in record_of(drug("active"), drug("stopped"), drug("")).medications] == [
        True,
        False,
        None,
    ]


def test_a_missing_name_and_unknown_fields_do_no_harm():
    record, patient, _ = parse_fhir(bundle({"resourceType": "Patient", "gender": "female", "zodiac": 7}), "r.json")
    assert patient.sex is Sex.FEMALE
    assert record.is_empty


def test_a_bundle_of_two_patients_waits_for_an_override():
    findings = parse_fhir(bundle({"resourceType": "Patient"}, {"resourceType": "Patient"}, lab()), "r.json")[2]
    assert [(f.code, f.severity) for f in findings] == [("several-patients", Severity.BLOCKING)]


PATIENT = {"resourceType": "Patient", "id": "7", "birthDate": "2019-03-12"}
OTHERS = [
    {"reference": "Patient/8"},
    {"reference": "https://ward.example/fhir/Patient/8/_history/2"},
    {"reference": "urn:uuid:8"},
    {"reference": "Group/7"},
]
SAME = [
    {"reference": "Patient/7"},
    {"reference": "https://ward.example/fhir/Patient/7/_history/2"},
    {"reference": "urn:uuid:7"},
    {"reference": "#7"},
    {"display": "the patient"},
    {},
]


@pytest.mark.parametrize("subject", OTHERS)
def test_an_entry_about_another_person_is_left_out_of_the_record_and_said(subject):
    record, _, findings = parse_fhir(
        bundle(PATIENT, lab(subject={"reference": "Patient/7"}), lab(subject=subject)), "r"
    )
    assert (len(record.labs), record.unread) == (1, (("Observation of another person", 1),))
    assert [(f.code, f.severity) for f in findings] == [("record-of-another", Severity.WARNING)]


@pytest.mark.parametrize("subject", SAME)
def test_the_patient_is_known_under_every_name_a_reference_may_use(subject):
    record, _, findings = parse_fhir(bundle(PATIENT, lab(subject=subject)), "r")
    assert (len(record.labs), findings) == (1, ())


def test_an_allergy_of_another_person_is_left_out_too():
    allergy = {
        "resourceType": "AllergyIntolerance",
        "code": {"text": "Penicillin"},
        "patient": {"reference": "Patient/8"},
    }
    assert parse_fhir(bundle(PATIENT, allergy, lab()), "r")[0].allergies == ()


def test_a_patient_is_known_by_the_address_of_the_entry():
    entries = [
        {"fullUrl": "urn:uuid:aa", "resource": {"resourceType": "Patient"}},
        {"fullUrl": "urn:uuid:bb", "resource": lab(subject={"reference": "urn:uuid:aa"})},
        {"fullUrl": "urn:uuid:cc", "resource": lab(subject={"reference": "urn:uuid:zz"})},
    ]
    assert len(parse_fhir({"resourceType": "Bundle", "entry": entries}, "r")[0].labs) == 1


@pytest.mark.parametrize(("value", "kept"), [("A1", 1), ("A2", 0)])
def test_a_subject_named_by_a_hospital_number_alone_is_compared_with_the_patients(value, kept):
    patient = {**PATIENT, "identifier": [{"system": "urn:mrn", "value": "A1"}]}
    subject = {"identifier": {"system": "urn:mrn", "value": value}}
    assert len(parse_fhir(bundle(patient, lab(subject=subject)), "r")[0].labs) == kept


def test_entries_of_two_patients_without_a_description_wait_for_an_override():
    entries = [lab(subject={"reference": f"Patient/{n}"}) for n in (7, 7, 8)]
    record, _, findings = parse_fhir(bundle(*entries), "r")
    assert len(record.labs) == 2
    assert [f.code for f in findings if f.severity is Severity.BLOCKING] == ["several-patients"]


def test_the_same_patient_given_twice_is_one_patient():
    assert parse_fhir(bundle(PATIENT, PATIENT, lab()), "r")[2] == ()


@pytest.mark.parametrize(
    ("born", "years"), [("2019-03-12", 4.97), ("2019-03", None), ("", None), ("2024-03-02", None), ("2019-13-45", None)]
)
def test_the_age_is_that_at_the_last_entry_and_never_from_a_partial_birth_date(born, years):
    record = record_of(lab(), lab(effectiveDateTime="2020-01-01"), lab(effectiveDateTime="2025"))
    assert age_at_last_entry(born, record) == years


@pytest.mark.parametrize(("depth", "accepted"), [(MAX_JSON_DEPTH, True), (MAX_JSON_DEPTH + 1, False)])
def test_json_nested_too_deep_is_refused(tmp_path, depth, accepted):
    path = tmp_path / "r.json"
    path.write_text("[" * depth + "]" * depth)
    if accepted:
        assert read_json(path, "r.json") is not None
    else:
        with pytest.raises(TooLarge, match="nested deeper"):
            read_json(path, "r.json")


def test_brackets_inside_text_are_not_nesting(tmp_path):
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"note": '\\"' + "[" * 500}))
    assert read_json(path, "r.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [('{"a": 1, "a": 2}', "stands twice"), ('{"a": }', "not valid JSON"), ("\xff", "UTF-8"), ("9" * 5000, "too long")],
)
def test_json_that_is_not_clear_is_refused_in_a_sentence(tmp_path, text, said):
    path = tmp_path / "r.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UnreadableFile, match=said):
        read_json(path, "r.json")


def test_not_a_number_is_unknown(tmp_path):
    path = tmp_path / "r.json"
    path.write_text('{"a": NaN, "b": -Infinity}')
    assert read_json(path, "r.json") == {"a": None, "b": None}


@pytest.mark.shared
def test_every_synthea_record_gives_problems_medications_and_laboratory_values():
    files = sorted(shared("fhir/synthea_r4").glob("*.json"))
    assert len(files) >= 5
    for file in files:
        record, patient, _ = parse_fhir(read_json(file, file.name), file.name)
        assert record.problems and record.medications and record.labs, file.name
        assert patient.sex is not Sex.UNKNOWN


def test_a_string_that_never_ends_is_refused_at_once(tmp_path):
    path = tmp_path / "bomb.json"
    path.write_text('["' + '\\"' * 20_000)
    start = time.process_time()  # however busy the machine is
    with pytest.raises(UnreadableFile, match="not valid JSON"):
        read_json(path, "bomb.json")
    assert time.process_time() - start < 1.0  # linear takes a millisecond, quadratic four seconds


def test_a_large_record_read_in_a_child_says_the_same_as_a_small_one(tmp_path):
    document = bundle(
        PATIENT,
        lab(valueQuantity={"value": 0.6, "comparator": "<"}, referenceRange=[{"low": {"value": 0}}]),
        lab(subject={"reference": "Patient/8"}),
        {"resourceType": "Condition", "code": {"text": "Seizure"}, "onsetDateTime": "2019"},
        {"resourceType": "Device"},
    )
    path = tmp_path / "r.json"
    path.write_text(json.dumps(document))
    assert read_large_record(path, "http://r.json") == parse_fhir(document, "http://r.json")


def test_a_large_record_that_asks_for_too_much_memory_is_refused(tmp_path):
    path = tmp_path / "r.json"
    path.write_text('{"resourceType": "Bundle", "entry": [' + ",".join(["{}"] * 4_000_000) + "]}")
    with pytest.raises(TooLarge, match="memory"):
        read_large_record(path, "r.json", replace(RECORD_LIMITS, memory_bytes=600 * 2**20))


def test_a_large_file_that_is_no_record_is_refused_by_name(tmp_path):
    path = tmp_path / "r.json"
    path.write_text("[]")
    with pytest.raises(UnreadableFile, match=r"r\.json: no FHIR"):
        read_large_record(path, "r.json")
