"""T7, T14: the address of a file answers only whom it was offered to, and only while their access stays as it was."""

from datetime import UTC, datetime, timedelta

import pytest

from models.review.offered import KEPT, MOST_ADDRESSES, Offered

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RIGHTS = (1, 200)


@pytest.fixture
def offered() -> Offered:
    known = Offered()
    known.to("ada", [b"a" * 32], NOON, RIGHTS)
    return known


def test_an_address_answers_whom_it_was_offered_to_and_nobody_else(offered: Offered) -> None:
    assert offered.is_to("ada", b"a" * 32, NOON, RIGHTS)
    assert not offered.is_to("ben", b"a" * 32, NOON, RIGHTS)
    assert not offered.is_to("ada", b"b" * 32, NOON, RIGHTS)
    assert not offered.is_to("", b"a" * 32, NOON, RIGHTS)


@pytest.mark.parametrize(("after", "answers"), [(KEPT - SECOND, True), (KEPT, True), (KEPT + SECOND, False)])
def test_an_address_lasts_no_longer_than_a_sign_in(offered: Offered, after: timedelta, answers: bool) -> None:
    assert offered.is_to("ada", b"a" * 32, NOON + after, RIGHTS) is answers


def test_a_change_of_who_may_do_what_ends_every_address_until_it_is_offered_again(offered: Offered) -> None:
    changed = (2, 210)
    assert not offered.is_to("ada", b"a" * 32, NOON, changed)
    assert not offered.is_to("ada", b"a" * 32, NOON, None)
    offered.to("ada", [b"a" * 32], NOON, changed)
    assert offered.is_to("ada", b"a" * 32, NOON, changed)


@pytest.mark.parametrize(("after", "answers"), [(-SECOND, True), (SECOND * 0, False), (SECOND, False)])
def test_the_end_of_an_emergency_ends_what_was_offered_in_it(offered: Offered, after: timedelta, answers: bool) -> None:
    until = NOON + timedelta(hours=4)
    offered.lends("ada", until)
    assert offered.is_to("ada", b"a" * 32, until + after, RIGHTS) is answers
    offered.to("ada", [b"a" * 32], until, RIGHTS)
    assert offered.is_to("ada", b"a" * 32, until + SECOND, RIGHTS), "offered after it, by a case that is still theirs"


@pytest.mark.parametrize(
    ("since", "now", "ended"),
    [(-2 * SECOND, -SECOND, False), (-SECOND, 0 * SECOND, True), (0 * SECOND, SECOND, False), (-SECOND, SECOND, True)],
)
def test_an_emergency_ends_once_and_for_its_person_only(since: timedelta, now: timedelta, ended: bool) -> None:
    known = Offered()
    known.lends("ada", NOON)
    assert known.ended_between("ada", NOON + since, NOON + now) is ended
    assert not known.ended_between("ben", NOON + since, NOON + now)


@pytest.mark.parametrize(
    ("more", "answers"), [(MOST_ADDRESSES - 2, True), (MOST_ADDRESSES - 1, True), (MOST_ADDRESSES, False)]
)
def test_the_oldest_address_makes_room(offered: Offered, more: int, answers: bool) -> None:
    offered.to("ada", [b"%032d" % n for n in range(more)], NOON, RIGHTS)
    assert offered.is_to("ada", b"a" * 32, NOON, RIGHTS) is answers


def test_an_address_offered_again_outlives_older_ones() -> None:
    known = Offered()
    addresses = [number.to_bytes(32, "big") for number in range(MOST_ADDRESSES)]
    known.to("ada", addresses, NOON, RIGHTS)
    known.to("ada", addresses[:1], NOON, RIGHTS)
    known.to("ada", [b"x" * 32], NOON, RIGHTS)
    assert known.is_to("ada", addresses[0], NOON, RIGHTS)
    assert not known.is_to("ada", addresses[1], NOON, RIGHTS)
