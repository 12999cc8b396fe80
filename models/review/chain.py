"""The chain of a case, row by row: where it ends, the next event, and what is stored of it.

Everything here happens inside a transaction of somebody else's, and is kept when that is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, insert, select, text

from models.errors import InputError, IntegrityError
from models.review.certificates import refuse_deleted
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
from models.review.rules import Decided
from models.review.tables import chain_head, event

Row = dict[str, Any]  # the columns of an event
_SINCE = select(event).where(event.c.case_id == bindparam("case_id"), event.c.version >= bindparam("version"))
_SINCE = _SINCE.order_by(event.c.version)
_HEAD = select(chain_head.c.version, chain_head.c.hash).where(chain_head.c.case_id == bindparam("case_id"))
_LOCKED_HEAD = _HEAD.with_for_update()
_BEGUN = text("INSERT INTO chain_head (case_id, version, hash) VALUES (:case_id, 0, '') ON CONFLICT DO NOTHING")
_LAST_NUMBER = select(func.coalesce(func.max(event.c.seq), 0))
_NEXT_NUMBERS = text("SELECT nextval('event_seq') FROM generate_series(1, :count)")
_KEPT = insert(event)
_MOVED = text("UPDATE chain_head SET version=:version, hash=:hash WHERE case_id=:case_id")
# PostgreSQL: one question and answer for both. SQLite has no such statement and is asked without a way in between.
_KEPT_AND_MOVED = text(f"WITH kept AS ({_KEPT}) {_MOVED}")


def new_row(
    case_id: str, wish: Decided, who: str, at: datetime, account: str, evidence: Mapping[str, Any] | None
) -> Row:
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
    row = connection.execute(_LOCKED_HEAD, {"case_id": case_id}).first()
    if row is None:
        refuse_deleted(connection, case_id)
        connection.execute(_BEGUN, {"case_id": case_id})
        row = connection.execute(_LOCKED_HEAD, {"case_id": case_id}).one()
    return int(row.version), str(row.hash)


def add_event(connection: Connection, head: tuple[int, str], row: Row, last_at: str) -> Event:
    """The next event of the chain whose end `locked_head` gave; kept when the transaction is."""
    row = chained(head, row, next(free_numbers(connection, 1)))
    insert_chained(connection, [row])
    return event_of(row, last_at)


def chained(head: tuple[int, str], row: Row, seq: int) -> Row:
    """A row as the next of the chain that ends there."""
    row = {**row, "seq": seq, "version": head[0] + 1, "previous": head[1]}
    return {**row, "hash": digest(row)}


def free_numbers(connection: Connection, count: int) -> Iterator[int]:
    """So many places among all events, taken from the database with the first. That must come after the end of the
    chain was locked, so that they grow along it."""
    if connection.dialect.name == "postgresql":
        yield from connection.execute(_NEXT_NUMBERS, {"count": count}).scalars().all()
    else:
        last = connection.execute(_LAST_NUMBER).scalar_one()
        yield from range(last + 1, last + 1 + count)


def insert_chained(connection: Connection, rows: Sequence[Row]) -> None:
    """Events in the order of their chains, and where these end then."""
    if connection.dialect.name == "postgresql":
        connection.execute(_KEPT_AND_MOVED, rows)
    else:
        connection.execute(_KEPT, rows)
        connection.execute(_MOVED, rows)
        for row in {row["case_id"]: row for row in rows}.values():  # a trigger of somebody else's may drop them unsaid
            check_end(locked_head(connection, row["case_id"]), row["hash"], row["case_id"])


def check_end(head: tuple[int, str], found: str, case_id: str) -> None:
    """Refuse to build on a chain whose last event is not the one that was kept."""
    if head[1] != found:
        raise IntegrityError(
            f"The decisions of case {case_id} were changed outside of Caseboard; nothing was added. "
            "Run `python cli.py verify`, then restore the last backup."
        )


def events_of(connection: Connection, case_id: str, *, since: int = 0, last_at: str = "") -> tuple[Event, ...]:
    """The events of a case from version `since` on, oldest first; last_at: the time of the one before these."""
    found = []
    for row in connection.execute(_SINCE, {"case_id": case_id, "version": since}).mappings():
        found.append(event_of(row, last_at))
        last_at = row["at"]
    return tuple(found)


@contextmanager
def readable() -> Iterator[None]:
    """Around code that reads single columns of events: what does not hold what its kind says is told in a sentence.

    Raises IntegrityError for what cannot be read.
    """
    try:
        yield
    except (ValueError, TypeError, KeyError) as problem:
        raise IntegrityError("A decision cannot be read. Run `python cli.py verify`.") from problem


def event_of(row: RowMapping | Row, last_at: str) -> Event:
    """The event that a row keeps; last_at: the time of the one before it. Raises IntegrityError."""
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
