"""How long a case is kept, and since when it may be deleted.

How long the law asks for differs: ten years for the results of genetic tests, which are then to be destroyed
(Gendiagnostikgesetz, section 12(1), Germany), two years for test reports (42 CFR 493.1105(a)(6), United States), and
others elsewhere. So Caseboard knows no period by itself: who runs it sets $CASEBOARD_RETENTION_YEARS; without it
nothing is ever due. Nothing is deleted by the passing of time: a named person does it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, case, select

from models.errors import InputError
from models.review.chain import readable
from models.review.commands import Status
from models.review.events import INSTALLATION, EventKind
from models.review.tables import event

SETTING = "CASEBOARD_RETENTION_YEARS"
LONGEST_YEARS = 200  # longer than any patient and any law; a typing error is told
_FINISHED = {Status.SIGNED.value, Status.CLOSED.value}


@dataclass(frozen=True)
class Retention:
    """How long one case is kept. began: the last signed report or closing, None while the case is open; ends: None
    while it is open or no period is set. Both with offset."""

    case_id: str
    began: datetime | None = None
    years: int | None = None

    @property
    def ends(self) -> datetime | None:
        return years_after(self.began, self.years) if self.began and self.years else None

    def is_due(self, now: datetime) -> bool:
        """Whether the period has ended; never without one."""
        return self.ends is not None and self.ends <= now

    def sentence(self, now: datetime) -> str:
        """For the certificate and the screen."""
        if self.years is None:
            return f"No retention period is set here (${SETTING})."
        period = f"{self.years} year{'s' if self.years != 1 else ''} after the last signed report or closing"
        if self.ends is None:
            return f"Kept {period}; the case is open, so the time has not begun."
        return f"Kept {period}; this {'ended' if self.is_due(now) else 'ends'} on {self.ends:%-d %b %Y}."


def retention_years(environ: Mapping[str, str] = os.environ) -> int | None:
    """The period of this installation, None when none is set. Raises InputError."""
    said = environ.get(SETTING, "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and 0 < int(said) <= LONGEST_YEARS):
        raise InputError(f"{SETTING} is a whole number of years from 1 to {LONGEST_YEARS}.")
    return int(said)


def years_after(began: datetime, years: int) -> datetime:
    """The same day so many years later; 1 March after a 29 February in a year without one: later, never earlier."""
    try:
        return began.replace(year=began.year + years)
    except ValueError:
        return began.replace(year=began.year + years, month=3, day=1)


def retentions(connection: Connection, years: int | None) -> dict[str, Retention]:
    """By id, every case that has decisions.

    A clock that went back makes nothing due: a closing counts from the latest time that any decision of this
    installation up to it was given, in the order they were taken (`event.seq`), not from what the clock said then.
    Raises IntegrityError when a decision cannot be read.
    """
    status = case((event.c.kind == EventKind.STATUS_SET.value, event.c.payload), else_="")
    asked = select(event.c.case_id, event.c.kind, event.c.at, status.label("status")).order_by(event.c.seq)
    began: dict[str, datetime | None] = {}
    latest = datetime.min.replace(tzinfo=UTC)
    with readable():
        for row in connection.execute(asked):
            latest = max(latest, datetime.fromisoformat(row.at))
            began[row.case_id] = _began(row, latest, began.get(row.case_id))
    return {c: Retention(c, since, years) for c, since in began.items() if c != INSTALLATION}


def _began(row: Any, latest: datetime, before: datetime | None) -> datetime | None:
    if row.kind == EventKind.REPORT_SIGNED.value:
        return latest
    if row.kind == EventKind.STATUS_SET.value:
        return latest if json.loads(row.status)["status"] in _FINISHED else None
    return before
