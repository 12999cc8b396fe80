"""Shows a reading under way: what is happening, for how long, and a way to stop it."""

import streamlit as st

from components import text
from components.errors import sentence_of
from components.intake_job import ReadingJob, read_steps
from models.case.store import CaseSummary

_KEY = "reading_job"
REFRESH = "0.4s"


def remember(job: ReadingJob) -> None:
    """Keep the job with the session, so that other screens can be visited meanwhile."""
    st.session_state[_KEY] = job


def under_way() -> ReadingJob | None:
    return st.session_state.get(_KEY)


def is_busy() -> bool:
    """A case is being read just now; one after the other."""
    job = under_way()
    return job is not None and not job.done.is_set()


def finished() -> CaseSummary | None:
    """The case just read, once; None while reading, after a problem, or when nothing is read."""
    job = under_way()
    if job is None or not job.done.is_set() or job.case is None:
        return None
    forget()
    return job.case


def forget() -> None:
    st.session_state.pop(_KEY, None)


def show_progress(job: ReadingJob) -> None:
    """Draws the job; reruns the page when it ends. A problem stays until the person closes it."""
    if job.done.is_set() and job.problem is not None:
        st.error("**This case was not read.** " + text.label(sentence_of(job.problem), 600), icon=":material/error:")
        st.text("Nothing was kept. Correct the file and drop it again.")
        if st.button("Close", key="reading-close"):
            forget()
            st.rerun()
        return
    _live(job)


def in_line(before: int) -> str:
    """What happens before the first step; before: how many readings of other people end first."""
    if not before:
        return "Starting"
    return f"{'One reading' if before == 1 else f'{before} readings'} of others before yours; it then begins by itself"


@st.fragment(run_every=REFRESH)
def _live(job: ReadingJob) -> None:
    if job.done.is_set():
        st.rerun()
    steps = read_steps(job)
    with st.container(border=True):
        before = job.before
        heading = "Waiting to read" if before else "Reading"
        st.markdown(f"**{heading} {text.label(job.title)}** · {job.elapsed_s:.0f} s")
        for step in steps[:-1]:
            st.text(f"✓ {step}")
        st.text(f"… {steps[-1] if steps else in_line(before)}")
        if st.button("Cancel", key="reading-cancel", icon=":material/close:"):
            job.cancel()
            forget()
            st.rerun()
