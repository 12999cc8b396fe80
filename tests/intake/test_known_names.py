"""Whom and what the delivered files name: found wherever FHIR and phenopackets put it, and kept beside the case."""

import json
import stat
from pathlib import Path

import pytest

from models.case import Known, Sort, Whose
from models.case.known import KNOWN_FILE, read_known, write_known
from models.errors import IntegrityError
from models.intake import CaseOptions, GivenFile, files_of, read_case
from models.intake.known_names import known_in_fhir, known_in_packet
from tests.intake.vcf_builder import a_record, a_vcf

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
PATIENT = {
    "resourceType": "Patient",
    "id": "7",
    "identifier": [{"system": "urn:mrn", "value": "MRN-0099"}],
    "name": [{"given": ["Anna", "Maria"], "family": "Müller"}, {"text": "Annie"}],
    "birthDate": "2019-03-12",
    "deceasedDateTime": "2024-05-06T07:08:09Z",
    "telecom": [{"system": "phone", "value": "555-0100"}, {"value": "anna@example.org"}],
    "address": [{"line": ["12 Oak Street"], "city": "Springfield", "state": "IL", "postalCode": "62704"}],
    "contact": [{"name": {"text": "Bert Müller"}}],
    "managingOrganization": {"display": "Oak Clinic"},
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName",
            "valueString": "Schmidt",
        },
        {
            "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
            "valueAddress": {"city": "Shelbyville"},
        },
    ],
}


def told(*resources: dict[str, object]) -> set[tuple[Sort, Whose, str]]:
    return {(k.sort, k.whose, k.value) for k in known_in_fhir(list(resources))}


def test_everything_that_names_the_patient_is_found() -> None:
    assert told(PATIENT) == {
        (Sort.NUMBER, Whose.PATIENT, "7"),
        (Sort.NUMBER, Whose.PATIENT, "MRN-0099"),
        (Sort.NAME, Whose.PATIENT, "Anna Maria Müller"),
        (Sort.NAME, Whose.PATIENT, "Annie"),
        (Sort.DATE, Whose.PATIENT, "2019-03-12"),
        (Sort.DATE, Whose.PATIENT, "2024-05-06"),
        (Sort.PHONE, Whose.PATIENT, "555-0100"),
        (Sort.EMAIL, Whose.PATIENT, "anna@example.org"),
        (Sort.PLACE, Whose.PATIENT, "12 Oak Street"),
        (Sort.PLACE, Whose.PATIENT, "Springfield"),
        (Sort.ZIP, Whose.PATIENT, "62704"),
        (Sort.NAME, Whose.RELATIVE, "Bert Müller"),
        (Sort.NAME, Whose.ORGANISATION, "Oak Clinic"),
        (Sort.NAME, Whose.RELATIVE, "Schmidt"),
        (Sort.PLACE, Whose.PATIENT, "Shelbyville"),
    }


def test_people_and_institutions_are_found_where_another_resource_only_refers_to_them() -> None:
    seen = {
        "resourceType": "Encounter",
        "participant": [{"individual": {"reference": "Practitioner/3", "display": "Dr Carl Voss"}}],
        "serviceProvider": {"display": "Oak Clinic"},
        "contained": [{"resourceType": "RelatedPerson", "name": [{"text": "Dora Müller"}]}],
    }
    relative = {"resourceType": "FamilyMemberHistory", "name": "Uncle Emil", "relationship": {"text": "uncle"}}
    device = {"resourceType": "Device", "serialNumber": "SN-4711"}
    assert told(seen, relative, device) >= {
        (Sort.NAME, Whose.PRACTITIONER, "Dr Carl Voss"),
        (Sort.NAME, Whose.ORGANISATION, "Oak Clinic"),
        (Sort.NAME, Whose.RELATIVE, "Dora Müller"),
        (Sort.NAME, Whose.RELATIVE, "Uncle Emil"),
        (Sort.NUMBER, Whose.PATIENT, "SN-4711"),
    }


def test_the_name_of_a_drug_or_a_test_is_nobodys_name() -> None:
    drug = {"resourceType": "MedicationRequest", "medicationReference": {"display": "Valproate"}}
    assert told(drug, {"resourceType": "Observation", "code": {"text": "Lactate"}}) == set()


@pytest.mark.parametrize("birth", ["dateOfBirth", "date_of_birth"])
def test_a_phenopacket_names_its_people_files_and_author(birth: str) -> None:
    document = {
        "id": "packet-55",
        "subject": {"id": "patient-77", birth: "2019-03-12T00:00:00Z"},
        "pedigree": {"persons": [{"individualId": "mother-78", "familyId": "family-9"}]},
        "files": [{"uri": "file:///data/anna.vcf"}],
        "metaData": {"createdBy": "Dr Carl Voss"},
    }
    assert {k.value for k in known_in_packet(document)} == {
        "packet-55", "patient-77", "2019-03-12", "mother-78", "family-9", "file:///data/anna.vcf", "Dr Carl Voss",
    }  # fmt: skip


def test_a_case_keeps_what_its_files_name_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "v").write_text(a_vcf(a_record(pos=5), samples=["Anna-P"]))
    (tmp_path / "p").write_text("MUELLER Anna-P 0 0 2 2\n")
    (tmp_path / "r").write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": PATIENT}]}))
    given = [GivenFile(tmp_path / n, shown) for n, shown in (("v", "mueller.vcf"), ("p", "f.ped"), ("r", "r.json"))]
    (tmp_path / "work").mkdir()
    case = read_case(given, tmp_path / "work", CaseOptions())
    known = read_known(tmp_path / "work")
    assert known is not None
    assert {"mueller.vcf", "Anna-P", "MUELLER", "Anna Maria Müller"} <= {k.value for k in known}
    assert stat.S_IMODE((tmp_path / "work" / KNOWN_FILE).stat().st_mode) == 0o600
    assert "Müller" not in repr((case.patient, case.record, case.findings))


def test_every_sample_patient_is_known_by_its_number(tmp_path: Path) -> None:
    read_case(files_of(SAMPLES / "dravet-trio"), tmp_path)
    assert Known(Sort.NUMBER, Whose.PATIENT, "SYN-001") in (read_known(tmp_path) or ())


def test_a_case_read_before_names_were_kept_says_so_and_a_damaged_list_is_refused(tmp_path: Path) -> None:
    assert read_known(tmp_path) is None
    write_known(tmp_path, [Known(Sort.NAME, Whose.PATIENT, "Anna \ud800\u202e=1+1")])
    assert read_known(tmp_path) == (Known(Sort.NAME, Whose.PATIENT, "Anna \ud800\u202e=1+1"),)
    (tmp_path / KNOWN_FILE).write_text("[")
    with pytest.raises(IntegrityError, match="add its files again"):
        read_known(tmp_path)


def test_whoever_wrote_an_annotation_is_somebody_who_treats_and_no_name_of_the_patient() -> None:
    assert (Sort.NAME, Whose.PRACTITIONER, "Dr Vossberg") in told(
        {"resourceType": "Patient", "id": "7", "note": [{"authorString": "Dr Vossberg"}]}
    )
    assert (Sort.NAME, Whose.PATIENT, "Annie") in told(
        {"resourceType": "Patient", "id": "7", "extension": [{"valueHumanName": {"text": "Annie"}}]}
    )
