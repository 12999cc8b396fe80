"""The patient's age, out of the birth date in the record."""

from collections.abc import Iterable
from datetime import date

from models.case import ClinicalRecord

_DAYS_A_YEAR = 365.25


def age_at_last_entry(birth_date: str, record: ClinicalRecord) -> float | None:
    """Years from birth to the last dated entry, which is how old the patient is in this record.

    None without a whole birth date (a partial one is never completed) or without an entry after it. The
    end of a medication is no entry: it may lie ahead.
    """
    born = _day(birth_date)
    seen = [day for day in map(_day, _dates(record)) if day and born and day >= born]
    return round((max(seen) - born).days / _DAYS_A_YEAR, 2) if born and seen else None


def _dates(record: ClinicalRecord) -> Iterable[str]:
    yield from (lab.date for lab in record.labs)
    yield from (note.date for note in record.notes)
    yield from (event.date for event in record.events)
    yield from (problem.onset_date for problem in record.problems)
    yield from (medication.start_date for medication in record.medications)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2019-03-12") else None
    except ValueError:
        return None
