"""Where a copy without identity is made and taken out, for one viewer and one case; asks permission each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from components import decisions, wiring
from components.access import Permission, permitted
from components.last_few import CASES_KEPT_OPEN, LastFew

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.report_desk import ReportDesk
    from models.privacy import Draft, Package
    from models.reporting import ReportContent
    from models.workup import Workup

_drafts: LastFew[Workup, dict[tuple[str, str, bool], Draft]] = LastFew(CASES_KEPT_OPEN)


@dataclass(frozen=True)
class CopyDesk:
    """The copy of one report, as the viewer may make it."""

    desk: ReportDesk
    content: ReportContent

    def draft(self, *, days_only: bool) -> Draft:
        """What would leave as everything stands now. Raises NotPermitted, IntegrityError with a sentence."""
        from models.case.known import read_known
        from models.privacy import draft_of, secret_of
        from models.reporting import content_hash

        permitted(self.desk.viewer, Permission.EXPORT)
        case_id, workup = self.content.case_id, self.desk.workup
        events = decisions.events(self.desk.viewer, case_id)
        known = _drafts.of(workup, dict)
        key = (content_hash(self.content), events[-1].hash if events else "", days_only)
        if key not in known:
            folder = self.desk.folder()
            names, secret = read_known(folder), secret_of(folder)
            known[key] = draft_of(workup, self.content, events, names, secret, days_only=days_only)
        return known[key]

    def made(self, draft: Draft, checked: Mapping[str, str]) -> Package:
        """The zip; not yet taken out. Raises NotPermitted, NotAgreed, InputError that names where a name is left."""
        from models.privacy import packed

        permitted(self.desk.viewer, Permission.EXPORT)
        stated = self.desk.workup.case.patient.consent
        return packed(draft, checked, decisions.recorded_consent(self.desk.viewer, self.content.case_id, stated))

    def take_out(self, package: Package, typed: str) -> bytes:
        """The bytes, once it is kept in the chain who takes them out. typed: the name, without sign-in.

        Raises NotPermitted, InputError, IntegrityError; then nothing may leave.
        """
        from models.privacy import taken_out

        viewer, case_id = self.desk.viewer, self.content.case_id
        permitted(viewer, Permission.EXPORT)
        decisions.review_state(viewer, case_id)
        who = viewer.name if viewer.signed_in else typed
        taken_out(wiring.decision_log(), case_id, package, who=who, at=datetime.now(UTC), account=viewer.account)
        return package.data
