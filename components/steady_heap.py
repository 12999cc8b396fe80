"""Keeps a move in the list quick: Streamlit collects all garbage after each run of a script.

With an ontology and a case in memory that walk takes 100-300 ms and holds the interpreter's lock
while the panels wait to be sent. What is loaded stays loaded, so it is set aside from the walk.
"""

import gc
import threading

_lock = threading.Lock()
_settled: set[str] = set()


def settle(content: str) -> None:
    """Set what is in memory now aside, once for each `content` (a version) and process."""
    with _lock:
        if content in _settled:
            return
        _settled.add(content)
        gc.unfreeze()
        gc.collect()
        gc.freeze()
