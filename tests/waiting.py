"""Waiting for a state and never for a time: a busy machine makes a test slow, not red."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE_S = 120.0


def wait_for(state: Callable[[], T], what: str = "what was waited for", timeout_s: float = PATIENCE_S) -> T:
    """Ask until the answer is true; that answer."""
    end = time.monotonic() + timeout_s
    while not (answer := state()):
        assert time.monotonic() < end, f"{what} did not come in {timeout_s:g} s"
        time.sleep(0.005)
    return answer
