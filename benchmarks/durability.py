"""How well decisions are kept: killed writers, torn files, many people at once, a restore, full disks. Prints tables.

    python -m benchmarks.durability [--kills 1000] [--tears 1000] [--editors 20] [--edits 200] [--restore-mb 100]

On SQLite, and on PostgreSQL where Debian's server is installed. What it does not show: kill -9 ends a process, not
the machine; what a loss of power leaves is imitated by tearing the WAL. Times depend on the disk and on who else
works on the machine; the load average is printed.
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.review import DecisionLog
from models.review.backup import back_up
from models.review.commands import WriteNote
from models.review.restore import restore
from tests.durability.drills import kill_writers, many_editors, tear_wals
from tests.durability.full_disks import Filled, fill_disk_of_file, fill_disk_of_tables, fill_disk_of_wal
from tests.postgresql import Server, binaries, server

LIMIT_COMMIT_MS = 50
LIMIT_RESTORE_S = 10
PAUSE_S = 2.0  # of a person who decides on one variant after the other as fast as one can read


def percentile(times_s: list[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * times_s[min(int(share * len(times_s)), len(times_s) - 1)]


def row(what: str, where: str, *values: str) -> None:
    print("| " + " | ".join((what, where, *values)) + " |", flush=True)


def places(folder: Path, postgresql: Server | None, only: str | None) -> Iterator[tuple[str, Path | str]]:
    """An empty place on each database, made anew for each question."""
    if only in (None, "SQLite"):
        yield "SQLite", Path(tempfile.mkdtemp(dir=folder)) / "decisions.db"
    if postgresql is not None and only in (None, "PostgreSQL"):
        yield "PostgreSQL", postgresql.database()


@contextmanager
def maybe_postgresql() -> Iterator[Server | None]:
    if binaries() is None:
        print("PostgreSQL is not installed; only SQLite is measured.")
        yield None
        return
    with server() as running:
        yield running


def kills(asked: argparse.Namespace, name: str, where: Path | str) -> None:
    told = kill_writers(where, asked.kills, random.Random(asked.seed), longest_s=0.1)
    lost = f"{told.lost} of {told.acknowledged:,} acknowledged"
    row(f"{told.kills:,} kill -9 at random times", name, f"lost: {lost}", f"chains broken: {told.unsound}")


def tears(asked: argparse.Namespace, folder: Path) -> None:
    chance, copies, unsound, kept = random.Random(asked.seed), 0, 0, set()
    while copies < asked.tears:
        told = tear_wals(Path(tempfile.mkdtemp(dir=folder)), min(100, asked.tears - copies), chance)
        copies, unsound, kept = copies + told.copies, unsound + told.unsound, kept | set(told.kept)
    reached = f"between {min(kept)} and {max(kept)} of 120 decisions left"
    row(f"{copies:,} torn WAL copies", "SQLite", f"consistent: {copies - unsound:,}", reached)


def editors(asked: argparse.Namespace, name: str, where: Path | str, pause_s: float, cases: int = 1) -> None:
    """With a pause a quarter of the edits, so that it ends; timed from when each was due."""
    edits = asked.edits // 4 if pause_s else asked.edits
    with closing(DecisionLog(where)) as log:
        told = many_editors(log, asked.editors, edits, pause_s, cases)
    how = "without pause" if not pause_s else f"each every {pause_s:.0f} s"
    what = f"{asked.editors} editors x {edits} edits of {'one case' if cases == 1 else f'{cases} cases'}, {how}"
    fate = f"kept {told.kept:,}, lost {told.lost}, conflicts shown {told.conflicts:,}, unseen {told.overwritten}"
    row(what, name, fate, times(told.answer_s))


def times(sorted_s: list[float]) -> str:
    middle, late = percentile(sorted_s, 0.5), percentile(sorted_s, 0.99)
    return (
        f"p50 {middle:.1f} ms, p99 {late:.1f} ms ({'within' if late <= LIMIT_COMMIT_MS else 'over'} {LIMIT_COMMIT_MS})"
    )


def yardstick(folder: Path, times_done: int = 500) -> None:
    """What the machine gives at this moment to anybody: one block written and synced, one bare commit of SQLite's."""
    synced, bare = [], []
    with (folder / "block").open("wb") as out, closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x TEXT)")
        for _ in range(times_done):
            begun = time.perf_counter()
            out.write(b"x" * 4096)
            out.flush()
            os.fsync(out.fileno())
            synced.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            db.execute("INSERT INTO t VALUES (?)", ("x" * 500,))
            bare.append(time.perf_counter() - begun)
    row("a block of 4 kB written and synced, to compare", "none", "", times(sorted(synced)))
    row("a row in a bare table, to compare", "SQLite", "", times(sorted(bare)))


def one_editor(name: str, where: Path | str, decisions: int = 2000) -> None:
    taken = []
    with closing(DecisionLog(where)) as log:
        for number in range(decisions):
            command = WriteNote(0, f"note {number} " * 10)
            begun = time.perf_counter()
            log.decide(f"c-{number % 20}", command, who="Dr A", at=datetime.now(UTC), evidence={"model": "f" * 64})
            taken.append(time.perf_counter() - begun)
    row(f"{decisions:,} decisions, one after the other", name, "", times(sorted(taken)))


def restores(asked: argparse.Namespace, folder: Path, name: str, where: Path | str, empty: Path | str) -> None:
    """Half of the megabytes are cases, half are decisions. empty: another place on the same database."""
    home = Path(tempfile.mkdtemp(dir=folder))
    half_bytes = asked.restore_mb * 500_000
    (home / "cases" / "c-0").mkdir(parents=True)
    (home / "cases" / "c-0" / "variants.arrow").write_bytes(random.Random(1).randbytes(half_bytes))
    with closing(DecisionLog(where)) as log:
        size = 20_000
        for number in range(half_bytes // size):
            log.decide(f"c-{number % 50}", WriteNote(0, "x" * size), who="Dr A", at=datetime.now(UTC))
        head = log.head()
    target = home / "backup.zip"
    begun = time.perf_counter()
    back_up(where, home, target, datetime.now(UTC))
    backed_up, begun = time.perf_counter() - begun, time.perf_counter()
    restore(target, empty.parent if isinstance(empty, Path) else home / "other", empty, datetime.now(UTC))
    restored_s = time.perf_counter() - begun
    with closing(DecisionLog(empty)) as again:
        same = "same head" if (again.head(), again.verify()) == (head, None) else "ANOTHER HEAD"
    size_mb = target.stat().st_size / 1e6
    limit = "within" if restored_s <= LIMIT_RESTORE_S else "over"
    took = f"backup {backed_up:.1f} s, restore {restored_s:.1f} s ({limit} {LIMIT_RESTORE_S})"
    row(f"restore of {size_mb:.0f} MB, {head.events:,} decisions", name, same, took)


def full_disk(name: str, told: Filled) -> None:
    if told.why_not:
        row("a disk that fills up", name, "not assessed", told.why_not)
        return
    fate = f"kept {told.kept:,} before, lost {told.lost}, chains broken: {told.unsound}"
    row("a disk that fills up", name, fate, f"{told.refused} refused in a sentence, then decided again")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--tears", type=int, default=1000)
    parser.add_argument("--editors", type=int, default=20)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--restore-mb", type=int, default=100)
    parser.add_argument("--only", choices=("commits", "restore", "full", "tears", "kills"))
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"), help="only this one")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before")
    print("| | database | decisions | time |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name, maybe_postgresql() as postgresql:
        folder = Path(name)
        if asked.only in (None, "commits"):
            yardstick(folder)
            for place in places(folder, postgresql, asked.database):
                one_editor(*place)
            for pause_s, cases in ((0.0, 1), (0.0, 5), (PAUSE_S, 1)):
                for place in places(folder, postgresql, asked.database):
                    editors(asked, *place, pause_s, cases)
        if asked.only in (None, "restore"):
            pairs = zip(*(places(folder, postgresql, asked.database) for _ in range(2)), strict=True)
            for (database, where), (_, empty) in pairs:
                restores(asked, folder, database, where, empty)
        if asked.only in (None, "full"):
            full_disk("SQLite", fill_disk_of_file())
            if postgresql is not None:
                full_disk("PostgreSQL, disk of its tables", fill_disk_of_tables(postgresql))
                full_disk("PostgreSQL, disk of its own log", fill_disk_of_wal(postgresql))
        if asked.only in (None, "tears"):
            tears(asked, folder)
        if asked.only in (None, "kills"):
            for place in places(folder, postgresql, asked.database):
                kills(asked, *place)
    print(f"load average {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
