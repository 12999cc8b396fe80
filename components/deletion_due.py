"""What may be deleted and when, and what was: the retention of the cases of this installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from components import deletions, text
from components.access import Permission, Viewer, permitted
from components.place import go_to_case
from models.errors import InputError
from models.review.deletion_told import certificate_words
from models.review.retention import SETTING

if TYPE_CHECKING:
    from components.deletions import Due
    from models.review.certificates import Certificate

LISTED = 20  # of each list; the terminal lists all (`python cli.py retention`)
NO_PERIOD = f"No retention period is set (${SETTING}), so no case is ever due; a named person may still delete one."


def draw(viewer: Viewer) -> None:
    """A section with its own heading, for whoever may view cases. Raises NotPermitted."""
    permitted(viewer, Permission.VIEW_CASE)
    st.header("Retention and deletion")
    try:
        found = deletions.due(viewer)
    except InputError as wrong:
        st.error(text.label(wrong.sentence, 600))
        return
    _due(found)
    _certificates(found.certificates)


def _due(found: Due) -> None:
    if found.years is None:
        text.plain(NO_PERIOD)
        return
    due = [(case, kept) for case, kept in found.cases if kept.is_due(found.now)]
    years = f"{found.years} year{'s' if found.years != 1 else ''}"
    text.plain(
        f"Cases are kept {years} after the last signed report or closing. "
        f"{len(due)} of yours may be deleted now{'; of others ' + str(found.others) if found.others else ''}."
    )
    for case, kept in due[:LISTED]:
        label = f"{text.label(case.patient.pseudonym)}: ended {kept.ends:%-d %b %Y}"
        if st.button(label, key=f"due-{case.id}", icon=":material/event_busy:", type="tertiary"):
            go_to_case(case.id, "pages/history.py")
    later = [(case, kept) for case, kept in found.cases if not kept.is_due(found.now)]
    if later:
        case, kept = later[0]
        text.quiet(f"Next: {case.patient.pseudonym} on {kept.ends:%-d %b %Y}.")


def _certificates(certificates: tuple[Certificate, ...]) -> None:
    if not certificates:
        text.quiet("No case was deleted here.")
        return
    count = len(certificates)
    with st.expander(f"Certificates of {count} deleted case{'s' if count > 1 else ''}", key="certificates"):
        for one in list(reversed(certificates))[:LISTED]:
            text.plain(certificate_words(one))
