"""The frame around every screen: page set-up, style, navigation, and the case that follows the person."""

import streamlit as st

from components import theme
from components.errors import shown_to_people
from components.navigation import navigation
from components.place import follow_case
from models.errors import NeedsOverride, NotYours

ABOUT = (
    "**Caseboard** ranks a patient's variants and shows why, beside the reads and the record.\n\n"
    "Research and education use; not a medical device. Runs on this computer; sends nothing elsewhere."
)


def _told_of_a_check() -> bool:
    """Shows what became of an answer to a check, also when the case no longer waits; False when there is nothing."""
    if not any(str(key).startswith("waiting-") for key in st.session_state):  # before the domain is loaded
        return False
    from components.waiting import ask_for_override, is_answered_here

    told = is_answered_here()
    if told:
        ask_for_override()
    return told


def main() -> None:
    """Draw the frame, then run the chosen page inside it."""
    st.set_page_config(page_title="Caseboard", layout="wide", menu_items={"About": ABOUT})
    theme.apply()
    page, screen = navigation()
    follow_case(screen.needs_case)
    with shown_to_people():
        from components.sign_in_panel import (
            who_is_here,
        )  # late, as below: it knows the domain, the first paint need not

        who_is_here()
        try:
            if not (screen.needs_case and _told_of_a_check()):
                page.run()
                theme.follow()  # last: to whom the page is refused, nothing else is drawn
        except NeedsOverride:
            from components.waiting import ask_for_override

            ask_for_override()
        except NotYours as case:
            from components.emergency import ask_for_reason

            ask_for_reason(case.case_id)


main()
