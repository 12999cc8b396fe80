"""The chain of one case, verified by itself."""

from typing import Any

import pytest

from tests.review.test_tampering import fill, run, unguard


def tampered(log: Any, where: Any, statement: str) -> Any:
    fill(log)
    unguard(where)
    run(where, statement)
    return log


def test_a_whole_case_is_whole_whatever_happened_to_another(log: Any, where: Any) -> None:
    tampered(log, where, "UPDATE event SET who='Dr B' WHERE seq=4")
    assert log.verify("c-1") is None
    broken = log.verify("c-2")
    assert (broken.case_id, broken.seq) == ("c-2", 4)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET case_id='c-1', version=4 WHERE seq=6",
        "DELETE FROM event WHERE seq=6",
        "DELETE FROM event WHERE case_id='c-2'",
        "DELETE FROM chain_head WHERE case_id='c-2'",
    ],
)
def test_what_was_taken_from_a_case_is_missed_by_that_case(log: Any, where: Any, statement: str) -> None:
    assert tampered(log, where, statement).verify("c-2").case_id == "c-2"


def test_a_case_that_nobody_decided_on_is_whole(log: Any) -> None:
    assert log.verify("c-9") is None
