"""Teaching: sample patients with the answer hidden until the learner commits."""

import streamlit as st

from components import decisions, opened_cases, place, reading_progress, teaching_start, wiring
from components.access import Permission, require
from components.banner import banner
from components.teaching import Desk, blind_reading, revealed
from models.intake.answer import read_answer
from models.review import EventKind
from models.review.teaching import Commitment, compare, last_commitment

viewer = require(Permission.LEARN)
if job := reading_progress.finished():
    place.go_to_case(job.id, "pages/teaching.py")

samples = {s.slug: s for s in wiring.sample_patients()}
asked = st.query_params.get("case")
shown = next((c for c in opened_cases.summaries(viewer) if c.id == asked and c.sample_slug in samples), None)
if shown is None:
    if sample := teaching_start.choose_patient(tuple(samples.values())):
        if known := opened_cases.sample_case(viewer, sample):
            place.go_to_case(known.id, "pages/teaching.py")
        reading_progress.remember(opened_cases.read_sample(viewer, sample))
        st.rerun()
    st.stop()

case_id = shown.id
workup = opened_cases.workup(viewer, case_id)
events = decisions.events(viewer, case_id)


def commit(learner: str, answer: Commitment) -> None:
    decisions.decide(viewer, case_id, EventKind.LEARNER_COMMITTED, answer.payload(), who=learner.strip())
    teaching_start.reveal(case_id, learner)
    st.rerun()


def show(learner: str) -> None:
    teaching_start.reveal(case_id, learner)
    st.rerun()


banner(workup)
said = last_commitment(events, teaching_start.learner_now()) if teaching_start.is_revealed(case_id) else None
if said is None:
    blind_reading(workup, Desk(commit, show, lambda learner: last_commitment(events, learner) is not None))
else:
    answer = read_answer(samples[shown.sample_slug].folder, workup.case.assembly)
    teaching_start.after_reveal(case_id)
    revealed(workup, compare(said, answer, workup.case.variants, workup.ranking), answer, opened_cases.reasons)
