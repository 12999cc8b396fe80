"""What is loaded is set aside from the walk over memory; what is no longer in use is still found."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from components import steady_heap
from components.last_few import CASES_KEPT_OPEN


class Thing:
    """Holds itself, so that only a walk over memory finds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _nothing_opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(steady_heap, "_settled", set())
    yield
    gc.unfreeze()


def test_what_a_case_loaded_is_set_aside_once():
    steady_heap.settle("first")
    aside = gc.get_freeze_count()
    later = [Thing() for _ in range(1000)]

    steady_heap.settle("first")
    assert gc.get_freeze_count() <= aside
    steady_heap.settle("second")
    assert gc.get_freeze_count() > aside + len(later) // 2


def test_what_is_no_longer_in_use_is_found_once_as_many_cases_were_opened_as_stay_open():
    thing = Thing()
    known = weakref.ref(thing)
    steady_heap.settle("case 0")
    del thing

    for n in range(1, CASES_KEPT_OPEN - 1):
        steady_heap.settle(f"case {n}")
    assert known() is not None
    steady_heap.settle("the case that makes as many as stay open")
    assert known() is None
