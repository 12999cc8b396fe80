"""T18: readings are queued, so that one person's files do not starve everybody else's screens."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from components import intake_job
from components.intake_job import Reading, ReadingJob
from components.intake_line import READ_AT_ONCE, Line
from components.reading_progress import in_line
from models.case.store import CaseStore
from models.errors import CaseboardError
from models.intake import CaseOptions
from tests.waiting import PATIENCE_S, wait_for


@dataclass
class Hall:
    """Readings that go on until they are let go; `read` in the order they began."""

    home: Path
    line: Line = field(default_factory=Line)
    go: dict[str, threading.Event] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    tidied: list[str] = field(default_factory=list)
    jobs: list[ReadingJob] = field(default_factory=list)

    def reading(self, files: tuple[str, ...], draft: Path, options: CaseOptions, tell: Callable[[str], None]) -> None:
        name = options.pseudonym
        self.read.append(name)
        tell("Reading the variants")
        assert self.go[name].wait(PATIENCE_S)
        tell("Reading the rest")
        raise CaseboardError("This is no VCF.") if name == "damaged" else RuntimeError("a defect")

    def start(self, name: str) -> ReadingJob:
        self.go[name] = threading.Event()
        reading = Reading(name, (), CaseOptions(pseudonym=name))
        job = intake_job.start(reading, CaseStore(self.home), tidy=lambda: self.tidied.append(name), line=self.line)
        self.jobs.append(job)
        return job

    def filled(self) -> list[ReadingJob]:
        """As many readings under way as there may be."""
        jobs = [self.start(name) for name in ("damaged", "defect")]
        assert len(jobs) == READ_AT_ONCE
        wait_for(lambda: len(self.read) == READ_AT_ONCE)
        return jobs

    def drafts(self) -> int:
        return len(list((self.home / "drafts").iterdir()))


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    one = Hall(tmp_path)
    monkeypatch.setattr(intake_job, "read_case", one.reading)
    yield one
    for go in one.go.values():
        go.set()
    assert all(job.done.wait(PATIENCE_S) for job in one.jobs)


def test_two_cases_are_read_at_once_and_who_comes_later_is_told_the_place(hall: Hall) -> None:
    under_way = hall.filled()
    waiting = [hall.start(name) for name in ("third", "fourth")]
    assert [job.before for job in under_way] == [0, 0]
    assert [job.before for job in waiting] == [1, 2]
    assert sorted(hall.read) == ["damaged", "defect"]
    assert hall.drafts() == 2
    assert [job.steps for job in waiting] == [[], []]


@pytest.mark.parametrize(("ending", "kind"), [("damaged", "This is no VCF."), ("defect", "defect in Caseboard")])
def test_a_reading_that_fails_or_crashes_lets_the_next_in_line_begin(hall: Hall, ending: str, kind: str) -> None:
    under_way = dict(zip(("damaged", "defect"), hall.filled(), strict=True))
    waiting = [hall.start(name) for name in ("third", "fourth")]
    hall.go[ending].set()
    wait_for(lambda: "third" in hall.read)
    assert [job.before for job in waiting] == [0, 1]
    assert under_way[ending].done.wait(PATIENCE_S)
    assert kind in under_way[ending].problem.sentence
    assert hall.tidied == [ending]


def test_who_gives_up_in_the_line_leaves_nothing_behind_and_those_behind_move_up(hall: Hall) -> None:
    hall.filled()
    third, fourth = hall.start("third"), hall.start("fourth")
    third.cancel()
    assert third.done.wait(PATIENCE_S)
    assert (third.case, third.problem, hall.tidied) == (None, None, ["third"])
    assert fourth.before == 1
    assert hall.drafts() == 2
    assert "third" not in hall.read


def test_a_cancelled_reading_gives_its_place_to_the_next(hall: Hall) -> None:
    first, _ = hall.filled()
    third = hall.start("third")
    first.cancel()
    hall.go["damaged"].set()
    wait_for(lambda: "third" in hall.read)
    assert first.done.wait(PATIENCE_S)
    assert (first.problem, third.before) == (None, 0)


def test_who_drops_fifty_files_makes_nobody_wait_for_fifty() -> None:
    line = Line()
    for number in range(50):
        line.join(f"flood {number}", "eve")
    for late in ("ada", "ben"):
        line.join(late, late)
    line.join("ada again", "ada")
    assert [line.before(f"flood {n}") for n in (0, 1)] == [0, 0]
    assert [line.before(who) for who in ("ada", "ben", "ada again", "flood 2")] == [1, 2, 3, 4]
    for done in ("flood 1", "flood 0"):
        line.leave(done)
    assert [line.before(who) for who in ("ada", "ben", "ada again")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (0, "Starting"),
        (1, "One reading of others before yours; it then begins by itself"),
        (2, "2 readings of others before yours; it then begins by itself"),
    ],
)
def test_the_place_in_the_line_is_said_in_words(before: int, words: str) -> None:
    assert in_line(before) == words
