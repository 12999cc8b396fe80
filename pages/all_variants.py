"""All variants: the counted funnel, "why not here?", and every variant of the case."""

import streamlit as st

from components import decisions, opened_cases, place
from components.access import Permission, require
from components.banner import banner
from components.funnel import funnel
from components.variant_filter import in_order, matching_rows
from components.variant_filter_form import filter_form
from components.variant_table import variant_table
from components.why_not_here import ask_why, why_not_here
from models.review.commands import Consent
from models.review.consent import allows

viewer = require(Permission.VIEW_CASE)
workup = opened_cases.open_workup(viewer)
case = workup.case

agreed = decisions.recorded_consent(viewer, case.id, case.patient.consent)
banner(workup, decisions.overrides(viewer, case.id), agreed, status=decisions.review_state(viewer, case.id).status)
title, search = st.columns([1, 2], gap="medium")
title.title("All variants")
with search:
    query = ask_why(key="why")
opened = why_not_here(query, case, workup.evidence, workup.ranking, key="why")
step = funnel(workup.evidence.funnel, st.session_state.get("all-step"), key="funnel")
if step is not None:
    st.session_state["all-step"] = None if st.session_state.get("all-step") is step else step
    st.rerun()

wanted, order = filter_form(workup, allows(Consent.SECONDARY_FINDINGS, agreed), key="all")
rows = in_order(matching_rows(workup, wanted), workup, order)
selected = variant_table(workup, rows, key="all")
if selected is not None and workup.ranking.rank_of(selected):
    opened = selected if st.button("Open in the case review", type="primary") else opened
if opened is not None:
    place.go_to_case(case.id, variant=place.variant_key(opened))
