"""What answers on this computer, source by source, in one table, with what is old said in words."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components import text
from components.drawing import Node, draw, el
from components.knowledge_shelf import Slot, age_of
from models.knowledge import Release
from models.knowledge.library.disk import amount
from models.review.telling import day

_HEADS = ("Source", "Release", "Age", "From", "Licence")


def in_use(slots: Sequence[Slot], today: date, *, key: str) -> None:
    """Every source that answers, one row a build; then what is old, damaged or left alone, in sentences."""
    draw(table(slots, today), key=key)
    if lacking := missing(slots):
        text.quiet(lacking)
    for slot in slots:
        if slot.problem:
            st.error(text.label(slot.problem, 400), icon=":material/broken_image:")
        elif slot.is_left_alone and slot.installed:
            st.info(text.label(left_alone(slot), 400), icon=":material/info:")
    for sentence in old_ones(slots, today):
        st.warning(text.label(sentence, 600), icon=":material/history:")


def table(slots: Sequence[Slot], today: date) -> Node:
    head = el("tr", *(el("th", name, scope="col") for name in _HEADS))
    rows = [_row(slot, slot.release, today) for slot in slots if slot.release]
    caption = el("caption", "Releases in use with age, origin, size and licence")
    return el("table", caption, el("thead", head), el("tbody", *rows), cls="grid")


def _row(slot: Slot, release: Release, today: date) -> Node:
    accepted = slot.installed.terms_accepted_by if slot.is_installed and slot.installed else ""
    age, old = age_of(slot, today), slot.is_old(today)
    return el(
        "tr",
        el("td", slot.name),
        el("td", release.version, title=f"released {release.released_on}"),
        el("td", el("span", age, cls="chip warn") if old else age, cls="keep"),
        el("td", origin(slot), cls="keep"),
        el("td", release.licence, f" – accepted by {accepted}" if accepted else None),
    )


def origin(slot: Slot) -> str:
    """ "ships with Caseboard", or "installed 21 Nov 2026, 181 MB"."""
    if slot.is_installed and slot.installed:
        return f"installed {day(slot.installed.installed_at)}, {amount(slot.installed.size_bytes)}"
    return "installed with its ontology" if slot.is_installed else slot.origin


def old_ones(slots: Sequence[Slot], today: date) -> list[str]:
    """What is more than a year behind, and what can be done about it."""
    old = [slot for slot in slots if slot.is_old(today)]
    here = ", ".join(slot.name for slot in old if slot.offer or slot.comes_along)
    shipped = ", ".join(slot.name for slot in old if not slot.offer and not slot.comes_along)
    found = [f"Older than a year; look for a newer release: {here}."] if here else []
    return found + ([f"Older than a year until Caseboard itself is updated: {shipped}."] if shipped else [])


def missing(slots: Sequence[Slot]) -> str:
    """What nobody can answer here yet, "" when there is nothing; the build only where another one answers."""
    answered = {slot.source.key for slot in slots if slot.release}
    lacking = [slot for slot in slots if not slot.release]
    names = dict.fromkeys(s.name if s.source.key in answered else s.bare_name for s in lacking)
    return f"Not assessed until installed: {', '.join(names)}." if names else ""


def left_alone(slot: Slot) -> str:
    """Why an installed release does not answer."""
    version = slot.installed.release.version if slot.installed else ""
    return f"{slot.name}: the installed release {version} is older than the one that ships, so the shipped one is used."


def citations(slots: Sequence[Slot]) -> None:
    """How each owner asks to be cited, folded."""
    with st.expander("How to cite"):
        for slot in slots:
            if slot.release:
                text.plain(f"{slot.name}: {slot.release.citation} {slot.release.address}")
