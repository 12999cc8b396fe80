"""Whoever waits for a screen comes first: what is worked out ahead of them stands back."""

import threading
import time

BREATH_S = 0.02
SCREEN_THREAD = "ScriptRunner.scriptThread"  # streamlit.runtime.scriptrunner.script_runner


def stand_back() -> None:
    """Wait until nobody waits for a screen."""
    while _somebody_waits():
        time.sleep(BREATH_S)


def _somebody_waits() -> bool:
    """A screen is being drawn: Streamlit gives each run of a script a thread, which ends with it."""
    return any(thread.name == SCREEN_THREAD for thread in threading.enumerate())
