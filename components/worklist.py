"""The cases of this machine as a list a person can scan: who, why, how far, what changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from components.choices import Badge, Choice, Chosen, choices
from components.phrases import age
from models.case import Severity, Sex
from models.case.store import CaseSummary
from models.review import Event, EventKind, overridden_findings

CHIPS_SHOWN = 4


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


def worklist(cases: Sequence[CaseSummary], decisions: Mapping[str, Sequence[Event]], *, key: str) -> Chosen | None:
    """One row a case; what was pressed."""
    rows = [case_row(case, decisions.get(case.id, ())) for case in cases]
    return choices("Cases", rows, key=key)


def case_row(case: CaseSummary, events: Sequence[Event]) -> Choice:
    """What one case says about itself in the list."""
    who = case.patient
    sex = "" if who.sex is Sex.UNKNOWN else who.sex.value
    about = " · ".join(part for part in (sex, age(who.age_years), who.indication) if part)
    size = f"{case.variants:,} variants · {people(case.samples)} · {case.assembly}"
    more = len(case.terms) - CHIPS_SHOWN
    chips = (*case.terms[:CHIPS_SHOWN], *((f"+{more}",) if more > 0 else ()))
    return Choice(
        case.id,
        who.pseudonym,
        lines=(about,),
        badges=(status(case, events), *((Badge("synthetic"),) if who.is_synthetic else ())),
        chips=chips or ("no phenotype terms yet",),
        foot=f"{size} · {last_change(case, events)}",
    )


def status(case: CaseSummary, events: Sequence[Event]) -> Badge:
    """How far the case is, in a word."""
    decided = overridden_findings(events)
    if any(f.severity is Severity.BLOCKING and f.key not in decided for f in case.findings):
        return Badge("a check waits for you", "alert")
    if any(e.kind is EventKind.VARIANT_SHORTLISTED for e in events):
        return Badge("variants shortlisted", "good")
    return Badge("in review", "info") if events else Badge("new", "info")


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
    EventKind.LEARNER_COMMITTED: "candidates committed",
    EventKind.CHANGES_SEEN: "changes read",
}


def last_change(case: CaseSummary, events: Sequence[Event]) -> str:
    """The latest thing that happened to the case, by whom and when."""
    if not events:
        return f"added {day(case.added_at)}"
    last = events[-1]
    return f"{_SAID[last.kind]} by {last.who}, {day(last.at)}"


def day(iso: str) -> str:
    """20 Nov 2026 18:05, in the time zone of this computer."""
    return datetime.fromisoformat(iso).astimezone().strftime("%-d %b %Y %H:%M")
