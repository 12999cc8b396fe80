"""Ends a reading from another thread: the child process that reads is killed, so that nothing works on."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from models.errors import Stopped


class Stop:
    """Held by whoever may end a reading; `stoppable` gives it to the reading."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = False
        self._child: subprocess.Popen[bytes] | None = None

    def now(self) -> None:
        """Kill the child at work, and refuse every later one."""
        with self._lock:
            self._asked = True
            if self._child is not None:
                self._child.kill()

    @contextmanager
    def over(self, child: subprocess.Popen[bytes]) -> Iterator[None]:
        """`child` is at work inside. Raises Stopped at the end when somebody asked to stop."""
        with self._lock:
            self._child = child
            if self._asked:
                child.kill()
        try:
            yield
        finally:
            with self._lock:
                self._child = None
        if self._asked:
            raise Stopped("Reading was stopped; nothing was kept.")


_STOP: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Every child that this thread starts inside can be ended with `stop`."""
    token = _STOP.set(stop)
    try:
        yield
    finally:
        _STOP.reset(token)


def current_stop() -> Stop:
    """The stop of this thread; one that nobody holds when the reading cannot be stopped."""
    return _STOP.get() or Stop()
