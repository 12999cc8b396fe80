"""A case of others: who is it for, and opening it in an emergency with a reason that is kept for ever."""

from datetime import UTC, datetime

import streamlit as st

from components import decisions, sign_in, text
from components.access import Permission, require
from components.findings import REASON_MIN_CHARS

REASON_MAX_CHARS = 500


def ask_for_reason(case_id: str) -> None:
    """What a person meets at a case that is not theirs; the page runs again once it was opened in an emergency."""
    viewer = require(Permission.VIEW_CASE)
    st.title("This case is not one of yours")
    text.plain("Whoever runs Caseboard can give it to you or to your team.")
    if not viewer.may(Permission.BREAK_GLASS):
        return
    lasts = sign_in.emergency()
    hours = f"{lasts.total_seconds() / 3600:g} h"
    st.header("In an emergency")
    text.plain(
        f"You may open it for {hours}. Your name, the time and your reason stay in the history of the case for ever, "
        "and the people who run Caseboard see them."
    )
    reason = st.text_area("Why do you need this case now?", max_chars=REASON_MAX_CHARS, key="emergency-reason")
    if st.button(f"Open this case for {hours}", type="primary", key="emergency-open"):
        if len(reason.strip()) < REASON_MIN_CHARS:
            st.warning("Please say why in a few words that another person understands.")
            return
        decisions.open_in_emergency(viewer, case_id, reason, datetime.now(UTC) + lasts)
        st.rerun()
