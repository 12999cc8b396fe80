"""What people decided, kept for ever in order: an append-only log, each event chained to the last.

SQLite in WAL mode with synchronous=FULL: an acknowledged event survives a crash of the process and
of the machine. Each event's hash covers the one before it, so a changed byte is found by `verify`.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any

from models.errors import InputError, IntegrityError

_BUSY_TIMEOUT_S = 10.0  # another process may be writing; longer than any commit seen by a factor of 100
_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX IF NOT EXISTS event_case ON event (case_id, seq);
CREATE TRIGGER IF NOT EXISTS event_is_final BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
"""


class EventKind(str, Enum):
    """What can be decided so far. Payload keys in the comment."""

    TERM_SET = "term set"  # id, label, excluded, origin
    TERM_REMOVED = "term removed"  # id
    SUGGESTION_REJECTED = "suggestion rejected"  # id, sentence_sha256
    CHECK_OVERRIDDEN = "check overridden"  # code, finding (its key), found (its sentence), reason
    PARENTS_EXCHANGED = "parents exchanged"  # code, found (what the check said), reason
    VARIANT_SHORTLISTED = "variant shortlisted"  # allele, note
    VARIANT_DISMISSED = "variant dismissed"  # allele, reason
    LEARNER_COMMITTED = "learner committed"  # alleles, class, reason
    CHANGES_SEEN = "changes seen"  # snapshot (its key), releases (name and version of each)


@dataclass(frozen=True)
class Event:
    """One decision. at: ISO 8601 with offset, as told by the caller. seq grows by one."""

    seq: int
    case_id: str
    kind: EventKind
    who: str
    at: str
    payload: Mapping[str, Any]
    previous: str
    hash: str


def _digest(previous: str, case_id: str, kind: str, who: str, at: str, payload: str) -> str:
    whole = json.dumps([previous, case_id, kind, who, at, payload], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


class DecisionLog:
    """The log in one file. Safe for several threads and processes."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        with self._open() as db:
            db.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = None
        try:
            db = sqlite3.connect(self._path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            yield db
        except sqlite3.DatabaseError as problem:
            sentence = f"The decision could not be saved or read ({problem}); nothing saved before was lost."
            raise IntegrityError(sentence) from problem
        finally:
            if db is not None:
                db.close()

    def append(self, case_id: str, kind: EventKind, payload: Mapping[str, Any], *, who: str, at: datetime) -> Event:
        """Save one decision of a named person; it is durable when this returns.

        Raises InputError without a name, IntegrityError when it could not be saved.
        """
        if not who.strip():
            raise InputError("A decision needs the name of the person who takes it.")
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True)
        when = at.isoformat(timespec="milliseconds")
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            last = db.execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
            previous = last[0] if last else ""
            digest = _digest(previous, case_id, kind.value, who, when, text)
            row = (case_id, kind.value, who, when, text, previous, digest)
            seq = db.execute(
                "INSERT INTO event (case_id, kind, who, at, payload, previous, hash) VALUES (?,?,?,?,?,?,?)", row
            ).lastrowid
            db.execute("COMMIT")
        return Event(int(seq or 0), case_id, kind, who, when, payload, previous, digest)

    def events(self, case_id: str) -> tuple[Event, ...]:
        """Every decision about a case, oldest first."""
        with self._open() as db:
            rows = db.execute(
                "SELECT seq, case_id, kind, who, at, payload, previous, hash FROM event WHERE case_id=? ORDER BY seq",
                (case_id,),
            ).fetchall()
        return tuple(Event(s, c, EventKind(k), w, a, json.loads(p), b, h) for s, c, k, w, a, p, b, h in rows)

    def verify(self) -> int | None:
        """None when the chain is whole; else the seq of the first event that is not what was saved."""
        previous = ""
        with self._open() as db:
            for seq, case_id, kind, who, at, payload, before, digest in db.execute(
                "SELECT seq, case_id, kind, who, at, payload, previous, hash FROM event ORDER BY seq"
            ):
                if before != previous or digest != _digest(before, case_id, kind, who, at, payload):
                    return int(seq)
                previous = digest
        return None
