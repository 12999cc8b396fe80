"""What a home has one of: its store, its log."""

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")


def once_for_each_home(make: Callable[[str], T]) -> Callable[[str], T]:
    """`make`, called once for each folder and process, however many sessions ask at the same moment.

    A screen asks some twenty times; Streamlit's own memory takes longer to look than most of what is asked then.
    """
    made: dict[str, T] = {}
    making = threading.Lock()

    @wraps(make)
    def known(root: str) -> T:
        if root not in made:
            with making:
                if root not in made:
                    made[root] = make(root)
        return made[root]

    return known
