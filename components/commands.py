"""What people decide on the screens, checked and saved in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.access import Permission, Viewer, permitted
from components.decisions import decide_as_seen, events, review_state
from components.phenotype_editor import RejectSuggestion, RemoveTerm
from models.review import rejected_suggestions
from models.review.commands import ExchangeParents, OverrideCheck
from models.review.commands import RejectSuggestion as Reject
from models.review.commands import RemoveTerm as Remove
from models.review.commands import SetTerm as Set

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from components.decision_desk import Desk
    from components.findings import Exchange, Override
    from components.phenotype_editor import Edit
    from models.review import Conflict, Event
    from models.review.commands import Command


def desk_of(viewer: Viewer, case_id: str) -> Desk | None:
    """Where `viewer` decides about a case, None when their role does not. Raises InputError for a wrong setting."""
    from components.decision_desk import Desk
    from models.review.second_reading import readers_needed

    if not viewer.may(Permission.DECIDE):
        return None

    def keep(command: Command, who: str, evidence: Mapping[str, Any]) -> Event | Conflict:
        permitted(viewer, Permission.DECIDE)
        return decide_as_seen(viewer, case_id, command, who=who, evidence=evidence)

    name, account = (viewer.name, viewer.id) if viewer.signed_in else ("", "")
    releases = viewer.may(Permission.RELEASE_READING)
    return Desk(case_id, readers_needed(), lambda: review_state(viewer, case_id), keep, name, account, releases)


def reader_of(viewer: Viewer) -> tuple[str, int]:
    """Who looks (the account, else the name typed in this session), and how many must read a variant here."""
    from components.decision_desk import typed_name
    from models.review.second_reading import readers_needed

    return viewer.id if viewer.signed_in else typed_name(), readers_needed()


def override(viewer: Viewer, case_id: str, decided: Override, seen: int) -> Event | Conflict:
    """Save a named person's decision to go on in spite of a blocking finding. seen: the version they saw."""
    permitted(viewer, Permission.OVERRIDE_FINDING)
    found = decided.finding
    command = OverrideCheck(seen, found.code, found.key, found.sentence, decided.reason)
    return decide_as_seen(viewer, case_id, command, who=decided.who, evidence={})


def exchange_parents(viewer: Viewer, case_id: str, decided: Exchange, seen: int) -> Event | Conflict:
    """Save a named person's decision that mother and father are each other's sample, with what the check said."""
    permitted(viewer, Permission.OVERRIDE_FINDING)
    command = ExchangeParents(seen, decided.code, decided.found, decided.reason)
    return decide_as_seen(viewer, case_id, command, who=decided.who, evidence={})


def edit_phenotype(viewer: Viewer, case_id: str, edit: Edit, seen: int) -> Event | Conflict:
    """Save one edit of the terms, or that a suggestion was turned down. seen: the version the person saw."""
    permitted(viewer, Permission.EDIT_PHENOTYPE)
    return decide_as_seen(viewer, case_id, _command(edit, seen), who="", evidence={})


def _command(edit: Edit, seen: int) -> Command:
    if isinstance(edit, RejectSuggestion):
        return Reject(seen, edit.term_id, edit.sentence_sha256)
    if isinstance(edit, RemoveTerm):
        return Remove(seen, edit.term_id)
    term = edit.term
    return Set(seen, term.id, term.label, term.excluded, term.origin)


def rejected(viewer: Viewer, case_id: str) -> frozenset[tuple[str, str]]:
    """Suggestions that somebody turned down."""
    return rejected_suggestions(events(viewer, case_id))
