"""Dates keep their intervals and lose their days; ages over 89 become one group."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.privacy.dates import LONGER, MOST_DAYS, UNCLEAR, Axis, age_out, axis_of, dates_in, is_over_89

AXIS = Axis(1000, date(2019, 3, 12))


def left(text: str, axis: Axis = AXIS) -> str:
    outcome, at = "", 0
    for start, end, instead in sorted(dates_in(text, axis), key=lambda hit: (hit[0], -hit[1])):
        if start >= at:
            outcome += text[at:start] + instead
            at = end
    return outcome + text[at:]


@given(
    st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.integers(366, 3652)
)
def test_the_days_between_two_entries_are_the_same_before_and_after(one: date, other: date, back: int) -> None:
    axis = Axis(back, min(one, other))
    moved = [date.fromisoformat(axis.moved(day.isoformat())) for day in (one, other)]
    assert moved[1] - moved[0] == other - one
    assert one - moved[0] == timedelta(days=back)
    if abs((other - one).days) <= MOST_DAYS:
        assert int(axis.day(other.isoformat())) - int(axis.day(one.isoformat())) == (other - one).days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-03-12", "2016-06-15 (moved)"),
        ("2019-03-12T10:30:00Z", "2016-06-15 (moved)"),
        ("20190312", "2016-06-15 (moved)"),
        ("12.03.2019", "2016-06-15 (moved)"),
        ("12 March 2019", "2016-06-15 (moved)"),
        ("the 12th of March, 2019", "the 2016-06-15 (moved)"),
        ("March 12th, 2019", "2016-06-15 (moved)"),
        ("12. März 2019", "2016-06-15 (moved)"),
        ("25/12/2019", "2017-03-30 (moved)"),
        ("12/25/2019", "2017-03-30 (moved)"),
        ("03/04/2019", UNCLEAR),
        ("3/4/19", UNCLEAR),
        ("12.03.19", UNCLEAR),
        ("12. 3. 19, 10:30", UNCLEAR),
        ("12/Mar/2019", "2016-06-15 (moved)"),
        ("12 Mar 19", UNCLEAR),
        ("Mar '19", UNCLEAR),
        ("2019-03", "2016-06 (moved)"),
        ("2019/03", "2016-06 (moved)"),
        ("3/2019", "2016-06 (moved)"),
        ("03.2019", "2016-06 (moved)"),
        ("Mar-2019", "2016-06 (moved)"),
        ("March 2019", "2016-06 (moved)"),
        ("12 de marzo de 2019", "2016-06-15 (moved)"),
        ("12 марта 2019", "2016-06-15 (moved)"),
        ("12 maart 2019", "2016-06-15 (moved)"),
        ("3 gennaio 2019", "2016-04-08 (moved)"),
        ("marzo del 2019", "2016-06 (moved)"),
        ("12MAR19", UNCLEAR),
        ("am 12.03. und den 3.4 mmol", f"{UNCLEAR} und den 3.4 mmol"),
        ("the twelfth of March 2019", f"the {UNCLEAR}"),
        ("March the twenty-first", UNCLEAR),
        ("may first be seen, third March, seizures", "may first be seen, third March, seizures"),
        ("on 3 May", f"on {UNCLEAR}"),
        ("in 2019", "in 2019"),
        ("version 2026.10, ratio 3/4, 120/80", "version 2026.10, ratio 3/4, 120/80"),
        ("GATK 4.2.0, 12.5 mg, 1.10.19.4, may 20 walk", f"GATK 4.2.0, 12.5 mg, 1.10.19.4, {UNCLEAR} walk"),
    ],
)
def test_a_date_in_a_text_is_moved_as_exactly_as_it_was_written(written: str, expected: str) -> None:
    assert left(written) == expected


def test_with_days_only_no_moved_date_is_written() -> None:
    assert left("2019-03-14 and March 2019", Axis(1000, date(2019, 3, 12), days_only=True)) == f"[day 2] and {UNCLEAR}"


def test_in_texts_of_those_who_decide_a_date_becomes_its_year() -> None:
    assert left("decided 2026-11-20", Axis(1000, date(2019, 3, 12), years_only=True)) == "decided 2026"


@pytest.mark.parametrize(
    ("age", "out", "over"),
    [(88.9, 88.9, False), (89.0, 89.0, False), (89.99, 89.0, False), (90.0, None, True), (104.2, None, True)],
)
def test_89_is_told_and_90_is_grouped(age: float, out: float | None, over: bool) -> None:
    assert (age_out(age), is_over_89(age)) == (out, over)


def test_an_unknown_age_stays_unknown() -> None:
    assert age_out(None) is None
    assert not is_over_89(None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("an 89-year-old", "an 89-year-old"),
        ("a 90-year-old", "a 90 or older"),
        ("aged 93", "aged 90 or older"),
        ("at age 104", "at age 90 or older"),
        ("95 y/o man", "90 or older man"),
        ("95 mg, 95 %, 110 bpm", "95 mg, 95 %, 110 bpm"),
        ("ninety-one years old", "90 or older"),
        ("aged a hundred and two", "aged 90 or older"),
        ("einundneunzig Jahre, 91-jährig", "90 or older, 90 or older"),
        ("quatre-vingt-onze ans, noventa años", "90 or older, 90 or older"),
        ("a nonagenarian aunt", "a 90 or older aunt"),
        ("eighty-nine years, ninety percent", "eighty-nine years, ninety percent"),
    ],
)
def test_an_age_over_89_in_a_text_is_grouped(written: str, expected: str) -> None:
    assert left(written) == expected


@pytest.mark.parametrize(("days", "told"), [(MOST_DAYS, str(MOST_DAYS)), (MOST_DAYS + 1, LONGER)])
def test_a_span_longer_than_89_years_of_one_life_is_not_counted_out(days: int, told: str) -> None:
    first = date(1930, 1, 1)
    assert Axis(1000, first).day((first + timedelta(days=days)).isoformat()) == told


@pytest.mark.parametrize(("days", "over"), [(MOST_DAYS - 1, False), (MOST_DAYS, False), (MOST_DAYS + 1, True)])
def test_a_record_that_spans_more_than_89_years_tells_no_date(days: int, over: bool) -> None:
    first = date(1930, 1, 1)
    axis = axis_of([first.isoformat(), (first + timedelta(days=days)).isoformat()], 1000, None)
    assert axis.is_over is over
    assert (axis.moved("1950-01-01") == "") is over


def test_of_somebody_over_89_not_even_a_year_stays() -> None:
    assert left("born 1930, seen 2024-02-27", Axis(1000, None, is_over=True)) == f"born [year], seen {UNCLEAR}"


def test_a_date_that_is_none_is_no_date() -> None:
    assert (AXIS.moved("2019-02-30"), AXIS.moved("unknown"), AXIS.day("2019"), AXIS.day("")) == ("2016-05", "", "", "")
    assert (AXIS.moved("0001-01-01"), AXIS.moved("1799-12-31"), AXIS.moved("1800-01-01")) == ("", "", "1797-04-06")
