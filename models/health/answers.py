"""What a check may answer, and what all of them judge: facts measured once, so that each judgement is pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from models.case import NotAssessed
from models.health.upkeep import BackupNote, Verified
from models.knowledge import Release
from models.vault import Protection


@dataclass(frozen=True)
class Good:
    """In order. what: in words; number: the figure behind them with its unit, None without one."""

    what: str
    number: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Look:
    """Needs a person. to_do: what that person does; number and unit as in Good."""

    what: str
    to_do: str
    number: float | None = None
    unit: str = ""


Answer: TypeAlias = Good | Look | NotAssessed


@dataclass(frozen=True)
class Trouble:
    """Something could not be measured; sentence: what, and what to do where that is known."""

    sentence: str


@dataclass(frozen=True)
class Folder:
    """The data folder. free_bytes: on its disk. refused: why nothing can be written, "" when it can. others_may:
    read or enter it (POSIX mode); None where the system does not tell."""

    free_bytes: int
    refused: str
    others_may: bool | None


@dataclass(frozen=True)
class Decisions:
    """The database of the decisions. kind: with its version, never its address. answer_s: one round trip in seconds.
    last_at: ISO time of the last decision, "" without one."""

    kind: str
    answer_s: float
    revision: str
    events: int
    last_at: str


@dataclass(frozen=True)
class Keeping:
    """How long cases are kept. years: the period set here, None without one. due: cases past it. unfinished: deletions
    that were begun and have not ended."""

    years: int | None
    due: int
    unfinished: int


@dataclass(frozen=True)
class Server:
    """What only the running program knows. sign_in: people sign in; trouble: why they cannot, "" when they can.
    address: where it listens, "" for everywhere. sessions: windows open now."""

    sign_in: bool
    trouble: str
    address: str
    sessions: int


@dataclass(frozen=True)
class Memory:
    """In bytes: of this program, and what this computer could still give it."""

    used_bytes: int
    available_bytes: int


@dataclass(frozen=True)
class Versions:
    """caseboard: the commit, "" when this copy does not tell. packages: how many are pinned; others: those that are
    installed in another version, or not at all."""

    caseboard: str
    python: str
    packages: int
    others: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Everything measured at one moment (with its offset). None: not there (never done, not the running server)."""

    at: datetime
    folder: Folder | Trouble
    protection: Protection
    decisions: Decisions | Trouble
    verified: Verified | None
    backup: BackupNote | None
    keeping: Keeping | Trouble
    releases: tuple[Release, ...] | Trouble
    model: str | Trouble
    memory: Memory | Trouble
    versions: Versions | Trouble
    server: Server | None


class Group(str, Enum):
    """The parts of the screen, in their order."""

    DECISIONS = "Decisions"
    FOLDER = "Data folder"
    KNOWLEDGE = "Knowledge and model"
    SERVER = "This server"


@dataclass(frozen=True)
class Check:
    """One question. key: for other programs, never changed; title: for people."""

    key: str
    title: str
    group: Group
    judge: Callable[[Facts], Answer]
