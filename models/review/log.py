"""What people decided, kept for ever in order: append-only, one chain of hashes a case, who and on what evidence.

An event that was returned is durable: it survives a crash of the process and of the machine. The state of a case
is projected from its events; a command given on a stale screen comes back as a visible Conflict.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from models.errors import InputError, IntegrityError
from models.review.certificates import refuse_deleted
from models.review.commands import Command
from models.review.database import Database
from models.review.events import (
    INSTALLATION,
    OF_THE_INSTALLATION,
    Event,
    EventKind,
    as_text,
    digest,
    is_earlier,
    named,
)
from models.review.rules import Conflict, Decided, Refused, decide
from models.review.state import EMPTY, ReviewState, project
from models.review.tables import chain_head, event
from models.review.verify import Broken, Head, first_broken, first_not_following, hash_at, head_of

_STATES_KEPT = 64  # cases whose projection is remembered; a projection is a few hundred kB at most


class DecisionLog:
    """The log in one file, or in PostgreSQL by its URL. Safe for several threads and processes.

    Every method raises IntegrityError with a sentence when the database cannot be used.
    """

    def __init__(self, where: Path | str) -> None:
        self.database = Database(where)
        self._states: dict[str, ReviewState] = {}

    def append(
        self,
        case_id: str,
        kind: EventKind,
        payload: Mapping[str, Any],
        *,
        who: str,
        at: datetime,
        account: str = "",
        evidence: Mapping[str, Any] | None = None,
    ) -> Event:
        """Save one decision of a named person whatever others decided since; durable when this returns.

        Raises InputError without a name.
        """
        row = new_row(case_id, Decided(kind, payload), who, at, account, evidence)
        with self.database.writing() as connection:
            head = locked_head(connection, case_id)
            end = select(event.c.hash, event.c.at).where(event.c.case_id == case_id, event.c.version == head[0])
            found = connection.execute(end).first()
            check_end(head, found.hash if found else "", case_id)
            return add_event(connection, head, row, found.at if found else "")

    def decide(
        self,
        case_id: str,
        command: Command,
        *,
        who: str,
        at: datetime,
        account: str = "",
        evidence: Mapping[str, Any] | None = None,
    ) -> Event | Conflict:
        """Save what a command asks for, or the Conflict with what stands since; durable when this returns.

        account: opaque id of who is signed in, "" without sign-in. evidence: what the person had before them.
        Raises InputError for what cannot be kept (no name, no reason, a signed case ...).
        """
        row = new_row(case_id, Decided(command.kind, command.payload()), who, at, account, evidence)
        with self.database.writing() as connection:
            head = locked_head(connection, case_id)
            state = self._states.get(case_id, EMPTY)
            if (state.version, state.head) != head:
                state = self._state(connection, case_id)
            check_end(head, state.head, case_id)
            outcome = decide(state, command, account or row["who"])
            if isinstance(outcome, Refused):
                raise InputError(outcome.sentence)
            kept = outcome if isinstance(outcome, Conflict) else add_event(connection, head, row, state.at)
        if isinstance(kept, Event):
            self._remember(case_id, project([kept], state))
        return kept

    def state(self, case_id: str) -> ReviewState:
        """What the decisions about a case add up to now."""
        with self.database.reading() as connection:
            return self._state(connection, case_id)

    def events(self, case_id: str) -> tuple[Event, ...]:
        """Every decision about a case, oldest first."""
        with self.database.reading() as connection:
            return _events(connection, case_id, after=0, last_at="")

    def verify(self, case_id: str = "") -> Broken | None:
        """None when every chain (or that of one case) is whole, else the first event that is not what was saved."""
        with self.database.reading() as connection:
            return first_broken(connection, case_id)

    def head(self) -> Head:
        """How many decisions there are, and one hash over the ends of all chains."""
        with self.database.reading() as connection:
            return head_of(connection)

    def first_not_following(self, since: Head) -> Broken | None:
        """The first case whose chain does not continue an earlier end of the log (that of a backup)."""
        with self.database.reading() as connection:
            return first_not_following(connection, since)

    def forget(self, case_id: str) -> None:
        """Drop what is remembered of a case."""
        self._states = {k: v for k, v in self._states.items() if k != case_id}

    def close(self) -> None:
        self.database.close()

    def _state(self, connection: Connection, case_id: str) -> ReviewState:
        """The projection, made only of the events that came since it was last made in this process."""
        known = self._states.get(case_id, EMPTY)
        since = _events(connection, case_id, after=known.version, last_at=known.at)
        if known.version and not _continues(connection, case_id, known, since):
            known, since = EMPTY, _events(connection, case_id, after=0, last_at="")
        state = project(since, known)
        self._remember(case_id, state)
        return state

    def _remember(self, case_id: str, state: ReviewState) -> None:
        states = {k: v for k, v in self._states.items() if k != case_id}
        kept = list(states.items())[-(_STATES_KEPT - 1) :]
        self._states = {**dict(kept), case_id: state}


def _continues(connection: Connection, case_id: str, known: ReviewState, since: tuple[Event, ...]) -> bool:
    """Whether what is stored still follows a remembered state (a backup may have been restored meanwhile)."""
    if since:
        return (since[0].version, since[0].previous) == (known.version + 1, known.head)
    return hash_at(connection, case_id, known.version) == known.head


def new_row(
    case_id: str, wish: Decided, who: str, at: datetime, account: str, evidence: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The columns of an event that is still to be chained. Raises InputError without a name."""
    if at.tzinfo is None:
        raise ValueError("the time of a decision needs its offset")
    if (case_id == INSTALLATION) != (wish.kind in OF_THE_INSTALLATION):
        raise InputError("This is no decision about a case; it cannot be kept there.")
    return {
        "case_id": case_id,
        "kind": wish.kind.value,
        "who": named(who),
        "account": account,
        "at": at.isoformat(timespec="milliseconds"),
        "payload": as_text(wish.payload),
        "evidence": as_text(evidence or {}),
        "first_hash": "",
    }


def locked_head(connection: Connection, case_id: str) -> tuple[int, str]:
    """Version and hash of the case's last event; no other writer to this case comes in until we end."""
    asked = select(chain_head.c.version, chain_head.c.hash).where(chain_head.c.case_id == case_id).with_for_update()
    row = connection.execute(asked).first()
    if row is None:
        refuse_deleted(connection, case_id)
        begun = text("INSERT INTO chain_head (case_id, version, hash) VALUES (:case_id, 0, '') ON CONFLICT DO NOTHING")
        connection.execute(begun, {"case_id": case_id})
        row = connection.execute(asked).one()
    return int(row.version), str(row.hash)


def add_event(connection: Connection, head: tuple[int, str], row: dict[str, Any], last_at: str) -> Event:
    """The next event of the chain whose end `locked_head` gave; kept when the transaction is."""
    version, previous = head[0] + 1, head[1]
    row = {**row, "seq": _next_seq(connection), "version": version, "previous": previous}
    row["hash"] = digest(row)
    connection.execute(insert(event), row)
    moved = update(chain_head).where(chain_head.c.case_id == row["case_id"])
    connection.execute(moved.values(version=version, hash=row["hash"]))
    return _event(row, last_at)


def _next_seq(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.execute(text("SELECT nextval('event_seq')")).scalar_one())
    return int(connection.execute(select(func.coalesce(func.max(event.c.seq), 0))).scalar_one()) + 1


def check_end(head: tuple[int, str], found: str, case_id: str) -> None:
    """Refuse to build on a chain whose last event is not the one that was kept."""
    if head[1] != found:
        raise IntegrityError(
            f"The decisions of case {case_id} were changed outside of Caseboard; nothing was added. "
            "Run `python cli.py verify`, then restore the last backup."
        )


def _events(connection: Connection, case_id: str, *, after: int, last_at: str) -> tuple[Event, ...]:
    asked = select(event).where(event.c.case_id == case_id, event.c.version > after).order_by(event.c.version)
    found = []
    for row in connection.execute(asked).mappings():
        found.append(_event(row, last_at))
        last_at = row["at"]
    return tuple(found)


def _event(row: RowMapping | Mapping[str, Any], last_at: str) -> Event:
    try:
        return Event(
            row["seq"],
            row["case_id"],
            EventKind(row["kind"]),
            row["who"],
            row["at"],
            json.loads(row["payload"]),
            row["previous"],
            row["hash"],
            row["version"],
            json.loads(row["evidence"]),
            row["account"],
            row["first_hash"],
            is_earlier(row["at"], last_at),
        )
    except (ValueError, TypeError) as problem:
        raise IntegrityError(
            f"Decision {row['version']} of case {row['case_id']} cannot be read: it was kept by a newer Caseboard "
            "or is damaged. Update Caseboard, or run `python cli.py verify`."
        ) from problem
