"""Edits on pages without a desk: what the page showed when one was given, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import decisions, text
from components.choices import choices
from components.decision_notice import OVERTAKEN, both_sides
from models.errors import InputError
from models.review import Conflict

if TYPE_CHECKING:
    from components.access import Viewer
    from models.review import Event

Give = Callable[[Any, int], "Event | Conflict"]  # an edit and the version it was given on


@dataclass(frozen=True)
class _Stopped:
    """An edit that was not kept: refused in a sentence, or the conflict with what stands."""

    case_id: str
    edit: Any
    refused: str = ""
    conflict: Conflict | None = None


def version_shown(viewer: Viewer, case_id: str, *, page: str) -> int:
    """The version of the case that this page showed when something on it was pressed; from the next run on, today's."""
    now, kept = decisions.review_state(viewer, case_id).version, f"{page}-shown"
    shown_case, shown = st.session_state.get(kept, (case_id, now))
    st.session_state[kept] = (case_id, now)
    return shown if shown_case == case_id else now


def save(case_id: str, edit: Any, seen: int, give: Give, *, page: str) -> None:
    """Keep an edit, or what stands in its way, and run the page again."""
    try:
        outcome = give(edit, seen)
    except InputError as refused:
        st.session_state[page] = _Stopped(case_id, edit, refused.sentence)
    else:
        if isinstance(outcome, Conflict):
            st.session_state[page] = _Stopped(case_id, edit, conflict=outcome)
    st.rerun()


def is_open(case_id: str, *, page: str) -> bool:
    """What became of an edit of this page on the case is still to be told."""
    stopped = st.session_state.get(page)
    return isinstance(stopped, _Stopped) and stopped.case_id == case_id


def overtaken(case_id: str, give: Give, *, page: str) -> None:
    """Show why the last edit of this page was not kept; where somebody was faster, both, to insist or to leave."""
    stopped = st.session_state.get(page)
    if not isinstance(stopped, _Stopped) or stopped.case_id != case_id:
        return
    if stopped.conflict is None:
        del st.session_state[page]
        st.warning(text.label(f"Not kept: {stopped.refused}", 600))
        return
    st.warning(OVERTAKEN)
    pressed = choices("Both decisions", both_sides(stopped.conflict), key=f"{page}-sides", layout="sides")
    if pressed is None:
        return
    del st.session_state[page]
    if pressed.action == "insist":
        save(case_id, stopped.edit, stopped.conflict.theirs.version, give, page=page)
    st.rerun()
