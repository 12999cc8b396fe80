"""The cases of this machine as a list a person can scan: who, why, how far, what changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from components.choices import Action, Badge, Choice, Chosen, More, choices
from components.comparing import ComparingJob, Comparisons
from components.phrases import age
from models.case import Severity, Sex
from models.case.store import CaseSummary
from models.review import Event, EventKind, ReviewState
from models.review.commands import Status
from models.review.second_reading import Stage, unsettled
from models.review.state import project
from models.review.telling import when

if TYPE_CHECKING:
    from models.reanalysis import Compared

CHIPS_SHOWN = 4
MARK_READ = "read:"  # action of a card's button, followed by the snapshot's key
REFRESH = "1s"


def invitation() -> None:
    """What an empty installation says."""
    st.title("Welcome to Caseboard")
    st.text(
        "From a patient's files to a ranked, explained list of variants, beside the reads and the record.\n"
        "Open a sample patient to look around, or drop a patient's files on the right."
    )
    st.header("Sample patients: synthetic people, real published variants")


def damaged(count: int) -> None:
    """Says that stored cases cannot be read, when there are any; the others stay usable."""
    if count:
        words = "One stored case" if count == 1 else f"{count} stored cases"
        st.warning(f"{words} cannot be read any more; add the files again.", icon=":material/broken_image:")


def worklist(
    cases: Sequence[CaseSummary],
    decisions: Mapping[str, Sequence[Event]],
    today: "Mapping[str, Compared]",
    *,
    key: str,
    readers: int = 1,
) -> Chosen | None:
    """One row a case; what was pressed. today: each case beside today's knowledge; readers: how many must read a
    variant here."""
    rows = [case_row(case, decisions.get(case.id, ()), today.get(case.id), readers) for case in cases]
    return choices("Cases", rows, key=key)


def read_key(pressed: Chosen) -> str:
    """Key of the snapshot whose changes were just marked as read, "" when something else was pressed."""
    return pressed.action.removeprefix(MARK_READ) if pressed.action.startswith(MARK_READ) else ""


def case_row(case: CaseSummary, events: Sequence[Event], today: "Compared | None" = None, readers: int = 1) -> Choice:
    """What one case says about itself in the list, and what would be said differently today."""
    who, state = case.patient, project(events)
    sex = "" if who.sex is Sex.UNKNOWN else who.sex.value
    about = " · ".join(part for part in (sex, age(who.age_years), who.indication) if part)
    size = f"{case.variants:,} variants · {people(case.samples)} · {case.assembly}"
    more = len(case.terms) - CHIPS_SHOWN
    chips = (*case.terms[:CHIPS_SHOWN], *((f"+{more}",) if more > 0 else ()))
    return Choice(
        case.id,
        who.pseudonym,
        lines=(about, *change_line(today)),
        badges=(
            status(case, events, readers),
            *change_badge(today),
            *((Badge("synthetic"),) if who.is_synthetic else ()),
        ),
        chips=chips or ("no phenotype terms yet",),
        foot=" · ".join(part for part in (size, whose(state), last_change(case, events), quiet_words(today)) if part),
        more=_differences(today),
    )


def change_badge(today: "Compared | None") -> tuple[Badge, ...]:
    """How many variants are to be looked at again; alarming when a variant became, or is no longer, P or LP."""
    variants = today.changes.variants if today and today.changes else ()
    if not variants:
        return ()
    words = "1 change" if len(variants) == 1 else f"{len(variants)} changes"
    return (Badge(words, "alert" if any(v.is_pressing for v in variants) else "caution"),)


def change_line(today: "Compared | None") -> tuple[str, ...]:
    """Because of what, the most pressing change, and how many further ones there are."""
    changes = today.changes if today else None
    return (f"{changes.cause}: {changes.line}",) if changes and changes.variants else ()


def quiet_words(today: "Compared | None") -> str:
    """That nothing changed, or that it is not known."""
    if today is None or (today.changes and today.changes.variants):
        return ""
    from models.reanalysis.kept import PENDING  # late: whoever knows `today` has loaded it already

    if today.not_compared:
        return "not compared yet" if today.not_compared == PENDING else f"not compared: {today.not_compared}"
    return f"no change with {today.changes.cause}" if today.changes else ""


def _differences(today: "Compared | None") -> More | None:
    changes = today.changes if today else None
    if changes is None or not changes.variants:
        return None
    mark = Action(f"{MARK_READ}{changes.key}", "Mark as read")
    return More("What changed, variant by variant", tuple(v.sentence for v in changes.variants), mark)


def comparing(known: Comparisons, *, is_warm: Callable[[], bool], key: str) -> None:
    """How far the comparison in the background is, with a way to stop it, or to go on with one that was stopped.
    is_warm: whether anything can be known yet; until then the page looks again by itself."""
    if not is_warm():
        _look_again(is_warm)
    elif job := known.under_way:
        _comparing(job, key)
    elif left := known.left_out:
        words, button = st.columns([4, 1], vertical_alignment="center")
        words.text(f"Comparing with today's knowledge was stopped; {count_of(left)} not compared.")
        if button.button("Go on", key=f"{key}-go-on"):
            known.go_on()
            st.rerun()


@st.fragment(run_every=REFRESH)
def _look_again(is_warm: Callable[[], bool]) -> None:
    if is_warm():
        st.rerun()


@st.fragment(run_every=REFRESH)
def _comparing(job: ComparingJob, key: str) -> None:
    if job.done.is_set():
        st.rerun()
    words, button = st.columns([4, 1], vertical_alignment="center")
    if job.stopped.is_set():
        words.text("Stopping after the case under way …")
        return
    words.text(f"Comparing with today's knowledge: {len(job.results)} of {count_of(len(job.cases))} …")
    if button.button("Stop", key=f"{key}-stop", icon=":material/close:"):
        job.stop()


def count_of(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def status(case: CaseSummary, events: Sequence[Event], readers: int = 1) -> Badge:
    """How far the case is, in a word: first what waits for a person."""
    state = project(events)
    if any(f.severity is Severity.BLOCKING and f.key not in state.overrides for f in case.findings):
        return Badge("a check waits for you", "alert")
    waiting = set(unsettled(state, readers).values())
    for stage in (Stage.DISAGREED, Stage.WAITING):
        if stage in waiting:
            return Badge(stage.value, "caution")
    if state.status in _FAR:
        return Badge(state.status.value, _FAR[state.status])
    if state.shortlisted:
        return Badge("variants shortlisted", "good")
    worked_on = any(e.kind not in _NO_WORK for e in events)
    return Badge("in review", "info") if worked_on else Badge("new", "info")


_FAR = {
    Status.ON_HOLD: "caution",
    Status.SECOND_READING: "caution",
    Status.SIGNED: "good",
    Status.CLOSED: "",
}
_NO_WORK = (
    *(EventKind.CHANGES_SEEN, EventKind.CASE_STARTED, EventKind.OPENED_IN_EMERGENCY),
    EventKind.DELETION_ASKED,
)


def whose(state: ReviewState) -> str:
    """Who the case is assigned to, "" for nobody."""
    return f"for {', '.join(state.assigned)}" if state.assigned else ""


def people(samples: int) -> str:
    """How many were sequenced, as people say it."""
    return {1: "single", 2: "duo", 3: "trio"}.get(samples, f"{samples} people")


_SAID = {
    EventKind.TERM_SET: "phenotype edited",
    EventKind.TERM_REMOVED: "phenotype edited",
    EventKind.SUGGESTION_REJECTED: "suggestion turned down",
    EventKind.CHECK_OVERRIDDEN: "check overridden",
    EventKind.PARENTS_EXCHANGED: "mother and father exchanged",
    EventKind.VARIANT_SHORTLISTED: "variant shortlisted",
    EventKind.VARIANT_DISMISSED: "variant dismissed",
    EventKind.VARIANT_PUT_BACK: "variant put back",
    EventKind.CRITERION_JUDGED: "criterion judged",
    EventKind.VARIANT_CLASSIFIED: "variant classified",
    EventKind.READING_RELEASED: "reading released",
    EventKind.NOTE_WRITTEN: "note written",
    EventKind.CASE_ASSIGNED: "case assigned",
    EventKind.STATUS_SET: "status changed",
    EventKind.CONSENT_SET: "consent recorded",
    EventKind.REPORT_SIGNED: "report signed",
    EventKind.LEARNER_COMMITTED: "candidates committed",
    EventKind.CHANGES_SEEN: "changes read",
    EventKind.CASE_STARTED: "case started",
    EventKind.EXPORTED: "copy taken out",
    EventKind.OPENED_IN_EMERGENCY: "opened in an emergency",
    EventKind.DELETION_ASKED: "deletion asked for",
}


def last_change(case: CaseSummary, events: Sequence[Event]) -> str:
    """The latest thing that happened to the case, by whom and when."""
    if not events:
        return f"added {when(case.added_at)}"
    last = events[-1]
    return f"{_SAID[last.kind]} by {last.who}, {when(last.at)}"
