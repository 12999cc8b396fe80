"""Shows long work under way on a workbench: what is happening, how far it is, and a way to stop it."""

import streamlit as st

from components import text
from components.errors import sentence_of
from components.workbench import Job, Workbench
from models.errors import Stopped

REFRESH = "0.5s"


def show(workbench: Workbench, key: str = "knowledge") -> bool:
    """Draws the job, or how the last one ended until somebody closes that. True while one is under way."""
    job = workbench.job
    if job is None:
        return False
    if not job.done.is_set():
        _live(job, key)
        return True
    _ended(job)
    if st.button("Close", key=f"{key}-close"):
        workbench.clear()
        st.rerun()
    return False


def _ended(job: Job) -> None:
    if isinstance(job.problem, Stopped):
        st.info(text.label(job.problem.sentence), icon=":material/info:")
    elif job.problem is not None:
        st.error(f"**{text.label(job.title)} did not work.** {text.label(sentence_of(job.problem), 600)}")
    elif job.outcome is not None:
        for sentence in job.outcome.wrong:
            st.error(text.label(sentence, 600), icon=":material/broken_image:")
        for sentence in job.outcome.said:
            st.success(text.label(sentence, 600), icon=":material/check:")


@st.fragment(run_every=REFRESH)
def _live(job: Job, key: str) -> None:
    if job.done.is_set():
        st.rerun()
    with st.container(border=True):
        st.markdown(f"**{text.label(job.title)}** · {job.elapsed_s:.0f} s")
        doing = "Stopping" if job.cancelled.is_set() else job.doing
        if job.share is None:
            st.text(f"… {text.clean(doing, 200)}")
        else:
            st.progress(min(max(job.share, 0.0), 1.0), text=text.label(doing, 200))
        stopping = job.cancelled.is_set()
        if job.can_stop and st.button("Cancel", key=f"{key}-cancel", icon=":material/close:", disabled=stopping):
            job.cancel()
        text.quiet("Other screens can be used meanwhile.")
