"""What became of a decision: kept, refused in a sentence, or overtaken by somebody else's, both shown side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.choices import Action, Choice, choices
from components.drawing import Node, draw, el
from models.review import Conflict, Event
from models.review.telling import subject, value_words, when

_TOLD = "decision_told"
OVERTAKEN = "Somebody decided the same thing after you opened this. Yours was not kept yet: compare both."


@dataclass(frozen=True)
class Told:
    """said: what was pressed, to insist on it. One of the others: a sentence that refuses, or the conflict."""

    case_id: str
    said: Mapping[str, Any]
    refused: str = ""
    conflict: Conflict | None = None
    kept: Event | None = None


def remember(told: Told) -> None:
    st.session_state[_TOLD] = told


def last_told(case_id: str) -> Told | None:
    """What became of this session's last decision on the case."""
    told = st.session_state.get(_TOLD)
    return told if isinstance(told, Told) and told.case_id == case_id else None


def forget() -> None:
    st.session_state.pop(_TOLD, None)


def kept_words(case_id: str) -> dict[str, Any]:
    """That the last decision was kept, and its number in the case; "" and 0 when it was not, or there was none."""
    told = last_told(case_id)
    if told is None or told.kept is None:
        return {"kept": "", "kept_number": 0}
    return {"kept": f"Kept as number {told.kept.version}, {when(told.kept.at)}", "kept_number": told.kept.version}


def notice(case_id: str, *, key: str) -> Mapping[str, Any] | None:
    """Show what stands in the way of the last decision. What to try again when the person insists on it."""
    told = last_told(case_id)
    if told is None or told.kept:
        return None
    if told.conflict is None:
        draw(_line(f"Not kept: {told.refused}"), key=f"{key}-line")
        return None
    draw(_line(OVERTAKEN), key=f"{key}-line")
    pressed = choices("Both decisions", both_sides(told.conflict), key=key, layout="sides")
    if pressed is None:
        return None
    forget()
    if pressed.action != "insist":
        st.rerun(scope="fragment")
    return {**told.said, "seen": told.conflict.theirs.version}


def _line(words: str) -> Node:
    return el("p", words, cls="cb litline notice", role="alert")


def both_sides(conflict: Conflict) -> tuple[Choice, Choice]:
    """Mine, which waits, beside theirs, which stands."""
    mine, theirs = conflict.yours, conflict.theirs
    return (
        Choice(
            "mine",
            "Yours, not kept",
            lines=(f"{subject(mine.kind, mine.payload)}: {value_words(mine.kind, mine.payload)}",),
            actions=(Action("insist", "Keep mine instead"),),
        ),
        Choice(
            "theirs",
            f"What stands: {theirs.who}, {when(theirs.at)}",
            lines=(f"{subject(theirs.kind, theirs.payload)}: {value_words(theirs.kind, theirs.payload)}",),
            actions=(Action("leave", "Leave it", "main"),),
        ),
    )
