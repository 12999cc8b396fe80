"""The copy without identity: every free text with what the rules replace, read and let go one by one, then the zip."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from components import decisions, text, theme
from components.copy_desk import CopyDesk
from components.decision_desk import AS_TYPED, NAME_CHARS, remember_name, typed_name
from components.drawing import Child, Node, browser_side, el
from components.way_out import Exit, Leaving, ways_out
from models.errors import CaseboardError, InputError
from models.review.ways_out import DEIDENTIFIED

if TYPE_CHECKING:
    from models.privacy import Draft, Package, Piece

LEAD = (
    "Names, places and identifying numbers are taken out of this copy by rule; dates are moved or taken out. What "
    "people wrote leaves only after you have read it here; every other text is left out. The variants themselves can "
    "identify a person."
)
MOVED = "Days since the first entry, and dates moved by a secret number of days"
DAYS = "Days since the first entry only (Safe Harbor to the letter)"
NO_NAME = "Type your name first: it is kept who took a copy out, and how many texts they had read."
_CHUNK = 15_000  # characters of a text node; the gate of the screen cuts longer ones
_LINES_PX, _LEAST_PX, _MOST_PX = 24, 130, 420
_CHARACTERS_A_LINE = 70
_draw = st.components.v2.component(
    "caseboard_copy",
    css=theme.COMPONENT_CSS + browser_side("panels.css", "copy.css"),
    js=browser_side("drawing.js"),
)


def copy_panel(copy: CopyDesk) -> None:
    """Everything between the report and the zip."""
    text.plain(LEAD)
    case, viewer = copy.desk.workup.case, copy.desk.viewer
    if why := decisions.why_kept_in(viewer, case.id, DEIDENTIFIED, case.patient.consent):
        st.info(text.label(why, 600), icon=":material/block:")
        return
    dates = st.radio("Dates of the record", (MOVED, DAYS), key="copy_dates", horizontal=True)
    try:
        draft = copy.draft(days_only=dates == DAYS)
    except CaseboardError as refused:
        st.error(text.label(refused.sentence, 600))
        return
    checked = _checked(draft)
    _pieces(draft, checked)
    _make(copy, draft, checked)


def _checked(draft: Draft) -> dict[str, str]:
    """What was let go in this session; texts that changed since, and other ways to tell dates, begin anew."""
    facts = [draft.case.id, draft.case.sha256, draft.axis.days_only, *((p.key, p.outcome) for p in draft.pieces)]
    name = f"copy_checked_{hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]}"
    kept: dict[str, str] = st.session_state.setdefault(name, {})
    return kept


def _pieces(draft: Draft, checked: dict[str, str]) -> None:
    st.header("Texts that people wrote")
    if not draft.pieces:
        text.plain("Nobody wrote any about this case.")
        return
    if not draft.names_kept:
        from models.privacy.pack import NAMES_MISSING

        st.info(text.label(NAMES_MISSING, 600))
        return
    st.text(f"{len(checked)} of {len(draft.pieces)} leave; the others are left out.")
    keys = [piece.key for piece in draft.pieces]
    _moved_on(keys)
    key = st.selectbox("Text", keys, format_func=lambda k: _told(draft, checked, k), key="copy_piece")
    piece = draft.piece(key or keys[0])
    if piece:
        _piece(piece, keys, checked)


def _moved_on(keys: list[str]) -> None:
    """Show the text after the one just judged; a choice that is no longer there begins at the first."""
    if (asked := st.session_state.pop("copy_next", "")) in keys:
        st.session_state["copy_piece"] = asked
    if st.session_state.get("copy_piece") not in keys:
        st.session_state["copy_piece"] = keys[0]


def _told(draft: Draft, checked: Mapping[str, str], key: str) -> str:
    at = next(n for n, p in enumerate(draft.pieces, 1) if p.key == key)
    state = "leaves" if key in checked else "left out"
    return text.one_line(f"{at}. {draft.pieces[at - 1].title}: {state}")


def _piece(piece: Piece, keys: list[str], checked: dict[str, str]) -> None:
    before, after = st.columns(2)
    height = _height(piece.original)
    with before:
        st.text(f"As it is, {_counted(len(piece.marks))} marked")
        _draw(key=f"copy-original-{piece.key}", data={"nodes": [original(piece, height)]})
    with after:
        shown = checked.get(piece.key, piece.outcome)
        written = st.text_area("As it leaves", shown, height=height, key=f"copy_text_{piece.key}")
    following = keys[(keys.index(piece.key) + 1) % len(keys)]
    with st.container(horizontal=True):
        if st.button("I read it: let it leave", type="primary", key="copy-let-go", icon=":material/check:"):
            checked[piece.key] = written
            _go_to(following)
        if st.button("Leave it out", key="copy-leave-out", icon=":material/block:"):
            checked.pop(piece.key, None)
            _go_to(following)
    if piece.key in checked and checked[piece.key] != written:
        st.warning("You changed this text after you had let it leave; let it leave again.")


def _go_to(key: str) -> None:
    st.session_state["copy_next"] = key
    st.session_state.pop("copy_said", None)
    st.rerun()


def _counted(number: int) -> str:
    return "one replacement" if number == 1 else f"{number} replacements"


def _height(words: str) -> int:
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in words.split("\n"))
    return max(_LEAST_PX, min(_MOST_PX, _LINES_PX * (lines + 1)))


def original(piece: Piece, height: int) -> Node:
    """The text with everything that is replaced marked; what stands instead is told with each mark."""
    parts: list[Child] = []
    at = 0
    for mark in piece.marks:
        parts += _chunks(piece.original[at : mark.start])
        said = el("mark", piece.original[mark.start : mark.end], title=f"becomes {mark.instead}")
        parts.append(said)
        at = mark.end
    inner = el("div", *parts, *_chunks(piece.original[at:]), cls="words", role="region", tabindex="0",
               aria_label="The text as it is", data_kind="tall" if height >= _MOST_PX else "short")  # fmt: skip
    return el("div", inner, cls="cb copy")


def _chunks(words: str) -> list[Child]:
    return [el("span", words[at : at + _CHUNK]) for at in range(0, len(words), _CHUNK)]


def _make(copy: CopyDesk, draft: Draft, checked: Mapping[str, str]) -> None:
    """The name, the zip, and its way out."""
    st.header("Make the copy")
    viewer = copy.desk.viewer
    if not viewer.signed_in:
        name = st.text_input("Your name", typed_name(), max_chars=NAME_CHARS, key="copy_name")
        remember_name(name)
        text.quiet(f"Single-user mode: {AS_TYPED}.")
    said = st.session_state.get("copy_said", "")
    if st.button("Make the copy", type="primary", key="copy-make", icon=":material/folder_zip:"):
        said = st.session_state["copy_said"] = _packed(copy, draft, checked)
    if said:
        st.error(text.label(said, 600))
    package: Package | None = st.session_state.get("copy_package", (None, None))[1]
    if package and st.session_state["copy_package"][0] == _about(draft, checked):
        _ready(copy, draft, package)


def _packed(copy: CopyDesk, draft: Draft, checked: Mapping[str, str]) -> str:
    """Make the zip and keep it in this session; the sentence why not, "" when it is there."""
    try:
        if not (copy.desk.viewer.signed_in or typed_name().strip()):
            raise InputError(NO_NAME)
        st.session_state["copy_package"] = (_about(draft, checked), copy.made(draft, checked))
    except CaseboardError as refused:
        st.session_state.pop("copy_package", None)
        return refused.sentence
    return ""


def _about(draft: Draft, checked: Mapping[str, str]) -> str:
    """What a zip was made of; one made of anything else is not offered any more."""
    facts = [draft.case.id, draft.case.sha256, draft.axis.days_only, sorted(checked.items())]
    return hashlib.sha256(json.dumps([*facts, draft.content.decisions_head]).encode()).hexdigest()


def _ready(copy: CopyDesk, draft: Draft, package: Package) -> None:
    case, typed = copy.desk.workup.case, typed_name()
    st.text(f"Ready. Texts that leave: {package.checked}; left out: {package.left_out}. sha256 {package.sha256}")
    leaving = Leaving(
        DEIDENTIFIED,
        "Take the copy out",
        f"{draft.secret.code}-deidentified.zip",
        "application/zip",
        lambda recorded: copy.take_out(package, typed),
        "get-copy",
    )
    ways_out(Exit(copy.desk.viewer, case.id, case.patient.consent), [leaving])
    text.quiet("That it is taken out is kept in the chain of the case: who, when, how many texts, and this hash.")
