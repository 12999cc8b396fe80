"""Every field of a report was thought about before it may leave; a new one turns this red."""

import dataclasses

import pytest

from models.privacy import fields
from models.privacy.fields import FATES, Fate, Public, onset_out, walked
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
