"""The only place in the browser that makes stores, knowledge and scorers.

Heavy imports are late so that the first screen paints while they load in the background. Asking for a
patient's case or decisions goes through components.opened_cases and components.decisions, which ask for
permission first.
"""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from components.once import once_for_each_home

if TYPE_CHECKING:
    from components.sample_patients import SamplePatient
    from components.workbench import Workbench
    from models.case.store import CaseStore
    from models.knowledge import Knowledge, Library, Release
    from models.ranking import CalibratedScorer
    from models.review import DecisionLog

DRAFT_KEPT_HOURS = 24  # longer than any reading or pause over the form; patient files must not lie about
SAMPLE_DATA = Path(__file__).resolve().parent.parent / "sample_data"


def home() -> Path:
    """Where this installation keeps its cases and decisions."""
    from models.case.store import home as place

    return place()


def case_store() -> CaseStore:
    """The cases of this machine."""
    return case_store_at(str(home()))


def decision_log() -> DecisionLog:
    """What people decided about them."""
    return _decision_log(str(home()))


def discard_old_drafts() -> None:
    """Throw away what was dropped and never read (a tab was closed, the server stopped)."""
    store, oldest = case_store(), time.time() - 3600 * DRAFT_KEPT_HOURS
    for folder in (home() / "drafts").iterdir():
        if folder.stat().st_mtime < oldest:
            store.discard(folder)


@once_for_each_home
def case_store_at(root: str) -> CaseStore:
    """The cases under a folder: for caches, which must know which installation they speak of."""
    from models.case.store import CaseStore

    return CaseStore(Path(root))


@once_for_each_home
def _decision_log(root: str) -> DecisionLog:
    from models.review import DecisionLog, decisions_at

    return DecisionLog(decisions_at(Path(root)))


def knowledge() -> Knowledge:
    """What the world knows, as shipped and as installed here; loaded once, and again when another release is
    put to use, so that it counts from the next rerun on."""
    return _knowledge(*_library())


def releases_in_use() -> tuple[Release, ...]:
    """The same releases by name, without loading what they say."""
    return _releases_in_use(*_library())


@st.cache_resource(show_spinner=False)
def workbench() -> Workbench:
    """Where installing goes on in the background, one a process."""
    from components.workbench import Workbench

    return Workbench()


def has_installed_releases() -> bool:
    """Something is known here that does not ship, so that what was said may have become old."""
    return bool(_library()[1])


def is_warm() -> bool:
    """Knowledge and model were loaded once, so that asking for them again costs nothing or little."""
    return bool(_loaded())


def _library() -> tuple[str, tuple[tuple[str, str], ...]]:
    """Where releases are installed, and which are in use: what everything known follows from."""
    installed = library()
    return str(installed.folder), tuple(sorted(installed.switched().items()))


@st.cache_resource(show_spinner=False)
def _loaded() -> set[str]:
    return set()


@st.cache_resource(show_spinner=False, max_entries=2)
def _releases_in_use(folder: str, in_use: tuple[tuple[str, str], ...]) -> tuple[Release, ...]:
    from models.knowledge import Library
    from models.knowledge.load import releases_in_use

    library = Library(Path(folder))
    return releases_in_use(library, library.in_use())


@st.cache_resource(show_spinner="Loading the phenotype ontology and gene knowledge …", max_entries=2)
def _knowledge(folder: str, in_use: tuple[tuple[str, str], ...]) -> Knowledge:
    from models.knowledge import Library, load_knowledge

    return load_knowledge(library=Library(Path(folder)))


@st.cache_resource(show_spinner="Checking and loading the ranking model …")
def scorer() -> CalibratedScorer:
    """The shipped model, verified against its manifest; loaded once a process."""
    from models.ranking import load_scorer

    loaded = load_scorer()
    _loaded().add(loaded.card.sha256)
    return loaded


def sample_patients() -> tuple[SamplePatient, ...]:
    """The sample patients shipped with this installation."""
    from components.sample_patients import find_sample_patients

    return find_sample_patients(SAMPLE_DATA)


def today() -> date:
    """Today where this computer is, for the age of releases."""
    return datetime.now().astimezone().date()


def library() -> Library:
    """The installed releases; asking for it loads none of them, so it works when one is damaged."""
    from models.knowledge import Library, library_folder

    return Library(library_folder())
