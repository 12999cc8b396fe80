"""People: who may do what here, and who opened a case of others in an emergency."""

import streamlit as st

from components import decisions, sign_in, text
from components.access import Permission, require
from components.people_panel import SINGLE_USER, emergencies, people_table

viewer = require(Permission.SEE_PEOPLE)
st.title("People")
if sign_in.is_asked():
    people_table(sign_in.people(), key="people")
    emergencies(decisions.emergency_openings(viewer), key="emergencies")
else:
    text.plain(SINGLE_USER)
