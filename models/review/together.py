"""Decisions that wait at the same moment are kept together: one of the waiting threads does the work of all.

Every transaction waits for the disk once (SQLite, PostgreSQL), and its lock is handed from thread to thread. Twenty
people who decide at the same moment would wait for twenty of each, one after the other; together they wait for one or
two. Nobody is answered before the transaction with their own decision is durable, and all are taken in the order they
came.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

W = TypeVar("W")
A = TypeVar("A")


@dataclass
class _Waiting(Generic[W, A]):
    """woken: it has its answer or its problem; with neither, it does the work of those who came since."""

    wish: W
    woken: threading.Event = field(default_factory=threading.Event)
    answers: list[A] = field(default_factory=list)
    problem: BaseException | None = None


class Together(Generic[W, A]):
    """`answer` gets the wishes of all who waited, in the order they came, and gives one answer to each; whatever it
    raises is raised for every one of them. It is never at work twice at once for the same line."""

    def __init__(self, answer: Callable[[Sequence[W]], Sequence[A]]) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._lines: dict[str, list[_Waiting[W, A]]] = {}  # a line is there while somebody is at work for it

    def ask(self, line: str, wish: W) -> A:
        """The answer to a wish; those of other lines do not wait for it."""
        mine = _Waiting[W, A](wish)
        if self._waits(line, mine):
            mine.woken.wait()
        if not mine.answers and mine.problem is None:
            self._work(line, mine)
        if mine.problem is not None:
            raise mine.problem
        return mine.answers[0]

    def _waits(self, line: str, mine: _Waiting[W, A]) -> bool:
        """Stand in line; False for the first, who works at once."""
        with self._lock:
            waiting = self._lines.get(line)
            if waiting is None:
                self._lines[line] = []
                return False
            waiting.append(mine)
            return True

    def _work(self, line: str, mine: _Waiting[W, A]) -> None:
        with self._lock:
            all_of_us, self._lines[line] = [mine, *self._lines[line]], []
        try:
            for one, answer in zip(all_of_us, self._answer([w.wish for w in all_of_us]), strict=True):
                one.answers.append(answer)
        except BaseException as problem:  # noqa: BLE001  raised again for each of them, in their own thread
            for one in all_of_us:
                one.problem = problem
        finally:
            self._hand_over(line)
            for one in all_of_us[1:]:
                one.woken.set()

    def _hand_over(self, line: str) -> None:
        """The next in line works now."""
        with self._lock:
            waiting = self._lines[line]
            following = waiting.pop(0) if waiting else None
            if following is None:
                del self._lines[line]
        if following is not None:
            following.woken.set()
