"""Each of Safe Harbor's 18 identifiers, in a text that a person wrote and in a field of its own."""

from dataclasses import replace

import pytest

from models.case import ClinicalRecord, Known, Problem, Sort, Whose
from models.privacy.dates import axis_of
from models.privacy.identifiers import IDENTIFIERS, RESTRICTED_ZIP3, zip_words
from models.privacy.names import Names
from models.privacy.words import replaced
from models.reporting import Signature
from tests.privacy.draft_builder import a_draft, a_named_case, everything_said, made
from tests.reporting.report_builders import AT, a_content

AXIS = axis_of(["2019-03-12"], 1000, 7.0)
NOBODY = Names(())
# letter -> (what a person wrote, what is left of it, what must be gone)
TEXTS = {
    "A": ("Referred by Dr. Anna-Maria Vossberg today", "Referred by [name] today", "Vossberg"),
    "B": ("lives at 12 Oak Street, MA 02139", "lives at [place], MA 021**", "Oak"),
    "C": ("seen on 12 March 2019, aged 93 years", "seen on 2016-06-15 (moved), aged 90 or older", "March"),
    "D": ("call +1 555 123 4567 or (555) 123-4567", "call [phone] or [phone]", "4567"),
    "E": ("results by fax: 555-123-9999.", "results by fax: [fax].", "9999"),
    "F": ("write to anna.v@clinic.example.org please", "write to [e-mail] please", "clinic"),
    "G": ("SSN 123-45-6789, or 987-65-4321", "SSN [social security number], or [social security number]", "6789"),
    "H": ("MRN: 00-4711B was merged", "MRN [record number] was merged", "4711"),
    "I": ("Medicaid number 4711-XK is valid", "Medicaid [plan number] is valid", "4711"),
    "J": ("account no. 47110815 was billed", "account [account number] was billed", "0815"),
    "K": ("licence D-4711 expired", "licence [licence number] expired", "4711"),
    "L": ("VIN 1HGCM82633A004352, number plate B-AV 4711", "VIN [vehicle number], number plate", "1HGCM"),
    "M": ("pacemaker serial number SN-47118 works", "pacemaker serial [device number] works", "47118"),
    "N": ("see https://example.org/p?id=4711 there", "see [web address] there", "4711"),
    "O": ("from 192.168.4.11 and 2001:db8::ff00:42", "from [ip address] and [ip address]", "db8"),
    "P": ("fingerprint id 4711-A was taken", "fingerprint [biometric] was taken", "4711"),
    "Q": ("see face_anna.jpg in the folder", "see [image] in the folder", "anna"),
    "R": ("trial code QZ-471108 and 12345678", "trial code [number] and [number]", "4711"),
}


def test_the_table_has_the_18_paragraphs_of_the_rule_in_their_order() -> None:
    assert "".join(i.letter for i in IDENTIFIERS) == "ABCDEFGHIJKLMNOPQR"
    assert IDENTIFIERS[0].source == "45 CFR 164.514(b)(2)(i)(A)"
    assert all(i.name and i.fields and i.text for i in IDENTIFIERS)
    assert set(TEXTS) == {i.letter for i in IDENTIFIERS}


@pytest.mark.parametrize("letter", sorted(TEXTS))
def test_each_of_the_18_is_taken_out_of_what_a_person_wrote(letter: str) -> None:
    said, left, gone = TEXTS[letter]
    outcome = replaced(said, NOBODY, AXIS).outcome
    assert left in outcome
    assert gone not in outcome


FIELDS = {
    "A": {"signature": Signature("Otto Leitgeb", AT.isoformat())},
    "B": {"caller": "GATK at Quellstadt"},
    "C": {"decided_at": "2026-03-12T01:02:03+00:00"},
    "H": {"pseudonym": "MRN-004711"},
    "R": {"file_sha256": "7" * 64, "case_id": "c-00feedfacecafe00", "decisions_head": "8" * 64, "amends": "9" * 64},
}
GONE = {
    "A": ("Otto", "Leitgeb"),
    "B": ("Quellstadt",),
    "C": ("03-12", "01:02:03"),
    "H": ("004711",),
    "R": ("7" * 64, "00feedfacecafe00", "8" * 64, "9" * 64),
}


@pytest.mark.parametrize("letter", sorted(FIELDS))
def test_a_field_that_holds_an_identifier_leaves_without_it(letter: str) -> None:
    content = a_content(**FIELDS[letter])
    said = everything_said(made(a_draft(content=content, people=("Otto Leitgeb",)), {}))
    assert [word for word in GONE[letter] if word in said] == []


# What of the 18 has no field in the export at all: it is known from the record only, and must not come in by a code,
# a unit or a kept word of it.
IN_RECORD = {
    "D": Known(Sort.PHONE, Whose.PATIENT, "555 0147 332"),
    "E": Known(Sort.PHONE, Whose.PATIENT, "555 0147 333"),
    "F": Known(Sort.EMAIL, Whose.PATIENT, "orsolya@example.org"),
    "G": Known(Sort.NUMBER, Whose.PATIENT, "123-45-6789"),
    "I": Known(Sort.NUMBER, Whose.PATIENT, "PLAN-58812"),
    "J": Known(Sort.NUMBER, Whose.PATIENT, "ACC-58812"),
    "K": Known(Sort.NUMBER, Whose.PATIENT, "LIC-58812"),
    "L": Known(Sort.NUMBER, Whose.PATIENT, "PLT-58812"),
    "M": Known(Sort.NUMBER, Whose.PATIENT, "SN-58812"),
    "N": Known(Sort.WEB, Whose.PATIENT, "https://example.org/orsolya"),
    "O": Known(Sort.WEB, Whose.PATIENT, "192.168.77.13"),
    "P": Known(Sort.NUMBER, Whose.PATIENT, "FPR-58812"),
    "Q": Known(Sort.FILE, Whose.OTHER, "orsolya_face.png"),
}


def test_every_paragraph_is_tried_in_a_field_or_in_the_record() -> None:
    assert set(FIELDS) | set(IN_RECORD) == {i.letter for i in IDENTIFIERS}


@pytest.fixture(scope="module")
def copy_of_record() -> str:
    """Everything said in the copy of a record in which each of them stands once."""
    texts = [
        Problem(f"Fever {letter} ({k.value})", "386661006", "http://snomed.info/sct") for letter, k in IN_RECORD.items()
    ]
    case = a_named_case(ClinicalRecord(problems=tuple(texts)))
    return everything_said(made(a_draft(case, a_content(), known=IN_RECORD.values())))


@pytest.mark.parametrize("letter", sorted(IN_RECORD))
def test_what_is_known_from_the_record_is_taken_out_of_its_words(copy_of_record: str, letter: str) -> None:
    assert IN_RECORD[letter].value not in copy_of_record
    assert f"Fever {letter} ([" in copy_of_record


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("02139", "021**"),
        ("02139-1234", "021**"),
        ("021391234", "021**"),
        ("03601", "000**"),
        ("89301", "000**"),
        ("10115 Berlin", "[zip]"),
        ("SW1A 1AA", "[zip]"),
        ("2139", "[zip]"),
    ],
)
def test_of_a_zip_code_three_digits_stay_and_none_of_an_area_of_20_000_people_or_fewer(code: str, left: str) -> None:
    assert zip_words(code) == left


def test_the_17_areas_are_those_of_the_guidance() -> None:
    assert len(RESTRICTED_ZIP3) == 17
    assert {"036", "059", "102", "203", "893"} <= RESTRICTED_ZIP3


@pytest.mark.parametrize(
    "text",
    [
        "NM_001165963.4:c.4933C>T (p.Arg1645Ter), chr2:165992342, chr2-165992342-G-A, rs121918623, HP:0001250",
        "OMIM:607208, PMID:25741868, ENST00000303395, VCV000189921, PM2 supporting, GRCh38",
        "2500 mg/d, 38.6 C, 120/80 mmHg, 1,500 mg, 2,300,123 reads, GQ 99, 40 minutes, CD19, B12, 3.5-5.0 mmol/l",
        "lost consciousness for 3 minutes; the device was removed; visit the clinic; lot of fever",
    ],
)
def test_variants_identifiers_of_public_databases_and_measurements_stay(text: str) -> None:
    assert replaced(text, NOBODY, AXIS).outcome == text


def test_marks_say_where_something_is_replaced_and_by_what() -> None:
    done = replaced("Write to a@b.org or a@c.org.", NOBODY, AXIS)
    assert [(done.original[m.start : m.end], m.instead) for m in done.marks] == [
        ("a@b.org", "[e-mail]"),
        ("a@c.org", "[e-mail]"),
    ]
    assert replace(done, marks=()).outcome == "Write to [e-mail] or [e-mail]."
