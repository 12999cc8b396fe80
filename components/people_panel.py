"""Who may do what here, and who opened a case that was not theirs."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import text
from models.review import Event
from models.review.people import FILE_NAME, People
from models.review.rights import EmergencyOpening
from models.review.telling import value_words, when

SINGLE_USER = (
    "Single-user mode: nobody signs in, and whoever sits at this computer may do everything. "
    "How several people sign in is told in docs/people.md."
)


def people_table(people: People, *, key: str) -> None:
    """Everybody whom `people.toml` names."""
    st.header("Who may do what")
    if not people.by_key:
        text.plain(f"{FILE_NAME} names nobody yet, so nobody may do anything.")
        return
    rows = [
        {
            "Person": text.cell(person.name or who),
            "Signs in as": text.cell(who),
            "Roles": ", ".join(sorted(role.value for role in person.roles)) or "none",
            "Cases": "all" if person.all_cases else _whose(len(person.cases)),
        }
        for who, person in people.by_key.items()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key=key)
    text.quiet(f"Kept in {FILE_NAME} of the data folder; a change counts from the next click on.")


def _whose(given: int) -> str:
    return f"{given} given, and those they start" if given else "those they start"


def changes(made: Sequence[Event], *, key: str) -> None:
    """What was changed from this screen, the last first; nothing while nothing was."""
    if not made:
        return
    st.header("What was changed here")
    rows = [
        {"When": when(e.at), "By": text.cell(e.who), "What": text.cell(value_words(e.kind, e.payload))} for e in made
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key=key)
    text.quiet("A change by hand in the file is not listed.")


def emergencies(openings: Sequence[EmergencyOpening], *, key: str) -> None:
    """Each case that somebody opened in an emergency, the last first."""
    st.header("Cases opened in an emergency")
    if not openings:
        text.plain("Nobody opened a case of others.")
        return
    rows = [
        {
            "When": when(opening.at),
            "Who": text.cell(opening.who),
            "Case": opening.case_id,
            "Until": when(opening.until),
            "Reason": text.cell(opening.reason),
        }
        for opening in openings
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key=key)
