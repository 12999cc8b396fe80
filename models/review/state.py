"""The state of a case that its decisions add up to: a projection, made again from the events whenever asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import reduce
from types import MappingProxyType
from typing import TypeVar, assert_never

from models.errors import IntegrityError
from models.evidence.acmg.types import Class, Strength
from models.review.commands import Consent, Reading, Ruling, Status
from models.review.events import Event, EventKind, Thing, thing_of

K = TypeVar("K")
V = TypeVar("V")


class Triage(str, Enum):
    """Where a person put a variant."""

    UNDECIDED = "undecided"
    SHORTLISTED = "shortlisted"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class JudgedCriterion:
    """strength: what it counts with; None when rejected. event: who, when and on what evidence."""

    ruling: Ruling
    strength: Strength | None
    note: str
    event: Event


@dataclass(frozen=True)
class HumanClass:
    """A named person's class; condition: the disease it is for, "" when not said."""

    acmg_class: Class
    condition: str
    note: str
    event: Event


@dataclass(frozen=True)
class WrittenNote:
    text: str
    event: Event


def _empty() -> Mapping[K, V]:
    return MappingProxyType({})


@dataclass(frozen=True)
class VariantState:
    """What people decided about one allele. reason: why dismissed, or the note on shortlisting."""

    triage: Triage = Triage.UNDECIDED
    reason: str = ""
    criteria: Mapping[tuple[Reading, str], JudgedCriterion] = field(default_factory=_empty)
    classes: Mapping[Reading, HumanClass] = field(default_factory=_empty)
    notes: tuple[WrittenNote, ...] = ()

    def readers(self, reading: Reading) -> frozenset[str]:
        """Who has a part in a reading: the account where one was signed in, else the name."""
        said = [c.event for (of, _), c in self.criteria.items() if of is reading]
        said += [self.classes[reading].event] if reading in self.classes else []
        return frozenset(e.account or e.who for e in said)


@dataclass(frozen=True)
class ReviewState:
    """version, head, at: number, hash and time of the last event; 0 and "" before the first.

    variants: by allele, those only that somebody decided on; the first such decision puts a new case in review.
    consent: None while nobody recorded any. agreed_once: all that any record ever agreed to; what is in it and not in
    consent was withdrawn.
    overrides: the last of each finding, by its key. reports: every signed one, oldest first.
    last: the event that last set each thing, which is its version and what it holds.
    """

    version: int = 0
    head: str = ""
    at: str = ""
    variants: Mapping[str, VariantState] = field(default_factory=_empty)
    status: Status = Status.NEW
    assigned: tuple[str, ...] = ()
    consent: frozenset[Consent] | None = None
    agreed_once: frozenset[Consent] = frozenset()
    overrides: Mapping[str, Event] = field(default_factory=_empty)
    notes: tuple[WrittenNote, ...] = ()
    reports: tuple[Event, ...] = ()
    last: Mapping[Thing, Event] = field(default_factory=_empty)

    def variant(self, allele: str) -> VariantState:
        return self.variants.get(allele, VariantState())

    @property
    def shortlisted(self) -> tuple[str, ...]:
        """Alleles on the shortlist, in the order they were put there."""
        on = (t for t, s in self.variants.items() if s.triage is Triage.SHORTLISTED)
        return tuple(sorted(on, key=lambda a: self.last["place on the shortlist", a].version))


EMPTY = ReviewState()


def project(events: Iterable[Event], start: ReviewState = EMPTY) -> ReviewState:
    """`start` with further events of the same case, in order. Raises IntegrityError for one it cannot read."""
    return reduce(apply, events, start)


def apply(state: ReviewState, event: Event) -> ReviewState:
    """The state after one more event."""
    thing = thing_of(event.kind, event.payload)
    last = _with(state.last, thing, event) if thing else state.last
    now = replace(state, version=event.version, head=event.hash, at=event.at, last=last)
    try:
        return _variant_set(now, event) if event.payload.get("allele") else _case_set(now, event)
    except (KeyError, ValueError, TypeError) as problem:
        raise IntegrityError(
            f"Decision {event.version} of case {event.case_id} cannot be read: it was kept by a newer Caseboard "
            "or is damaged. Update Caseboard, or run `python cli.py verify`."
        ) from problem


def _variant_set(state: ReviewState, event: Event) -> ReviewState:
    allele = str(event.payload["allele"])
    status = Status.IN_REVIEW if state.status is Status.NEW else state.status
    variants = _with(state.variants, allele, _decided(state.variant(allele), event))
    return replace(state, variants=variants, status=status)


def _decided(variant: VariantState, event: Event) -> VariantState:  # noqa: PLR0911  one line a kind
    said = event.payload
    match event.kind:
        case EventKind.VARIANT_SHORTLISTED:
            return replace(variant, triage=Triage.SHORTLISTED, reason=str(said.get("note", "")))
        case EventKind.VARIANT_DISMISSED:
            return replace(variant, triage=Triage.DISMISSED, reason=str(said["reason"]))
        case EventKind.VARIANT_PUT_BACK:
            return replace(variant, triage=Triage.UNDECIDED, reason=str(said["note"]))
        case EventKind.CRITERION_JUDGED:
            strength = Strength[said["strength"]] if said["strength"] else None
            judged = JudgedCriterion(Ruling(said["ruling"]), strength, str(said["note"]), event)
            key = (Reading(said["reading"]), str(said["code"]))
            return replace(variant, criteria=_with(variant.criteria, key, judged))
        case EventKind.VARIANT_CLASSIFIED:
            human = HumanClass(Class(said["class"]), str(said["condition"]), str(said["note"]), event)
            return replace(variant, classes=_with(variant.classes, Reading(said["reading"]), human))
        case EventKind.READING_RELEASED:
            return _released(variant, Reading(said["reading"]))
        case EventKind.NOTE_WRITTEN:
            return replace(variant, notes=(*variant.notes, WrittenNote(str(said["text"]), event)))
        case _:
            raise ValueError(f"{event.kind.value} is not about a variant")


def _released(variant: VariantState, reading: Reading) -> VariantState:
    """The variant as if nobody had begun this reading; what was judged stays in the chain and counts no more."""
    return replace(
        variant,
        criteria=MappingProxyType({key: c for key, c in variant.criteria.items() if key[0] is not reading}),
        classes=MappingProxyType({of: c for of, c in variant.classes.items() if of is not reading}),
    )


def _case_set(state: ReviewState, event: Event) -> ReviewState:  # noqa: PLR0911  one line a kind
    said = event.payload
    match event.kind:
        case EventKind.CHECK_OVERRIDDEN:
            # An override of an early version names only a check, not what it had found; it silences nothing.
            known = "finding" in said
            return replace(state, overrides=_with(state.overrides, said["finding"], event)) if known else state
        case EventKind.NOTE_WRITTEN:
            return replace(state, notes=(*state.notes, WrittenNote(str(said["text"]), event)))
        case EventKind.CASE_ASSIGNED:
            return replace(state, assigned=tuple(map(str, said["people"])))
        case EventKind.STATUS_SET:
            return replace(state, status=Status(said["status"]))
        case EventKind.CONSENT_SET:
            scope = frozenset(map(Consent, said["scope"]))
            return replace(state, consent=scope, agreed_once=state.agreed_once | scope)
        case EventKind.REPORT_SIGNED:
            return replace(state, status=Status.SIGNED, reports=(*state.reports, event))
        case (
            EventKind.TERM_SET
            | EventKind.TERM_REMOVED
            | EventKind.SUGGESTION_REJECTED
            | EventKind.PARENTS_EXCHANGED
            | EventKind.LEARNER_COMMITTED
            | EventKind.CHANGES_SEEN
            | EventKind.CASE_STARTED
            | EventKind.OPENED_IN_EMERGENCY
            | EventKind.EXPORTED
            | EventKind.DELETION_ASKED
            | EventKind.DELETION_BEGUN
            | EventKind.DELETION_COMPLETED
            | EventKind.PEOPLE_CHANGED
        ):
            return state  # models.review.{projection,teaching,rights,deletion} tell what these add up to
        case (
            EventKind.VARIANT_SHORTLISTED
            | EventKind.VARIANT_DISMISSED
            | EventKind.VARIANT_PUT_BACK
            | EventKind.CRITERION_JUDGED
            | EventKind.VARIANT_CLASSIFIED
            | EventKind.READING_RELEASED
        ):
            raise ValueError(f"{event.kind.value} names no variant")
        case _:
            assert_never(event.kind)


def _with(before: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    copy = before.copy() if isinstance(before, MappingProxyType) else dict(before)  # item by item would be slow
    return MappingProxyType({**copy, key: value})
