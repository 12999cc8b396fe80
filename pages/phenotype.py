"""Phenotype: terms present and excluded, suggestions from the notes, what changes in the ranking, what to ask."""

from functools import partial

import streamlit as st

from components import commands, decisions, opened_cases, overtaken
from components.access import Permission, require
from components.banner import banner
from components.phenotype_editor import suggestions, term_lists, term_search
from components.phenotype_effect import effect
from components.phenotype_hints import candidate_diseases, what_to_ask_next

viewer = require(Permission.VIEW_CASE)
workup = opened_cases.open_workup(viewer)
case, ontology = workup.case, workup.knowledge.hpo
before = opened_cases.before_last_edit(viewer, case.id)

agreed = decisions.recorded_consent(viewer, workup.case.id, workup.case.patient.consent)
status = decisions.review_state(viewer, case.id).status
banner(workup, decisions.overrides(viewer, case.id), agreed, status=status)
st.title("Phenotype")
give = partial(commands.edit_phenotype, viewer, case.id)
seen = overtaken.version_shown(viewer, case.id, page="phenotype-edit")
overtaken.overtaken(case.id, give, page="phenotype-edit")
terms, notes, meaning = st.columns([4, 4, 5], gap="medium")
with terms:
    edit = term_search(case.phenotype, ontology)
    edit = term_lists(case.phenotype, ontology) or edit
with notes:
    edit = (
        suggestions(opened_cases.suggested_terms(case), case.phenotype, commands.rejected(viewer, case.id), ontology)
        or edit
    )
    edit = what_to_ask_next(case.phenotype, workup.phenotype, workup.knowledge) or edit
with meaning:
    effect(workup, before)
    candidate_diseases(workup.phenotype)

if edit is not None:
    overtaken.save(case.id, edit, seen, give, page="phenotype-edit")
