"""What may still hold a case when everything of it here is removed: nobody is to believe more than is true."""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from models.case.removal import set_aside
from models.review.backup import folder_of_backups
from models.review.chain import readable
from models.review.events import EventKind
from models.review.tables import event
from models.review.telling import day

_OUTSIDE = (EventKind.REPORT_SIGNED.value, EventKind.EXPORTED.value)
_FEW_DIGITS = 12  # of the sha256 of a copy, enough to tell it from others
_DISK = "What the disk keeps of removed files, unless it is encrypted."
_SERVER = "The database server's own backups, replicas and write-ahead log."


def beyond_reach(connection: Connection, case_id: str, home: Path) -> tuple[str, ...]:
    """A sentence each, asked before the decisions go. Raises IntegrityError when one cannot be read."""
    backups = _backups_of(home)
    here = f" In the folder for backups: {', '.join(backups)}." if backups else ""
    return (
        f"Backups made before this deletion, wherever they were taken.{here}",
        _DISK if connection.dialect.name == "sqlite" else _SERVER,
        *_gone_out(connection, case_id),
        "What was sent or submitted elsewhere, and the files the case came from.",
        *(f"The decisions that a restore set aside in the folder {p.name}." for p in set_aside(home)),
    )


def _backups_of(home: Path) -> list[str]:
    folder = folder_of_backups(home)
    return sorted(p.name for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []


def _gone_out(connection: Connection, case_id: str) -> Iterator[str]:
    """Every signed report and every copy on record that somebody may have."""
    asked = select(event.c.kind, event.c.at, event.c.payload).where(event.c.case_id == case_id)
    for row in connection.execute(asked.where(event.c.kind.in_(_OUTSIDE)).order_by(event.c.version)):
        with readable():
            said, on = json.loads(row.payload), day(row.at)
            if row.kind == EventKind.EXPORTED.value:
                yield f"A copy taken out on {on} (sha256 {str(said['sha256'])[:_FEW_DIGITS]})."
            else:
                yield f"Copies of report {said['number']}, signed on {on}."
