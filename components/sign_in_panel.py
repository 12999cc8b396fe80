"""Above every page of a server where people sign in: who is signed in, and signing out."""

import streamlit as st

from components import place, sign_in, text
from components.access import viewer_of

LOOK_EVERY_S = 30  # how long what is on the screen may outlast the sign-in


def who_is_here() -> None:
    """One line; nothing without sign-in and for whoever is refused by the page below."""
    if not sign_in.is_asked():
        return
    who = sign_in.identity_now()
    if who is None or sign_in.why_not(who):
        return
    if left := sign_in.come_back(who):
        st.session_state[sign_in.WHY_AMENDED] = left.why_amended
        place.go_to_case(left.case_id, "pages/report.py")
    _watch()
    line = st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="who-is-here")
    with line:
        text.quiet(f"Signed in as {viewer_of(who).name}")
        if st.button("Sign out", type="tertiary", key="sign-out"):
            sign_in.leave()
            st.stop()


@st.fragment(run_every=LOOK_EVERY_S)
def _watch() -> None:
    """Asks the server now and then. Once the sign-in is over, the gate (components/sign_in_gate.py) answers with the
    whole page, which is the refusal: nothing stays on an unattended screen."""
