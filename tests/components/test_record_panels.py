"""The record: lit with a reason, dated as delivered, ranges drawn, notes never markup."""

import pytest

from components import lab_trends, record_sections, theme, timeline
from components.candidate import gather
from components.clinical_context import lit_items
from components.drawing import words
from components.record_sections import Reading
from models.case import ClinicalRecord, LabValue, Medication, Relative
from models.evidence.record_match import Lit, Section
from tests.builders_workup import a_record, a_workup, with_hand_made_matches


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    with_hand_made_matches(monkeypatch)
    candidate = gather(a_workup(), 0)
    return Reading.of(candidate.workup.case.record, lit_items(candidate))


def test_a_problem_is_lit_with_the_feature_and_the_disease_it_matches(reading: Reading) -> None:
    said = words(record_sections.problems(reading))
    assert "Matches Seizure, a feature of Dravet syndrome." in said
    assert said.index("Seizure disorder") < said.index("Eczema")


def test_another_gene_lights_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with_hand_made_matches(monkeypatch)
    candidate = gather(a_workup(), 5)
    reading = Reading.of(candidate.workup.case.record, lit_items(candidate))
    said = words(record_sections.lit_line(reading, "BRCA1"))
    assert "No HPO feature of the diseases of BRCA1 was found" in said
    assert "Procedures were not compared" in said and "Nothing in this record" not in said


def test_without_a_gene_the_record_is_not_said_to_hold_nothing() -> None:
    said = words(record_sections.lit_line(Reading.of(ClinicalRecord(), ()), ""))
    assert "compared with none" in said and "No HPO feature" not in said


def test_a_planned_anaesthetic_is_told_as_a_known_caution_and_not_as_a_fit() -> None:
    caution = Lit(Section.MEDICATION, 0, "Known caution for RYR1: x.")
    said = words(record_sections.lit_line(Reading.of(ClinicalRecord(), (caution,)), "RYR1"))
    assert "1 medicine with a known caution" in said and "No HPO feature" in said and "fit RYR1" not in said


def test_a_partial_date_stays_partial(reading: Reading) -> None:
    assert "2019-03" in words(record_sections.problems(reading))


def test_with_identity_hidden_no_date_of_a_problem_is_sent(reading: Reading) -> None:
    hidden = Reading(reading.record, reading.lit, hide_dates=True)
    assert "2019" not in words(record_sections.problems(hidden))


def test_with_identity_hidden_no_free_text_that_can_name_people_is_sent() -> None:
    record = ClinicalRecord(
        medications=(Medication("Valproate", end_date="2020-05-01", is_current=False, reason="as for Jonas"),),
        relatives=(Relative("brother", ("epilepsy like Jonas",), note="Jonas, born 2011"),),
    )
    shown, hidden = (Reading.of(record, (), hide_dates=hide) for hide in (False, True))
    for section in (record_sections.medications, record_sections.relatives):
        assert "Jonas" in words(section(shown)) and section(shown)["c"] == "section private"
        assert "Jonas" not in words(section(hidden)) and "2020" not in words(section(hidden))
    assert "Brother: hidden with identity" in words(record_sections.relatives(hidden))


def test_a_value_out_of_range_is_flagged_in_text_not_only_in_colour(reading: Reading) -> None:
    high = ClinicalRecord(labs=(LabValue("Ammonia", "2019-01-12", 78.0, "umol/L", low=11.0, high=51.0, flag="H"),))
    said = words(record_sections.latest_labs(Reading.of(high, ())))
    assert "78 µmol/L H" in said and "reference 11–51 µmol/L" in said


def test_a_bound_is_never_shown_as_a_value() -> None:
    below = ClinicalRecord(labs=(LabValue("CRP", "2019-01-12", 0.6, "mg/L", comparator="<"),))
    assert "<0.6 mg/L" in words(record_sections.latest_labs(Reading.of(below, ())))
    assert "<0.6 mg/L" in lab_trends.in_words(lab_trends.lab_series(below.labs))


def test_over_a_trend_a_long_name_is_cut_and_never_the_value_its_unit_or_flag() -> None:
    name = "Alanine aminotransferase [Enzymatic activity/volume]"
    labs = tuple(LabValue(name, f"2019-0{month}-12", 31.0, "U/L", flag="H") for month in (1, 2))
    (heading,) = lab_trends.lab_figure(lab_trends.lab_series(labs), theme.LIGHT).layout.annotations
    assert heading.text.startswith("Alanine") and heading.text.endswith("… 31 U/L H")
    assert len(heading.text) <= lab_trends.TITLE_CHARS + 1


def test_each_trend_shows_its_reference_range() -> None:
    series = lab_trends.lab_series(a_record().labs)
    figure = lab_trends.lab_figure(series, theme.LIGHT)
    assert len(figure.layout.shapes) == len(series) == 4


@pytest.mark.parametrize("tests", [1, 2, 3, 4])
def test_the_panels_of_the_trends_stand_beside_and_below_each_other_and_none_is_empty(tests: int) -> None:
    series = lab_trends.lab_series(a_record().labs)[:tests]
    layout = lab_trends.lab_figure(series, theme.LIGHT).layout
    axes = [f"axis{n}" if n > 1 else "axis" for n in range(1, tests + 1)]
    assert sorted(k for k in layout.to_plotly_json() if "axis" in k) == sorted(c + a for a in axes for c in "xy")
    places = [(*layout["x" + a].domain, *layout["y" + a].domain) for a in axes]
    for n, (left, right, bottom, top) in enumerate(places):
        assert 0 <= left < right <= 1 and 0 <= bottom < top <= 1
        assert all(right < x or end < left or top < y or up < bottom for x, end, y, up in places[:n])
    for n, (heading, (left, right, _, top)) in enumerate(zip(layout.annotations, places, strict=True)):
        assert (heading.x, heading.y) == pytest.approx(((left + right) / 2, top)), n


def test_a_test_out_of_range_comes_first() -> None:
    assert [name for name, _ in lab_trends.lab_series(a_record().labs)][:2] == ["Ammonia", "ALT"]


@pytest.mark.parametrize(("value", "out"), [(10.9, True), (11.0, False), (51.0, False), (51.1, True)])
def test_the_ends_of_a_reference_range_belong_to_it(value: float, out: bool) -> None:
    assert lab_trends.is_out(LabValue("Ammonia", "2019", value, low=11.0, high=51.0)) is out


def test_the_timeline_holds_everything_that_has_a_date() -> None:
    lanes = {m.lane for m in timeline.moments(a_record())}
    assert lanes == {"Problems", "Medicines", "Notes", "Events"}


def test_what_was_not_read_from_the_bundle_is_counted() -> None:
    assert "Not shown: 3 Claim." in words(record_sections.rest(a_record()))
