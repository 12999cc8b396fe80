"""T14: a signature asks anew who signs; just under, at and over the limit, and when clocks differ."""

from datetime import UTC, datetime, timedelta

import pytest

from models.errors import NotPermitted
from models.review.sign_ins import Identity
from models.review.signing import (
    CLOCKS_DIFFER,
    FRESH,
    NOT_YET,
    TOO_EARLY,
    TYPED,
    UNPROVEN,
    Proof,
    SigningAgain,
    SigningsAgain,
    proof_words,
    proven,
    why_not_fresh,
)

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEFT = SigningAgain("c-0123456789abcdef", "father resequenced", NOON, NOON + 10 * SECOND)


@pytest.mark.parametrize("claim", ["auth_time", "iat"])
@pytest.mark.parametrize(("age", "refusal"), [(FRESH - SECOND, ""), (FRESH, ""), (FRESH + SECOND, NOT_YET)])
def test_who_proved_who_they_are_a_few_minutes_ago_signs(age: timedelta, refusal: str, claim: str) -> None:
    proof = Proof(NOON - age, claim)
    assert why_not_fresh(proof, NOON) == refusal
    if refusal:
        with pytest.raises(NotPermitted, match="sign in again"):
            proven(proof, "u-1", NOON)
    else:
        kept = {"authenticated": claim, "authenticated_at": proof.at.isoformat()}
        assert proven(proof, "u-1", NOON) == kept


@pytest.mark.parametrize(("ahead", "refusal"), [(-SECOND, ""), (SECOND * 0, ""), (SECOND, TOO_EARLY)])
def test_a_clock_of_the_provider_a_little_ahead_is_allowed_and_no_more(ahead: timedelta, refusal: str) -> None:
    assert why_not_fresh(Proof(NOON + CLOCKS_DIFFER + ahead), NOON) == refusal


def test_a_signature_of_who_is_signed_in_without_any_proof_is_refused() -> None:
    with pytest.raises(NotPermitted, match="did not say when"):
        proven(None, "u-1", NOON)
    assert UNPROVEN.endswith("Sign in again to sign.")


def test_a_name_typed_without_sign_in_is_kept_as_such_whatever_else_is_claimed() -> None:
    for proof in (None, Proof(NOON)):
        kept = proven(proof, "", NOON)
        assert kept == {"authenticated": TYPED, "authenticated_at": ""}
        assert proof_words(kept) == "name typed, not authenticated"


def test_the_report_says_when_the_provider_asked_or_that_it_did_not_say() -> None:
    asked, vouched = (proof_words(proven(Proof(NOON, c), "u-1", NOON)) for c in ("auth_time", "iat"))
    assert asked == "authenticated by the provider at 2026-01-02 12:00 UTC"
    assert (
        vouched == "signed in through the provider, which did not say when it asked for proof, at 2026-01-02 12:00 UTC"
    )


def test_what_the_provider_says_of_asking_counts_before_when_it_vouched() -> None:
    who = Identity("u-1", "Dr Ada", "", NOON)
    assert who.proof == Proof(NOON, "iat")
    assert Identity("u-1", "Dr Ada", "", NOON, NOON - FRESH).proof == Proof(NOON - FRESH, "auth_time")


def test_who_signs_in_again_comes_back_to_their_report_once() -> None:
    again = SigningsAgain()
    again.ask("u-1", LEFT)
    now = LEFT.asked + 20 * SECOND
    assert again.is_asked("u-1", now)
    assert again.come_back("u-1", LEFT.before, now) is None, "the sign-in they left"
    assert again.come_back("u-2", now, now) is None, "somebody else signed in"
    assert again.come_back("u-1", now, now) == LEFT
    assert again.come_back("u-1", now, now) is None
    assert not again.is_asked("u-1", now)


@pytest.mark.parametrize(("after", "returns"), [(FRESH - SECOND, True), (FRESH, True), (FRESH + SECOND, False)])
def test_who_takes_longer_starts_at_the_worklist(after: timedelta, returns: bool) -> None:
    again, now = SigningsAgain(), LEFT.asked + after
    again.ask("u-1", LEFT)
    assert again.is_asked("u-1", now) is returns
    assert (again.come_back("u-1", now, now) == LEFT) is returns


def test_what_nobody_came_back_to_is_forgotten_with_the_next() -> None:
    again = SigningsAgain()
    again.ask("u-1", LEFT)
    again.ask("u-2", SigningAgain(LEFT.case_id, "", NOON, LEFT.asked + FRESH + SECOND))
    assert again.come_back("u-1", LEFT.asked, LEFT.asked) is None
