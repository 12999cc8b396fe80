"""Cases are compared one after the other in the background, and a person can stop that."""

import threading

from components.comparing import Comparisons
from models.errors import IntegrityError
from models.reanalysis import Compared
from models.reanalysis.kept import UNWRITABLE

WAIT_S = 180


def finished(known: Comparisons) -> dict[str, Compared]:
    assert known.job and known.job.done.wait(WAIT_S)
    return known.job.results


def nothing(_case: str) -> Compared:
    return Compared()


def test_every_case_is_compared_once_and_not_again_until_something_is_new() -> None:
    known, seen = Comparisons(), []

    def one(case: str) -> Compared:
        seen.append(case)
        return Compared()

    known.start({"a": "1", "b": "1"}, "releases", one)
    assert list(finished(known)) == ["a", "b"]
    assert known.start({"a": "1", "b": "1"}, "releases", one) is None
    known.start({"a": "1", "b": "2"}, "releases", one)
    finished(known)
    assert seen == ["a", "b", "b"]


def test_a_case_that_cannot_be_compared_says_why_and_does_not_stop_the_others() -> None:
    def one(case: str) -> Compared:
        if case == "damaged":
            raise IntegrityError("A stored case is damaged; add its files again.")
        if case == "read-only":
            raise PermissionError("/srv/cases/read-only")
        if case == "defect":
            raise ZeroDivisionError("patient X")
        return Compared()

    known = Comparisons()
    known.start(dict.fromkeys(("damaged", "read-only", "defect", "good"), "1"), "releases", one)
    told = {case: compared.not_compared for case, compared in finished(known).items()}
    assert told == {
        "damaged": "A stored case is damaged; add its files again.",
        "read-only": UNWRITABLE,
        "defect": "a defect in Caseboard stopped it",
        "good": "",
    }


def stopped_after_one() -> tuple[Comparisons, dict[str, str]]:
    """Three cases asked for; a person stops while the first is under way."""
    known, started, go = Comparisons(), threading.Event(), threading.Event()

    def slow(_case: str) -> Compared:
        started.set()
        assert go.wait(WAIT_S)
        return Compared()

    asked = {"a": "1", "b": "1", "c": "1"}
    job = known.start(asked, "releases", slow)
    assert job and started.wait(WAIT_S)
    assert known.start({"z": "1"}, "releases", nothing) is job, "one walk at a time"
    job.stop()
    go.set()
    finished(known)
    return known, asked


def test_a_stopped_comparison_finishes_the_case_under_way_and_tells_what_it_left_out() -> None:
    known, asked = stopped_after_one()
    assert known.job and list(known.job.results) == ["a"]
    assert (known.under_way, known.left_out) == (None, 2)
    assert known.start(asked, "releases", nothing) is None


def test_what_a_person_stopped_does_not_start_again_by_itself_but_a_newer_release_does() -> None:
    known, _ = stopped_after_one()
    assert known.start({"b": "2"}, "releases", nothing) is None
    assert known.start({"b": "2"}, "newer releases", nothing) is not None


def test_a_person_can_go_on_with_what_they_stopped() -> None:
    known, asked = stopped_after_one()
    known.go_on()
    assert known.left_out == 0
    known.start(asked, "releases", nothing)
    assert list(finished(known)) == ["b", "c"]
