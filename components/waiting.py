"""What a screen shows while a check on the case waits for a person: the findings and the decision."""

import streamlit as st

from components import commands, decisions, opened_cases, overtaken, place, text
from components.access import Permission, require
from components.findings import Exchange, Override, findings_panel, findings_shown
from models.review import Conflict, Event

PAGE = "waiting-check"


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
        findings_shown(findings)
        text.plain("Ranking waits until somebody who may override a check has looked at this.")
        return

    def give(decided: Override | Exchange, seen: int) -> Event | Conflict:
        keep = commands.exchange_parents if isinstance(decided, Exchange) else commands.override
        return keep(viewer, case_id, decided, seen)  # type: ignore[arg-type]

    seen = overtaken.version_shown(viewer, case_id, page=PAGE)
    overtaken.overtaken(case_id, give, page=PAGE)
    decided = findings_panel(
        findings, decisions.overridden(viewer, case_id), key="waiting", name=viewer.name if viewer.signed_in else ""
    )
    if decided:
        overtaken.save(case_id, decided, seen, give, page=PAGE)
