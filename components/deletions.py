"""Deleting a case, asked and done for a viewer who may; and what every session says of a case that was deleted.

Permission is asked here, before the log is.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from components import decisions, wiring
from components.access import Permission, Viewer, permitted, permitted_case
from models.errors import CaseDeleted

if TYPE_CHECKING:
    from models.case.store import CaseSummary
    from models.review.certificates import Certificate
    from models.review.deletable import House, Standing
    from models.review.retention import Retention


@dataclass(frozen=True)
class Due:
    """When the viewer's cases may be deleted. years: the period set here, None without one. cases: those whose time
    runs or has ended, the earliest first; others: how many more are due that are not the viewer's. certificates: of
    every case deleted here, oldest first."""

    years: int | None
    now: datetime
    cases: tuple[tuple[CaseSummary, Retention], ...]
    others: int
    certificates: tuple[Certificate, ...]


def unless_deleted(case_id: str) -> None:
    """Raises CaseDeleted for a case that is not here any more, once this process holds nothing of it either."""
    from models.review.certificates import refuse_deleted

    if not case_id or wiring.case_store().has(case_id):
        return
    try:
        with wiring.decision_log().database.reading() as connection:
            refuse_deleted(connection, case_id)
    except CaseDeleted:
        forget(case_id)
        raise


def standing_of(viewer: Viewer, case_id: str) -> tuple[Standing, House]:
    """What the case is, and what this installation asks for. Raises NotPermitted, InputError for a wrong setting."""
    from models.review import deletable

    permitted_case(viewer, case_id)
    house = deletable.this_house()
    with wiring.decision_log().database.reading() as connection:
        return deletable.standing_of(connection, case_id, house), house


def pseudonym_of(viewer: Viewer, case_id: str) -> str:
    """What the patient is called here: it is typed to confirm."""
    permitted_case(viewer, case_id)
    return wiring.case_store().summary(case_id).patient.pseudonym


def ask_deletion(viewer: Viewer, case_id: str, seen: int, reason: str, note: str, *, who: str) -> None:
    """Ask, as the first of two people. Raises NotPermitted, InputError for what is missing."""
    from models.errors import InputError
    from models.review import Conflict
    from models.review.commands import AskDeletion, DeletionReason

    permitted_case(viewer, case_id)
    permitted(viewer, Permission.DELETE_CASE)
    command = AskDeletion(seen, DeletionReason(reason), note)
    outcome = decisions.decide_as_seen(viewer, case_id, command, who=who, evidence={})
    if isinstance(outcome, Conflict):
        raise InputError(outcome.sentence)


def delete(viewer: Viewer, case_id: str, seen: int, reason: str, note: str, *, who: str) -> str:
    """Delete the case for good. Why its files could not all be removed yet, "" when they were.

    Raises NotPermitted, InputError for what may not be deleted, IntegrityError when nothing could be.
    """
    from models.review.commands import DeletionReason
    from models.review.deletable import Wish, this_house
    from models.review.deletion import delete_case

    permitted_case(viewer, case_id)
    permitted(viewer, Permission.DELETE_CASE)
    wish, log, now = Wish(case_id, seen, DeletionReason(reason), note), wiring.decision_log(), datetime.now(UTC)
    name = viewer.signs_as(who) if viewer.signed_in else who
    _, problem = delete_case(log, wiring.home(), wish, this_house(), who=name, at=now, account=viewer.account)
    forget(case_id)
    return problem


def end_what_was_begun() -> None:
    """At the start: whatever of a deleted case still lies here goes."""
    from models.review.deletion import complete

    complete(wiring.decision_log(), wiring.home(), datetime.now(UTC))


def due(viewer: Viewer) -> Due:
    """Raises NotPermitted, InputError for a wrong setting."""
    from models.review.certificates import certificates
    from models.review.retention import retention_years, retentions

    permitted(viewer, Permission.VIEW_CASE)
    years, now = retention_years(), datetime.now(UTC)
    with wiring.decision_log().database.reading() as connection:
        every, certified = retentions(connection, years) if years else {}, certificates(connection)
    theirs = {s.id: s for s in wiring.case_store().summaries() if viewer.may_see(s.id)}
    running = sorted((r.ends, c) for c, r in every.items() if r.ends is not None and c in theirs)
    others = sum(r.is_due(now) for c, r in every.items() if c not in theirs)
    return Due(years, now, tuple((theirs[c], every[c]) for _, c in running), others, certified)


def forget(case_id: str) -> None:
    """Empty what this process remembers of a case, for whatever session."""
    from components import compared, genome_browser, lab_trends, last_few, opened_cases, timeline

    wiring.decision_log().forget(case_id)
    opened_cases.forget(case_id)
    genome_browser.forget()
    compared.forget()
    for figure in (lab_trends.lab_figure, timeline.timeline_figure):
        figure.cache_clear()
    last_few.forget_all()
    gc.unfreeze()
    gc.collect()  # the variants were mapped into memory from a file that is gone
