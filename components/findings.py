"""What was noticed about a case, in sentences; a blocking one asks for a named person's decision."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

import streamlit as st

from components import text
from models.case import Finding, Severity
from models.review import PARENTS_SWAPPED

EXCHANGE = "Exchange mother and father"
REASON_MIN_CHARS = 10  # a reason another person can understand; "ok" is not one


@dataclass(frozen=True)
class Override:
    """A person's decision to go on in spite of a blocking finding."""

    finding: Finding
    who: str
    reason: str


@dataclass(frozen=True)
class Exchange:
    """A person's decision to give mother and father each other's sample. found: what the check said."""

    code: str
    who: str
    reason: str
    found: str


Answer: TypeAlias = Override | Exchange


def pressed(key: str) -> str:
    """Where the session keeps an answer until `findings_panel` reads it, drawn or not: see `_keep`."""
    return f"{key}-pressed"


def findings_panel(findings: Sequence[Finding], overridden: Set[str], *, key: str, name: str = "") -> Answer | None:
    """Blocking first, then warnings, then notes (folded). What was just decided, None otherwise.

    overridden: keys of findings. name: of who is signed in, "" to ask for it.
    """
    answer: Answer | None = st.session_state.pop(pressed(key), None)
    decided = answer if answer and answer.who and len(answer.reason) >= REASON_MIN_CHARS else None
    open_ones = waiting(findings, overridden)
    for finding in (f for f in findings if f.severity is Severity.BLOCKING):
        if finding not in open_ones:
            st.info(_said(finding) + " **Overridden.**", icon=":material/task_alt:")
            continue
        st.error("**Ranking waits.** " + _said(finding), icon=":material/front_hand:")
        if finding is open_ones[0] and not name:
            st.text_input("Your name", max_chars=80, key=f"{key}-who", width=320)
        _ask(finding, name, key)
    if answer and not decided:
        said = "exchange" if isinstance(answer, Exchange) else "override"
        st.warning(f"An {said} needs your name and a reason that a colleague can follow.", icon=":material/edit:")
    for finding in (f for f in findings if f.severity is Severity.WARNING):
        st.warning(_said(finding), icon=":material/warning:")
    _notes([f for f in findings if f.severity is Severity.NOTE])
    return decided


def waiting(findings: Sequence[Finding], overridden: Set[str]) -> list[Finding]:
    """What ranking waits for."""
    return [f for f in findings if f.severity is Severity.BLOCKING and f.key not in overridden]


def findings_shown(findings: Sequence[Finding]) -> None:
    """The same without any form, for who may only look."""
    for finding in (f for f in findings if f.severity is Severity.BLOCKING):
        st.error("**Ranking waits.** " + _said(finding), icon=":material/front_hand:")
    for finding in (f for f in findings if f.severity is Severity.WARNING):
        st.warning(_said(finding), icon=":material/warning:")
    _notes([f for f in findings if f.severity is Severity.NOTE])


def _said(finding: Finding) -> str:
    place = f"{text.label(finding.where)}: " if finding.where else ""
    return place + text.label(finding.sentence, 600)


def _notes(notes: Sequence[Finding]) -> None:
    if notes:
        with st.expander("1 note about these files" if len(notes) == 1 else f"{len(notes)} notes about these files"):
            for note in notes:
                text.plain(f"{note.where}: {note.sentence}" if note.where else note.sentence)


def _ask(finding: Finding, name: str, key: str) -> None:
    swapped = finding.code == PARENTS_SWAPPED
    with st.form(f"{key}-{finding.key}", border=False):
        widths = [4, 2, 1] if swapped else [4, 1]
        reason, *buttons = st.columns(widths, vertical_alignment="bottom")
        hint = "What you checked, and with whom"
        reason.text_input("Why ranking may go on", max_chars=400, placeholder=hint, key=_why(finding, key))
        if swapped:
            kept = (finding, name, key, True)
            buttons[0].form_submit_button(EXCHANGE, type="primary", width="stretch", on_click=_keep, args=kept)
        kept = (finding, name, key, False)
        buttons[-1].form_submit_button("Override this check", width="stretch", on_click=_keep, args=kept)


def _why(finding: Finding, key: str) -> str:
    return f"{key}-{finding.key}-why"


def _keep(finding: Finding, name: str, key: str, exchange: bool) -> None:
    """Runs before anything is drawn: the form may not be there any more, because somebody else answered it."""
    who = str(name or st.session_state.get(f"{key}-who", "")).strip()
    why = str(st.session_state.get(_why(finding, key), "")).strip()
    kept = Exchange(finding.code, who, why, finding.sentence) if exchange else Override(finding, who, why)
    st.session_state[pressed(key)] = kept
