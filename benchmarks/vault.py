"""What an encrypted vault costs, beside the plain folder on the same disk in one run, and whether it loses anything.

    python -m benchmarks.vault --cache ~/.cache/caseboard-bench [--decisions 2000] [--runs 5] [--kills 200]
        [--tears 200] [--program-kills 20] [--backup-mb 200]

Pairs: the same work on the plain folder and in the vault, in turns, so that what else the machine does meets both. The
drills are those of benchmarks/durability.py, and one of the vault's own: gocryptfs itself is killed (-9) while somebody
decides. What it does not show: loss of power; a disk slower than this one, on which encryption costs relatively less.
"""

import argparse
import os
import random
import resource
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.case_speed import FAMILY, PED, TERMS, one_round
from benchmarks.durability import percentile
from benchmarks.intake_speed import made
from models.case.store import CaseStore
from models.errors import CaseboardError
from models.intake import CaseOptions, GivenFile, keep_a_child_ready, read_case, warm_up
from models.knowledge import load_knowledge
from models.ranking import load_scorer
from models.review import DecisionLog
from models.review.backup import back_up
from models.review.commands import WriteNote
from models.review.restore import restore
from models.review.sealed import Keys, Seal
from models.vault import Vault, age_file, vault_of
from models.vault.gocryptfs import mount, unmount, why_not_usable
from models.vault.moving_in import create
from models.workup import inspect
from tests.durability.drills import kill_writers, tear_wals
from tests.vault.conftest import program_of

PASSPHRASE = "a passphrase for measuring"


@contextmanager
def a_vault(folder: Path) -> Iterator[Vault]:
    vault = vault_of(folder / "caseboard")
    create(vault, PASSPHRASE, "", lambda: None)
    try:
        yield vault
    finally:
        unmount(vault)


def row(what: str, *values: str) -> None:
    print("| " + " | ".join((what, *values)) + " |", flush=True)


def paired(what: str, unit: str, plain: list[float], sealed: list[float]) -> None:
    """Medians, and the median of the ratios of each pair."""
    ratio = statistics.median(b / a for a, b in zip(plain, sealed, strict=True))
    row(what, f"{statistics.median(plain):.2f} {unit}", f"{statistics.median(sealed):.2f} {unit}", f"{ratio:.2f}")


def commits(plain: Path, sealed: Path, decisions: int, block: int = 100) -> None:
    """Blocks of decisions in turns; p50 and p99 over all."""
    taken: dict[Path, list[float]] = {plain: [], sealed: []}
    with closing(DecisionLog(plain / "decisions.db")) as a, closing(DecisionLog(sealed / "decisions.db")) as b:
        for start in range(0, decisions, block):
            for home, log in ((plain, a), (sealed, b)):
                taken[home] += [_commit(log, number) for number in range(start, start + block)]
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        found = [percentile(sorted(taken[home]), share) for home in (plain, sealed)]
        row(f"{decisions:,} decisions, {name}", *(f"{ms:.1f} ms" for ms in found), f"{found[1] / found[0]:.2f}")


def _commit(log: DecisionLog, number: int) -> float:
    begun = time.perf_counter()
    log.decide(f"c-{number % 20}", WriteNote(0, f"note {number} " * 10), who="Dr A", at=datetime.now(UTC))
    return time.perf_counter() - begun


def cases(plain: Path, sealed: Path, cache: Path, runs: int) -> None:
    """The exome trio of case_speed.py: read to its list, and opened again."""
    vcf = made(cache, "exome", 100_000, FAMILY, rich=True)
    knowledge, scorer = load_knowledge(), load_scorer()
    warm_up()
    keep_a_child_ready()
    stores, seconds = [CaseStore(plain), CaseStore(sealed)], []
    ped = cache / "family.ped"
    ped.write_text(PED)
    files = (GivenFile(vcf, "exome.vcf.gz"), GivenFile(ped, "family.ped"))
    case = read_case(files, stores[0].new_draft(), CaseOptions(terms=TERMS))
    codes = frozenset(f.key for f in inspect(case, knowledge)[1])
    for number in range(runs):
        turn = (0, 1) if number % 2 else (1, 0)  # neither always finds the machine warmed up by the other
        done = {at: one_round(vcf, files, stores[at], codes, knowledge, scorer) for at in turn}
        seconds.append([done[0], done[1]])
    for name in ("file to ranked list", "opened again"):
        paired(f"exome trio of 100,000 variants, {name}", "s", *([r[at][name] for r in seconds] for at in (0, 1)))


def reading(plain: Path, sealed: Path, runs: int, size_mb: int = 200) -> None:
    """A file read from end to end once it lies there: what the kernel remembers of it is used, as in everyday work."""
    times = []
    for home in (plain, sealed):
        _fill(home / "large", size_mb)
    for _ in range(runs):
        times.append([_timed(lambda home=home: (home / "large").read_bytes()) for home in (plain, sealed)])
    paired(f"a file of {size_mb} MB read", "s", *([t[at] for t in times] for at in (0, 1)))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def drills(vault: Vault, asked: argparse.Namespace) -> None:
    told = kill_writers(vault.home / "killed.db", asked.kills, random.Random(1))
    row(f"{told.kills:,} kill -9 of the writer", "", f"lost {told.lost} of {told.acknowledged:,}", f"{told.unsound}")
    folder = vault.home / "torn"
    folder.mkdir()
    torn = tear_wals(folder, asked.tears, random.Random(1))
    row(f"{torn.copies:,} torn WAL copies", "", f"consistent {torn.copies - torn.unsound:,}", f"{torn.unsound}")
    acknowledged, lost, unsound = kill_program(vault, asked.program_kills)
    row(f"{asked.program_kills} kill -9 of gocryptfs", "", f"lost {lost} of {acknowledged:,}", f"{unsound}")


def kill_program(vault: Vault, kills: int) -> tuple[int, int, int]:
    """gocryptfs dies while somebody decides: decisions acknowledged before, those missing when it is open again, chains
    broken."""
    acknowledged, lost, unsound, chance = 0, 0, 0, random.Random(1)
    for number in range(kills):
        where = vault.home / f"program-{number % 3}.db"
        kept, until = 0, time.perf_counter() + chance.uniform(0.01, 0.2)
        log = DecisionLog(where)
        before = log.state("c-1").version
        with suppress(CaseboardError):
            while True:
                if time.perf_counter() > until:
                    os.kill(program_of(vault), signal.SIGKILL)
                    until = float("inf")
                log.decide("c-1", WriteNote(0, f"{number}"), who="Dr A", at=datetime.now(UTC))
                kept += 1
        log.close()
        mount(vault, PASSPHRASE)
        with closing(DecisionLog(where)) as again:
            acknowledged += kept
            lost += max(before + kept - again.state("c-1").version, 0)
            unsound += int(again.verify() is not None)
    return acknowledged, lost, unsound


def backups(home: Path, folder: Path, size_mb: int) -> None:
    """The same installation backed up and restored, plain and encrypted to a key, and by how much memory grew."""
    _fill(home / "cases" / "c-0" / "variants.arrow", size_mb)
    with closing(DecisionLog(home / "decisions.db")) as log:
        _commit(log, 0)
    (folder / "key").write_text(str(key := age_file.new_key()))
    keys, now = Keys(str, folder / "key"), datetime.now(UTC)
    for what, seal in (("plain", None), ("encrypted", Seal(to=(str(key.to_public()),)))):
        file, other, before_mb = folder / f"{what}.backup", folder / f"{what}-home", _peak_mb()
        made_s = _timed(lambda f=file, s=seal: back_up(home / "decisions.db", home, f, now, s))
        restored_s = _timed(lambda f=file, o=other: restore(f, o, o / "decisions.db", now, keys))
        grown = f"memory grew by {_peak_mb() - before_mb:.0f} MB"
        row(f"backup of {size_mb} MB, {what}", f"made {made_s:.1f} s", f"restored {restored_s:.1f} s", grown)


def _fill(path: Path, size_mb: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    block = random.Random(1).randbytes(1 << 20)
    with path.open("wb") as out:
        for _ in range(size_mb):
            out.write(block)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    for name, usual in (("decisions", 2000), ("runs", 5), ("kills", 200), ("tears", 200), ("program-kills", 20)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--backup-mb", type=int, default=200)
    asked = parser.parse_args()
    if reason := why_not_usable():
        sys.exit(reason)
    asked.cache.mkdir(parents=True, exist_ok=True)
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before")
    print("| | plain folder | vault | ratio, or chains broken |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=asked.cache) as name, a_vault(Path(name)) as vault:
        plain = Path(name) / "plain"
        plain.mkdir()
        backups(Path(name) / "of-backup", Path(name), asked.backup_mb)
        commits(plain, vault.home, asked.decisions)
        reading(plain, vault.home, asked.runs)
        cases(plain, vault.home, asked.cache, asked.runs)
        drills(vault, asked)
    print(f"load average {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
