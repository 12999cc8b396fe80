"""When this installation was last verified and last backed up: two small notes in the data folder.

They only remind people; they are no evidence. What is true stands in the chains and in the backup itself.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import cattrs

from models.errors import IntegrityError
from models.on_disk import sha256_of, sync, write_private
from models.review.backup import FOLDER_VARIABLE, Manifest, folder_of_backups

VERIFIED_FILE, BACKUP_FILE = "last-verified.json", "last-backup.json"
T = TypeVar("T")


@dataclass(frozen=True)
class Verified:
    """One walk of every chain and every signed report. at: ISO time with offset. reports: how many were compared,
    None when a broken chain came first. wrong: a sentence for each thing that is not as it was saved."""

    at: str
    events: int
    cases: int
    head: str
    reports: int | None
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class BackupNote:
    """One backup that was written whole. at: ISO time with offset; sha256: of the file; same_disk: it was written to
    the disk that holds the data, so that one broken disk takes both."""

    at: str
    sha256: str
    events: int
    cases: int
    same_disk: bool


def backup_folder(home: Path) -> Path:
    """The folder for backups, made for its owner only. Raises IntegrityError when it cannot be made."""
    folder = folder_of_backups(home)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise IntegrityError(
            f"The folder for backups cannot be made ({problem.strerror}); name another in ${FOLDER_VARIABLE}."
        ) from problem
    return folder


def note_of(target: Path, home: Path, manifest: Manifest, at: datetime) -> BackupNote:
    """What to remember of a backup just written. Raises OSError when it cannot be read."""
    same = target.stat().st_dev == home.stat().st_dev
    return BackupNote(
        at.isoformat(timespec="seconds"), sha256_of(target), manifest.head.events, manifest.head.cases, same
    )


def remembered(target: Path, home: Path, manifest: Manifest, at: datetime) -> str:
    """Note a backup just written. A sentence when that failed, "" when it is noted; the backup is whole either way."""
    try:
        return keep(home, note_of(target, home, manifest, at))
    except OSError as problem:
        return _not_noted(problem)


def keep(home: Path, note: Verified | BackupNote) -> str:
    """Write a note for its owner only, whole or not at all. A sentence when that failed, "" when it is there."""
    place = home / (VERIFIED_FILE if isinstance(note, Verified) else BACKUP_FILE)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)  # of a program of this number that was killed
        write_private(draft, json.dumps(asdict(note), indent=1).encode("ascii"))
        draft.replace(place)
        sync(home)
    except OSError as problem:
        return _not_noted(problem)
    return ""


def _not_noted(problem: OSError) -> str:
    return f"When this was done could not be noted in the data folder ({problem.strerror})."


def last_verified(home: Path) -> Verified | None:
    """The last walk that was noted; None without one, or when the note cannot be read."""
    return _read(home / VERIFIED_FILE, Verified)


def last_backup(home: Path) -> BackupNote | None:
    """The last backup that was noted; None without one, or when the note cannot be read."""
    return _read(home / BACKUP_FILE, BackupNote)


def _read(place: Path, kind: type[T]) -> T | None:
    """A note that cannot be read is no reminder any more; the check then says that nothing is known."""
    try:
        told: dict[str, Any] = json.loads(place.read_text(encoding="ascii"))
        note: T = cattrs.structure(told, kind)
        has_offset = datetime.fromisoformat(str(told["at"])).tzinfo is not None
    except (OSError, ValueError, KeyError, TypeError, cattrs.BaseValidationError):
        return None
    return note if has_offset else None
