"""What the tests rehearse a few times and `benchmarks/durability.py` a thousand times. Each drill returns counts."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from models.review import Conflict, DecisionLog, Event
from models.review.commands import Dismiss, Shortlist, WriteNote

ROOT = Path(__file__).resolve().parents[2]
CASES = ("c-1", "c-2", "c-3")
# Decides without end on three cases in turn, and says the case and the number of each decision once it is kept.
WRITER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from models.review import DecisionLog
from models.review.commands import WriteNote
where = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
log = DecisionLog(where)
number = 0
while True:
    case_id = f"c-{number % 3 + 1}"
    kept = log.decide(case_id, WriteNote(0, f"{number} " * 40), who="Dr A", at=datetime.now(UTC))
    os.write(1, f"{case_id} {kept.version}\\n".encode())  # at once: half a line would be told of a killed one
    number += 1
"""
# The same writer many times over without importing everything again: a parent forks it.
NURSERY = """
import os, sys
import models.review.log
code = compile({writer!r}, "writer", "exec")
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.write(1, f"pid {{os.getpid()}}\\n".encode())
        exec(code, {{"__name__": "writer"}})
    os.waitpid(child, 0)
    os.write(1, b"gone\\n")
"""


@dataclass
class Killed:
    """kills: rehearsed; acknowledged: decisions told to be kept; lost: of those not there; unsound: chains broken."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsound: int = 0


def kill_writers(where: Path | str, kills: int, chance: random.Random, longest_s: float = 0.03) -> Killed:
    """Kill a writer -9 up to `longest_s` after its first decision and look what is there; again and again."""
    told = Killed()
    known = dict.fromkeys(CASES, 0)
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY.format(writer=WRITER), str(where)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with nursery, closing(DecisionLog(where)) as log:
        for _ in range(kills):
            said = _one_life(nursery, chance.uniform(0, longest_s))
            for case_id, version in said:
                known[case_id] = max(known[case_id], version)
            told.kills += 1
            told.acknowledged += len(said)
            told.lost += sum(max(known[c] - log.state(c).version, 0) for c in CASES)
        told.unsound = int(log.verify() is not None)
        nursery.stdin.close()
    return told


def _one_life(nursery: subprocess.Popen, seconds: float) -> list[tuple[str, int]]:
    nursery.stdin.write("go\n")
    nursery.stdin.flush()
    pid, said = 0, []
    killed = None
    for line in nursery.stdout:
        words = line.split()
        if words == ["gone"]:
            break
        if words[0] == "pid":
            pid = int(words[1])
        elif len(words) == 2:
            said.append((words[0], int(words[1])))
            if killed is None:
                killed = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
                killed.start()
    assert killed is not None, "the writer ended before its first decision"
    killed.join()
    return said


@dataclass
class Torn:
    """copies: torn; unsound: did not open, broken chain, or not the beginning of what was decided; kept: decisions
    found in each copy."""

    copies: int = 0
    unsound: int = 0
    kept: list[int] = field(default_factory=list)


def tear_wals(folder: Path, copies: int, chance: random.Random, decisions: int = 60) -> Torn:
    """Copies of a log whose WAL ends at a random byte, every second one in rubbish, as after a loss of power.

    Before, `decisions` were moved into the file itself, and as many are in the WAL alone.
    """
    told = Torn()
    path = folder / "decisions.db"
    with closing(DecisionLog(path)) as log:
        whole = [_note(log, n) for n in range(decisions)]
    with closing(DecisionLog(path)) as log:
        whole += [_note(log, n) for n in range(decisions, 2 * decisions)]
        database, wal = path.read_bytes(), path.with_name("decisions.db-wal").read_bytes()
    for number in range(copies):
        cut = wal[: chance.randrange(len(wal) + 1)]
        if number % 2:
            end = chance.randrange(1, 5000)
            cut = cut[:-end] + chance.randbytes(min(end, len(cut)))
        there = _left_of(folder / "torn", database, cut, whole)
        told.copies += 1
        told.unsound += int(there < decisions)
        told.kept.append(there)
    return told


def _note(log: DecisionLog, number: int) -> Event:
    case_id = CASES[number % len(CASES)]
    return log.decide(case_id, WriteNote(0, f"{number} " * 40), who="Dr A", at=datetime.now(UTC))


def _left_of(folder: Path, database: bytes, wal: bytes, whole: Sequence[Event]) -> int:
    """How many decisions a copy holds; -1 when they are not the first ones of the whole or a chain is broken."""
    folder.mkdir()
    (folder / "decisions.db").write_bytes(database)
    (folder / "decisions.db-wal").write_bytes(wal)
    try:
        with closing(DecisionLog(folder / "decisions.db")) as log:
            found = sorted((e for c in CASES for e in log.events(c)), key=lambda e: e.seq)
            sound = log.verify() is None and found == list(whole[: len(found)])
        return len(found) if sound else -1
    finally:
        shutil.rmtree(folder)


@dataclass
class Edited:
    """kept, conflicts: what the editors were told; lost: kept but not there; overwritten: kept over a decision that the
    editor had not seen; answer_s: seconds until each answer."""

    editors: int = 0
    edits: int = 0
    kept: int = 0
    conflicts: int = 0
    lost: int = 0
    overwritten: int = 0
    unsound: int = 0
    answer_s: list[float] = field(default_factory=list)


def many_editors(log: DecisionLog, editors: int, edits: int, pause_s: float = 0.0, cases: int = 1) -> Edited:
    """Everybody edits one case of so many: half of the edits the same five variants, each on the screen of two edits
    before. A conflict is looked at and decided again.

    pause_s: how long it is from one edit to the next, on average, however late the answer comes; an answer is then
    timed from when the edit was due. 0: the next begins with the answer.
    """
    told = Edited(editors, editors * edits)
    kept: list[list[Event]] = [[] for _ in range(editors)]
    conflicts: list[list[Conflict]] = [[] for _ in range(editors)]
    times: list[list[float]] = [[] for _ in range(editors)]
    problems: list[BaseException] = []

    def edit(me: int) -> None:
        chance, case_id = random.Random(me), f"c-{me % cases + 1}"
        try:
            screen, due = log.state(case_id).version, time.perf_counter()
            for number in range(edits):
                due += chance.uniform(0, 2 * pause_s)
                time.sleep(max(due - time.perf_counter(), 0))
                shared = chance.random() < 0.5
                allele = f"chr1-{chance.randrange(5)}-A-T" if shared else f"chr{me}-{number}-A-T"
                word = f"{me}/{number}"
                begun = due if pause_s else time.perf_counter()
                while True:
                    command = Shortlist(screen, allele, word) if number % 2 else Dismiss(screen, allele, word)
                    outcome = log.decide(
                        case_id, command, who=f"Dr {me}", at=datetime.now(UTC), evidence={"seen": screen}
                    )
                    times[me].append(time.perf_counter() - begun)
                    if isinstance(outcome, Event):
                        kept[me].append(outcome)
                        break
                    conflicts[me].append(outcome)
                    screen = log.state(case_id).version
                    begun = time.perf_counter()
                if number % 2:
                    screen = log.state(case_id).version
        except BaseException as problem:  # noqa: BLE001  raised again below, in the thread that waits
            problems.append(problem)

    threads = [threading.Thread(target=edit, args=(n,)) for n in range(editors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    stored = {e.hash: e for number in range(cases) for e in log.events(f"c-{number + 1}")}
    told.kept = sum(map(len, kept))
    told.conflicts = sum(map(len, conflicts))
    told.lost = sum(e.hash not in stored for mine in kept for e in mine)
    told.overwritten = _overwritten(list(stored.values()))
    told.unsound = int(log.verify() is not None)
    told.answer_s = sorted(t for mine in times for t in mine)
    return told


def _overwritten(events: Sequence[Event]) -> int:
    """Decisions that replaced one of the same variant which their editor's screen had not shown."""
    last: dict[tuple[str, str], int] = {}
    count = 0
    for event in events:
        allele = event.case_id, event.payload["allele"]
        count += int(last.get(allele, 0) > event.evidence["seen"])
        last[allele] = event.version
    return count
