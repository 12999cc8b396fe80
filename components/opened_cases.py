"""The cases of this machine as a viewer may open them: read, checked, ranked, and kept in memory.

Caches are keyed by content: case id and sha256, knowledge releases, model sha256, the findings
overridden and the terms; never by a frame (Streamlit hashes large frames from a sample and can
answer with another patient's result). Permission is asked before a cache is looked at, never inside.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st

from components import decisions, place, wiring
from components.access import Permission, Viewer, permitted
from components.last_few import CASES_KEPT_OPEN
from components.logs import log_defect
from models.errors import NeedsOverride

if TYPE_CHECKING:
    from components.intake_job import Reading, ReadingJob
    from components.sample_patients import SamplePatient
    from models.case import Case, Finding, Phenotype
    from models.case.store import CaseSummary
    from models.knowledge import Knowledge, Suggestion
    from models.ranking import Explanation
    from models.review import Event
    from models.what_if import WhatIf
    from models.workup import Workup


def start_reading(viewer: Viewer, reading: Reading, *, given: Path | None = None) -> ReadingJob:
    """Read a case in the background and rank it ahead of the first look. `given`: the private folder
    of what was dropped, discarded at the end. Raises NotPermitted."""
    from components.intake_job import start

    permitted(viewer, Permission.CREATE_CASE)
    store, began = wiring.case_store(), datetime.now(UTC)
    tidy = (lambda: store.discard(given)) if given else (lambda: None)

    def then(case_id: str) -> None:
        decisions.begun(viewer, case_id, began)
        workup(viewer, case_id)

    return start(reading, store, then=then, tidy=tidy, person=viewer.account)


def sample_case(viewer: Viewer, sample: SamplePatient) -> CaseSummary | None:
    """The case made of this sample patient earlier, None when it was not read yet, or files or reader are newer."""
    from models.intake import READER_VERSION

    permitted(viewer, Permission.VIEW_CASE)
    known = next((s for s in summaries(viewer) if s.sample_slug == sample.slug), None)
    if known is None or known.reader_version != READER_VERSION:
        return None
    newest = max(file.stat().st_mtime for file in sample.folder.rglob("*"))
    return known if datetime.fromisoformat(known.added_at).timestamp() >= newest else None


def read_sample(viewer: Viewer, sample: SamplePatient) -> ReadingJob:
    """Start reading a sample patient."""
    from components.intake_job import Reading
    from models.intake import CaseOptions, files_of

    reading = Reading(sample.title, files_of(sample.folder), CaseOptions(), sample.slug)
    return start_reading(viewer, reading)


def summaries(viewer: Viewer) -> tuple[CaseSummary, ...]:
    """The cases this viewer may see, newest first."""
    permitted(viewer, Permission.VIEW_CASE)
    return tuple(s for s in wiring.case_store().summaries() if viewer.may_see(s.id))


def damaged_cases(viewer: Viewer) -> int:
    """How many stored cases cannot be read any more."""
    permitted(viewer, Permission.VIEW_CASE)
    return len(wiring.case_store().damaged())


def open_case(viewer: Viewer, case_id: str) -> tuple[Case, tuple[Finding, ...]]:
    """The case with current terms of the ontology as delivered, and everything noticed about it.

    Raises NotPermitted when it is not the viewer's, IntegrityError when it is not here or damaged.
    """
    return _open(case_id, decisions.events(viewer, case_id), wiring.knowledge())


def _open(case_id: str, said: tuple[Event, ...], known: Knowledge) -> tuple[Case, tuple[Finding, ...]]:
    """said: every decision about the case, given only to who may see it."""
    from models.review import exchanged_parents

    summary, exchange = wiring.case_store().summary(case_id), exchanged_parents(said)
    key = (str(wiring.home()), case_id, summary.sha256, _releases(known), exchange.sentence if exchange else "")
    case, findings = _inspected(*key, exchange, known)
    _noticed()[case_id, summary.sha256] = findings
    return case, findings


def noticed(summary: CaseSummary) -> tuple[Finding, ...]:
    """What is known to be wrong with a listed case: all checks once it was opened, else those of the reading."""
    return _noticed().get((summary.id, summary.sha256), summary.findings)


@st.cache_resource(show_spinner=False)
def _noticed() -> dict[tuple[str, str], tuple[Finding, ...]]:
    return {}


def forget(case_id: str) -> None:
    """Empty every cache that may hold a case; the others are read again when they are next opened."""
    for key in [k for k in _noticed() if k[0] == case_id]:
        _noticed().pop(key, None)
    for cache in (_suggested, _inspected, _worked_up, _remembered, _reranked):
        cache.clear()


def open_workup(viewer: Viewer) -> Workup:
    """The ranked case of this address (`?case=`), with the person's edits applied.

    Without a case in the address it invites to choose one and stops the page. Raises NeedsOverride
    while a check waits for a named person, and what `open_case` raises.
    """
    case_id = place.case_id()
    if not case_id:
        invite()
    return workup(viewer, case_id)


def workup(viewer: Viewer, case_id: str) -> Workup:
    """The ranked case `case_id` with the decisions about it applied; remembered, to be compared with later."""
    from models.review import changes_seen

    found, said = _ranked(viewer, case_id)
    _remembered(str(wiring.case_store().folder(case_id)), _key(found), found, changes_seen(said))
    return found


def open_ahead(viewer: Viewer, case_id: str) -> None:
    """Open and rank a case before anybody asks; not remembered: what nobody saw is nothing to compare with later."""
    with suppress(NeedsOverride):  # the screen asks for the override
        _ranked(viewer, case_id)


def _ranked(viewer: Viewer, case_id: str) -> tuple[Workup, tuple[Event, ...]]:
    """The ranked case with the decisions about it applied, and those decisions."""
    from models.review import current_phenotype

    said = decisions.events(viewer, case_id)
    base = _delivered(case_id, said)
    return with_phenotype(base, current_phenotype(base.case.phenotype, said)), said


def _delivered(case_id: str, said: tuple[Event, ...]) -> Workup:
    """The ranked case with the terms it came with, checks overridden where somebody did."""
    from models.review import overridden_findings

    case, findings = _open(case_id, said, known := wiring.knowledge())
    return _base(case, findings, overridden_findings(said), known)


def reasons(of: Workup, row: int) -> Explanation:
    """Why a ranked variant has its place."""
    from models.ranking import explain

    return explain(of.ranking, row, of.case, of.evidence, of.phenotype, wiring.scorer())


def what_if(of: Workup, row: int) -> tuple[WhatIf, ...]:
    """What would change a ranked variant's place."""
    from models.what_if import what_would_change

    return what_would_change(of, row, wiring.scorer())


def before_last_edit(viewer: Viewer, case_id: str) -> Workup | None:
    """The ranked case as it was before the last edit of its terms; None when nobody edited them."""
    from models.review import EventKind, current_phenotype

    said = decisions.events(viewer, case_id)
    edits = [n for n, e in enumerate(said) if e.kind in (EventKind.TERM_SET, EventKind.TERM_REMOVED)]
    if not edits:
        return None
    base = _delivered(case_id, said)
    return with_phenotype(base, current_phenotype(base.case.phenotype, said[: edits[-1]]))


def suggested_terms(case: Case) -> tuple[tuple[str, Suggestion], ...]:
    """What the notes of the case seem to say: (title of the note, suggestion), in reading order."""
    return _suggested(case.id, case.sha256, _releases(wiring.knowledge()), case)


@st.cache_resource(show_spinner=False, max_entries=CASES_KEPT_OPEN)
def _suggested(
    case_id: str, case_sha256: str, releases: tuple[tuple[str, str], ...], _case: Case
) -> tuple[tuple[str, Suggestion], ...]:
    from models.knowledge import suggest_terms

    ontology = wiring.knowledge().hpo
    found = ((note.title, s) for note in _case.record.notes for s in suggest_terms(note.text, ontology))
    once = {(s.term_id, s.sentence): (title, s) for title, s in reversed(tuple(found))}
    return tuple(reversed(once.values()))


def invite() -> NoReturn:
    """Ask to open a case, and stop the page."""
    with st.container(border=True, horizontal_alignment="center"):
        st.header("No case is open")
        st.text("Open a case or a sample patient in the worklist; it then follows you across the screens.")
        place.link_to("pages/worklist.py", "Go to the worklist")
    st.stop()


def _releases(known: Knowledge) -> tuple[tuple[str, str], ...]:
    """Every release in use with its build, and the folder of each installed one (the same version may be
    installed again)."""
    installed = tuple((i.slot, i.folder.name) for i in known.installed)
    return (*((f"{r.key}/{r.assembly}", r.version) for r in known.releases), *installed)


def _key(of: Workup) -> tuple[Any, ...]:
    """What a ranking follows from."""
    return (of.case.id, of.case.sha256, _releases(of.knowledge), of.ranking.card.sha256, _terms(of.case.phenotype))


def _terms(phenotype: Phenotype) -> tuple[tuple[str, ...], ...]:
    """Everything about the terms that a screen shows, so that no answer is that of an earlier edit."""
    return tuple((t.id, str(t.excluded), t.label, t.onset, t.origin) for t in phenotype.terms)


@st.cache_resource(show_spinner="Opening the case …", max_entries=CASES_KEPT_OPEN)
def _inspected(
    root: str,
    case_id: str,
    case_sha256: str,
    releases: tuple[tuple[str, str], ...],
    because: str,
    _exchange: Finding | None,
    _known: Knowledge,
) -> tuple[Case, tuple[Finding, ...]]:
    from models.workup import inspect

    store = wiring.case_store_at(root)
    case = store.open(case_id)
    return inspect(case.with_parents_exchanged(_exchange) if _exchange else case, _known, store.folder(case_id))


def _base(case: Case, findings: tuple[Finding, ...], overridden: frozenset[str], known: Knowledge) -> Workup:
    from models.workup import blocking

    waiting = blocking(findings, overridden)
    if waiting:
        raise NeedsOverride(waiting[0].sentence, waiting[0].where)
    passed = tuple(sorted(overridden))
    return _worked_up(case.id, case.sha256, _releases(known), wiring.scorer().card.sha256, passed, case, known)


@st.cache_resource(show_spinner="Assessing and ranking the variants …", max_entries=CASES_KEPT_OPEN)
def _worked_up(
    case_id: str,
    case_sha256: str,
    releases: tuple[tuple[str, str], ...],
    model_sha256: str,
    overridden: tuple[str, ...],
    _case: Case,
    _known: Knowledge,
) -> Workup:
    from models.workup import ranked

    return ranked(_case, _known, wiring.scorer(), frozenset(overridden))


@st.cache_resource(show_spinner=False, max_entries=4 * CASES_KEPT_OPEN)
def _remembered(folder: str, key: tuple[Any, ...], _of: Workup, _seen: str) -> bool:
    """Keep what the person is about to see, once; a folder that cannot be written is no reason not to show it."""
    from models.reanalysis import remember

    try:
        remember(Path(folder), _of, _seen)
    except OSError as problem:
        log_defect(problem)
        return False
    return True


def with_phenotype(base: Workup, phenotype: Phenotype) -> Workup:
    """The same case with other terms, nothing saved: also for showing what an edit would change."""
    if _terms(base.case.phenotype) == _terms(phenotype):
        return base
    return _reranked(_key(base), _terms(phenotype), base, phenotype)


@st.cache_resource(show_spinner="Ranking again …", max_entries=2 * CASES_KEPT_OPEN)
def _reranked(key: tuple[Any, ...], terms: tuple[tuple[str, ...], ...], _base: Workup, _phenotype: Phenotype) -> Workup:
    from models.workup import rerank

    return rerank(_base, _phenotype, wiring.scorer())
