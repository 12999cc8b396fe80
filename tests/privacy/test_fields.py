"""Every field of a report was thought about before it may leave; a new one turns this red."""

import dataclasses

import pytest

from models.case import ClinicalRecord, LabValue, Problem
from models.privacy import fields
from models.privacy.dates import Axis
from models.privacy.fields import FATES, Fate, Public, onset_out, walked
from models.privacy.record_table import rows_of
from models.reporting import content as report
from models.reporting.content import TermLine
from tests.reporting.report_builders import a_content

PUBLIC = Public(lambda term: "Seizure", lambda symbol: False)


def parts_of_a_report() -> list[type]:
    found = [value for value in vars(report).values() if dataclasses.is_dataclass(value) and isinstance(value, type)]
    return sorted((one for one in found if one.__module__ == report.__name__), key=lambda one: one.__name__)


@pytest.mark.parametrize("part", parts_of_a_report(), ids=lambda part: part.__name__)
def test_every_field_of_the_report_has_its_fate(part: type) -> None:
    assert set(FATES[part]) == {field.name for field in dataclasses.fields(part)}


def test_a_field_that_nobody_thought_about_stops_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {name: fate for name, fate in FATES[TermLine].items() if name != "onset"}
    monkeypatch.setattr(fields, "FATES", {**FATES, TermLine: known})
    with pytest.raises(TypeError, match=r"TermLine\.onset is not in"):
        walked(TermLine("HP:0001250", "Seizure", excluded=False), PUBLIC, lambda fate, path, text: text)


def test_a_label_that_is_not_the_ontologys_own_is_free_text() -> None:
    fates: list[Fate] = []

    def note(fate: Fate, path: str, text: str) -> str:
        if path.endswith("label"):
            fates.append(fate)
        return text

    walked(TermLine("HP:0001250", "Seizure", excluded=False), PUBLIC, note)
    walked(TermLine("HP:0001250", "Seizure like her uncle Bert", excluded=False), PUBLIC, note)
    assert fates == [Fate.PUBLIC, Fate.FREE]


def test_hashes_of_files_and_decisions_go() -> None:
    def gone(fate: Fate, path: str, text: str) -> str:
        return "" if fate is Fate.GONE else text

    left = walked(a_content(amends="b" * 64), PUBLIC, gone)
    assert (left.file_sha256, left.case_sha256, left.decisions_head, left.amends, left.decisions) == ("", "", "", "", 0)


@pytest.mark.parametrize(
    ("onset", "left"),
    [
        ("P5M", "P5M"),
        ("P1Y6M", "P1Y6M"),
        ("P89Y", "P89Y"),
        ("P89Y11M", "P89Y11M"),
        ("P90Y", ""),
        ("in May", ""),
        ("", ""),
    ],
)
def test_an_age_of_onset_leaves_up_to_89_years(onset: str, left: str) -> None:
    assert onset_out(onset) == left


@pytest.mark.parametrize(
    ("header", "fate"),
    [
        ("GATK", Fate.NAMED),
        ("freeBayes v1.3.6", Fate.NAMED),
        ("deepvariant_version 1.5.0", Fate.NAMED),
        ("bcftools csq 1.2", Fate.NAMED),
        ("GATK run by jroe for Peter Parker, 12/03/2019", Fate.FREE),
        ("/data/parker_peter/raw.vcf", Fate.FREE),
        ("caller 19770312", Fate.FREE),
    ],
)
def test_a_header_that_says_more_than_a_program_is_free_text(header: str, fate: Fate) -> None:
    fates: dict[str, Fate] = {}

    def note(found: Fate, path: str, text: str) -> str:
        fates[path] = found
        return text

    walked(a_content(caller=header, annotator=header), PUBLIC, note)
    assert (fates["caller"], fates["annotator"]) == (fate, fate)


@pytest.mark.parametrize("code", ["2019-03-12", "4711-0815", "MRN-004711", "1977.03.12", "K0815X"])
def test_what_only_stands_where_a_public_code_stands_does_not_leave(code: str) -> None:
    lab = LabValue("Lactate", "2019-03-12", 1.8, "mmol/L", loinc=code, comparator="Jane Roe")
    record = ClinicalRecord(problems=(Problem("Epilepsy", code, "http://snomed.info/sct"),), labs=(lab,))
    cells = [cell for row in rows_of(record, Axis(1000), {}) for cell in row]
    assert code not in cells
    assert "Jane Roe" not in cells
    assert 1.8 in cells


@pytest.mark.parametrize(("value", "what"), [(None, "Karyotype: 46,XX"), (1.8, "Karyotype")])
def test_the_words_of_a_measurement_leave_only_where_it_has_no_number(value: float | None, what: str) -> None:
    record = ClinicalRecord(labs=(LabValue("Karyotype", "2019-03-12", value, text="46,XX"),))
    (row,) = rows_of(record, Axis(1000), {"Karyotype": "Karyotype", "46,XX": "46,XX"})
    assert row[4] == what
