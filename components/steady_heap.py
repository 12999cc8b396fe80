"""Keeps a move in the list quick: Python now and then walks all memory for garbage, nobody else running meanwhile.

With an ontology and a case in memory that walk takes 100-300 ms. What is loaded stays loaded, so it is set aside
from the walk; what was set aside and is no longer in use is looked for once in as many cases as stay open.
"""

import gc
import threading

from components.last_few import CASES_KEPT_OPEN

_lock = threading.Lock()
_settled: set[str] = set()


def settle(content: str) -> None:
    """Set what is in memory now aside, once for each `content` (a version) and process."""
    with _lock:
        if content in _settled:
            return
        if len(_settled) % CASES_KEPT_OPEN == CASES_KEPT_OPEN - 1:
            gc.unfreeze()
        _settled.add(content)
        gc.collect()
        gc.freeze()
