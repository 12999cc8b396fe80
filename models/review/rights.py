"""Which cases the decision log itself opens to a person: those they started, and those opened in an emergency."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.review.chain import readable
from models.review.database import Database, asked_again
from models.review.events import EventKind
from models.review.tables import event


@dataclass(frozen=True)
class EmergencyOpening:
    """Somebody opened a case that was not theirs. at, until: ISO times; until is when their access ended or ends."""

    case_id: str
    who: str
    account: str
    at: str
    until: str
    reason: str


@dataclass(frozen=True)
class Opened:
    """A case that the log opens to somebody. until: when their emergency ends; None for who started it."""

    until: datetime | None = None


@asked_again
def opened_for(database: Database, case_id: str, account: str, now: datetime) -> Opened | None:
    """Whether `account` started this case, or opened it in an emergency that is not over. None without an account.

    Raises IntegrityError when the decision that says so cannot be read.
    """
    if not account or not case_id:
        return None
    asked = select(event.c.kind, event.c.payload).where(
        event.c.case_id == case_id,
        event.c.account == account,
        event.c.kind.in_((EventKind.CASE_STARTED.value, EventKind.OPENED_IN_EMERGENCY.value)),
    )
    with database.reading() as connection:
        found = connection.execute(asked).all()
    if any(row.kind == EventKind.CASE_STARTED.value for row in found):
        return Opened()
    with readable():
        ends = [datetime.fromisoformat(json.loads(row.payload)["until"]) for row in found]
    return Opened(max(ends)) if ends and now < max(ends) else None


@asked_again
def emergency_openings(database: Database) -> tuple[EmergencyOpening, ...]:
    """Every one there was, the last first. Raises IntegrityError when one cannot be read."""
    asked = select(event).where(event.c.kind == EventKind.OPENED_IN_EMERGENCY.value).order_by(event.c.seq.desc())
    with database.reading() as connection:
        rows = connection.execute(asked).all()
    with readable():
        said = ((row, json.loads(row.payload)) for row in rows)
        return tuple(
            EmergencyOpening(r.case_id, r.who, r.account, r.at, str(p["until"]), str(p["reason"])) for r, p in said
        )
