"""What a screen shows while a check on the case waits for a person: the findings and the decision."""

import streamlit as st

from components import commands, decisions, opened_cases, overtaken, place, text
from components.access import Permission, Viewer, require
from components.findings import Answer, Exchange, findings_panel, findings_shown, pressed, waiting
from models.review import Conflict, Event

PAGE, FORM = "waiting-check", "waiting"


def is_answered_here() -> bool:
    """An answer of this session to a check of the open case is not kept or told yet.

    The case itself may wait no more: somebody else was faster, and this person must read of it all the same.
    """
    return pressed(FORM) in st.session_state or overtaken.is_open(place.case_id(), page=PAGE)


def ask_for_override() -> None:
    """All findings of the open case with a form for each blocking one; the page runs again once decided.

    Who may not override reads what ranking waits for.
    """
    viewer = require(Permission.VIEW_CASE)
    case_id = place.case_id()
    case, findings = opened_cases.open_case(viewer, case_id)
    st.title("Before ranking: check who is who")
    text.plain(f"{case.patient.pseudonym} · {len(case.variants):,} variants · {case.assembly.value}")
    if not viewer.may(Permission.OVERRIDE_FINDING):
        st.session_state.pop(pressed(FORM), None)
        st.session_state.pop(PAGE, None)
        findings_shown(findings)
        text.plain("Ranking waits until somebody who may override a check has looked at this.")
        return
    seen = overtaken.version_shown(viewer, case_id, page=PAGE)
    overtaken.overtaken(case_id, _keeper(viewer, case_id), page=PAGE)
    name, settled = viewer.name if viewer.signed_in else "", decisions.overridden(viewer, case_id)
    decided = findings_panel(findings, settled, key=FORM, name=name)
    if decided:
        overtaken.save(case_id, decided, seen, _keeper(viewer, case_id), page=PAGE)
    if not (overtaken.is_open(case_id, page=PAGE) or waiting(findings, settled)):
        st.button("Go on to the case", type="primary")  # the next run is the page itself


def _keeper(viewer: Viewer, case_id: str) -> overtaken.Give:
    def give(decided: Answer, seen: int) -> Event | Conflict:
        if isinstance(decided, Exchange):
            return commands.exchange_parents(viewer, case_id, decided, seen)
        return commands.override(viewer, case_id, decided, seen)

    return give
