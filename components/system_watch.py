"""The last look at this installation, made in a thread: no screen waits for a slow disk or a database that is away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from components.logs import log_defect

if TYPE_CHECKING:
    from models.health import Health

FRESH_S = 20.0  # what was measured so long ago is measured again when somebody comes to see it


class Watch:
    """One for each data folder; every window sees the same look."""

    def __init__(self, look: Callable[[], Health]) -> None:
        self._look, self._lock = look, threading.Lock()
        self._ended = threading.Event()
        self._ended.set()
        self._until_s = 0.0  # when the last look grows old, by the monotonic clock
        self.health: Health | None = None
        self.failed = False

    @property
    def is_looking(self) -> bool:
        return not self._ended.is_set()

    def refresh(self) -> None:
        """Begin to look, unless a look is under way or still fresh."""
        with self._lock:
            if self.is_looking or time.monotonic() < self._until_s:
                return
            self._ended.clear()
        threading.Thread(target=self._run, name="health", daemon=True).start()

    def forget(self) -> None:
        """Something was done: what was seen before counts no longer as fresh."""
        self._until_s = 0.0

    def wait(self, seconds: float) -> None:
        """At most so long for a look under way; most take far less."""
        self._ended.wait(seconds)

    def _run(self) -> None:
        try:
            self.health, self.failed = self._look(), False
        except Exception as defect:  # noqa: BLE001 - a thread must tell its screen, whatever went wrong
            log_defect(defect)
            self.failed = True
        finally:
            self._until_s = time.monotonic() + FRESH_S
            self._ended.set()
