"""A backup becomes the decisions and cases of this installation; what was here before is kept beside them."""

import secrets
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from models.errors import InputError, IntegrityError
from models.on_disk import sync
from models.review.backup import CASES, Manifest, checked_head, opened, read_manifest, unpacked
from models.review.carried import carry_certificates
from models.review.database import FILE_NAME, NEWEST, UNFINISHED_RESTORE, Database
from models.review.sealed import Keys, unsealed
from models.review.transfer import copy_rows
from models.review.verify import head_of


def restore(
    source: Path, home: Path, where: Path | str, at: datetime, keys: Keys | None = None
) -> tuple[Manifest, Path | None]:
    """Restore to the same cases and the same end of every chain. Nothing here changes before the whole backup was
    unpacked and checked; what was here then moves into a folder of its own, which is returned (None: nothing was). A
    case that was deleted here since the backup is deleted in it too.

    where: a file in `home`, or the URL of an empty database; keys: what opens an encrypted backup. Raises
    UnreadableFile for a backup that is not whole, InputError while Caseboard runs here, for another key or when the
    database is not empty, IntegrityError when it cannot be written.
    """
    staging = home / f"restore-{secrets.token_hex(4)}"
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        staging.mkdir(mode=0o700)
        with unsealed(source, keys, staging) as plain, opened(plain) as archive:
            manifest = read_manifest(archive)
            unpacked(archive, manifest, staging)
        _compare(manifest, staging / FILE_NAME)
        if isinstance(where, Path):
            nobody_has_it_open(where)
        carry_certificates(home, staging)
        if isinstance(where, str):
            _into_server(staging / FILE_NAME, where)
            return manifest, _exchange(staging, home, at, (CASES,))
        return manifest, _exchange(staging, home, at, (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", CASES))
    except OSError as problem:
        raise IntegrityError(
            f"The backup could not be restored ({problem.strerror}); what was here before is still here."
        ) from problem
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _compare(manifest: Manifest, decisions: Path) -> None:
    """Opened, an older log is brought to today's tables: then its chains have new ends, and only their length says."""
    head = checked_head(decisions)
    same = head.ends == manifest.head.ends if manifest.schema == NEWEST else True
    if not same or head.events != manifest.head.events:
        raise IntegrityError("The decisions in this backup are not those it was made of; use another one.")


def _into_server(decisions: Path, url: str) -> None:
    source, target = Database(decisions), Database(url)
    try:
        with source.reading() as ours, target.reading() as theirs:
            is_done = head_of(ours) == head_of(theirs)  # by a restore that was interrupted after this step
        if not is_done:
            copy_rows(source, target)
    finally:
        source.close()
        target.close()


def nobody_has_it_open(path: Path) -> None:
    """Raises InputError while Caseboard runs. SQLite leaves its WAL only for the last one who has the file open; that
    also writes all of it to the file."""
    if not path.exists():
        return
    db = sqlite3.connect(path, timeout=0)
    try:
        db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            raise InputError("Caseboard is running here; stop it, then try again.") from problem
    except sqlite3.DatabaseError:
        pass  # a damaged file is what a restore is for; it is moved aside as it is
    finally:
        db.close()


def _exchange(staging: Path, home: Path, at: datetime, names: tuple[str, ...]) -> Path | None:
    """Move what is here aside and the restored in its place. Killed in between, a mark says so at the next start,
    and doing it again ends it."""
    (staging / CASES).mkdir(exist_ok=True, mode=0o700)
    for folder in (staging, *(p for p in staging.rglob("*") if p.is_dir())):
        sync(folder)
    mark = home / UNFINISHED_RESTORE
    mark.touch()
    here = [home / name for name in names if (home / name).exists()]
    kept = home / f"before-restore-{at:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    if here:
        kept.mkdir(mode=0o700)
    for path in here:
        path.replace(kept / path.name)
    for name in names:
        if (staging / name).exists():
            (staging / name).replace(home / name)
    sync(home)
    mark.unlink()
    return kept if here else None
