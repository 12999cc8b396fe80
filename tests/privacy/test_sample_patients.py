"""Real and synthetic records as they come: every text let go as proposed, and no name of theirs in any byte."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from models.case import ClinicalRecord, Known, Note, Sort, Whose
from models.intake.fhir import parse_fhir
from models.intake.known_names import known_in_packet
from models.privacy.names import words
from tests.privacy.draft_builder import a_draft, a_named_case, everything_said, made
from tests.reporting.report_builders import a_content
from tests.shared_data import shared

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
SLUGS = sorted(folder.parent.name for folder in SAMPLES.glob("*/case.json"))
SYNTHEA = ("paediatric_epilepsy", "adult_epilepsy", "7_allergies")


def read(path: Path) -> tuple[ClinicalRecord, tuple[Known, ...]]:
    record, patient, _ = parse_fhir(json.loads(path.read_text(encoding="utf-8")), path.name)
    return record, patient.known


@pytest.mark.parametrize("slug", SLUGS)
def test_no_number_or_sample_of_a_sample_patient_is_in_the_copy_of_all_its_texts(slug: str) -> None:
    folder = SAMPLES / slug
    card = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    record, known = read(folder / "record.fhir.json")
    note = Note("note", "", (folder / "note.txt").read_text(encoding="utf-8"))
    packet = known_in_packet(json.loads((folder / "phenopacket.json").read_text(encoding="utf-8")))
    own = Known(Sort.NUMBER, Whose.PATIENT, card["pseudonym"])
    case = a_named_case(replace(record, notes=(*record.notes, note)))
    content = a_content(pseudonym=card["pseudonym"], indication=card["indication"], consent="diagnosis")
    said = everything_said(made(a_draft(case, content, known=(*known, *packet, own))))
    assert card["pseudonym"] not in said
    assert not any(k.value in said for k in known if k.sort is Sort.DATE and k.value)


@pytest.mark.parametrize("name", SYNTHEA)
def test_nobody_of_a_whole_record_of_a_life_is_in_its_copy(name: str) -> None:
    record, known = read(shared(f"fhir/synthea_r4/synthea_{name}.json"))
    said = words(everything_said(made(a_draft(a_named_case(record), a_content(), known=known))))
    people = {w for k in known if k.sort is Sort.NAME and k.whose is not Whose.ORGANISATION for w in words(k.value)}
    places = {w for k in known if k.sort is Sort.PLACE and k.whose is Whose.PATIENT for w in words(k.value)}
    assert len(people) >= 4
    assert {w for w in people | places if len(w) > 3 and not w.isdigit()} & set(said) <= {"suite", "unit", "street"}
