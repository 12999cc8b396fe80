"""The panel where a person decides: class, criteria, notes, and the case. One element, drawn only when its tab is open.

What is typed and not sent stays in the browser, per variant; each press travels with the version that was on screen.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components import decision_evidence, decision_notice, theme
from components.acmg_panel import suggested
from components.candidate import Candidate, gather
from components.decision_desk import Desk, remember_name
from components.decision_intents import UNCLEAR, About, command_of
from components.decision_notice import Told
from components.decision_view import decide_view
from components.drawing import browser_side
from models.errors import CaseboardError, InputError
from models.review import Conflict, Event
from models.review.commands import Classify, Command, JudgeCriterion
from models.review.second_reading import criteria_of, is_covered
from models.review.teaching import allele_of
from models.workup import Workup

_decide = st.components.v2.component(
    "caseboard_decide",
    html='<div class="cb decide"></div>',
    css=theme.COMPONENT_CSS + browser_side("decide.css"),
    js=browser_side("decide.js"),
)


def decision_panel(candidate: Candidate, desk: Desk, *, key: str) -> None:
    """Draw the panel for the chosen variant."""
    allele = allele_of(candidate.row, candidate.workup.case.variants)
    view = decide_view(candidate, desk, desk.state(), allele)
    _decide(
        key=key,
        data={**view, **decision_notice.kept_words(desk.case_id)},
        on_said_change=lambda: obey(st.session_state[key].said, desk, candidate.workup),
    )


def obey(said: Mapping[str, Any] | None, desk: Desk, workup: Workup) -> None:
    """Carry out what was pressed; what became of it waits for `decision_notice`."""
    if not said:
        return
    if not desk.account and "who" in said:
        remember_name(str(said["who"]))
    decision_notice.forget()
    if said.get("act") == "name":
        return
    try:
        outcome = _kept(said, desk, workup)
    except CaseboardError as refusal:
        decision_notice.remember(Told(desk.case_id, said, refused=refusal.sentence))
        return
    if isinstance(outcome, Conflict):
        decision_notice.remember(Told(desk.case_id, said, conflict=outcome))
    else:
        decision_notice.remember(Told(desk.case_id, said, kept=outcome))


def _kept(said: Mapping[str, Any], desk: Desk, workup: Workup) -> Event | Conflict:
    """Saved, or the conflict. When two begin their readings at the same moment the later one is the second
    reader, who must not be shown the first: then it is tried once more as the second reading."""
    outcome = _tried(said, desk, workup)
    if isinstance(outcome, Conflict) and is_covered(outcome.theirs, desk.state(), desk.identity, desk.needed):
        outcome = _tried(said, desk, workup)
    return outcome


def _tried(said: Mapping[str, Any], desk: Desk, workup: Workup) -> Event | Conflict:
    who, state = desk.named(), desk.state()
    row = said.get("row")
    if row is None:
        return desk.keep(command_of(said, desk, state, None), who, decision_evidence.of_case(workup))
    candidate = _candidate(workup, row)
    about = About(allele_of(candidate.row, workup.case.variants), suggested(candidate))
    command = command_of(said, desk, state, about)
    return desk.keep(command, who, _evidence(command, candidate, desk, about))


def _candidate(workup: Workup, row: object) -> Candidate:
    if not isinstance(row, int | float) or workup.ranking.rank_of(int(row)) is None:
        raise InputError(UNCLEAR)
    return gather(workup, int(row))


def _evidence(command: Command, candidate: Candidate, desk: Desk, about: About) -> Mapping[str, Any]:
    """As it was before this decision; of the criteria only those of the reading it belongs to."""
    if not isinstance(command, JudgeCriterion | Classify):
        return decision_evidence.of_variant(candidate)
    own = criteria_of(desk.state().variant(about.allele), command.reading)
    return decision_evidence.of_reading(candidate, own)
