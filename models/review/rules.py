"""Whether a command may become an event, judged against the state alone: pure, the same on every backend."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.evidence.acmg.codes import CODES, RETIRED
from models.evidence.acmg.types import Strength
from models.review.commands import (
    AskDeletion,
    Assign,
    Classify,
    Command,
    CommitAsLearner,
    DeletionReason,
    Dismiss,
    ExchangeParents,
    JudgeCriterion,
    MarkChangesSeen,
    OpenInEmergency,
    OverrideCheck,
    Reading,
    RejectSuggestion,
    ReleaseReading,
    RemoveTerm,
    Ruling,
    SetConsent,
    SetStatus,
    SetTerm,
    Shortlist,
    SignReport,
    StartCase,
    Status,
    TakeOut,
    WriteNote,
)
from models.review.consent import recorded_of
from models.review.events import PARENTS_SWAPPED, Event, EventKind, thing_of
from models.review.state import ReviewState
from models.review.telling import when
from models.review.ways_out import WAYS_OUT, refusal

# Where a case may go from where it is. SIGNED is entered by SignReport; leaving it is an amendment.
NEXT: Mapping[Status, frozenset[Status]] = {
    Status.NEW: frozenset({Status.IN_REVIEW, Status.ON_HOLD, Status.CLOSED}),
    Status.IN_REVIEW: frozenset({Status.ON_HOLD, Status.SECOND_READING, Status.CLOSED}),
    Status.ON_HOLD: frozenset({Status.IN_REVIEW, Status.SECOND_READING, Status.CLOSED}),
    Status.SECOND_READING: frozenset({Status.IN_REVIEW, Status.ON_HOLD, Status.CLOSED}),
    Status.SIGNED: frozenset({Status.IN_REVIEW, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.IN_REVIEW}),
}
FINISHED = frozenset({Status.SIGNED, Status.CLOSED})
# What may still be added to a signed or closed case without reopening it.
_ALWAYS = (
    *(WriteNote, Assign, SetStatus, SetConsent, CommitAsLearner, MarkChangesSeen, StartCase, OpenInEmergency, TakeOut),
    AskDeletion,
    # While a check waits the case cannot be opened, not even to set it back to in review.
    *(OverrideCheck, ExchangeParents),
)
_SHA256_DIGITS = 64


@dataclass(frozen=True)
class Decided:
    """What the command becomes once it is kept."""

    kind: EventKind
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Refused:
    """The command cannot be kept; the sentence says why and what to do."""

    sentence: str


@dataclass(frozen=True)
class Conflict:
    """Somebody set the same thing after this screen was drawn. Nothing was kept; both are shown.

    yours: the payload that would have been kept. theirs: the event that stands. To insist, give the command
    again with `seen` of the state that shows theirs.
    """

    yours: Decided
    theirs: Event

    @property
    def sentence(self) -> str:
        who, at = self.theirs.who, when(self.theirs.at)
        return f"{who} changed this on {at}, after you had opened it; compare both and decide again."


def decide(state: ReviewState, command: Command, who: str) -> Decided | Conflict | Refused:
    """What becomes of a command. who: the account signed in, else the name of the person."""
    if command.seen > state.version:
        return Refused(
            "This screen shows a later state than the one kept here (was a backup restored?); open it again."
        )
    wish = Decided(command.kind, command.payload())
    thing = thing_of(wish.kind, wish.payload)
    standing = state.last.get(thing) if thing else None
    if standing and standing.version > command.seen:
        return Conflict(wish, standing)
    if state.status in FINISHED and not isinstance(command, _ALWAYS):
        return Refused(f"This case is {state.status.value}; set it back to in review, with a reason, to change it.")
    sentence = _objection(state, command, who)
    return Refused(sentence) if sentence else wish


def _objection(state: ReviewState, command: Command, who: str) -> str:  # noqa: PLR0911, PLR0912  one line a command
    match command:
        case JudgeCriterion():
            return _about_criterion(command) or _independent(state, command.allele, command.reading, who)
        case Classify():
            return _independent(state, command.allele, command.reading, who)
        case OverrideCheck(code=code) if code == PARENTS_SWAPPED and (by := _who_exchanged(state)):
            return f"{by} exchanged mother and father: no check waits. If that is wrong, read the files again."
        case Dismiss() | OverrideCheck() | ExchangeParents() | OpenInEmergency():
            return "" if command.reason.strip() else "Please say why, in a few words; it is kept with the decision."
        case ReleaseReading():
            return _about_release(state, command)
        case WriteNote():
            return "" if command.text.strip() else "The note is empty."
        case AskDeletion():
            return why_deleted(command.reason, command.note)
        case Assign():
            return "" if all(p.strip() for p in command.people) else "A person the case is assigned to needs a name."
        case TakeOut():
            return _about_copy(state, command)
        case SetStatus():
            return _about_status(state, command)
        case SignReport():
            return _about_report(state, command)
        case SetTerm() | RemoveTerm() | RejectSuggestion():
            return "" if command.id.strip() else "This names no feature."
        case Shortlist():
            return "" if command.allele.strip() else "This names no variant."
        case _:
            return ""


def _who_exchanged(state: ReviewState) -> str:
    """Who gave the parents each other's samples, which nothing takes back; "" when nobody did."""
    last = state.last.get(("parents",))
    return last.who if last and last.kind is EventKind.PARENTS_EXCHANGED else ""


def _about_copy(state: ReviewState, command: TakeOut) -> str:
    """Asked once more where it is kept: while a copy is made, a consent that somebody recorded can be withdrawn."""
    if len(command.sha256) != _SHA256_DIGITS:
        return "This copy was not bound to its bytes; make it again."
    way = next(w for w in WAYS_OUT if w.key == command.way)
    return "" if state.consent is None else refusal(way, recorded_of("", state))


def why_deleted(reason: DeletionReason, note: str) -> str:
    """What is missing from the reason for a deletion, "" when nothing is."""
    said = reason is not DeletionReason.OTHER or note.strip()
    return "" if said else "Please say why the case is to be deleted; it is kept in the certificate."


def _about_criterion(command: JudgeCriterion) -> str:
    if command.code not in CODES or command.code in RETIRED:
        return f"{command.code} is not a criterion of the ACMG/AMP framework as it is used today."
    if command.ruling is Ruling.REJECTED:
        if command.strength is not None:
            return f"A rejected criterion has no strength; reject {command.code} or choose a strength."
    elif command.strength is None:
        return f"Say with which strength {command.code} counts."
    elif command.strength is Strength.STAND_ALONE and command.code != "BA1":
        return f"Only BA1 stands alone; choose another strength for {command.code}."
    if command.ruling is not Ruling.ACCEPTED and not command.note.strip():
        return f"Please say why {command.code} is {command.ruling.value}; it is kept with the decision."
    return ""


def _independent(state: ReviewState, allele: str, reading: Reading, who: str) -> str:
    """Why this person may not take part in this reading of the variant, "" when they may."""
    other = {Reading.FIRST: Reading.SECOND, Reading.SECOND: Reading.FIRST}.get(reading)
    if other and who in state.variant(allele).readers(other):
        return f"You took part in the {other.value} of this variant; the {reading.value} needs somebody else."
    return ""


def _about_release(state: ReviewState, command: ReleaseReading) -> str:
    variant = state.variant(command.allele)
    begun = [c.event for (of, _), c in variant.criteria.items() if of is command.reading]
    if command.reading is Reading.CONSENSUS or command.of not in variant.readers(command.reading):
        return "Nobody has begun this reading; there is nothing to release."
    if command.reading in variant.classes:
        return f"The {command.reading.value} is complete; it is never taken back."
    if any(event.version > command.seen for event in begun):
        return "The reader went on after you had opened this; look again before you release it."
    return "" if command.reason.strip() else "Please say why, in a few words; it is kept with the decision."


def _about_status(state: ReviewState, command: SetStatus) -> str:
    if command.status is Status.SIGNED:
        return "A case becomes signed by signing its report."
    if command.status not in NEXT[state.status]:
        return f"A case that is {state.status.value} cannot become {command.status.value}."
    if state.status in FINISHED and not command.reason.strip():
        return f"Please say why the case is no longer {state.status.value}; it is kept with the decision."
    return ""


def _about_report(state: ReviewState, command: SignReport) -> str:
    if state.status not in {Status.IN_REVIEW, Status.SECOND_READING}:
        return f"A case that is {state.status.value} cannot be signed; set it to in review first."
    amends = str(state.reports[-1].payload["content_sha256"]) if state.reports else ""
    if command.number != len(state.reports) + 1 or command.amends != amends:
        return "This report does not follow the one signed last; draw it up again."
    if command.seen < state.version:
        return "Something was decided about this case after the report was drawn up; read it again, then sign."
    if len(command.content_sha256) != _SHA256_DIGITS:
        return "The report was not bound to its content; draw it up again."
    return ""
