"""Where the person is: opaque ids in `?case=&variant=`, kept across screens and refreshes.

Streamlit drops the query when the person changes screen; the session remembers the case and puts
it back. Nothing but opaque ids ever goes into an address.
"""

import re
from pathlib import Path
from typing import NoReturn

import streamlit as st

_ROOT = Path(__file__).resolve().parent.parent
_OPAQUE = re.compile(r"^[A-Za-z0-9_-]{1,80}$")
_CASE, _VARIANT = "place_case", "place_variant"


def _opaque(value: str | None) -> str:
    return value if value and _OPAQUE.match(value) else ""


def follow_case(needs_case: bool) -> None:
    """Called by the shell before each page: the address wins over memory, memory fills a bare address."""
    asked = _opaque(st.query_params.get("case"))
    if asked and asked != st.session_state.get(_CASE):
        st.session_state[_CASE] = asked
        st.session_state[_VARIANT] = ""
    if variant := _opaque(st.query_params.get("variant")):
        st.session_state[_VARIANT] = variant
    if not needs_case:
        return
    for name, key in (("case", _CASE), ("variant", _VARIANT)):
        if not _opaque(st.query_params.get(name)) and st.session_state.get(key):
            st.query_params[name] = st.session_state[key]


def case_id() -> str:
    """The case the person is at, "" when none was opened."""
    return str(st.session_state.get(_CASE, ""))


def variant_id() -> str:
    """The variant the person is at as `variant_key` wrote it, "" when none."""
    return str(st.session_state.get(_VARIANT, ""))


def _page(page: str) -> str:
    """Streamlit looks for pages beside components/shell.py; ours are named from the project's root."""
    return str(_ROOT / page)


def link_to(page: str, label: str, icon: str = ":material/arrow_back:") -> None:
    """A link to a screen ("pages/worklist.py")."""
    st.page_link(_page(page), label=label, icon=icon)


def go_to_case(identifier: str, page: str = "pages/case_review.py", variant: str = "") -> NoReturn:
    """Open a case (at `variant`, a `variant_key`) on `page`; does not return."""
    st.session_state[_CASE] = identifier
    st.session_state[_VARIANT] = _opaque(variant)
    st.switch_page(_page(page), query_params={"case": identifier, **({"variant": variant} if variant else {})})


def remember_variant(key: str) -> None:
    """Keep the chosen variant in the address so that a refresh comes back to it."""
    st.session_state[_VARIANT] = _opaque(key)
    if key:
        st.query_params["variant"] = _opaque(key)


def variant_key(row: int) -> str:
    """What the address says for a row of the variant table: its number, which tells nobody anything."""
    return f"v{row}"


def variant_row() -> int | None:
    """The row of the variant table that the address names, None when it names none."""
    key = variant_id()
    return int(key[1:]) if key[:1] == "v" and key[1:].isdigit() else None
