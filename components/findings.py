"""What was noticed about a case, in sentences; a blocking one asks for a named person's decision."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

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


def findings_panel(
    findings: Sequence[Finding], overridden: Set[str], *, key: str, name: str = ""
) -> Override | Exchange | None:
    """Blocking first, then warnings, then notes (folded). What was just decided, None otherwise.

    overridden: keys of findings. name: of who is signed in, "" to ask for it.
    """
    decided: Override | Exchange | None = None
    blocking = [f for f in findings if f.severity is Severity.BLOCKING]
    waiting = any(f.key not in overridden for f in blocking)
    asks = waiting and not name
    who = st.text_input("Your name", max_chars=80, key=f"{key}-who", width=320) if asks else name
    for finding in blocking:
        if finding.key in overridden:
            st.info(_said(finding) + " **Overridden.**", icon=":material/task_alt:")
        else:
            st.error("**Ranking waits.** " + _said(finding), icon=":material/front_hand:")
            decided = _ask(finding, who, key) or decided
    for finding in (f for f in findings if f.severity is Severity.WARNING):
        st.warning(_said(finding), icon=":material/warning:")
    _notes([f for f in findings if f.severity is Severity.NOTE])
    return decided


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
        with st.expander(f"{len(notes)} notes about these files"):
            for note in notes:
                text.plain(f"{note.where}: {note.sentence}" if note.where else note.sentence)


def _ask(finding: Finding, who: str, key: str) -> Override | Exchange | None:
    swapped = finding.code == PARENTS_SWAPPED
    with st.form(f"{key}-{finding.key}", border=False):
        widths = [4, 2, 1] if swapped else [4, 1]
        reason, *buttons = st.columns(widths, vertical_alignment="bottom")
        why = reason.text_input("Why ranking may go on", max_chars=400, placeholder="What you checked, and with whom")
        exchange = swapped and buttons[0].form_submit_button(EXCHANGE, type="primary", width="stretch")
        override = buttons[-1].form_submit_button("Override this check", width="stretch")
    if not (exchange or override):
        return None
    if not who.strip() or len(why.strip()) < REASON_MIN_CHARS:
        said = "exchange" if exchange else "override"
        st.warning(f"An {said} needs your name and a reason that a colleague can follow.", icon=":material/edit:")
        return None
    if exchange:
        return Exchange(finding.code, who.strip(), why.strip(), finding.sentence)
    return Override(finding, who.strip(), why.strip())
