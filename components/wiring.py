"""The only place in the browser that makes stores, knowledge and scorers, and the only keeper of caches.

Caches are keyed by content: case id and sha256, knowledge releases, model sha256, the findings
overridden and the terms; never by a frame (Streamlit hashes large frames from a sample and can
answer with another patient's result). Permission is asked before a cache is looked at, never inside.
Heavy imports are late so that the first screen paints while they load in the background.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st

from components import place
from components.access import Permission, Viewer, permitted
from components.logs import log_defect
from models.errors import IntegrityError, NeedsOverride, NotYours

if TYPE_CHECKING:
    from components.history import Chain
    from components.intake_job import Reading, ReadingJob
    from components.knowledge_commands import KnowledgeDesk
    from components.knowledge_job import Workbench
    from components.sample_patients import SamplePatient
    from models.case import Case, Finding, Phenotype
    from models.case.store import CaseStore, CaseSummary
    from models.knowledge import Knowledge, Release, Suggestion
    from models.ranking import CalibratedScorer, Explanation
    from models.review import Conflict, DecisionLog, Event, EventKind, ReviewState
    from models.review.commands import Command
    from models.review.rights import EmergencyOpening
    from models.what_if import WhatIf
    from models.workup import Workup

CASES_KEPT_OPEN = 6  # memory-mapped variants; the rest of a case is a few MB
DRAFT_KEPT_HOURS = 24  # longer than any reading or pause over the form; patient files must not lie about
SAMPLE_DATA = Path(__file__).resolve().parent.parent / "sample_data"


def home() -> Path:
    """Where this installation keeps its cases and decisions."""
    from models.case.store import home as place

    return place()


def case_store() -> CaseStore:
    """The cases of this machine."""
    return _case_store(str(home()))


def decision_log() -> DecisionLog:
    """What people decided about them."""
    return _decision_log(str(home()))


def discard_old_drafts() -> None:
    """Throw away what was dropped and never read (a tab was closed, the server stopped)."""
    store, oldest = case_store(), time.time() - 3600 * DRAFT_KEPT_HOURS
    for folder in (home() / "drafts").iterdir():
        if folder.stat().st_mtime < oldest:
            store.discard(folder)


@st.cache_resource(show_spinner=False)
def _case_store(root: str) -> CaseStore:
    from models.case.store import CaseStore

    return CaseStore(Path(root))


@st.cache_resource(show_spinner=False)
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


def knowledge_desk(viewer: Viewer) -> KnowledgeDesk:
    """Where `viewer` looks after the installed releases. Loads none of them: it works when one is damaged."""
    from components.knowledge_commands import KnowledgeDesk
    from models.knowledge import Library, library_folder

    return KnowledgeDesk(viewer, Library(library_folder()), _workbench())


@st.cache_resource(show_spinner=False)
def _workbench() -> Workbench:
    from components.knowledge_job import Workbench

    return Workbench()


def has_installed_releases() -> bool:
    """Something is known here that does not ship, so that what was said may have become old."""
    return bool(_library()[1])


def is_warm() -> bool:
    """Knowledge and model were loaded once, so that asking for them again costs nothing or little."""
    return bool(_loaded())


def _library() -> tuple[str, tuple[tuple[str, str], ...]]:
    """Where releases are installed, and which are in use: what everything known follows from."""
    from models.knowledge import Library, library_folder

    library = Library(library_folder())
    return str(library.folder), tuple(sorted(library.switched().items()))


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


def start_reading(viewer: Viewer, reading: Reading, *, given: Path | None = None) -> ReadingJob:
    """Read a case in the background and rank it ahead of the first look. `given`: the private folder
    of what was dropped, discarded at the end. Raises NotPermitted."""
    from components.intake_job import start

    permitted(viewer, Permission.CREATE_CASE)
    store, began = case_store(), datetime.now(UTC)
    tidy = (lambda: store.discard(given)) if given else (lambda: None)

    def then(case_id: str) -> None:
        _begun(viewer, case_id, began)
        workup(viewer, case_id)

    return start(reading, store, then=then, tidy=tidy)


def _begun(viewer: Viewer, case_id: str, began: datetime) -> None:
    """A case that came in just now belongs to who is signed in; one that was here before stays whose it was."""
    from models.review.commands import StartCase

    added = datetime.fromisoformat(case_store().summary(case_id).added_at)  # to the second
    if viewer.signed_in and added >= began.replace(microsecond=0):
        command = StartCase(decision_log().state(case_id).version)
        decision_log().decide(case_id, command, who=viewer.name, at=datetime.now(UTC), account=_account(viewer))


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


def overrides(viewer: Viewer, case_id: str) -> dict[str, Event]:
    """The decision behind each overridden finding, by the finding's key."""
    from models.review import overrides as last_of_each

    return last_of_each(events(viewer, case_id))


def overridden(viewer: Viewer, case_id: str) -> frozenset[str]:
    """Keys of the findings that somebody overrode."""
    from models.review import overridden_findings

    return overridden_findings(events(viewer, case_id))


def decide(viewer: Viewer, case_id: str, kind: EventKind, payload: Mapping[str, Any], *, who: str = "") -> Event:
    """Save one decision about a case; durable when this returns. `who`: the name typed, else the viewer's; of who
    is signed in always their own, but for a learner's answer.

    Raises NotPermitted, InputError without a name, IntegrityError when it could not be saved.
    """
    from models.review import EventKind
    from models.review.permissions import needed_for

    _check(viewer, case_id)
    permitted(viewer, needed_for(kind))
    name = who if who and kind is EventKind.LEARNER_COMMITTED else viewer.signs_as(who)
    return decision_log().append(case_id, kind, payload, who=name, at=datetime.now(UTC), account=_account(viewer))


def events(viewer: Viewer, case_id: str) -> tuple[Event, ...]:
    """Every decision about a case, oldest first."""
    _check(viewer, case_id)
    return decision_log().events(case_id)


def review_state(viewer: Viewer, case_id: str) -> ReviewState:
    """What the decisions about a case add up to now."""
    _check(viewer, case_id)
    return decision_log().state(case_id)


def chain(viewer: Viewer, case_id: str) -> Chain:
    """Every decision about a stored case, and whether all are as they were saved.

    Raises NotPermitted, IntegrityError when the case is not here or the decisions cannot be read at all.
    """
    from components.history import Chain
    from models.review import ReviewState

    _check(viewer, case_id)
    pseudonym, log = case_store().summary(case_id).patient.pseudonym, decision_log()
    broken = log.verify(case_id)
    try:
        return Chain(pseudonym, log.events(case_id), broken, log.state(case_id))
    except IntegrityError:
        if broken is None:
            raise
        return Chain(pseudonym, (), broken, ReviewState())


def decide_as_seen(
    viewer: Viewer, case_id: str, command: Command, *, who: str, evidence: Mapping[str, Any]
) -> Event | Conflict:
    """Save what a command asks for, or the conflict with what somebody decided since its screen was drawn.

    evidence: what the person had before them. Raises what `decide` raises.
    """
    from models.review.permissions import needed_for

    _check(viewer, case_id)
    permitted(viewer, needed_for(command.kind))
    now, name = datetime.now(UTC), viewer.signs_as(who)
    return decision_log().decide(case_id, command, who=name, at=now, account=_account(viewer), evidence=evidence)


def _account(viewer: Viewer) -> str:
    return viewer.id if viewer.signed_in else ""


def open_in_emergency(viewer: Viewer, case_id: str, reason: str, until: datetime) -> None:
    """Open a case of others until then, on the record.

    Raises NotPermitted, InputError without a reason, IntegrityError when the case is not here.
    """
    from models.review.commands import OpenInEmergency

    permitted(viewer, Permission.BREAK_GLASS)
    case_store().summary(case_id)
    log, now = decision_log(), datetime.now(UTC)
    command = OpenInEmergency(log.state(case_id).version, reason.strip(), until.isoformat(timespec="seconds"))
    log.decide(case_id, command, who=viewer.name, at=now, account=_account(viewer))


def emergency_openings(viewer: Viewer) -> tuple[EmergencyOpening, ...]:
    """Every case that somebody opened in an emergency, the last first."""
    from models.review.rights import emergency_openings as every

    permitted(viewer, Permission.SEE_PEOPLE)
    return every(decision_log().database)


def summaries(viewer: Viewer) -> tuple[CaseSummary, ...]:
    """The cases this viewer may see, newest first."""
    permitted(viewer, Permission.VIEW_CASE)
    return tuple(s for s in case_store().summaries() if viewer.may_see(s.id))


def damaged_cases(viewer: Viewer) -> int:
    """How many stored cases cannot be read any more."""
    permitted(viewer, Permission.VIEW_CASE)
    return len(case_store().damaged())


def open_case(viewer: Viewer, case_id: str) -> tuple[Case, tuple[Finding, ...]]:
    """The case with current terms of the ontology as delivered, and everything noticed about it.

    Raises NotPermitted when it is not the viewer's, IntegrityError when it is not here or damaged.
    """
    return _open(viewer, case_id, knowledge())


def _open(viewer: Viewer, case_id: str, known: Knowledge) -> tuple[Case, tuple[Finding, ...]]:
    from models.review import exchanged_parents

    _check(viewer, case_id)
    summary = case_store().summary(case_id)
    exchange = exchanged_parents(events(viewer, case_id))
    key = (str(home()), case_id, summary.sha256, _releases(known), exchange.sentence if exchange else "")
    case, findings = _inspected(*key, exchange, known)
    _noticed()[case_id, summary.sha256] = findings
    return case, findings


def noticed(summary: CaseSummary) -> tuple[Finding, ...]:
    """What is known to be wrong with a listed case: all checks once it was opened, else those of the reading."""
    return _noticed().get((summary.id, summary.sha256), summary.findings)


@st.cache_resource(show_spinner=False)
def _noticed() -> dict[tuple[str, str], tuple[Finding, ...]]:
    return {}


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
    from models.review import changes_seen, current_phenotype

    base = _delivered(viewer, case_id)
    found = _with_terms(base, current_phenotype(base.case.phenotype, events(viewer, case_id)))
    _remembered(str(case_store().folder(case_id)), _key(found), found, changes_seen(events(viewer, case_id)))
    return found


def _delivered(viewer: Viewer, case_id: str) -> Workup:
    """The ranked case with the terms it came with, checks overridden where somebody did."""
    known = knowledge()
    case, findings = _open(viewer, case_id, known)
    return _base(case, findings, overridden(viewer, case_id), known)


def reasons(of: Workup, row: int) -> Explanation:
    """Why a ranked variant has its place."""
    from models.ranking import explain

    return explain(of.ranking, row, of.case, of.evidence, of.phenotype, scorer())


def what_if(of: Workup, row: int) -> tuple[WhatIf, ...]:
    """What would change a ranked variant's place."""
    from models.what_if import what_would_change

    return what_would_change(of, row, scorer())


def with_phenotype(base: Workup, phenotype: Phenotype) -> Workup:
    """The same case with other terms, nothing saved: for showing what an edit would change."""
    return _with_terms(base, phenotype)


def before_last_edit(viewer: Viewer, case_id: str) -> Workup | None:
    """The ranked case as it was before the last edit of its terms; None when nobody edited them."""
    from models.review import EventKind, current_phenotype

    said = events(viewer, case_id)
    edits = [n for n, e in enumerate(said) if e.kind in (EventKind.TERM_SET, EventKind.TERM_REMOVED)]
    if not edits:
        return None
    base = _delivered(viewer, case_id)
    return _with_terms(base, current_phenotype(base.case.phenotype, said[: edits[-1]]))


def suggested_terms(case: Case) -> tuple[tuple[str, Suggestion], ...]:
    """What the notes of the case seem to say: (title of the note, suggestion), in reading order."""
    return _suggested(case.id, case.sha256, _releases(knowledge()), case)


@st.cache_resource(show_spinner=False, max_entries=CASES_KEPT_OPEN)
def _suggested(
    case_id: str, case_sha256: str, releases: tuple[tuple[str, str], ...], _case: Case
) -> tuple[tuple[str, Suggestion], ...]:
    from models.knowledge import suggest_terms

    ontology = knowledge().hpo
    found = ((note.title, s) for note in _case.record.notes for s in suggest_terms(note.text, ontology))
    once = {(s.term_id, s.sentence): (title, s) for title, s in reversed(tuple(found))}
    return tuple(reversed(once.values()))


def today() -> date:
    """Today where this computer is, for the age of releases."""
    return datetime.now().astimezone().date()


def _check(viewer: Viewer, case_id: str) -> None:
    permitted(viewer, Permission.VIEW_CASE)
    if not viewer.may_see(case_id):
        raise NotYours(case_id)


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

    store = _case_store(root)
    case = store.open(case_id)
    return inspect(case.with_parents_exchanged(_exchange) if _exchange else case, _known, store.folder(case_id))


def _base(case: Case, findings: tuple[Finding, ...], overridden: frozenset[str], known: Knowledge) -> Workup:
    from models.workup import blocking

    waiting = blocking(findings, overridden)
    if waiting:
        raise NeedsOverride(waiting[0].sentence, waiting[0].where)
    passed = tuple(sorted(overridden))
    return _worked_up(case.id, case.sha256, _releases(known), scorer().card.sha256, passed, case, known)


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
    from models.workup import work_up

    return work_up(_case, _known, scorer(), frozenset(overridden))


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


def _with_terms(base: Workup, phenotype: Phenotype) -> Workup:
    if _terms(base.case.phenotype) == _terms(phenotype):
        return base
    return _reranked(_key(base), _terms(phenotype), base, phenotype)


@st.cache_resource(show_spinner="Ranking again …", max_entries=4 * CASES_KEPT_OPEN)
def _reranked(key: tuple[Any, ...], terms: tuple[tuple[str, ...], ...], _base: Workup, _phenotype: Phenotype) -> Workup:
    from models.workup import rerank

    return rerank(_base, _phenotype, scorer())
