"""Worklist: the cases of this computer, the sample patients, and starting a case."""

from dataclasses import replace

import streamlit as st

from components import commands, compared, decisions, opened_cases, place, reading_progress, text, uploads, wiring
from components.access import SIGNED_IN_MODE, SINGLE_USER_MODE, Permission, require
from components.intake_form import intake_form
from components.sample_patients import sample_patients
from components.worklist import comparing, damaged, invitation, read_key, worklist

viewer = require(Permission.VIEW_CASE)
job = reading_progress.finished()
if job is not None:
    place.go_to_case(job.id)

cases = [replace(case, findings=opened_cases.noticed(case)) for case in opened_cases.summaries(viewer)]
listed, start = st.columns([5, 3], gap="medium")
with listed:
    damaged(opened_cases.damaged_cases(viewer))
    if cases:
        st.title("Worklist")
        said = {case.id: decisions.events(viewer, case.id) for case in cases}
        today = compared.compared_with_today(viewer, cases, said)
        comparing(compared.comparisons(), is_warm=wiring.is_warm, key="comparing")
        if chosen := worklist(cases, said, today, key="worklist", readers=commands.reader_of(viewer)[1]):
            if snapshot := read_key(chosen):
                compared.mark_as_read(viewer, chosen.id, snapshot)
                st.rerun()
            place.go_to_case(chosen.id)
        st.header("Sample patients: synthetic people, real published variants")
    else:
        invitation()
    samples = wiring.sample_patients()
    pressed = sample_patients(samples, key="samples")
    if pressed and not reading_progress.is_busy():
        sample = next(s for s in samples if s.slug == pressed.id)
        if known := opened_cases.sample_case(viewer, sample):
            place.go_to_case(known.id)
        reading_progress.remember(opened_cases.read_sample(viewer, sample))

with start:
    st.header("Start a case")
    if under_way := reading_progress.under_way():
        reading_progress.show_progress(under_way)
    elif reading := intake_form(wiring.case_store(), lambda: wiring.knowledge().hpo):
        reading_progress.remember(opened_cases.start_reading(viewer, reading, given=uploads.start_afresh()))
        st.rerun()
    text.quiet(SIGNED_IN_MODE if viewer.signed_in else SINGLE_USER_MODE)
