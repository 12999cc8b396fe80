"""Decisions that wait at the same moment share a transaction: each is judged, answered and kept as if it came alone."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

from models.errors import InputError, IntegrityError
from models.review import Conflict, Event
from models.review.chain import locked_head
from models.review.commands import Dismiss, Shortlist, WriteNote
from models.review.together import Together
from tests.waiting import PATIENCE_S, wait_for

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def stand_in_line(together, line, count):
    """So many wait behind one who is at work."""
    return line in together._lines and len(together._lines[line]) == count


class Desk:
    """Answers rounds of wishes with themselves; the first round waits until it is let go."""

    def __init__(self):
        self.rounds, self.problem, self.go = [], None, threading.Event()
        self.together = Together(self.answer)

    def answer(self, wishes):
        self.rounds.append(list(wishes))
        if len(self.rounds) == 1:
            assert self.go.wait(PATIENCE_S)
        elif self.problem:
            raise self.problem
        return wishes

    def ask_while_the_first_is_at_work(self, count, *, elsewhere=True):
        with ThreadPoolExecutor(count + 1) as people:
            told = [people.submit(self.together.ask, "c-1", 0)]
            wait_for(lambda: self.rounds)
            for number in range(1, count + 1):
                told.append(people.submit(self.together.ask, "c-1", number))
                wait_for(partial(stand_in_line, self.together, "c-1", number))
            if elsewhere:
                assert self.together.ask("c-2", "another case") == "another case"
            self.go.set()
        return told


def test_all_who_wait_are_answered_in_one_round_in_the_order_they_came():
    desk = Desk()
    told = desk.ask_while_the_first_is_at_work(4)
    assert [t.result() for t in told] == [0, 1, 2, 3, 4]
    assert desk.rounds == [[0], ["another case"], [1, 2, 3, 4]]
    assert desk.together._lines == {}


def test_a_round_that_fails_is_told_to_each_of_its_people_and_the_next_goes_on():
    desk = Desk()
    desk.problem = IntegrityError("The disk is full.")
    first, *others = desk.ask_while_the_first_is_at_work(3, elsewhere=False)
    assert first.result() == 0
    assert [str(t.exception()) for t in others] == ["The disk is full."] * 3
    desk.problem = None
    assert desk.together.ask("c-1", 4) == 4
    assert desk.together._lines == {}


def decided_together(log, commands, case_id="c-1"):
    """What each command becomes when all wait while another transaction holds the case."""
    line = "" if log.database.is_sqlite else case_id
    with ThreadPoolExecutor(len(commands)) as people, log.database.writing() as connection:
        locked_head(connection, case_id)
        told: list[Future] = []
        for number, command in enumerate(commands):
            told.append(people.submit(log.decide, case_id, command, who=f"Dr {number}", at=AT))
            wait_for(partial(stand_in_line, log._together, line, number))
        connection.rollback()
    return [t.exception() or t.result() for t in told]


def test_decisions_that_wait_together_see_each_other_and_one_refused_holds_nobody_up(log):
    said = decided_together(
        log,
        [
            WriteNote(0, "the first leads the round before"),
            Shortlist(0, "chr1-1-A-T"),
            Dismiss(0, "chr1-1-A-T", "artefact"),
            Dismiss(0, "chr1-2-A-T", " "),
            WriteNote(0, "the last"),
        ],
    )
    assert [type(s) for s in said] == [Event, Event, Conflict, InputError, Event]
    assert said[2].theirs == said[1]
    assert log.events("c-1") == (said[0], said[1], said[4])
    assert [e.version for e in log.events("c-1")] == [1, 2, 3]
    assert log.verify() is None


def test_decisions_on_several_cases_that_wait_together_each_join_their_own_chain(log):
    with ThreadPoolExecutor(6) as people, log.database.writing() as connection:
        locked_head(connection, "c-0")
        told = [people.submit(log.decide, f"c-{n % 3}", WriteNote(0, f"{n}"), who="Dr A", at=AT) for n in range(6)]
        connection.rollback()
    kept = [t.result() for t in told]
    for case_id in ("c-0", "c-1", "c-2"):
        assert log.events(case_id) == tuple(sorted((e for e in kept if e.case_id == case_id), key=lambda e: e.version))
    assert log.head().events == 6
    assert log.verify() is None
