"""What the checks judge, measured once; what cannot be measured becomes a sentence, so that the rest is still told."""

import importlib.metadata
import os
import platform
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import psutil
from sqlalchemy import Connection, func, select, text

from models.errors import CaseboardError, InputError
from models.health.answers import Decisions, Facts, Folder, Keeping, Memory, Server, Trouble, Versions
from models.health.upkeep import last_backup, last_verified
from models.knowledge import Library, Release
from models.knowledge.load import releases_in_use
from models.ranking import SHIPPED
from models.ranking.manifest import EFFECT_NAME, RANKER_NAME, read_manifest, read_model
from models.review import DecisionLog
from models.review.certificates import certificates
from models.review.retention import retention_years, retentions
from models.review.tables import event
from models.vault import protection

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "requirements.txt"
T = TypeVar("T")


def measure(
    home: Path, log: Callable[[], DecisionLog], library: Library, at: datetime, server: Server | None = None
) -> Facts:
    """Everything there is to know at this moment. log: opens the decisions, and may raise CaseboardError.

    server: None in the terminal, which cannot know what a running Caseboard does.
    """
    return Facts(
        at=at,
        folder=_tried(lambda: _folder(home)),
        protection=protection(home),
        decisions=_tried(lambda: _decisions(_of_this_home(home, log)())),
        verified=last_verified(home),
        backup=last_backup(home),
        keeping=_tried(lambda: _keeping(_of_this_home(home, log)(), at)),
        releases=_tried(lambda: _releases(library)),
        model=_tried(_model),
        memory=_tried(_memory),
        versions=_tried(lambda: _versions(PINS)),
        server=server,
    )


def _tried(ask: Callable[[], T]) -> T | Trouble:
    """One broken part must not hide the others."""
    try:
        return ask()
    except CaseboardError as problem:
        return Trouble(problem.sentence)
    except OSError as problem:
        return Trouble(f"The system refused: {problem.strerror or type(problem).__name__}.")


def _of_this_home(home: Path, log: Callable[[], DecisionLog]) -> Callable[[], DecisionLog]:
    """`log`, where there is a data folder: a wrong $CASEBOARD_HOME must not be told as an installation in order."""
    if not home.is_dir():
        raise InputError("There is no data folder here; look whether $CASEBOARD_HOME names the right one.")
    return log


def _folder(home: Path) -> Folder:
    others_may = bool(home.stat().st_mode & 0o077) if os.name == "posix" else None
    return Folder(shutil.disk_usage(home).free, _refused(home), others_may)


def _refused(folder: Path) -> str:
    """What the system says to a byte written there: rights and mounts tell less than trying."""
    try:
        with tempfile.TemporaryFile(dir=folder) as out:
            out.write(b"x")
            out.flush()
    except OSError as problem:
        return problem.strerror or type(problem).__name__
    return ""


def _decisions(log: DecisionLog) -> Decisions:
    with log.database.reading() as connection:
        begun = time.perf_counter()
        connection.execute(text("SELECT 1")).scalar_one()
        answer_s = time.perf_counter() - begun
        revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
        events = int(connection.execute(select(func.count()).select_from(event)).scalar_one())
        last = connection.execute(select(event.c.at).order_by(event.c.seq.desc()).limit(1)).scalar()
        return Decisions(_kind(connection), answer_s, revision, events, str(last or ""))


def _keeping(log: DecisionLog, at: datetime) -> Keeping:
    years = retention_years()
    with log.database.reading() as connection:
        due = sum(one.is_due(at) for one in retentions(connection, years).values()) if years else 0
        return Keeping(years, due, sum(not one.is_complete for one in certificates(connection)))


def _kind(connection: Connection) -> str:
    if connection.dialect.name == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}, a file in the data folder"
    version = str(connection.execute(text("SHOW server_version")).scalar_one())
    return f"PostgreSQL {version.split(maxsplit=1)[0]}"


def _releases(library: Library) -> tuple[Release, ...]:
    return releases_in_use(library, library.in_use())


def _model() -> str:
    """The version of the shipped model, every byte of it compared with its manifest."""
    manifest = read_manifest(SHIPPED)
    for name in (RANKER_NAME, EFFECT_NAME):
        read_model(SHIPPED, name, manifest)
    return str(manifest.get("version", ""))


def _memory() -> Memory:
    try:
        return Memory(int(psutil.Process().memory_info().rss), int(psutil.virtual_memory().available))
    except psutil.Error as problem:
        raise CaseboardError("This system does not say how much memory is used.") from problem


def _versions(pins: Path) -> Versions:
    pinned = dict(_pin(line) for line in pins.read_text(encoding="utf-8").splitlines() if "==" in line)
    others = tuple(f"{name} {_installed(name)} in place of {v}" for name, v in pinned.items() if _installed(name) != v)
    return Versions(_commit(ROOT / ".git"), platform.python_version(), len(pinned), others)


def _pin(line: str) -> tuple[str, str]:
    name, _, version = line.partition("==")
    return name.split("[")[0].strip(), version.split("#")[0].strip()


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "nothing"


def _commit(git: Path) -> str:
    """The first 12 signs of the commit this copy was made from, "" when it is no clone."""
    try:
        head = (git / "HEAD").read_text(encoding="ascii").strip()
        name = head.removeprefix("ref: ")
        if name == head:
            return head[:12]
        if (git / name).is_file():
            return (git / name).read_text(encoding="ascii").strip()[:12]
        packed = (git / "packed-refs").read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
    found = re.search(rf"^([0-9a-f]{{12}})[0-9a-f]* {re.escape(name)}$", packed, re.MULTILINE)
    return found[1] if found else ""
