"""People: who may do what here, changing it, and who opened a case of others in an emergency."""

import streamlit as st

from components import decisions, people_desk, sign_in, text
from components.access import Permission, require
from components.people_form import people_form
from components.people_panel import SINGLE_USER, changes, emergencies, people_table

viewer = require(Permission.SEE_PEOPLE)
st.title("People")
if sign_in.is_asked():
    desk = people_desk.desk_of(viewer)
    shown, side = st.columns([13, 8], gap="large") if desk.may_change else (st.container(), None)
    with shown:
        people_table(desk.people, key="people")
        changes(desk.changes(), key="people-changes")
        emergencies(decisions.emergency_openings(viewer), key="emergencies")
    if side:
        with side:
            people_form(desk, key="people-form")
else:
    text.plain(SINGLE_USER)
