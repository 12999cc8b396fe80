"""The marks of people's decisions in the ranked list: by sign and word, never by colour alone."""

from collections.abc import Mapping
from typing import Any

from components.acmg_panel import CLASSES
from components.decision_desk import Desk
from components.last_few import CASES_KEPT_OPEN, LastFew
from models.evidence.acmg import Class
from models.review import ReviewState
from models.review.second_reading import Outcome, Stage, outcome_of
from models.review.state import Triage, VariantState
from models.review.telling import when
from models.workup import Workup

SHORT = {
    Class.PATHOGENIC: "P",
    Class.LIKELY_PATHOGENIC: "LP",
    Class.UNCERTAIN: "VUS",
    Class.LIKELY_BENIGN: "LB",
    Class.BENIGN: "B",
}
REASONS = (
    "Inheritance does not fit",
    "Phenotype does not fit",
    "Too common in the population",
    "Doubtful call in the reads",
    "Benign or likely benign",
    "No known disease of this gene",
)
_rows: LastFew[Workup, dict[str, int | None]] = LastFew(CASES_KEPT_OPEN)


def decided_rows(workup: Workup, state: ReviewState) -> dict[str, int]:
    """Row of each decided variant that the file still holds, by allele; each is looked up once for a work-up."""
    known = _rows.of(workup, dict)
    new = [allele for allele in state.variants if allele not in known]
    if new:
        known.update({allele: _row_of(workup, allele) for allele in new})
    return {a: row for a in state.variants if (row := known[a]) is not None}


def _row_of(workup: Workup, allele: str) -> int | None:
    """The row of "chr2-166012345-G-A", None when the file as it is read today does not hold it."""
    chrom, pos, ref, alt = allele.rsplit("-", 3)
    frame = workup.case.variants.frame
    near = frame.index[(frame["pos_1based"] == int(pos)) & (frame["chrom"] == chrom.removeprefix("chr"))]
    return next((int(i) for i in near if (frame["ref"][i], frame["alt"][i]) == (ref, alt)), None)


def marks(workup: Workup, state: ReviewState, needed: int) -> dict[str, dict[str, str]]:
    """What the list shows beside a row, by the row's number as text; only rows that somebody decided on."""
    found = {str(row): _mark(state, allele, needed) for allele, row in decided_rows(workup, state).items()}
    return {row: mark for row, mark in found.items() if mark}


def _mark(state: ReviewState, allele: str, needed: int) -> dict[str, str]:
    variant = state.variant(allele)
    return _triage(state, allele, variant) | _class(outcome_of(variant, needed))


def _triage(state: ReviewState, allele: str, variant: VariantState) -> dict[str, str]:
    if variant.triage is Triage.UNDECIDED:
        return {}
    event = state.last["place on the shortlist", allele]
    why = f": {variant.reason}" if variant.reason else ""
    said = f"{variant.triage.value} by {event.who}, {when(event.at)}{why}"
    return {"triage": variant.triage.value, "said": said[0].upper() + said[1:]}


def _class(outcome: Outcome) -> dict[str, str]:
    """The class that stands, or that it waits; never one reader's class while the other has not read."""
    if outcome.settled:
        given = outcome.settled
        return {
            "class": f"✓ {SHORT[given.acmg_class]}",
            "class_said": f"Classified {CLASSES[given.acmg_class]} by {given.event.who}, {when(given.event.at)}",
        }
    if outcome.stage is Stage.UNREAD:
        return {}
    short = {Stage.WAITING: "1 of 2", Stage.DISAGREED: "≠"}[outcome.stage]
    return {"class": short, "class_said": outcome.stage.value[0].upper() + outcome.stage.value[1:]}


def list_desk(workup: Workup, desk: Desk, state: ReviewState) -> Mapping[str, Any]:
    """What the list needs to take a decision on the chosen row."""
    return {
        "marks": marks(workup, state, desk.needed),
        "who": desk.who,
        "asks_name": not desk.account,
        "seen": state.version,
        "reasons": list(REASONS),
    }
