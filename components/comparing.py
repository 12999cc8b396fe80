"""Sets the stored cases beside today's knowledge in the background, one after the other, so that no page waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.logs import log_defect
from models.errors import CaseboardError

if TYPE_CHECKING:
    from models.reanalysis import Compared

_log = logging.getLogger("caseboard")


@dataclass
class ComparingJob:
    """One walk over some cases. results: of those done so far, by case id."""

    cases: tuple[str, ...]
    results: dict[str, Compared] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """The case under way is finished; the others wait for the next time."""
        self.stopped.set()


@dataclass
class Comparisons:
    """All walks of this process, at most one at a time.

    tried: cases with what was asked of them, so that one that cannot be compared is not tried again at each
    rerun. held_back: what a person stopped; nothing starts by itself until there is something new.
    """

    job: ComparingJob | None = None
    tried: dict[str, str] = field(default_factory=dict)
    held_back: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def under_way(self) -> ComparingJob | None:
        return None if self.job is None or self.job.done.is_set() else self.job

    @property
    def left_out(self) -> int:
        """How many cases a walk that a person stopped did not reach."""
        if self.job is None or self.under_way or not self.job.stopped.is_set():
            return 0
        return len(self.job.cases) - len(self.job.results)

    def start(self, asked: dict[str, str], reason: str, one: Callable[[str], Compared]) -> ComparingJob | None:
        """Walk the cases of `asked` (id -> what is asked) not yet tried. reason: what is in use now; a person who
        stopped a walk for it is not asked again. None when nothing runs."""
        with self.lock:
            if self.under_way:
                return self.job
            if self.job and self.job.stopped.is_set() and not self.held_back:
                self.held_back = reason
            open_ = tuple(case for case, asks in asked.items() if self.tried.get(case) != asks)
            if not open_ or self.held_back == reason:
                return None
            self.held_back = ""
            self.tried |= {case: asked[case] for case in open_}
            self.job = ComparingJob(open_)
            threading.Thread(target=_walk, args=(self.job, one), name="compare-cases", daemon=True).start()
            return self.job

    def go_on(self) -> None:
        """A person wants what they stopped after all."""
        with self.lock:
            left = [c for c in self.job.cases if c not in self.job.results] if self.job else []
            for case in left:
                self.tried.pop(case, None)
            self.job, self.held_back = None, ""


def _walk(job: ComparingJob, one: Callable[[str], Compared]) -> None:
    try:
        for case in job.cases:
            if job.stopped.is_set():
                return
            job.results[case] = _compared(case, one)
    finally:
        job.done.set()


def _compared(case: str, one: Callable[[str], Compared]) -> Compared:
    from models.reanalysis import Compared
    from models.reanalysis.kept import UNWRITABLE

    try:
        return one(case)
    except CaseboardError as problem:
        return Compared(not_compared=problem.sentence)
    except OSError as problem:
        _log.warning("a case was not compared: %s", type(problem).__name__)
        return Compared(not_compared=UNWRITABLE)
    except Exception as defect:  # noqa: BLE001 - one case must not stop the others; the log gets kind and place
        log_defect(defect)
        return Compared(not_compared="a defect in Caseboard stopped it")
