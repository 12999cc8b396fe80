"""A file that leaves: a button while consent and role allow it, else the same button out of use and the sentence why.

The only place of the screens that offers a download of a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st

from components import decisions, text
from components.access import Viewer
from models.errors import CaseboardError, NotAgreed
from models.review.consent import Recorded
from models.review.ways_out import WayOut

NOT_ANY_MORE = "This file may not leave any more; reload the page to read why."


@dataclass(frozen=True)
class Exit:
    """Whose files leave, and who takes them. stated: `Patient.consent`, the files' words; "" where none asks for it."""

    viewer: Viewer
    case_id: str
    stated: str


@dataclass(frozen=True)
class Leaving:
    """One file on offer. make: its bytes, given the consent on record when it is pressed. against: why it cannot be
    made for another reason than role and consent, "" when it can."""

    way: WayOut
    title: str
    file: str
    mime: str
    make: Callable[[Recorded], bytes]
    key: str
    against: str = ""


def ways_out(out: Exit, files: Iterable[Leaving]) -> None:
    """A row of buttons, then each reason against some of them once."""
    refused: dict[str, list[str]] = {}
    with st.container(horizontal=True):
        for file in files:
            why = decisions.why_kept_in(out.viewer, out.case_id, file.way, out.stated) or file.against
            _button(out, file, why)
            if why:
                refused.setdefault(why, []).append(file.title)
    for why, titles in refused.items():
        text.quiet(f"{', '.join(titles)}: {why}")


def _button(out: Exit, file: Leaving, why: str) -> None:
    if why:
        st.button(file.title, key=f"{file.key}-kept-in", icon=":material/block:", disabled=True)
        return

    def made() -> bytes:
        """Asked again at the press: a consent that was withdrawn meanwhile counts on a page drawn before."""
        try:
            return decisions.let_out(out.viewer, out.case_id, file.way, out.stated, file.make)
        except CaseboardError:
            raise NotAgreed(NOT_ANY_MORE) from None  # goes to the log, where nobody may be named

    icon = ":material/download:"
    st.download_button(file.title, made, file.file, file.mime, key=file.key, on_click="ignore", icon=icon)
