"""Whether every decision is as it was saved: the chains walked from the first event to the last."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text

from models.errors import IntegrityError
from models.review.certificates import Certificate, certificate_of, earlier_ends, first_not_certified
from models.review.events import INSTALLATION, digest, first_digest
from models.review.tables import chain_head, event

_AT_A_TIME = 1000  # rows; a store of any size is walked in the same memory
_GUARDS_SHA256 = "c9858c8fd5214fbb88b9706d6d458eff95082d44c18853468106f5878a0aaf9f"  # of NEWEST; a migration changes it


@dataclass(frozen=True)
class Broken:
    """The first event that is not what was saved. seq: 0 when the event itself is gone; differs: in words."""

    case_id: str
    seq: int
    differs: str

    @property
    def sentence(self) -> str:
        which = f"decision {self.seq} of case {self.case_id}" if self.seq else f"case {self.case_id}"
        return f"The decisions are not as they were saved: {which}: {self.differs}."


@dataclass(frozen=True)
class Head:
    """The end of the log. ends: (version, hash) of the last event of each case; hash: one over all of them."""

    events: int
    ends: Mapping[str, tuple[int, str]]

    @property
    def cases(self) -> int:
        """How many cases have decisions; the installation's own chain is none of them."""
        return len(self.ends.keys() - {INSTALLATION})

    @property
    def hash(self) -> str:
        whole = json.dumps(sorted((c, v, h) for c, (v, h) in self.ends.items()))
        return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()


def head_of(connection: Connection) -> Head:
    """The end of every chain, as the events themselves tell it."""
    ends: dict[str, tuple[int, str]] = {}
    count = 0
    columns = select(event.c.case_id, event.c.version, event.c.hash).order_by(event.c.seq)
    for row in connection.execute(columns.execution_options(yield_per=_AT_A_TIME)):
        count += 1
        if row.version >= ends.get(row.case_id, (0, ""))[0]:
            ends[row.case_id] = (row.version, row.hash)
    return Head(count, ends)


def hash_at(connection: Connection, case_id: str, version: int) -> str:
    """The hash of one event of a case, "" when there is none."""
    asked = select(event.c.hash).where(event.c.case_id == case_id, event.c.version == version)
    return str(connection.execute(asked).scalar() or "")


def first_broken(connection: Connection, case_id: str = "") -> Broken | None:
    """The first event, in the order they were taken, that breaks a chain; None when all are whole. Before all others
    comes the installation's own chain, whose certificates say what was deleted.

    case_id: walk the chain of this case only, "" for all. Raises IntegrityError when the file itself is damaged so
    that no single event can be named.
    """
    if case_id != INSTALLATION and (own := first_broken(connection, INSTALLATION)):
        return own
    walk = _Walk({} if case_id else earlier_ends(connection), of_all=not case_id)
    events, ends = select(event).order_by(event.c.seq), select(chain_head)
    if case_id:
        events, ends = events.where(event.c.case_id == case_id), ends.where(chain_head.c.case_id == case_id)
    for row in connection.execute(events.execution_options(yield_per=_AT_A_TIME)):
        differs = walk.step(dict(row._mapping))
        if differs:
            return Broken(str(row.case_id), row.seq if isinstance(row.seq, int) else 0, differs)
    heads = {r.case_id: (r.version, r.hash) for r in connection.execute(ends)}
    missing = _missing_ends(walk.ends, heads)
    if missing is None and case_id != INSTALLATION and (deleted := first_not_certified(connection, case_id)):
        return Broken(deleted[0], 0, deleted[1])
    if missing is None and not case_id and connection.dialect.name == "sqlite":
        _check_file(connection)
    return missing


def guards_differ(connection: Connection) -> str:
    """What is wrong with the guards that keep decisions from being changed (SQLite's triggers), "" when they are those
    of the tables of today and nothing else acts when a decision is kept. Of PostgreSQL's nothing is said."""
    if connection.dialect.name != "sqlite":
        return ""
    asked = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name"
    found = json.dumps([list(row) for row in connection.execute(text(asked))])
    if hashlib.sha256(found.encode("utf-8", "surrogateescape")).hexdigest() == _GUARDS_SHA256:
        return ""
    return (
        "Every decision is as it was saved, but the guards around them were changed outside of Caseboard: what is "
        "decided from now on may be lost. Restore a backup from before that."
    )


def first_not_following(connection: Connection, since: Head) -> Broken | None:
    """The first case that does not hold any more what it held at an earlier end; None when all do.

    This finds what the chains alone cannot: an end cut off, or a case removed, together with its written-down end. A
    case that was deleted with a certificate holds nothing any more, and is said to have held at least as much.
    """
    for case_id, (version, digest_then) in sorted(since.ends.items()):
        if hash_at(connection, case_id, version) != digest_then:
            deleted = certificate_of(connection, case_id)
            if deleted and _had(deleted, version, digest_then):
                continue
            return Broken(case_id, 0, f"its decision number {version} is not the one in the backup")
    return None


def _had(deleted: Certificate, version: int, digest_then: str) -> bool:
    removed = deleted.removed
    return version < removed.decisions or (version, digest_then) == (removed.decisions, removed.chain_head)


class _Walk:
    """Follows the chain of every case at once, and, where it sees all of them, the one chain of the first release.

    earlier: by seq, where that one chain goes on behind events that were deleted.
    """

    def __init__(self, earlier: Mapping[int, str], *, of_all: bool) -> None:
        self._of_all = of_all
        self.ends: dict[str, tuple[int, str]] = {}
        self._first_end = (0, "")  # seq and hash
        self._earlier = earlier

    def step(self, row: Mapping[str, Any]) -> str:
        """What is wrong with the next event, "" when it follows."""
        unreadable = [name for name, value in row.items() if not isinstance(value, _type_of(name))]
        if unreadable:
            return f"{unreadable[0]} is unreadable"
        version, previous = self.ends.get(row["case_id"], (0, ""))
        if digest(row) != row["hash"]:
            return "its content, or its hash, is not what was saved"
        if row["version"] != version + 1:
            return f"it says it is number {row['version']} of its case, after number {version}"
        if row["previous"] != previous:
            return "it does not follow the event before it"
        if row["first_hash"] and self._of_all:
            if first_digest(self._before(row["seq"]), row) != row["first_hash"]:
                return "it is not what the first version of Caseboard saved"
            self._first_end = (row["seq"], row["first_hash"])
        self.ends[row["case_id"]] = (row["version"], row["hash"])
        return ""

    def _before(self, seq: int) -> str:
        seen, digest_there = self._first_end
        deleted = max((s for s in self._earlier if seen < s < seq), default=0)
        return self._earlier[deleted] if deleted else digest_there


def _type_of(column: str) -> type:
    return int if column in {"seq", "version"} else str


def _missing_ends(found: Mapping[str, tuple[int, str]], heads: Mapping[str, tuple[int, str]]) -> Broken | None:
    for case_id in sorted({*found, *heads}, key=str):
        there, kept = found.get(case_id, (0, "")), heads.get(case_id, (0, ""))
        if there[0] < kept[0]:
            return Broken(str(case_id), 0, f"its last {kept[0] - there[0]} of {kept[0]} decisions are missing")
        if there != kept:
            return Broken(str(case_id), 0, f"its end is not the one written down with decision number {there[0]}")
    return None


def _check_file(connection: Connection) -> None:
    """Events read in order are whole; the indexes that find them may still be damaged."""
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalar()
    if said != "ok":
        raise IntegrityError(
            "Every decision is as it was saved, but the file around them is damaged; restore a backup."
        )
