"""Where a report is drawn up, signed and opened again, for one viewer and one case; asks permission each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from components import decisions, wiring
from components.access import Permission, Viewer, permitted
from components.last_few import CASES_KEPT_OPEN, LastFew
from models.errors import InputError, IntegrityError
from models.review.second_reading import readers_needed, same_person

if TYPE_CHECKING:
    from pathlib import Path

    from models.reporting import ReportContent
    from models.reporting.signed import SignedReport
    from models.review import Conflict, Event, ReviewState
    from models.workup import Workup

CHANGED = "The report changed after you had read it; read it again, then sign."
NOT_YOU = "Type your own name as you are signed in; it stands for your signature."
STATES_KEPT = 4  # of one case: the last, and those that somebody still has on the screen
_drawn_up: LastFew[Workup, dict[tuple[str, int, str], ReportContent]] = LastFew(CASES_KEPT_OPEN)


@dataclass(frozen=True)
class Version:
    """A signed report: the event, and the report as it was signed or the sentence that says what was changed."""

    event: Event
    report: SignedReport | None
    damage: str = ""


@dataclass(frozen=True)
class ReportDesk:
    """state: what stands now. folder: the case's own. may_sign: the viewer's role lets them."""

    viewer: Viewer
    workup: Workup
    state: ReviewState
    folder: Callable[[], Path]

    @property
    def may_sign(self) -> bool:
        return self.viewer.may(Permission.SIGN_REPORT)

    def why_sign_in_again(self) -> str:
        """Why who is signed in must sign in again before they sign, "" when they need not."""
        from models.review.signing import UNPROVEN, why_not_fresh

        if not self.viewer.signed_in:
            return ""
        return why_not_fresh(self.viewer.proof, datetime.now(UTC)) if self.viewer.proof else UNPROVEN

    def content(self, why_amended: str = "") -> ReportContent:
        """What the report says as everything stands now."""
        from models.reporting import content_of

        known = _drawn_up.of(self.workup, dict)
        key = (self.state.head, readers_needed(), why_amended)
        content = known.get(key)
        if content is None:
            content = content_of(self.workup, self.state, key[1], why_amended)
            for old in list(known)[: 1 - STATES_KEPT]:
                known.pop(old, None)
            known[key] = content
        return content

    def sign(self, content: ReportContent, read_hash: str, typed: str) -> Event | Conflict:
        """Sign what was read. typed: the name, typed again for this signature; read_hash: content hash on the screen.

        Raises NotPermitted, InputError with a sentence.
        """
        from models.reporting import content_hash
        from models.reporting.signed import sign

        permitted(self.viewer, Permission.SIGN_REPORT)
        decisions.review_state(self.viewer, content.case_id)
        if self.viewer.signed_in and not same_person(typed, self.viewer.name):
            raise InputError(NOT_YOU)
        if content_hash(content) != read_hash:
            raise InputError(CHANGED)
        who = self.viewer.name if self.viewer.signed_in else typed
        log, now = wiring.decision_log(), datetime.now(UTC)
        account, proof = self.viewer.account, self.viewer.proof
        return sign(log, self.folder(), content, who=who, at=now, account=account, proof=proof)

    def versions(self) -> tuple[Version, ...]:
        """Every signed report of the case, newest first, each verified byte by byte."""
        return tuple(self._opened(event) for event in reversed(self.state.reports))

    def _opened(self, event: Event) -> Version:
        from models.reporting.signed import open_signed

        try:
            return Version(event, open_signed(self.folder(), event))
        except IntegrityError as damage:
            return Version(event, None, damage.sentence)


def report_desk(viewer: Viewer, workup: Workup) -> ReportDesk:
    """The desk of the case on screen. Raises NotPermitted when it is not the viewer's."""
    state = decisions.review_state(viewer, workup.case.id)
    return ReportDesk(viewer, workup, state, lambda: wiring.case_store().folder(workup.case.id))
