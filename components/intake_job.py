"""Reads a case in the background, in its turn, so that the rest of the app stays usable and it can be cancelled."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from components.intake_line import LINE, Line
from components.logs import log_defect
from models.case.store import CaseStore, CaseSummary
from models.errors import CaseboardError, Stopped
from models.intake import CaseOptions, GivenFile, Stop, read_case, stoppable

_log = logging.getLogger("caseboard")


class _Cancelled(Exception):
    """The person asked to stop; raised at the next step of the reading."""


@dataclass(eq=False)
class ReadingJob:
    """One reading, waiting in the line or under way. `steps`: what was done so far, the last one is happening now.

    started_s: when it was asked for, then when its turn came.
    """

    title: str
    steps: list[str] = field(default_factory=list)
    started_s: float = field(default_factory=time.monotonic)
    case: CaseSummary | None = None
    problem: CaseboardError | None = None
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)
    stop: Stop = field(default_factory=Stop)
    line: Line = LINE

    @property
    def before(self) -> int:
        """How many readings of other people end before this one begins; 0 once it is under way."""
        return self.line.before(self)

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.started_s

    def tell(self, step: str) -> None:
        """Called by the reader before each step; stops it when the person cancelled."""
        if self.cancelled.is_set():
            raise _Cancelled
        self.steps.append(step)

    def cancel(self) -> None:
        """The screen is free at once; the child that reads is ended, and nothing is kept."""
        self.cancelled.set()
        self.stop.now()
        self.line.look()


@dataclass(frozen=True)
class Reading:
    """What to read. sample_slug: the folder of a sample patient, "" for a person's own files."""

    title: str
    files: tuple[GivenFile, ...]
    options: CaseOptions
    sample_slug: str = ""


def start(
    reading: Reading,
    store: CaseStore,
    *,
    then: Callable[[str], object] = lambda _: None,
    tidy: Callable[[], None] = lambda: None,
    line: Line = LINE,
    person: str = "",
) -> ReadingJob:
    """Read and keep a case in a thread, when its turn in `line` comes. `then` gets its id (ranking ahead of the
    first look); `tidy` runs at the end whatever happened; person: account of who asked, "" without sign-in."""
    job = ReadingJob(reading.title, line=line)
    line.join(job, person)
    threading.Thread(target=_run, args=(job, reading, store, then, tidy), name="read-case", daemon=True).start()
    return job


def _run(
    job: ReadingJob, reading: Reading, store: CaseStore, then: Callable[[str], object], tidy: Callable[[], None]
) -> None:
    draft = None
    try:
        _take_turn(job)
        draft = store.new_draft()
        with stoppable(job.stop):
            case = read_case(reading.files, draft, reading.options, job.tell)
        job.tell("Keeping the case")
        known = store.by_sha256(case.sha256, case.reader_version)
        job.case = known or store.keep(draft, case, datetime.now(UTC), reading.sample_slug)
        job.tell("Checking the family and ranking the variants")
        _look_ahead(then, job.case.id)
    except (_Cancelled, Stopped):
        _log.info("reading cancelled")
    except CaseboardError as problem:
        job.problem = problem
    except Exception as defect:  # noqa: BLE001 - a thread must tell its screen, whatever went wrong
        log_defect(defect)
        job.problem = CaseboardError("Reading stopped because of a defect in Caseboard; nothing was kept.")
    finally:
        job.line.leave(job)
        if draft is not None:
            store.discard(draft)
        tidy()
        job.done.set()


def _take_turn(job: ReadingJob) -> None:
    job.line.wait(job, job.cancelled.is_set)
    if job.cancelled.is_set():
        raise _Cancelled
    job.started_s = time.monotonic()


def _look_ahead(then: Callable[[str], object], case_id: str) -> None:
    """A check that waits for a person is no failure of the reading: the screens say it again."""
    try:
        then(case_id)
    except CaseboardError as waiting:
        _log.info("ranking waits: %s", type(waiting).__name__)


def read_steps(job: ReadingJob) -> Sequence[str]:
    """The steps so far, a copy that the reader does not change while it is shown."""
    return tuple(job.steps)
