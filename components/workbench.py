"""One piece of long work at a time, in the background, so that the app stays usable meanwhile.

The Knowledge screen has a workbench for what it installs, the System screen one for verifying and backing up.
"""

import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from components.logs import log_defect
from models.errors import CaseboardError, InputError, Stopped
from models.knowledge.library.offer import Progress

INSTALLED = "what was installed before is as it was"


@dataclass(frozen=True)
class Outcome:
    """How work ended: what to tell, and what was found wrong, a sentence each."""

    said: tuple[str, ...]
    wrong: tuple[str, ...] = ()


Work = Callable[[Progress], Outcome]  # may raise CaseboardError


@dataclass
class Job:
    """One piece of work under way. share: done, 0..1, None when unknown. outcome: None until it has ended.

    unchanged: what is as it was when the work did not end. can_stop: it says its steps, so it can end at one.
    """

    title: str
    unchanged: str = INSTALLED
    can_stop: bool = True
    doing: str = "Starting"
    share: float | None = None
    outcome: Outcome | None = None
    problem: CaseboardError | None = None
    started_s: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.started_s

    def tell(self, doing: str, share: float | None) -> None:
        """What the work says before each step; raises Stopped when the person cancelled."""
        if self.cancelled.is_set():
            raise Stopped(f"Cancelled; {self.unchanged}.")
        self.doing, self.share = doing, share

    def cancel(self) -> None:
        """Ends at the next step; what was downloaded is kept, so that another try goes on from there."""
        self.cancelled.set()


class Workbench:
    """Holds the job of this process: every window sees the same one. unchanged: as in Job."""

    def __init__(self, unchanged: str = INSTALLED) -> None:
        self._unchanged = unchanged
        self._lock = threading.Lock()
        self.job: Job | None = None

    def start(self, title: str, work: Work, tidy: Callable[[], None] = lambda: None, *, can_stop: bool = True) -> Job:
        """Begin in a thread; `tidy` runs at its end whatever happened. Raises InputError while another runs."""
        with self._lock:
            if self.job is not None and not self.job.done.is_set():
                tidy()
                raise InputError(f"{self.job.title} is under way; wait for its end or cancel it.")
            self.job = job = Job(title, self._unchanged, can_stop)
        threading.Thread(target=_run, args=(job, work, tidy), name="workbench", daemon=True).start()
        return job

    def clear(self) -> None:
        """Forget a job that has ended."""
        with self._lock:
            if self.job is not None and self.job.done.is_set():
                self.job = None


def _run(job: Job, work: Work, tidy: Callable[[], None]) -> None:
    try:
        job.outcome = work(job.tell)
    except CaseboardError as problem:
        job.problem = problem
    except Exception as defect:  # noqa: BLE001 - a thread must tell its screen, whatever went wrong
        log_defect(defect)
        job.problem = CaseboardError(f"This stopped because of a defect in Caseboard; {job.unchanged}.")
    finally:
        tidy()
        job.done.set()


def discard(folders: Sequence[Path]) -> None:
    """Throw away what was dropped for a job."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
