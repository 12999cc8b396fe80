"""A restore brings no deleted case back: what was certified here since the backup is deleted in it too.

The certificates come from the decisions that are about to be set aside, and from those that earlier restores, also
interrupted ones, set aside. Each is entered again, with who, when and why as it was, naming the first (`again`).
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DatabaseError

from models.case.removal import set_aside
from models.errors import IntegrityError
from models.review.backup import Manifest
from models.review.certificates import Certificate, certificates
from models.review.database import FILE_NAME
from models.review.deletion import certify_again, complete
from models.review.log import DecisionLog


def carry_certificates(home: Path, staging: Path) -> None:
    """Delete in the unpacked backup what was deleted in `home`. Raises IntegrityError."""
    found = _known_here((home / FILE_NAME, *(folder / FILE_NAME for folder in set_aside(home) if folder != staging)))
    if not found:
        return
    log = DecisionLog(staging / FILE_NAME)
    try:
        for certificate in found:
            certify_again(log, certificate)
        complete(log, staging, datetime.fromisoformat(found[-1].at))
        log.database.into_one_file()
    finally:
        log.close()


def told(log: DecisionLog, manifest: Manifest) -> str:
    """What to say after a restore of the cases that are not back, "" when all are."""
    with log.database.reading() as connection:
        gone = [c for c in certificates(connection) if c.case_id in manifest.head.ends]
    numbers = ", ".join(str(c.number) for c in gone)
    count = f"{len(gone)} case{'' if len(gone) == 1 else 's'}"
    return f"Not brought back, deleted since the backup: {count} (certificate {numbers})." if gone else ""


def not_known(home: Path) -> str:
    """What to say after a restore where the decisions set aside cannot tell which cases were deleted, "" otherwise."""
    lost = [folder.name for folder in set_aside(home) if (folder / FILE_NAME).is_file() and not _can_tell(folder)]
    return (
        f"The decisions in {', '.join(lost)} are damaged: cases deleted since the backup may be back. Compare with "
        "what `python cli.py retention` printed last, and delete them again."
        if lost
        else ""
    )


def _can_tell(folder: Path) -> bool:
    try:
        _certificates(folder / FILE_NAME)
    except (IntegrityError, DatabaseError):
        return False
    return True


def _known_here(files: Iterable[Path]) -> tuple[Certificate, ...]:
    """One certificate for each case that was deleted, oldest first."""
    found = (c for file in files if file.is_file() for c in _read(file))
    return tuple(sorted({c.case_id: c for c in found}.values(), key=lambda c: datetime.fromisoformat(c.at)))


def _read(file: Path) -> tuple[Certificate, ...]:
    """Those in one file; none in a damaged one, which is what a restore is for (`not_known` says so afterwards)."""
    try:
        return _certificates(file)
    except (IntegrityError, DatabaseError):
        return ()


def _certificates(file: Path) -> tuple[Certificate, ...]:
    """Those in one file, which is not changed by looking; none in one of an earlier version."""
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    )
    try:
        with closing(engine.connect()) as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name='deletion'").all()
            return certificates(connection) if tables else ()
    finally:
        engine.dispose()
