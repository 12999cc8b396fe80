"""Dates and ages as they may leave: moved by one secret number of days, and 90 or older as one group.

Why moved, and when only the year (docs/decisions/0007-deidentified-export.md): Safe Harbor allows of a date no more
than the year. The days between two dates of one patient are no date, and medicine needs them; so a dated entry leaves
as days since the first entry of the record, and as the same date moved by the patient's secret number of days, which
says nothing about the day it happened. Dates of decisions share no axis with these: they leave as the year, for who
knows when a report was made could else count back to every other day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

OLDEST_AGE_YEARS = 89  # 45 CFR 164.514(b)(2)(i)(C): "all ages over 89 ... aggregated into ... age 90 or older"
OVER = "90 or older"
DAYS_A_YEAR = 365.25
MOST_DAYS = int((OLDEST_AGE_YEARS + 1) * DAYS_A_YEAR)  # a longer span of one life tells an age over 89
LONGER = f"more than {MOST_DAYS} days"
UNCLEAR = "[date]"
MOVED = " (moved)"
_TO_THE_DAY = len("2019-03-12")
_FIRST_YEAR = 1800
# English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish and Danish, Polish, Russian.
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan januar janvier enero gennaio janeiro januari stycznia января",
         "february feb februar février fevrier febrero febbraio fevereiro februari lutego февраля",
         "march mar märz maerz mrz mars marzo março marco maart marts marca марта",
         "april apr avril abril aprile kwietnia апреля",
         "may mai mayo maggio maio mei maj maja мая",
         "june jun juni juin junio giugno junho czerwca июня",
         "july jul juli juillet julio luglio julho lipca июля",
         "august aug août aout agosto augustus augusti sierpnia августа",
         "september sep sept septembre septiembre settembre setembro września wrzesnia сентября",
         "october oct oktober okt octobre octubre ottobre outubro października pazdziernika октября",
         "november nov novembre noviembre novembro listopada ноября",
         "december dec dezember dez décembre decembre diciembre dicembre dezembro grudnia декабря"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_OF = r"(?:(?:of|de|del|di)\s+)?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_NUMERIC_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_TIME = r"(?:[T\s,]+(?:at\s+)?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[ap]m|[+-]\d\d:?\d\d)?)?"
# In the order in which they are looked for; every one stands between signs that are no digit.
_WHOLE = tuple(
    re.compile(rf"(?<![\w.,/-]){pattern}{_TIME}(?![\w/-]|[.,]\d)", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-./]{_NUMERIC_MONTH}[-./]{_DAY}",
        rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        rf"{_DAY}(?:st|nd|rd|th)?\.?[\s/-]+{_OF}(?P<name>{_MONTH})\.?,?[\s/-]+{_OF}{_YEAR}",
        rf"(?P<name>{_MONTH})\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_DAY}\.\s?{_NUMERIC_MONTH}\.\s?{_YEAR}",
    )
)
_AMBIGUOUS = re.compile(
    rf"(?<![\w.,/-])(?P<first>\d{{1,2}})[-/](?P<second>\d{{1,2}})[-/](?P<year>(?:18|19|20)?\d\d){_TIME}(?![\w/-])",
    re.IGNORECASE,
)
_MONTH_ONLY = tuple(
    re.compile(rf"(?<![\w.,/-]){pattern}(?![\w/-]|[.,]\d)", re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-/](?P<month>0[1-9]|1[0-2])",
        rf"{_NUMERIC_MONTH}/{_YEAR}",
        rf"(?P<month>0[1-9]|1[0-2])\.{_YEAR}",
        rf"(?P<name>{_MONTH})\.?,?[\s/-]+{_OF}{_YEAR}",
    )
)
# Two digits of a year do not tell the century, so the date is taken out and not moved.
_SHORT_YEAR = re.compile(
    rf"(?<![\w.,/-])(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?|(?:\d{{1,2}}(?:st|nd|rd|th)?\.?[\s/-]+)?(?:{_MONTH})\.?[\s/-]*['’]|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\.?[\s/-]+(?:{_MONTH})\.?[\s/-]+)\d\d{_TIME}(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
# A day of the year without its year is an element of a date too.
_DAY_ONLY = re.compile(
    rf"(?<![\w.,/-])(?:{_DAY}(?:st|nd|rd|th)?\.?\s+{_OF}(?:{_MONTH})|(?:{_MONTH})\.?\s+(?P<day2>0?[1-9]|[12]\d|3[01])"
    rf"(?:st|nd|rd|th)?)(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
# Days in words ("the twelfth of March"), days without a year as German letters have them, "12MAR19".
_NTH = (
    r"(?:(?:twent|thirt)(?:ieth|y[\s-]+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))|first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth)"
)
_UNSAID = tuple(
    re.compile(rf"(?<![\w.,/-]){pattern}(?![\w/-]|[.,]\d)", re.IGNORECASE)
    for pattern in (
        rf"{_NTH}\s+of\s+(?:{_MONTH})(?:,?\s+{_YEAR})?",
        rf"{_NTH}\s+(?:{_MONTH}),?\s+{_YEAR}",
        rf"(?:{_MONTH})\s+(?:the\s+)?{_NTH},?\s+{_YEAR}",
        rf"(?:{_MONTH})\s+the\s+{_NTH}",
        r"(?:am|vom|bis|seit|zum|den)\s+(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0[1-9]|1[0-2])\.?",
        rf"\d{{1,2}}(?:{_MONTH})(?:\d\d){{1,2}}",
    )
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_OVER_IN_WORDS = (
    rf"ninety(?:[\s-]+(?:{_ONES}))?|(?:a|one)\s+hundred(?:\s+(?:and\s+)?\w+)?|"
    r"(?:(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?neunzig|(?:ein)?hundert(?:eins|zwei|drei|vier|fünf)?|"
    r"quatre[\s-]vingt[\s-](?:dix|onze|douze|treize|quatorze|quinze|seize)(?:[\s-](?:sept|huit|neuf))?|cent|"
    r"noventa(?:\s+y\s+\w+)?|cien"
)
_OLD_PEOPLE = re.compile(r"\b(?:nonagenarian|(?:super)?centenarian)s?\b", re.IGNORECASE)
_AGE = re.compile(
    r"(?<![\w.,/-])(?:(?P<label>aged?|age of|at age)[\s:]*)?(?P<age>(?:9\d|1[0-4]\d)(?:\.\d+)?|"
    rf"{_OVER_IN_WORDS})"
    r"(?P<unit>[\s-]*(?:years?|yrs?|y\.?\s?o\.?|y/o|jahren?|jährig\w*|ans|años|anni|anos|jaar|år|lat|лет)"
    r"(?:[\s-]*(?:old|of age|alt))?)?(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(r"(?<![\w.,/:-])(?:18|19|20)\d\d(?![\w/:-]|[.,]\d)")
Place = tuple[int, int, str]


@dataclass(frozen=True)
class Axis:
    """How the dates of one patient leave. days_back: the secret number; first: the first dated day of the record,
    None when nothing is dated; is_over: the patient is over 89, so that no date and no year may stay; days_only: no
    moved dates either, as Safe Harbor to the letter has it; years_only: in texts of those who decide, whose dates share
    no axis with the record's."""

    days_back: int
    first: date | None = None
    is_over: bool = False
    days_only: bool = False
    years_only: bool = False

    def moved(self, text: str) -> str:
        """An ISO date moved, as exact as it was given ("2019-03" stays a month); "" for what is no date."""
        known, exact = _iso(text)
        if known is None or self.is_over or self.days_only:
            return ""
        return (known - timedelta(days=self.days_back)).isoformat()[:exact]

    def day(self, text: str) -> str:
        """Days since the first entry of the record, "" unless the day is known."""
        known, exact = _iso(text)
        if known is None or self.first is None or exact < _TO_THE_DAY:
            return ""
        days = (known - self.first).days
        return str(days) if abs(days) <= MOST_DAYS else LONGER


def axis_of(dates: Iterable[str], days_back: int, age_years: float | None, *, days_only: bool = False) -> Axis:
    """The axis of a record with these ISO dates."""
    read = [_iso(text) for text in dates]
    days = [day for day, exact in read if day and exact == _TO_THE_DAY]
    spans_a_long_life = bool(days) and (max(days) - min(days)).days > MOST_DAYS
    return Axis(days_back, min(days, default=None), is_over_89(age_years) or spans_a_long_life, days_only)


def is_over_89(age_years: float | None) -> bool:
    """Completed years: who is 89 and eleven months is 89."""
    return age_years is not None and int(age_years) > OLDEST_AGE_YEARS


def age_out(age_years: float | None) -> float | None:
    """The age as it may leave in years: without months in the year before 90, None from 90 on (told as a group)."""
    if age_years is None or is_over_89(age_years):
        return None
    return float(OLDEST_AGE_YEARS) if age_years >= OLDEST_AGE_YEARS else age_years


def year_of(at: str) -> str:
    """The year of an ISO time, "" without one."""
    return at[:4] if re.match(r"\d{4}", at) else ""


def _iso(text: str) -> tuple[date | None, int]:
    """(the day, how many signs of it were given): of a month and of a year the middle, so that moved and cut again
    they stay as exact as they were. None for what is no date, or of nobody who lives."""
    for exact, rest in ((_TO_THE_DAY, ""), (7, "-15"), (4, "-07-01")):
        if len(text) >= exact:
            try:
                day = date.fromisoformat(text[:exact] + rest)
            except ValueError:
                continue
            return (day, exact) if day.year >= _FIRST_YEAR else (None, 0)
    return None, 0


def dates_in(text: str, axis: Axis) -> list[Place]:
    """(start, end, what is written instead) of every date and every age over 89 in a text."""
    found: list[Place] = []
    for pattern in (*_WHOLE, *_MONTH_ONLY):
        found += [(m.start(), m.end(), _out(_named(m), axis)) for m in pattern.finditer(text)]
    found += [(m.start(), m.end(), _out(_unambiguous(m), axis)) for m in _AMBIGUOUS.finditer(text)]
    found += [(m.start(), m.end(), UNCLEAR) for unclear in (_SHORT_YEAR, _DAY_ONLY) for m in unclear.finditer(text)]
    found += [(m.start(), m.end(), UNCLEAR) for pattern in _UNSAID for m in pattern.finditer(text)]
    found += [(m.start(), m.end(), OVER) for m in _OLD_PEOPLE.finditer(text)]
    found += [(m.start(), m.end(), _older(m)) for m in _AGE.finditer(text) if m["label"] or m["unit"]]
    if axis.is_over:
        found += [(m.start(), m.end(), "[year]") for m in _BARE_YEAR.finditer(text)]
    return found


def _out(iso: str, axis: Axis) -> str:
    """What is written instead of a date in a text."""
    if axis.years_only and iso and not axis.is_over:
        return iso[: len("2019")]
    if moved := axis.moved(iso):
        return f"{moved}{MOVED}"
    day = axis.day(iso) if axis.days_only and not axis.is_over else ""
    return f"[day {day}]" if day and day != LONGER else UNCLEAR


def _named(match: re.Match[str]) -> str:
    """The ISO date of a match of a pattern whose order is certain."""
    parts = match.groupdict()
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
    return f"{parts['year']}-{month:02d}{day}"


def _unambiguous(match: re.Match[str]) -> str:
    """The ISO date of 25/12/2019 or 12/25/2019; "" for 03/04/2019 and for two digits of a year."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    if len(year) < len("2019") or (first <= 12 and second <= 12 and first != second):
        return ""
    day, month = (first, second) if first > 12 else (second, first)
    return f"{year}-{month:02d}-{day:02d}"


def _older(match: re.Match[str]) -> str:
    return f"{match['label']} {OVER}" if match["label"] else OVER
