"""Who reads a case now and who waits: a few at a time, the others in turn.

A reading takes a processor and some hundred megabytes for seconds to minutes. As many at once as there are people would
leave every screen without an answer (SAFETY T18), so there is one line for the whole server. In it everybody's first
reading comes before anybody's second, in the order they came: whoever drops fifty files makes nobody wait for fifty.
"""

import threading
from collections.abc import Callable

READ_AT_ONCE = 2  # a sample patient need not wait for a genome; a third would take the screens' processors


class Line:
    """The first `places` of the line read, whoever comes later waits. Safe for several threads."""

    def __init__(self, places: int = READ_AT_ONCE) -> None:
        self._places = places
        self._changed = threading.Condition()
        self._line: list[object] = []  # those who read, then those who wait
        self._of: list[tuple[str, int]] = []  # for each of them: whose it is, and how many of theirs were before it

    def join(self, who: object, person: str = "") -> None:
        """Stand behind everybody who has as many readings before this one, or fewer. person: whose it is."""
        with self._changed:
            theirs = sum(of == person for of, _ in self._of)
            more = (at for at, (_, before) in enumerate(self._of) if at >= self._places and before > theirs)
            place = next(more, len(self._line))
            self._line.insert(place, who)
            self._of.insert(place, (person, theirs))

    def before(self, who: object) -> int:
        """How many readings end before this one begins; 0 when it is under way or not in the line."""
        with self._changed:
            return max(self._line.index(who) - self._places + 1, 0) if who in self._line else 0

    def wait(self, who: object, gave_up: Callable[[], bool]) -> None:
        """Returns when the turn of one who joined has come, or when they gave up and somebody called `look`."""
        with self._changed:
            self._changed.wait_for(lambda: self._line.index(who) < self._places or gave_up())

    def look(self) -> None:
        """Somebody gave up: whoever waits looks again."""
        with self._changed:
            self._changed.notify_all()

    def leave(self, who: object) -> None:
        """The reading ended, however it ended, or was given up while it waited; the next begins."""
        with self._changed:
            del self._of[self._line.index(who)]
            self._line.remove(who)
            self._changed.notify_all()


LINE = Line()
