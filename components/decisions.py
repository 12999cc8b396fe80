"""What people decided about a case, asked and saved for a viewer who may.

Permission is asked here, before the log is: every page and command goes through these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from components import wiring
from components.access import Permission, Viewer, permitted, permitted_case
from models.errors import IntegrityError, NotPermitted

if TYPE_CHECKING:
    from components.history import Chain
    from models.review import Conflict, Event, EventKind, ReviewState
    from models.review.commands import Command
    from models.review.consent import Recorded
    from models.review.rights import EmergencyOpening
    from models.review.ways_out import WayOut


def begun(viewer: Viewer, case_id: str, began: datetime) -> None:
    """A case that came in just now belongs to who is signed in; one that was here before stays whose it was."""
    from models.review.commands import StartCase

    added = datetime.fromisoformat(wiring.case_store().summary(case_id).added_at)  # to the second
    log = wiring.decision_log()
    if viewer.signed_in and added >= began.replace(microsecond=0) and not log.state(case_id).version:  # else another's
        log.decide(case_id, StartCase(0), who=viewer.name, at=datetime.now(UTC), account=viewer.account)


def overrides(viewer: Viewer, case_id: str) -> dict[str, Event]:
    """The decision behind each overridden finding, by the finding's key."""
    from models.review import overrides as last_of_each

    return last_of_each(events(viewer, case_id))


def overridden(viewer: Viewer, case_id: str) -> frozenset[str]:
    """Keys of the findings that somebody overrode."""
    from models.review import overridden_findings

    return overridden_findings(events(viewer, case_id))


def decide(viewer: Viewer, case_id: str, kind: EventKind, payload: Mapping[str, Any], *, who: str = "") -> Event:
    """Save one decision about a case; durable when this returns. `who`: the name typed, else the viewer's; of who
    is signed in always their own, but for a learner's answer.

    Raises NotPermitted, InputError without a name, IntegrityError when it could not be saved.
    """
    from models.review import EventKind
    from models.review.permissions import needed_for
    from models.review.signing import authenticated

    permitted_case(viewer, case_id)
    permitted(viewer, needed_for(kind))
    name = who if who and kind is EventKind.LEARNER_COMMITTED else viewer.signs_as(who)
    now, account = datetime.now(UTC), viewer.account
    said = authenticated(kind, viewer.proof, account, now)
    return wiring.decision_log().append(case_id, kind, payload, who=name, at=now, account=account, evidence=said)


def events(viewer: Viewer, case_id: str) -> tuple[Event, ...]:
    """Every decision about a case, oldest first."""
    permitted_case(viewer, case_id)
    return wiring.decision_log().events(case_id)


def review_state(viewer: Viewer, case_id: str) -> ReviewState:
    """What the decisions about a case add up to now."""
    permitted_case(viewer, case_id)
    return wiring.decision_log().state(case_id)


def recorded_consent(viewer: Viewer, case_id: str, stated: str) -> Recorded:
    """What is on record now about the patient's consent. stated: `Patient.consent`, the files' words."""
    from models.review.consent import recorded_of

    return recorded_of(stated, review_state(viewer, case_id))


def why_kept_in(viewer: Viewer, case_id: str, way: WayOut, stated: str) -> str:
    """Why this file of the case may not leave now, "" when it may: the role first, then the consent on record."""
    from models.review.ways_out import refusal

    recorded = recorded_consent(viewer, case_id, stated)
    try:
        permitted(viewer, Permission.EXPORT)
    except NotPermitted as refused:
        return refused.sentence
    return refusal(way, recorded)


def let_out(viewer: Viewer, case_id: str, way: WayOut, stated: str, make: Callable[[Recorded], bytes]) -> bytes:
    """The file that leaves; make is given the consent on record at this moment, and is called only when that covers it.

    Raises NotPermitted, NotAgreed, and what `make` raises.
    """
    from models.review.ways_out import check

    recorded = recorded_consent(viewer, case_id, stated)
    permitted(viewer, Permission.EXPORT)
    check(way, recorded)
    return make(recorded)


def chain(viewer: Viewer, case_id: str) -> Chain:
    """Every decision about a stored case, and whether all are as they were saved.

    Raises NotPermitted, IntegrityError when the case is not here or the decisions cannot be read at all.
    """
    from components.history import Chain
    from models.review import ReviewState

    permitted_case(viewer, case_id)
    pseudonym, log = wiring.case_store().summary(case_id).patient.pseudonym, wiring.decision_log()
    broken = log.verify(case_id)
    try:
        return Chain(pseudonym, log.events(case_id), broken, log.state(case_id))
    except IntegrityError:
        if broken is None:
            raise
        return Chain(pseudonym, (), broken, ReviewState())


def decide_as_seen(
    viewer: Viewer, case_id: str, command: Command, *, who: str, evidence: Mapping[str, Any]
) -> Event | Conflict:
    """Save what a command asks for, or the conflict with what somebody decided since its screen was drawn.

    evidence: what the person had before them. Raises what `decide` raises.
    """
    from models.review.permissions import needed_for
    from models.review.signing import authenticated

    permitted_case(viewer, case_id)
    permitted(viewer, needed_for(command.kind))
    now, name, account = datetime.now(UTC), viewer.signs_as(who), viewer.account
    said = {**evidence, **authenticated(command.kind, viewer.proof, account, now)}
    return wiring.decision_log().decide(case_id, command, who=name, at=now, account=account, evidence=said)


def open_in_emergency(viewer: Viewer, case_id: str, reason: str, until: datetime) -> None:
    """Open a case of others until then, on the record.

    Raises NotPermitted, InputError without a reason, IntegrityError when the case is not here.
    """
    from models.review.commands import OpenInEmergency

    permitted(viewer, Permission.BREAK_GLASS)
    wiring.case_store().summary(case_id)
    log, now = wiring.decision_log(), datetime.now(UTC)
    command = OpenInEmergency(log.state(case_id).version, reason.strip(), until.isoformat(timespec="seconds"))
    log.decide(case_id, command, who=viewer.name, at=now, account=viewer.account)


def emergency_openings(viewer: Viewer) -> tuple[EmergencyOpening, ...]:
    """Every case that somebody opened in an emergency, the last first."""
    from models.review.rights import emergency_openings as every

    permitted(viewer, Permission.SEE_PEOPLE)
    return every(wiring.decision_log().database)
