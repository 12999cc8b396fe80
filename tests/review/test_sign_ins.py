"""T14: a sign-in ends after a time without work and at the latest some hours after it began."""

from datetime import UTC, datetime, timedelta

import pytest

from models.review.sign_ins import Identity, Limits, SignIns

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ADA = Identity("u-1", "Dr Ada", "ada@example.org", NOON)
LIMITS = Limits()
SECOND = timedelta(seconds=1)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(("idle", "ends"), [(minutes(30) - SECOND, False), (minutes(30), True), (minutes(31), True)])
def test_a_sign_in_ends_after_thirty_minutes_without_work(idle, ends):
    known = SignIns()
    known.worked(ADA, NOON + minutes(20), LIMITS)
    said = known.why_ended(ADA, NOON + minutes(20) + idle, LIMITS)
    assert ("30 minutes without work" in said) is ends


@pytest.mark.parametrize(("after", "ends"), [(-SECOND, False), (SECOND * 0, True), (SECOND, True)])
def test_a_sign_in_ends_after_twelve_hours_however_much_was_done(after, ends):
    known, now = SignIns(), NOON
    while now < NOON + timedelta(hours=12) - SECOND:
        known.worked(ADA, now, LIMITS)
        now += minutes(10)
    said = known.why_ended(ADA, NOON + timedelta(hours=12) + after, LIMITS)
    assert ("after 12 hours" in said) is ends


def test_work_does_not_bring_back_a_sign_in_that_is_over():
    known = SignIns()
    known.worked(ADA, NOON + minutes(45), LIMITS)
    assert known.why_ended(ADA, NOON + minutes(46), LIMITS)


def test_after_a_restart_a_sign_in_counts_from_when_it_began():
    assert SignIns().why_ended(ADA, NOON + minutes(29), LIMITS) == ""
    assert SignIns().why_ended(ADA, NOON + minutes(30), LIMITS)


def test_who_signed_out_is_out_even_with_a_copy_of_the_cookie_and_may_sign_in_anew():
    known = SignIns()
    known.end(ADA)
    assert "signed out" in known.why_ended(ADA, NOON + minutes(1), LIMITS)
    again = Identity("u-1", "Dr Ada", "ada@example.org", NOON + minutes(2))
    assert known.why_ended(again, NOON + minutes(3), LIMITS) == ""


@pytest.mark.parametrize(("ahead", "ends"), [(minutes(1), False), (minutes(2), False), (minutes(3), True)])
def test_a_sign_in_from_the_future_is_none(ahead, ends):
    early = Identity("u-1", "Dr Ada", "", NOON + ahead)
    assert ("later than the clock" in SignIns().why_ended(early, NOON, LIMITS)) is ends


def test_one_persons_work_does_not_keep_anothers_sign_in():
    known, ben = SignIns(), Identity("u-2", "Ben", "", NOON)
    known.worked(ADA, NOON + minutes(25), LIMITS)
    assert known.why_ended(ADA, NOON + minutes(35), LIMITS) == ""
    assert known.why_ended(ben, NOON + minutes(35), LIMITS)
