"""What people decide on the screens, checked and saved in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.access import Permission, Viewer, permitted
from components.phenotype_editor import RejectSuggestion, RemoveTerm
from components.wiring import decide, events
from models.review import EventKind, rejected_suggestions

if TYPE_CHECKING:
    from components.findings import Exchange, Override
    from components.phenotype_editor import Edit


def override(viewer: Viewer, case_id: str, decided: Override) -> None:
    """Save a named person's decision to go on in spite of a blocking finding."""
    permitted(viewer, Permission.OVERRIDE_FINDING)
    found = decided.finding
    payload = {"code": found.code, "finding": found.key, "found": found.sentence, "reason": decided.reason}
    decide(viewer, case_id, EventKind.CHECK_OVERRIDDEN, payload, who=decided.who)


def exchange_parents(viewer: Viewer, case_id: str, decided: Exchange) -> None:
    """Save a named person's decision that mother and father are each other's sample, with what the check said."""
    permitted(viewer, Permission.OVERRIDE_FINDING)
    payload = {"code": decided.code, "found": decided.found, "reason": decided.reason}
    decide(viewer, case_id, EventKind.PARENTS_EXCHANGED, payload, who=decided.who)


def edit_phenotype(viewer: Viewer, case_id: str, edit: Edit) -> None:
    """Save one edit of the terms, or that a suggestion was turned down."""
    permitted(viewer, Permission.EDIT_PHENOTYPE)
    if isinstance(edit, RejectSuggestion):
        payload = {"id": edit.term_id, "sentence_sha256": edit.sentence_sha256}
        decide(viewer, case_id, EventKind.SUGGESTION_REJECTED, payload)
    elif isinstance(edit, RemoveTerm):
        decide(viewer, case_id, EventKind.TERM_REMOVED, {"id": edit.term_id})
    else:
        term = edit.term
        payload = {"id": term.id, "label": term.label, "excluded": term.excluded, "origin": term.origin}
        decide(viewer, case_id, EventKind.TERM_SET, payload)


def rejected(viewer: Viewer, case_id: str) -> frozenset[tuple[str, str]]:
    """Suggestions that somebody turned down."""
    return rejected_suggestions(events(viewer, case_id))
