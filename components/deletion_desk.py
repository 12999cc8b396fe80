"""Deleting one case for good: what goes, what stays, why, and the name of the patient here typed once more."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from components import deletions, text
from components.access import Permission, Viewer, permitted_case
from components.decision_desk import NAME_CHARS, remember_name, typed_name
from models.errors import CaseboardError
from models.review.commands import DeletionReason
from models.review.telling import when

if TYPE_CHECKING:
    from models.review.deletable import House, Standing

NOTE_CHARS = 500
WHAT_GOES = (
    "Everything about this patient leaves this installation: the files, the signed reports, what was worked out, and "
    "every decision with its notes. It cannot be undone. A certificate stays in the installation's own chain: the "
    "case's opaque id, who, when, why, and the hashes by which a copy is recognised. Backups and what was handed out "
    "are beyond reach."
)
SIGNED = "This case has a signed report: say in your words, too, why it goes now."
TWO_PEOPLE = "This case has a signed report; two people delete it: one asks, another deletes."


def draw(viewer: Viewer, case_id: str) -> None:
    """The section below the history of the case; nothing for a role that may not delete. Raises NotPermitted."""
    permitted_case(viewer, case_id)
    if not viewer.may(Permission.DELETE_CASE):
        return
    standing, house = deletions.standing_of(viewer, case_id)
    with st.expander("Delete this case for good", icon=":material/delete_forever:"):
        text.plain(WHAT_GOES)
        text.quiet(standing.retention.sentence(now := datetime.now(UTC)))
        if standing.reports and not standing.retention.is_due(now):
            text.plain(SIGNED)
        if standing.needs_second(house):
            _who_asked(standing)
        _form(viewer, case_id, standing, house)


def _who_asked(standing: Standing) -> None:
    text.plain(TWO_PEOPLE)
    if asked := standing.asked:
        why = f"{asked.reason.value}{': ' + asked.note if asked.note else ''}"
        text.plain(f"{asked.who} asked for it on {when(asked.at)}: {why}.")


def _form(viewer: Viewer, case_id: str, standing: Standing, house: House) -> None:
    pseudonym = deletions.pseudonym_of(viewer, case_id)
    with st.form(f"delete-{case_id}", border=False, enter_to_submit=False):  # Enter is too easy for this
        reason, note = _why()
        left, right = st.columns(2)
        with left:
            again = st.text_input(
                "To confirm, type the pseudonym", placeholder=text.one_line(pseudonym), key="delete-again"
            )
        with right:
            who = _name(viewer)
        told = st.container()  # above the buttons: below them it would lie outside a small window
        asked, pressed = _buttons(standing.needs_second(house))
    if not (asked or pressed):
        return
    with told:
        if missing := _missing(reason, again, pseudonym, who):
            st.warning(missing)
            return
        (_ask if asked else _delete)(viewer, case_id, standing.version, reason, note, who)


def _why() -> tuple[str, str]:
    """The reason chosen, "" for none yet, and the words beside it."""
    reasons = [r.value for r in DeletionReason]
    reason = st.selectbox("Why", reasons, index=None, placeholder="Choose a reason", key="delete-reason")
    label = "In your words, without naming the patient (it stays in the certificate)"
    return reason or "", st.text_area(label, max_chars=NOTE_CHARS, height=68, key="delete-note")


def _name(viewer: Viewer) -> str:
    if viewer.signed_in:
        text.plain(f"As {viewer.name}, signed in")
        return viewer.name
    typed = st.text_input("Your name", value=typed_name(), max_chars=NAME_CHARS, key="delete-who")
    return text.one_line(typed, NAME_CHARS)


def _buttons(two: bool) -> tuple[bool, bool]:
    with st.container(horizontal=True):
        asked = two and st.form_submit_button("Ask for the deletion", key="delete-ask")
        pressed = st.form_submit_button("Delete this case for good", type="primary", key="delete-now")
    return asked, pressed


def _missing(reason: str, again: str, pseudonym: str, who: str) -> str:
    if not reason:
        return "Choose why the case is deleted."
    if text.one_line(again) != text.one_line(pseudonym):
        return f"To confirm, type what the patient is called here: {text.label(pseudonym)}"
    return "" if who.strip() else "Type your name: it stands in the certificate."


def _ask(viewer: Viewer, case_id: str, seen: int, reason: str, note: str, who: str) -> None:
    try:
        deletions.ask_deletion(viewer, case_id, seen, reason, note, who=who)
    except CaseboardError as refused:
        st.warning(text.label(refused.sentence, 600))
        return
    _keep_name(viewer, who)
    st.rerun()


def _delete(viewer: Viewer, case_id: str, seen: int, reason: str, note: str, who: str) -> None:
    try:
        problem = deletions.delete(viewer, case_id, seen, reason, note, who=who)
    except CaseboardError as refused:
        st.warning(text.label(refused.sentence, 600))
        return
    _keep_name(viewer, who)
    if problem:
        st.error(text.label(problem, 600))
        st.stop()
    st.rerun()  # the address answers with the certificate from now on


def _keep_name(viewer: Viewer, who: str) -> None:
    if not viewer.signed_in:
        remember_name(who)
