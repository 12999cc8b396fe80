"""The snapshots that lie with a case: the one people last read (the base), and the latest that differs from it.

<case folder>/worked_up/base.json, latest.json      each replaced by one rename; gone with the case
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cattrs

from models.errors import IntegrityError
from models.reanalysis.changes import Changes, compare
from models.reanalysis.snapshot import Snapshot

FOLDER = "worked_up"
_BASE, _LATEST = "base.json", "latest.json"
_FORMAT_VERSION = 1
_converter = cattrs.Converter(forbid_extra_keys=False)


@dataclass(frozen=True)
class Kept:
    """latest: None when nothing newer than the base was worked up."""

    base: Snapshot | None
    latest: Snapshot | None


@dataclass(frozen=True)
class Compared:
    """What is known of a case against today's knowledge. changes: None when the list is the one last read, or
    was not compared; not_compared: why it was not, "" otherwise."""

    changes: Changes | None = None
    not_compared: str = ""


WAITS = "a check waits"
UNWRITABLE = "the case's folder cannot be written"
PENDING = "comes with the next comparison"


def compared(kept: Kept, today: str, *, seen: str, waits: bool) -> Compared:
    """today: key of a work-up with the releases and the model in use (snapshot.snapshot_key). seen: key that
    somebody marked as read last. waits: a check holds the ranking back."""
    base = kept.latest if kept.latest and kept.latest.key == seen else kept.base
    if base is not None and base.key == today:
        return Compared()
    if waits:
        return Compared(not_compared=WAITS)
    if base is None:
        return Compared()
    if kept.latest is None or kept.latest.key != today:
        return Compared(not_compared=PENDING)
    return Compared(compare(base, kept.latest))


def keep_snapshot(case_folder: Path, snapshot: Snapshot, *, seen: str) -> Kept:
    """Remember a work-up. The first becomes the base; one of the base's releases and model takes its place
    (people edited the features and saw the list since); any other is the latest. seen: as in `compared`.

    Raises OSError when the folder cannot be written.
    """
    folder = case_folder / FOLDER
    folder.mkdir(exist_ok=True, mode=0o700)
    kept = readable(case_folder)
    if kept.latest and kept.latest.key == seen:
        _write(folder / _BASE, kept.latest)  # not a rename: somebody else may just do the same
        kept = Kept(kept.latest, None)
    if kept.base is None or kept.base.key == snapshot.key:
        _write(folder / _BASE, snapshot)
        (folder / _LATEST).unlink(missing_ok=True)
        return Kept(snapshot, None)
    _write(folder / _LATEST, snapshot)
    return Kept(kept.base, snapshot)


def read_kept(case_folder: Path) -> Kept:
    """Raises IntegrityError when a snapshot is damaged."""
    return Kept(_read(case_folder / FOLDER / _BASE), _read(case_folder / FOLDER / _LATEST))


def last_written(case_folder: Path) -> tuple[int, ...]:
    """When each snapshot of the case was written, 0 for none: what `read_kept` answers follows from it."""
    files = (case_folder / FOLDER / name for name in (_BASE, _LATEST))
    return tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files)


def readable(case_folder: Path) -> Kept:
    """A damaged memory was told by `read_kept`; from here on the case is compared with today."""
    try:
        return read_kept(case_folder)
    except IntegrityError:
        return Kept(None, None)


def _read(file: Path) -> Snapshot | None:
    try:
        told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if told["format"] != _FORMAT_VERSION:
            raise ValueError(told["format"])
        return _converter.structure(told["snapshot"], Snapshot)
    except FileNotFoundError:
        return None
    except (OSError, KeyError, TypeError, ValueError, cattrs.BaseValidationError) as problem:
        raise IntegrityError("What was remembered of a case is damaged; it will be compared from now on.") from problem


def _write(file: Path, snapshot: Snapshot) -> None:
    """The file appears whole or not at all; two who write at once (a screen and a comparison) both succeed."""
    document = {"format": _FORMAT_VERSION, "snapshot": _converter.unstructure(snapshot)}
    unfinished = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        unfinished.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
