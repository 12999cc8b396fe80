"""A memory of what was worked out about the last few things."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K")
V = TypeVar("V")
# Rankings held at once, with what was worked out about them; a case beyond is opened and ranked again when needed.
# A small case and an annotated exome take 5 to 8 MB; a bare file with tens of thousands of ranked variants takes more.
CASES_KEPT_OPEN = 12


class LastFew(Generic[K, V]):
    """Answers about the `most` things asked about last.

    Things are told apart by identity, never by content: a frame cannot be compared cheaply, and two
    cases must not share an answer. A thing is kept alive with its answer.
    """

    every: ClassVar[WeakSet["LastFew[Any, Any]"]] = WeakSet()

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[int, tuple[K, V]] = OrderedDict()
        self._lock = threading.Lock()
        self.every.add(self)

    def of(self, thing: K, make: Callable[[], V]) -> V:
        """The answer about `thing`, made when there is none yet."""
        with self._lock:
            if id(thing) in self._held:
                self._held.move_to_end(id(thing))
                return self._held[id(thing)][1]
        answer = make()
        with self._lock:
            _, kept = self._held.setdefault(id(thing), (thing, answer))
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return kept

    def clear(self) -> None:
        with self._lock:
            self._held.clear()


def forget_all() -> None:
    """Empty every such memory; whatever is needed is worked out again."""
    for memory in list(LastFew.every):
        memory.clear()
