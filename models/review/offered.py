"""What a server offered to whom, and until when: files by their address, cases in an emergency. Of one process.

Streamlit serves a file to whoever knows its address, which is a hash of what is in it. Here an address answers only the
person whose screen was sent it, and no longer than what they may do stays as it was then (SAFETY T7, T14).
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_ADDRESSES = 2_000  # of one person; a screen offers some ten
KEPT = timedelta(hours=12)  # as long as a sign-in at most
Rights = tuple[int, int] | None  # which version of the list of people


@dataclass(frozen=True)
class _Offer:
    at: datetime
    rights: Rights


class Offered:
    """Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[str, OrderedDict[bytes, _Offer]] = {}
        self._ends: dict[str, frozenset[datetime]] = {}

    def to(self, account: str, addresses: Iterable[bytes], at: datetime, rights: Rights) -> None:
        """A screen of this person was sent these addresses."""
        with self._lock:
            theirs = self._files.setdefault(account, OrderedDict())
            for address in addresses:
                theirs[address] = _Offer(at, rights)
                theirs.move_to_end(address)
            while len(theirs) > MOST_ADDRESSES:
                theirs.popitem(last=False)

    def is_to(self, account: str, address: bytes, now: datetime, rights: Rights) -> bool:
        """Whether it was offered to them, and neither the list of people nor an emergency of theirs changed since."""
        with self._lock:
            theirs = self._files.get(account)
            offer = theirs.get(address) if theirs else None
        if offer is None or now - offer.at > KEPT or offer.rights != rights:
            return False
        return not self.ended_between(account, offer.at, now)

    def lends(self, account: str, until: datetime) -> None:
        """A case of others is open to them until then."""
        with self._lock:
            still = {end for end in self._ends.get(account, frozenset()) if until - end < KEPT}
            self._ends[account] = frozenset({*still, until})

    def ended_between(self, account: str, since: datetime, now: datetime) -> bool:
        """Whether a case that was lent to them was closed to them again meanwhile."""
        with self._lock:
            return any(since < end <= now for end in self._ends.get(account, frozenset()))
