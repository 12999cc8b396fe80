"""A disk fills up while somebody decides, gets room again, and they go on: what was told to be kept must be there."""

import secrets
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from models.errors import IntegrityError
from models.review import DecisionLog
from models.review.commands import WriteNote
from tests.postgresql import Server, somebody
from tests.small_disk import CannotMount, SmallDisk, mounted

LEFT_BYTES = 2_000_000
LONG = 30_000  # characters of a note that does not compress well
_BACK_TIMEOUT_S = 60.0


@dataclass
class Filled:
    """kept: decisions told to be kept before the disk was full; refused: in a sentence; lost: told to be kept and not
    there. why_not: why it could not be tried, "" when it was."""

    kept: int = 0
    refused: int = 0
    lost: int = 0
    unsound: int = 0
    why_not: str = ""


def decide(log: DecisionLog, characters: int = 20) -> str:
    """The hash of a decision that was told to be kept."""
    text = secrets.token_hex(characters // 2)
    return log.decide("c-1", WriteNote(0, text), who="Dr A", at=datetime.now(UTC)).hash


@contextmanager
def tables_on(server: Server, disk: SmallDisk) -> Iterator[str]:
    """The URL of a database whose tables lie on this disk."""
    place, name = disk.folder / "tables", f"small{secrets.token_hex(4)}"
    place.mkdir()
    _give(place)
    server.emptied()  # the first database is everybody's; ours goes with its disk
    server.sql("postgres", f"CREATE TABLESPACE {name} LOCATION '{place}'")
    url = server.database(f"TABLESPACE {name}")
    try:
        yield url
    finally:
        server.sql("postgres", f"DROP DATABASE {url.split('/')[3].split('?')[0]} WITH (FORCE)")
        server.sql("postgres", f"DROP TABLESPACE {name}")


@contextmanager
def wal_on(server: Server, disk: SmallDisk) -> Iterator[None]:
    """The server's own log (WAL) lies on this disk; without room it ends itself rather than lose anything."""
    wal, aside = server.folder / "data" / "pg_wal", disk.folder / "pg_wal"
    server.stop(signal.SIGINT)
    shutil.copytree(wal, aside)
    _give(aside, *aside.rglob("*"))
    aside.chmod(0o700)
    shutil.rmtree(wal)
    wal.symlink_to(aside)
    server.start()
    try:
        yield
    finally:
        server.stop(signal.SIGINT)
        wal.unlink()
        shutil.copytree(aside, wal)
        _give(wal, *wal.rglob("*"))
        wal.chmod(0o700)
        server.start()


def _give(*paths: Path) -> None:
    who = somebody()
    for path in paths:
        shutil.chown(path, who["user"], who["group"])


def fill(where: Path | str, disk: SmallDisk) -> Filled:
    """Decide until it is refused twice, make room, and decide again."""
    told, kept = Filled(), []
    with closing(DecisionLog(where)) as log:
        kept.append(decide(log))
        disk.fill(leave_bytes=LEFT_BYTES)
        while told.refused < 2:
            try:
                kept.append(decide(log, LONG))
            except IntegrityError:
                told.refused += 1
        told.kept = len(kept)
        disk.change("size=256m")
        kept.append(_after(log))
        there = {e.hash for e in log.events("c-1")}
        told.lost, told.unsound = len(set(kept) - there), int(log.verify() is not None)
    return told


def _after(log: DecisionLog) -> str:
    """The first decision once there is room: PostgreSQL may still be recovering."""
    until = time.monotonic() + _BACK_TIMEOUT_S
    while True:
        try:
            return decide(log)
        except IntegrityError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def fill_disk_of_file() -> Filled:
    try:
        with mounted(16) as disk:
            return fill(disk.folder / "decisions.db", disk)
    except CannotMount as refused:
        return Filled(why_not=str(refused))


def fill_disk_of_tables(server: Server) -> Filled:
    try:
        with mounted(16) as disk, tables_on(server, disk) as url:
            return fill(url, disk)
    except CannotMount as refused:
        return Filled(why_not=str(refused))


def fill_disk_of_wal(server: Server) -> Filled:
    try:
        with mounted(64) as disk, wal_on(server, disk):
            return fill(server.database(), disk)
    except CannotMount as refused:
        return Filled(why_not=str(refused))
