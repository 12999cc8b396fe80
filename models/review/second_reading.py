"""Two people read a variant, each without knowing what the other says, until both are in.

Where the two differ a named person resolves it on the record. Pure functions over the state of a case; whether two
are needed is the installation's choice ($CASEBOARD_READERS). Without sign-in the names that people type stand for
them: nobody checks that two names are two people.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from models.errors import InputError
from models.evidence.acmg.types import Class, Strength
from models.review.commands import Reading, Ruling
from models.review.events import Event, EventKind
from models.review.state import HumanClass, JudgedCriterion, ReviewState, VariantState

SETTING = "CASEBOARD_READERS"
_READERS = {"": 1, "1": 1, "2": 2}
_INDEPENDENT = (Reading.FIRST, Reading.SECOND)
_READ = (EventKind.CRITERION_JUDGED, EventKind.VARIANT_CLASSIFIED, EventKind.NOTE_WRITTEN)


class Stage(str, Enum):
    """How far the reading of one variant is."""

    UNREAD = "not classified yet"
    WAITING = "waits for a second reading"
    DISAGREED = "the two readers disagree"
    SETTLED = "classified"


@dataclass(frozen=True)
class Outcome:
    """What stands about a variant. settled: the class with who gave it, None unless SETTLED."""

    stage: Stage
    settled: HumanClass | None = None

    @property
    def acmg_class(self) -> Class | None:
        return self.settled.acmg_class if self.settled else None


@dataclass(frozen=True)
class Difference:
    """One criterion as both readers judged it; None where a reader did not."""

    code: str
    first: JudgedCriterion | None
    second: JudgedCriterion | None

    @property
    def differs(self) -> bool:
        return counted(self.first) is not counted(self.second)


def readers_needed(environ: Mapping[str, str] = os.environ) -> int:
    """How many people must read a variant here: $CASEBOARD_READERS, 1 when it is not set. Raises InputError."""
    said = environ.get(SETTING, "").strip()
    if said not in _READERS:
        raise InputError(f"{SETTING} says how many people read a variant: set it to 1 or 2.")
    return _READERS[said]


def same_person(one: str, other: str) -> bool:
    """Names (or accounts) as they are compared: "A. Byron" and " a.  byron" are one person; nobody is nobody."""
    left, right = (" ".join(name.split()).casefold() for name in (one, other))
    return bool(left) and left == right


def outcome_of(variant: VariantState, needed: int) -> Outcome:
    """What stands: a resolution made after both readings, or what all the readers needed agree on."""
    given = [variant.classes[r] for r in _INDEPENDENT if r in variant.classes]
    agreed = variant.classes.get(Reading.CONSENSUS)
    if not given:
        return Outcome(Stage.UNREAD)
    if len(given) < needed:
        return Outcome(Stage.WAITING)
    last = max(given, key=lambda c: c.event.version)
    if agreed and agreed.event.version > last.event.version:
        return Outcome(Stage.SETTLED, agreed)
    if len({c.acmg_class for c in given}) > 1:
        return Outcome(Stage.DISAGREED)
    return Outcome(Stage.SETTLED, last)


def turn_of(variant: VariantState, who: str, needed: int) -> Reading | None:
    """Which reading a decision of this person belongs to; None when two others are reading already.

    Once both are in nobody's own reading changes any more: what follows is the resolution.
    """
    if all(r in variant.classes for r in _INDEPENDENT):
        return Reading.CONSENSUS
    for reading in _INDEPENDENT:
        if any(same_person(who, other) for other in variant.readers(reading)):
            return reading
    if needed == 1:
        return Reading.FIRST
    return next((r for r in _INDEPENDENT if not variant.readers(r)), None)


@dataclass(frozen=True)
class Begun:
    """A reading that somebody began and has not finished: they judged criteria and gave no class.

    of: their account, else their name. since, last: ISO times of their first and last decision in it.
    """

    reading: Reading
    of: str
    name: str
    since: str
    last: str


def begun(variant: VariantState) -> tuple[Begun, ...]:
    """Every reading that keeps its place for who began it, which a signer may release."""
    found = []
    for reading in _INDEPENDENT:
        said = sorted((c.event for (of, _), c in variant.criteria.items() if of is reading), key=lambda e: e.version)
        if said and reading not in variant.classes:
            first = said[0]
            found.append(Begun(reading, first.account or first.who, first.who, first.at, said[-1].at))
    return tuple(found)


def uncovered(variant: VariantState, who: str, needed: int) -> VariantState:
    """The variant as this person may see it: without the other's reading, and notes, until both are in."""
    if not _is_blind(variant, needed):
        return variant

    def own(event: Event) -> bool:
        return same_person(event.account or event.who, who)

    return replace(
        variant,
        criteria=MappingProxyType({k: c for k, c in variant.criteria.items() if own(c.event)}),
        classes=MappingProxyType({k: c for k, c in variant.classes.items() if own(c.event)}),
        notes=tuple(n for n in variant.notes if own(n.event)),
    )


def is_covered(event: Event, state: ReviewState, who: str, needed: int) -> bool:
    """Whether what this event says must wait, for this person, until both readings are in."""
    allele = str(event.payload.get("allele", ""))
    if event.kind not in _READ or not allele or same_person(event.account or event.who, who):
        return False
    return _is_blind(state.variant(allele), needed)


def _is_blind(variant: VariantState, needed: int) -> bool:
    return needed > 1 and not all(r in variant.classes for r in _INDEPENDENT)


def counted(judged: JudgedCriterion | None) -> Strength | None:
    """The strength a criterion counts with, None when it does not count."""
    return None if judged is None or judged.ruling is Ruling.REJECTED else judged.strength


def differences(variant: VariantState) -> tuple[Difference, ...]:
    """Every criterion that one of the two judged, in the order of their codes."""
    codes = sorted({code for reading, code in variant.criteria if reading in _INDEPENDENT})
    return tuple(Difference(code, *(variant.criteria.get((r, code)) for r in _INDEPENDENT)) for code in codes)


def criteria_of(variant: VariantState, reading: Reading) -> Mapping[str, JudgedCriterion]:
    """The criteria of one reading. The consensus starts with what both agree on."""
    found = {code: c for (of, code), c in variant.criteria.items() if of is reading}
    if reading is not Reading.CONSENSUS:
        return found
    return {d.code: d.first for d in differences(variant) if d.first and not d.differs} | found


def standing_criteria(variant: VariantState, needed: int) -> Mapping[str, JudgedCriterion]:
    """The criteria behind the class that stands; none while nothing is settled."""
    if outcome_of(variant, needed).stage is not Stage.SETTLED:
        return {}
    both = all(r in variant.classes for r in _INDEPENDENT)
    given = next((r for r in _INDEPENDENT if r in variant.classes), Reading.FIRST)
    return criteria_of(variant, Reading.CONSENSUS if both else given)


def unsettled(state: ReviewState, needed: int) -> Mapping[str, Stage]:
    """Variants that somebody classified and that nobody may sign yet, by allele."""
    stages = {allele: outcome_of(v, needed).stage for allele, v in state.variants.items()}
    return {allele: stage for allele, stage in stages.items() if stage in (Stage.WAITING, Stage.DISAGREED)}
