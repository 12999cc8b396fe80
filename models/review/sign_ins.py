"""How long a sign-in lasts: it ends after a time without work, and at the latest some hours after it began.

Both ends are those of NIST SP 800-63B (revision 3) section 4.2.3, authenticator assurance level 2:
"reauthentication ... SHALL be repeated following any period of inactivity lasting 30 minutes or longer", and
"at least once per 12 hours during an extended usage session, regardless of user activity".
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.review.signing import CLOCKS_DIFFER, Proof

IDLE_MINUTES = 30
LONGEST_HOURS = 12


@dataclass(frozen=True)
class Limits:
    """A sign-in ends `idle` after the last work and `longest` after it began, whichever comes first."""

    idle: timedelta = timedelta(minutes=IDLE_MINUTES)
    longest: timedelta = timedelta(hours=LONGEST_HOURS)


@dataclass(frozen=True)
class Identity:
    """Who the provider says it is, and since when. account: its opaque, lasting id of the person ("sub").

    email: "" unless the provider vouches for it. asked: when the provider last asked them for their proof
    ("auth_time"), None when it does not say.
    """

    account: str
    name: str
    email: str
    since: datetime
    asked: datetime | None = None

    @property
    def proof(self) -> Proof:
        return Proof(self.asked) if self.asked else Proof(self.since, "iat")


class SignIns:
    """The sign-ins of this process and when each last did some work. Safe for several threads.

    A sign-in met for the first time (also after a restart) last worked when it began: what is not known ends sooner.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[tuple[str, datetime], datetime] = {}
        self._ended: set[tuple[str, datetime]] = set()

    def why_ended(self, who: Identity, now: datetime, limits: Limits) -> str:
        """A sentence when this sign-in is over, "" while it lasts."""
        key = (who.account, who.since)
        with self._lock:
            last, ended = self._last.get(key, who.since), key in self._ended
        if ended:
            return "You signed out. Please sign in again."
        if who.since > now + CLOCKS_DIFFER:
            return "Your sign-in begins later than the clock of this computer says. Please sign in again."
        if now - who.since >= limits.longest:
            return f"Your sign-in ended after {_hours(limits.longest)}. Please sign in again."
        if now - last >= limits.idle:
            return f"Your sign-in ended after {_minutes(limits.idle)} without work. Please sign in again."
        return ""

    def worked(self, who: Identity, now: datetime, limits: Limits) -> None:
        """The person did something. A sign-in that is over does not come back by it."""
        if self.why_ended(who, now, limits):
            return
        with self._lock:
            self._last[who.account, who.since] = now
            self._last = {k: v for k, v in self._last.items() if now - k[1] < limits.longest}

    def end(self, who: Identity) -> None:
        """The person signed out; a copy of their cookie answers to nobody from now on."""
        with self._lock:
            self._ended.add((who.account, who.since))


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:g} hours"


def _minutes(span: timedelta) -> str:
    return f"{span.total_seconds() / 60:g} minutes"
