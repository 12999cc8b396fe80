"""Whether somebody may delete a case: what it is, what this installation asks for, who asked for it already."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from models.review.chain import readable
from models.review.commands import DeletionReason
from models.review.events import EventKind
from models.review.retention import Retention, retention_years, retentions
from models.review.rules import why_deleted
from models.review.second_reading import readers_needed, same_person
from models.review.tables import event

_LOOKING = {EventKind.OPENED_IN_EMERGENCY.value, EventKind.CHANGES_SEEN.value}  # decides nothing


@dataclass(frozen=True)
class House:
    """What this installation asks for. years: how long cases are kept, None when no period is set; people: how many
    must agree to delete a case with a signed report (as many as read a variant)."""

    years: int | None = None
    people: int = 1


def this_house() -> House:
    """As $CASEBOARD_RETENTION_YEARS and $CASEBOARD_READERS say. Raises InputError."""
    return House(retention_years(), readers_needed())


@dataclass(frozen=True)
class Wish:
    """What somebody wants deleted. seen: the version of the case on their screen."""

    case_id: str
    seen: int
    reason: DeletionReason
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """That the first of two people asked for it. By whom (account "" without sign-in), when, why."""

    who: str
    account: str
    at: str
    reason: DeletionReason
    note: str

    def by(self, who: str, account: str) -> bool:
        """Whether it was this person. A name stands for a person only without sign-in."""
        return self.account == account if self.account and account else same_person(self.who, who)


@dataclass(frozen=True)
class Standing:
    """What a case is before its deletion. asked: None unless somebody asked and nothing was decided since."""

    version: int
    reports: int
    retention: Retention
    asked: Asked | None = None

    def needs_second(self, house: House) -> bool:
        return self.reports > 0 and house.people > 1

    def objection(self, wish: Wish, house: House, who: str, account: str, now: datetime) -> str:
        """Why this person may not delete the case like this, "" when they may."""
        if wish.seen != self.version:
            return "Something was decided about this case after you opened this page; look at it again."
        due = self.retention.is_due(now)
        if wish.reason is DeletionReason.RETENTION_ENDED and not due:
            return f"{self.retention.sentence(now)} Wait for it, or give another reason."
        if self.reports and not due and not wish.note.strip():
            return f"This case has a signed report. {self.retention.sentence(now)} Say in your words why it goes now."
        if sentence := why_deleted(wish.reason, wish.note):
            return sentence
        if self.needs_second(house) and (self.asked is None or self.asked.by(who, account)):
            return "A case with a signed report is deleted by two people: one asks for it, another one deletes it."
        return ""


def standing_of(connection: Connection, case_id: str, house: House) -> Standing:
    """Raises IntegrityError when a decision cannot be read."""
    counted = select(func.count()).where(event.c.case_id == case_id)
    reports = connection.execute(counted.where(event.c.kind == EventKind.REPORT_SIGNED.value)).scalar_one()
    every = retentions(connection, house.years) if house.years else {}  # without a period nothing is to be reckoned
    retention = every.get(case_id, Retention(case_id, None, house.years))
    return Standing(connection.execute(counted).scalar_one(), reports, retention, _asked(connection, case_id))


def _asked(connection: Connection, case_id: str) -> Asked | None:
    """Who asked last, None when anything was decided since: what they saw is not what stands."""
    said = select(event).where(event.c.case_id == case_id, event.c.kind.not_in(_LOOKING))
    row = connection.execute(said.order_by(event.c.version.desc()).limit(1)).mappings().first()
    if row is None or row["kind"] != EventKind.DELETION_ASKED.value:
        return None
    with readable():
        told = json.loads(row["payload"])
        return Asked(row["who"], row["account"], row["at"], DeletionReason(told["reason"]), str(told["note"]))
