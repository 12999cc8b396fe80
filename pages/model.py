"""Model and data: what the ranking learnt from, how it was measured, and the limits."""

import streamlit as st

from components import model_facts, place, wiring
from components.access import Permission, require
from models.ranking.card import read_measured

viewer = require(Permission.VIEW_SYSTEM)
st.title("Model and data")
left, right = st.columns([4, 6], gap="medium")
with left:
    model_facts.model_summary(wiring.scorer().card)
    model_facts.limits()
    place.link_to("pages/knowledge.py", "Releases and licences: Knowledge", ":material/arrow_forward:")
with right:
    model_facts.measurements(read_measured(), wiring.scorer().card.sha256)
