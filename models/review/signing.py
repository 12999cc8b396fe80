"""A signature asks anew who signs: the provider must have asked the person for their proof a few minutes ago at most.

21 CFR 11.200(a)(1)(ii): a signing that is not part of one continuous period of controlled access uses all components
of the signature, so a name typed on a screen that somebody left open is not enough. When the provider asked is its
claim `auth_time` (OpenID Connect Core 1.0, section 2). A provider that does not tell it leaves `iat`, when it vouched
for the person, which it may do without asking them; which of the two it was is kept with the signature.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.errors import NotPermitted
from models.review.events import EventKind

FRESH_MINUTES = 5  # one report is read in two; our choice, no standard says a number
FRESH = timedelta(minutes=FRESH_MINUTES)
CLOCKS_DIFFER = timedelta(minutes=2)  # the provider's clock may be ahead of ours
ASKS_ANEW = frozenset({EventKind.REPORT_SIGNED})
TYPED = "name typed, not authenticated"
NOT_YET = f"To sign, sign in again: your last sign-in is more than {FRESH_MINUTES} minutes ago."
TOO_EARLY = "Your sign-in is later than the clock of this computer says. Correct the clock, then sign in again to sign."
UNPROVEN = "Your provider did not say when it last asked you for proof of who you are. Sign in again to sign."
_SAID = {
    "auth_time": "authenticated by the provider at",
    "iat": "signed in through the provider, which did not say when it asked for proof, at",
}


@dataclass(frozen=True)
class Proof:
    """When a person last proved to the provider who they are. claim: which of its claims says so."""

    at: datetime
    claim: str = "auth_time"


def why_not_fresh(proof: Proof, now: datetime) -> str:
    """Why nobody may sign on this proof, "" when they may: not older than FRESH, not in the future."""
    if proof.at > now + CLOCKS_DIFFER:
        return TOO_EARLY
    return NOT_YET if now - proof.at > FRESH else ""


def proven(proof: Proof | None, account: str, now: datetime) -> Mapping[str, str]:
    """What is kept beside a signature: how the person was authenticated, and when ("" for a name that was typed).

    account: "" without sign-in. Raises NotPermitted when somebody signed in must sign in again first.
    """
    if not account:
        return {"authenticated": TYPED, "authenticated_at": ""}
    if proof is None:
        raise NotPermitted(UNPROVEN)
    if refusal := why_not_fresh(proof, now):
        raise NotPermitted(refusal)
    return {"authenticated": proof.claim, "authenticated_at": proof.at.isoformat(timespec="seconds")}


def authenticated(kind: EventKind, proof: Proof | None, account: str, now: datetime) -> Mapping[str, str]:
    """The same beside a decision of any kind: nothing unless it is a signature. Raises what `proven` does."""
    return proven(proof, account, now) if kind in ASKS_ANEW else {}


def proof_words(kept: Mapping[str, str]) -> str:
    """The same for the report: "authenticated by the provider at 2026-11-21 16:58 UTC"."""
    claim, at = kept["authenticated"], kept["authenticated_at"]
    if not at:
        return claim
    moment = datetime.fromisoformat(at)
    return f"{_SAID[claim]} {moment:%Y-%m-%d %H:%M} {moment.tzname()}"


@dataclass(frozen=True)
class SigningAgain:
    """Somebody went to sign in again to sign. why_amended: as typed before. before: begin of the sign-in they left."""

    case_id: str
    why_amended: str
    before: datetime
    asked: datetime


class SigningsAgain:
    """Who went to sign in again and comes back to their report; of this process, safe for several threads.

    It is kept here and not in an address or a cookie, so that neither tells anybody which patient it was.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_account: dict[str, SigningAgain] = {}

    def ask(self, account: str, left: SigningAgain) -> None:
        with self._lock:
            still = {a: s for a, s in self._by_account.items() if left.asked - s.asked <= FRESH}
            self._by_account = {**still, account: left}

    def is_asked(self, account: str, now: datetime) -> bool:
        """Whether this person is on the way to sign in again."""
        with self._lock:
            left = self._by_account.get(account)
        return left is not None and now - left.asked <= FRESH

    def come_back(self, account: str, since: datetime, now: datetime) -> SigningAgain | None:
        """What they left, once, in a sign-in that began after it; None for everybody else."""
        with self._lock:
            left = self._by_account.get(account)
            if left is None or since <= left.before or now - left.asked > FRESH:
                return None
            del self._by_account[account]
            return left
