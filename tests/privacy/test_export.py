"""The export as a whole: no name in any byte of it, equal but for the shift, refused when anything is left."""

import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from models.case import ClinicalRecord, Known, LabValue, Note, Problem, Sort, Whose
from models.errors import InputError, NotAgreed
from models.privacy import LEFT_OUT, Secret, packed
from models.privacy.draft import PHRASES, key_of
from models.privacy.last_look import refuse_known, text_in
from models.privacy.names import Names
from models.privacy.pack import NAMES_MISSING, README
from models.reporting.sheets import workbook
from models.review.commands import Consent
from models.review.consent import Recorded
from tests.privacy.draft_builder import (
    KNOWN,
    LETTER,
    RECORD,
    REVIEWER,
    SAMPLES,
    a_draft,
    a_named_case,
    a_named_content,
    everything_said,
    files_in,
    made,
)
from tests.reporting.report_builders import a_content, a_reported

CANARIES = (
    "anna", "müller", "mueller", "quist", "004711", "eichenallee", "quellstadt", "5550", "bert", "carla", "vossberg",
    "annamq", "mq-2019", "ehrlicher", "doris", "2019-03-12", "2024-02-27", "2023-11-19", "c-0123456789abcdef", "f" * 64,
    "e" * 64, "d" * 64, "2026-11-2",
)  # fmt: skip


@pytest.fixture(scope="module")
def package():
    return made(a_draft())


def test_no_name_number_place_or_date_of_the_record_is_in_any_byte_of_the_export(package) -> None:
    said = everything_said(package).casefold()
    assert [canary for canary in CANARIES if canary in said] == []
    assert all(word.casefold() in said for word in ("Proband", "Reviewer 1", "P-00c0ffee"))


def test_without_a_persons_check_every_free_text_is_left_out_and_the_readme_says_so() -> None:
    draft = a_draft()
    package = made(draft, {})
    files = files_in(package)
    assert (package.checked, package.left_out) == (0, len(draft.pieces))
    assert not any(name.startswith("notes/") for name in files)
    report = text_in("report.html", files["report.html"])
    assert LEFT_OUT in report
    assert "Seizures of" not in report
    assert f"0 of {len(draft.pieces)} texts" in files[README].decode()
    assert [row[4] for row in rows_in(files["record.xlsx"])] == [None] * 5


def rows_in(data: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data))["Record"].values)[1:]


def test_a_text_that_a_person_let_go_leaves_as_they_wrote_it(package) -> None:
    files = files_in(package)
    assert "[date]" not in files["notes/note-1.txt"].decode()
    assert files["notes/note-1.txt"].decode() == (
        "Dear colleague, Proband ([number]), born 2016-06-15 (moved), lives at [place] in [place]. Her father "
        "Relative 1 called [phone] on 2021-06-02 (moved); first seizure on 2021-02-22 (moved). Practitioner 1, "
        "Organisation 1."
    )
    draft = a_draft()
    words = made(draft, {key_of(LETTER): "A letter, shortened by hand."})
    assert files_in(words)["notes/note-1.txt"].decode() == "A letter, shortened by hand."


def test_the_intervals_of_the_record_are_kept_and_counted_from_its_first_entry(package) -> None:
    rows = rows_in(files_in(package)["record.xlsx"])
    told = {row[0]: row[1:4] for row in rows if row[0] != "measurement"}
    assert told == {
        "problem": (0, "2021-02-22", None),
        "medicine": (100, "2021-06-02", None),
        "encounter": (1, "2021-02-23", None),
        "family": (None, None, None),
    }
    assert [row[1:3] for row in rows if row[0] == "measurement"] == [(None, "2021-06"), (103, "2021-06-05")]
    assert [row[5:7] for row in rows if row[0] == "problem"] == [("84757009", "SNOMED CT")]


def test_a_copy_with_days_only_holds_no_date_of_the_record_moved_or_not() -> None:
    package = made(a_draft(days_only=True))
    files = files_in(package)
    assert {row[2] for row in rows_in(files["record.xlsx"])} == {None}
    assert "on [day 100]; first seizure on [day 0]" in files["notes/note-1.txt"].decode()
    assert "holds days only" in " ".join(files[README].decode().split())


def test_a_code_of_a_local_system_and_a_unit_that_is_none_stay_here() -> None:
    record = ClinicalRecord(
        problems=(Problem("x", "55-99887", "urn:clinic:local", "2023-11-19"),),
        labs=(LabValue("y", "2023-11-19", 1.0, "per Dr. Vossberg's own scale", loinc="not a code"),),
    )
    rows = rows_in(files_in(made(a_draft(a_named_case(record)), {}))["record.xlsx"])
    assert [row[4:] for row in rows] == [(None,) * 10, (*(None,) * 5, 1, None, None, None, None)]


def test_two_patients_who_differ_only_in_what_identifies_them_give_the_same_export() -> None:
    swap = {"Anna": "Zoe", "MUELLER-QUIST": "HARTWIGSEN", "Müller-Quist": "Hartwigsen", "Maria": "Luisa"}
    swap |= {"Bert": "Knut", "Quellstadt": "Waldbrunn", "Eichenallee": "Buchengasse", "004711": "998877"}
    swap |= {"5550": "7770", "Vossberg": "Tannhauser", "Carla": "Yvette", "muellerquist": "hartwigsen"}
    swap |= {"Doris Ehrlicher": "Otto Leitgeb"}

    def other(text: str) -> str:
        for old, new in swap.items():
            text = text.replace(old, new)
        return text

    known = tuple(replace(k, value=other(k.value)) for k in KNOWN)
    record = replace(RECORD, notes=(Note("Letter", "2024-02-27", other(LETTER)),))
    record = replace(record, problems=(replace(RECORD.problems[0], text="Epilepsy of Zoe"),))
    record = replace(record, events=(replace(RECORD.events[0], text="Visit with Dr Tannhauser"),))
    content = a_named_content()
    given = replace(content.variants[0].given, who="Prof Otto Leitgeb", note="As Prof Otto Leitgeb said.")
    line = replace(content.variants[0].criteria[0], reason="Zoe's parents", source="Prof Otto Leitgeb", note="Zoe")
    line = replace(line, judged_by="Prof Otto Leitgeb, 2026-11-21")
    variant = replace(content.variants[0], given=given, criteria=(line,), chosen_because="for Knut")
    variant = replace(variant, chosen_by="Prof Otto Leitgeb, 2026-11-21")
    twin = replace(
        content,
        case_id="c-fedcba9876543210",
        file_sha256="1" * 64,
        case_sha256="2" * 64,
        decisions_head="3" * 64,
        indication=other(content.indication),
        consent=other(content.consent),
        caller=other(content.caller),
        variants=(variant,),
        findings=(replace(content.findings[0], overridden="Prof Otto Leitgeb, 2026-11-20: known to Dr Tannhauser"),),
        signature=replace(content.signature, who="Prof Otto Leitgeb"),
    )
    second = a_draft(a_named_case(record), twin, known, people=("Prof Otto Leitgeb",))
    assert made(second).data == made(a_draft()).data


def test_the_same_draft_gives_the_same_bytes_and_another_shift_other_dates() -> None:
    assert made(a_draft()).sha256 == made(a_draft()).sha256
    moved = files_in(made(a_draft(secret=Secret(1007, "P-00c0ffee"))))["notes/note-1.txt"].decode()
    assert "born 2016-06-08 (moved)" in moved


def test_a_name_that_a_person_writes_back_is_refused_and_the_text_named() -> None:
    draft = a_draft()
    with pytest.raises(InputError, match=r"“indication” still holds") as refused:
        made(draft, {key_of(draft.content.indication): "Seizures of anna"})
    assert "anna" not in str(refused.value)


def test_a_name_in_a_field_of_the_file_is_refused_and_the_field_named() -> None:
    content = a_named_content(variants=(a_reported(gene="VOSSBERG"),))
    with pytest.raises(InputError, match="“variants 1: gene” still holds"):
        made(a_draft(content=content))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"seen by VOSSBERG"),
        ("a.json", json.dumps({"x": [{"Vossberg": 1}]}).encode()),
        ("a.json", b'{"x": "\\u0056ossberg"}'),
        ("a.html", b"<p>V&#111;ssberg</p>"),
        ("a.xlsx", workbook({"S": (["a"], [["vossberg & sons"]])})),
    ],
)
def test_a_name_is_found_in_every_kind_of_file_whatever_its_escapes(name: str, data: bytes) -> None:
    names = Names([("Vossberg", "Practitioner 1")])
    with pytest.raises(InputError, match="still holds"):
        refuse_known({name: text_in(name, data)}, names)


def test_a_kind_of_file_that_nobody_can_look_through_may_not_leave() -> None:
    with pytest.raises(InputError, match="may not leave"):
        text_in("a.bin", b"")


def test_a_name_that_the_form_itself_says_does_not_stop_the_export_and_is_counted() -> None:
    known = (*KNOWN, Known(Sort.NAME, Whose.RELATIVE, "Filters"))
    readme = files_in(made(a_draft(known=known), {}))[README].decode()
    assert "could not be looked for at the end" in readme
    assert "could not be looked for at the end" not in files_in(made(a_draft(), {}))[README].decode()


@pytest.mark.parametrize("name", ["No Good", "In An", "Call Stop", "Mark Case"])
def test_a_name_made_of_ordinary_words_does_not_stop_the_export(name: str) -> None:
    known = (Known(Sort.NAME, Whose.PATIENT, name),)
    assert made(a_draft(content=a_content(), known=known), {}).checked == 0
    empty = a_content(variants=(), dismissed=(), findings=(), terms=())
    assert made(a_draft(content=empty, known=known), {}).checked == 0


def test_nothing_is_made_without_consent_to_it() -> None:
    with pytest.raises(NotAgreed, match="De-identified case: not made"):
        packed(a_draft(), {}, Recorded("", frozenset(Consent) - {Consent.DEIDENTIFIED}))


def test_of_a_case_read_before_names_were_kept_no_free_text_leaves() -> None:
    draft = a_draft(known=None)
    with pytest.raises(InputError, match="before the names"):
        made(draft)
    assert NAMES_MISSING.startswith("This case was read before")
    assert made(draft, {}).checked == 0


def test_the_words_of_the_record_keep_their_lines() -> None:
    draft = a_draft()
    with pytest.raises(InputError, match="lines were given, 1 came back"):
        made(draft, {key_of(PHRASES): "only one"})


def test_a_text_that_is_no_longer_in_the_case_cannot_be_let_go() -> None:
    with pytest.raises(InputError, match="read the texts again"):
        made(a_draft(), {"0" * 16: "x"})


def test_someone_over_89_is_90_or_older_everywhere_and_no_date_or_year_stays() -> None:
    content = a_named_content(age_years=93.4)
    record = replace(RECORD, notes=(Note("Letter", "", "A 93-year-old, born 1930, seen 2024-02-27, well in 2021."),))
    files = files_in(made(a_draft(a_named_case(record), content)))
    assert files["notes/note-1.txt"].decode() == "A 90 or older, born [year], seen [date], well in [year]."
    assert "female, 90 or older" in text_in("report.html", files["report.html"])
    packet = json.loads(files["phenopacket.json"])
    assert packet["subject"]["timeAtLastEncounter"]["ageRange"]["start"] == {"iso8601duration": "P90Y"}
    assert {row[2] for row in rows_in(files["record.xlsx"])} == {None}
    assert "93" not in text_in("report.pdf", files["report.pdf"]).split()


def test_a_phenopacket_without_identity_tells_code_sex_age_and_of_the_signature_only_the_year(package) -> None:
    packet = json.loads(files_in(package)["phenopacket.json"])
    assert packet["subject"] == {
        "id": "P-00c0ffee", "sex": "FEMALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P7Y5M"}},
    }  # fmt: skip
    assert (packet["metaData"]["created"], packet["metaData"]["createdBy"]) == (
        "2026-01-01T00:00:00Z",
        "Reviewer 1",
    )


def test_the_zip_tells_the_hash_of_each_file_and_names_no_time(package) -> None:
    with zipfile.ZipFile(io.BytesIO(package.data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(archive.namelist()) - {README} == set(package.files)
    readme = files_in(package)[README].decode()
    assert all(f"{digest}  {name}" in readme for name, digest in package.files.items())
    assert "designed to support" in readme
    assert "compliant" not in readme


HOSTILE = (
    '=HYPERLINK("http://127.0.0.1:9/x","Orsolya")',
    "<script>alert(1)</script> Orsolya",
    "\u202eayloslO Orsolya\u202c",
    "Or\u200bso\u00adlya\u2066",
    "O\u0301rsolya",
    "Orsolya " + "x" * 4000,
    "+cmd|'/C calc'!A0 Orsolya",
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_found_and_leave_in_no_file(name: str) -> None:
    known = (*KNOWN, Known(Sort.NAME, Whose.PATIENT, name, "7"))
    text = f"Seen with {name} and her mother; ORSOLYA was well."
    content = a_named_content(indication=text, caller=name)
    package = made(a_draft(content=content, known=known))
    said = everything_said(package)
    assert "rsolya" not in said.casefold()
    assert "x" * 4000 not in said
    assert not any(sign in said for sign in ("\u202e", "\u200b", "\u2066"))
    about = openpyxl.load_workbook(io.BytesIO(files_in(package)["report.xlsx"]))
    assert all(cell.data_type != "f" for sheet in about for row in sheet for cell in row)


def test_nothing_is_known_of_a_report_without_people_and_it_still_leaves() -> None:
    draft = a_draft(content=a_content(decided_at=""), known=(), people=())
    packet = json.loads(files_in(made(draft, {}))["phenopacket.json"])
    assert packet["metaData"]["created"] == "1970-01-01T00:00:00Z"
    assert REVIEWER not in everything_said(made(draft))
    assert SAMPLES[0] not in everything_said(made(draft))


def test_json_is_looked_through_word_by_word_keys_too() -> None:
    said = text_in("phenopacket.json", json.dumps({"Anna": [{"note": "Mül\nler"}, 5, None]}).encode())
    assert said.split("\n") == ["Anna", "note", "Mül", "ler", "5", "None"]


@pytest.mark.parametrize(
    ("years", "dates", "group"),
    [(91.0, ("2019-03-12",), "90 or older"), (8.0, ("1920-01-01", "2019-03-12"), "90 or older"), (8.0, (), "")],
)
def test_over_89_by_age_or_by_the_span_of_the_record_is_told_as_a_group(years, dates, group) -> None:
    record = ClinicalRecord(notes=tuple(Note("Letter", day, "Seen.") for day in dates))
    left = a_draft(a_named_case(record), a_content(age_years=years)).rendered({})
    assert (left.age_group, left.age_years) == (group, None if group else 8.0)
