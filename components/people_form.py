"""Changing who may do what: one person at a time, refused in a sentence when it would lock people out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from components import text
from components.people_desk import PeopleDesk
from models.errors import CaseboardError, InputError
from models.review.people import FILE_NAME, Person
from models.review.people_file import CHANGED, Entry
from models.review.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = ""  # the choice of somebody who is not in the list yet
NAME_CHARS, CASES_CHARS = 80, 4000
KEPT = "Kept. It counts from the next click on."
_CASE = re.compile(r"c-[0-9a-f]{16}")
_SAID, _SEEN = "people_said", "people_seen"
_SAYS = {
    Role.READER: "reader: looks at cases",
    Role.REVIEWER: "reviewer: also starts cases and decides",
    Role.SIGNER: "signer: also signs reports",
    Role.ADMIN: "admin: looks after the installation, decides about no patient",
}


def people_form(desk: PeopleDesk, *, key: str) -> None:
    """Add a person, change their roles and cases, or take them out of the list."""
    st.header("Change the list")
    _tell()
    seen = st.session_state.get(_SEEN, desk.version)
    st.session_state[_SEEN] = desk.version
    if seen != desk.version:
        st.warning(CHANGED)
    chosen = st.selectbox(
        "Whom", [NEW, *desk.people.by_key], format_func=lambda who: _named(desk, who), key=f"{key}-whom"
    )
    entry, saves, takes_out = _fields(desk, chosen, f"{key}-{chosen}-{desk.version[:12]}")
    if saves:
        _try(lambda: desk.save(entry(), seen))
    if takes_out:
        _try(lambda: desk.take_out(chosen, seen))
    text.quiet(f"Comments in {FILE_NAME} stay, and so does the file as it was, in the folder people-before beside it.")


def _named(desk: PeopleDesk, who: str) -> str:
    if who == NEW:
        return "Somebody new"
    name = desk.people.by_key[who].name
    return text.one_line(f"{name} ({who})" if name else who)


def _fields(desk: PeopleDesk, chosen: str, key: str) -> tuple[Callable[[], Entry], bool, bool]:
    """What to make of the fields once a button is pressed, and which button was."""
    person = desk.people.by_key.get(chosen, Person())
    with st.form(key, border=True):
        who = chosen or st.text_input("E-mail address or id with which they sign in", max_chars=NAME_CHARS)
        name = st.text_input("Name beside decisions", value=text.one_line(person.name), max_chars=NAME_CHARS)
        held = [role for role in Role if role in person.roles]
        roles = st.multiselect("Roles", list(Role), default=held, format_func=_SAYS.__getitem__)
        every = st.checkbox("Every case", value=person.all_cases)
        given = st.text_area(
            "Case ids, one a line, when not every case",
            value="\n".join(sorted(person.named)),
            max_chars=CASES_CHARS,
            height=90,
        )
        with st.container(horizontal=True):
            saves = st.form_submit_button("Save", type="primary")
            takes_out = bool(chosen) and st.form_submit_button("Take out of the list")
    return lambda: Entry(who, name, frozenset(roles), every, case_ids(given)), saves, takes_out


def case_ids(given: str) -> tuple[str, ...]:
    """The ids typed. Raises InputError for what is none."""
    words = tuple(dict.fromkeys(re.split(r"[\s,;]+", given.strip()))) if given.strip() else ()
    if wrong := next((word for word in words if not _CASE.fullmatch(word)), ""):
        raise InputError(f"“{text.one_line(wrong, 40)}” is no case id; they look like c-0123456789abcdef.")
    return words


def _try(change: Callable[[], None]) -> None:
    try:
        change()
    except CaseboardError as refused:
        st.session_state[_SAID] = (False, refused.sentence)
    else:
        st.session_state[_SAID] = (True, KEPT)
        st.session_state.pop(_SEEN, None)
    st.rerun()


def _tell() -> None:
    """What became of the last change."""
    if said := st.session_state.pop(_SAID, None):
        kept, sentence = said
        (st.success if kept else st.warning)(text.label(sentence, 600))
