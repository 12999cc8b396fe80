"""Certificates of deletion: what stays of a case that was deleted, in the chain of the installation itself.

A certificate names the case by its opaque id, who deleted it, who agreed, when and why, how much was removed, and two
hashes by which a copy found later is recognised: the end of its chain of decisions, and one over its files. It holds
nothing about the patient. It is an event like any other, so that a changed byte of it is found.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from sqlalchemy import Connection, func, select

from models.errors import CaseDeleted, IntegrityError
from models.review.events import INSTALLATION, EventKind
from models.review.tables import chain_head, deletion, event
from models.review.telling import day


@dataclass(frozen=True)
class Removed:
    """What a deletion takes away. chain_head: sha256 of the last decision, "" without one; files_sha256: over the
    sorted list of the files' names and sha256 (models.case.removal); reports: how many decisions are signatures."""

    decisions: int
    chain_head: str
    reports: int
    files: int
    bytes: int
    files_sha256: str


@dataclass(frozen=True)
class Certificate:
    """That a case was deleted. number: 1 for the first of this installation.

    at: ISO time with offset. reason: in words (`DeletionReason`); note: what was said with it, "" for nothing.
    asked_by: the other of two people, who had asked for it, "" when one was enough. rule: the retention period and
    when it ended or ends, in words. beyond_reach: what may still hold the case, a sentence each. chain_was: what was
    wrong with its decisions already before, "" when they were whole. earlier: for the walk of the first release's one
    chain, [seq, hash] of each deleted event that the next event there followed; empty for cases begun since.
    completed_at: when nothing of it was left here, "" while the removal is not finished. version, hash: of the event
    that is the certificate. again: hash of the first certificate, where a restored backup brought the case back for a
    moment; "" for a first one.
    """

    number: int
    case_id: str
    who: str
    account: str
    at: str
    reason: str
    note: str
    asked_by: str
    rule: str
    removed: Removed
    beyond_reach: tuple[str, ...]
    chain_was: str = ""
    again: str = ""
    earlier: tuple[tuple[int, str], ...] = ()
    completed_at: str = ""
    version: int = 0
    hash: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.completed_at)

    @property
    def sentence(self) -> str:
        """What the address of the case answers from now on."""
        rest = "" if self.is_complete else " What is left of it here goes at the next start."
        return f"This case was deleted on {day(self.at)} by {self.who} (certificate {self.number}).{rest}"


_OF_THE_EVENT = {"who", "account", "at", "completed_at", "version", "hash"}


def payload_of(certificate: Certificate) -> dict[str, Any]:
    """As the event keeps it; who and when are columns of the event itself."""
    kept = {f.name: getattr(certificate, f.name) for f in fields(Certificate) if f.name not in _OF_THE_EVENT}
    return {**kept, "removed": {f.name: getattr(certificate.removed, f.name) for f in fields(Removed)}}


def certificates(connection: Connection) -> tuple[Certificate, ...]:
    """Every one there is, oldest first. Raises IntegrityError for one that cannot be read."""
    asked = select(event).where(event.c.case_id == INSTALLATION).order_by(event.c.version)
    begun, ended = [], {}
    for row in map(dict, connection.execute(asked).mappings()):
        if row["kind"] == EventKind.DELETION_BEGUN.value:
            begun.append(row)
        elif row["kind"] == EventKind.DELETION_COMPLETED.value:
            ended[_read(row)["certificate"]] = row
    return tuple(_certificate(row, ended) for row in begun)


def certificate_of(connection: Connection, case_id: str) -> Certificate | None:
    """The certificate of a deleted case; None for any other."""
    if connection.execute(select(deletion.c.case_id).where(deletion.c.case_id == case_id)).first() is None:
        return None
    return next((c for c in certificates(connection) if c.case_id == case_id), None)


def refuse_deleted(connection: Connection, case_id: str) -> None:
    """Raises CaseDeleted: nothing is added to a deleted case any more."""
    if found := certificate_of(connection, case_id):
        raise CaseDeleted(found.sentence, case_id)


def earlier_ends(connection: Connection) -> Mapping[int, str]:
    """By seq, the hash that the walk of the first release's chain takes up after an event that was deleted."""
    return {seq: digest for found in certificates(connection) for seq, digest in found.earlier}


def first_not_certified(connection: Connection, case_id: str = "") -> tuple[str, str] | None:
    """The first case (of all, or this one) whose deletion and certificate do not go together, and what differs."""
    rows = {r.case_id: (r.certificate, r.hash) for r in connection.execute(select(deletion))}
    said = {c.case_id: (c.version, c.hash) for c in certificates(connection)}
    for case in sorted({case_id} & {*rows, *said} if case_id else {*rows, *said}):
        if case not in said:
            return case, "it is written down as deleted, but its certificate is missing"
        if rows.get(case) != said[case]:
            return case, "its certificate of deletion is not the one written down"
        if count := _left_over(connection, case):
            return case, f"it was deleted and has a certificate, but {count} of its decisions are still there"
    return None


def _left_over(connection: Connection, case_id: str) -> int:
    events = select(func.count()).select_from(event).where(event.c.case_id == case_id)
    heads = select(func.count()).select_from(chain_head).where(chain_head.c.case_id == case_id)
    return int(connection.execute(events).scalar_one()) or int(connection.execute(heads).scalar_one())


def _certificate(row: Mapping[str, Any], ended: Mapping[Any, Mapping[str, Any]]) -> Certificate:
    said, end = _read(row), ended.get(row["version"])
    try:
        kept_here = (f for f in fields(Certificate) if f.name not in _OF_THE_EVENT)
        told = {f.name: said[f.name] for f in kept_here if f.name in said or f.default is MISSING}  # some came later
        told |= {
            "removed": Removed(**said["removed"]),
            "beyond_reach": tuple(said["beyond_reach"]),
            "earlier": tuple((int(seq), str(digest)) for seq, digest in said.get("earlier", ())),
        }
        completed = {"completed_at": end["at"]} if end else {}
        kept = {name: row[name] for name in ("who", "account", "at", "version", "hash")}
        return Certificate(**told, **kept, **completed)
    except (KeyError, TypeError, ValueError) as problem:
        raise _unreadable(row) from problem


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(row["payload"])
    except (TypeError, ValueError) as problem:
        raise _unreadable(row) from problem
    if not isinstance(said, dict) or (row["kind"] == EventKind.DELETION_COMPLETED.value and "certificate" not in said):
        raise _unreadable(row)
    return said


def _unreadable(row: Mapping[str, Any]) -> IntegrityError:
    return IntegrityError(
        f"Entry {row['version']} of the installation's own chain cannot be read: it is damaged, or was kept by a "
        "newer Caseboard. Run `python cli.py verify`."
    )
