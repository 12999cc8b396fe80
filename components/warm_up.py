"""Loads what is slow while the first screen already paints: knowledge, the model, heavy imports."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from components.logs import keep_patient_text_out, log_defect
from models.vault import home_folder, keep_temporary_files_in


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start warming when the server starts; a daemon thread, so stopping never waits for it."""
    keep_patient_text_out()
    keep_temporary_files_in(home_folder())
    threading.Thread(target=_warm, name="warm-up", daemon=True).start()
    yield


def _warm() -> None:
    """What fails here is met again, and shown, by the screen that needs it."""
    from components import deletions, wiring

    for step in (
        deletions.end_what_was_begun,
        _import_screens,
        wiring.knowledge,
        wiring.scorer,
        _ready_the_reader,
        wiring.discard_old_drafts,
        _compare_cases,
        _open_latest,
    ):
        try:
            step()
        except Exception as problem:  # noqa: BLE001 - the log gets kind and place only
            log_defect(problem)


def _import_screens() -> None:
    import plotly.graph_objects  # noqa: F401


def _ready_the_reader() -> None:
    """On a fresh installation the VCF reader's compiled code is made once and kept; better now than
    while a person waits for the first case. From then on one child waits with the reader loaded."""
    from models.intake import keep_a_child_ready, warm_up

    warm_up()
    keep_a_child_ready()


def _open_latest() -> None:
    """The cases most likely to be opened next, ranked; their checks then show in the worklist too. Whoever waits for a
    screen comes first."""
    from components import opened_cases, steady_heap
    from components.access import SINGLE_USER
    from components.last_few import CASES_KEPT_OPEN
    from components.standing_back import stand_back

    for summary in opened_cases.summaries(SINGLE_USER)[:CASES_KEPT_OPEN]:
        stand_back()
        try:
            opened_cases.open_ahead(SINGLE_USER, summary.id)
        except Exception as problem:  # noqa: BLE001 - one damaged case keeps no other from being opened
            log_defect(problem)
    steady_heap.settle("what is there at the start")


def _compare_cases() -> None:
    """A release may have been installed while the server was down; what changed is then known before anybody asks."""
    from components import compared, decisions, opened_cases
    from components.access import SINGLE_USER

    cases = opened_cases.summaries(SINGLE_USER)
    said = {case.id: decisions.events(SINGLE_USER, case.id) for case in cases}
    compared.compared_with_today(SINGLE_USER, cases, said)
