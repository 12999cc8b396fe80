"""What a person can want to be kept. A command says what the screen showed when it was given (`seen`).

Values only: `models.review.rules.decide` judges a command against the state, `DecisionLog.decide` keeps it.
"""

from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, ClassVar

from models.evidence.acmg.types import Class, Strength
from models.review.events import EventKind


class Reading(str, Enum):
    """Whose reading of a variant: two people read independently, then agree on the record."""

    FIRST = "first reading"
    SECOND = "second reading"
    CONSENSUS = "consensus"


class Ruling(str, Enum):
    """What a person made of a suggested criterion. CHANGED: other strength, or met though not suggested."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


class Status(str, Enum):
    """How far a case is. SIGNED is reached by signing a report only."""

    NEW = "new"
    IN_REVIEW = "in review"
    ON_HOLD = "on hold"  # waits for something from outside: a parent's sample, a record, another test
    SECOND_READING = "waiting for second reading"
    SIGNED = "signed"
    CLOSED = "closed"


class Consent(str, Enum):
    """What the patient, or who decides for them, is asked to agree to; `models.review.consent` tells each in a line."""

    DIAGNOSIS = "diagnosis"
    SECONDARY_FINDINGS = "secondary findings"
    RECONTACT = "being contacted again"
    SHARING = "sharing in variant databases"
    DEIDENTIFIED = "sharing without identity"
    INSTITUTION = "sharing with another institution"
    RESEARCH = "research"
    TEACHING = "teaching"


class DeletionReason(str, Enum):
    """Why a case is deleted for good."""

    RETENTION_ENDED = "the retention period has ended"
    CONSENT_WITHDRAWN = "consent was withdrawn"
    PATIENT_ASKED = "the patient asked for it"
    ENTERED_IN_ERROR = "entered in error"
    OTHER = "other"


@dataclass(frozen=True)
class _Seen:
    """seen: the version of the case (`ReviewState.version`) on the screen where this was decided."""

    kind: ClassVar[EventKind]
    seen: int

    def payload(self) -> dict[str, Any]:
        """As the event keeps it: plain values under the keys told at EventKind."""
        kept = ((f.name, getattr(self, f.name)) for f in fields(self) if f.name != "seen")
        return {"class" if name == "acmg_class" else name: _plain(value) for name, value in kept}


def _plain(value: Any) -> Any:
    if isinstance(value, Strength):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(_plain(v) for v in value)
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


@dataclass(frozen=True)
class SetTerm(_Seen):
    kind = EventKind.TERM_SET
    id: str
    label: str
    excluded: bool = False
    origin: str = "typed"


@dataclass(frozen=True)
class RemoveTerm(_Seen):
    kind = EventKind.TERM_REMOVED
    id: str


@dataclass(frozen=True)
class RejectSuggestion(_Seen):
    kind = EventKind.SUGGESTION_REJECTED
    id: str
    sentence_sha256: str


@dataclass(frozen=True)
class OverrideCheck(_Seen):
    """Go on in spite of a blocking finding. finding: its key; found: its sentence."""

    kind = EventKind.CHECK_OVERRIDDEN
    code: str
    finding: str
    found: str
    reason: str


@dataclass(frozen=True)
class ExchangeParents(_Seen):
    kind = EventKind.PARENTS_EXCHANGED
    code: str
    found: str
    reason: str


@dataclass(frozen=True)
class Shortlist(_Seen):
    """allele: "chr2-165992342-G-A", here and below."""

    kind = EventKind.VARIANT_SHORTLISTED
    allele: str
    note: str = ""


@dataclass(frozen=True)
class Dismiss(_Seen):
    kind = EventKind.VARIANT_DISMISSED
    allele: str
    reason: str


@dataclass(frozen=True)
class PutBack(_Seen):
    """Neither shortlisted nor dismissed any more."""

    kind = EventKind.VARIANT_PUT_BACK
    allele: str
    note: str = ""


@dataclass(frozen=True)
class JudgeCriterion(_Seen):
    """strength: the one it counts with; None when rejected."""

    kind = EventKind.CRITERION_JUDGED
    allele: str
    code: str
    ruling: Ruling
    strength: Strength | None = None
    note: str = ""
    reading: Reading = Reading.FIRST

    def payload(self) -> dict[str, Any]:
        return super().payload() | {"strength": self.strength.name if self.strength else ""}


@dataclass(frozen=True)
class Classify(_Seen):
    """A named person's class of a variant. condition: the disease it is for, "" when not said."""

    kind = EventKind.VARIANT_CLASSIFIED
    allele: str
    acmg_class: Class
    condition: str = ""
    note: str = ""
    reading: Reading = Reading.FIRST


@dataclass(frozen=True)
class ReleaseReading(_Seen):
    """Give back the place of a reader who began and will not finish. of: their account, else their name."""

    kind = EventKind.READING_RELEASED
    allele: str
    reading: Reading
    of: str
    of_name: str
    reason: str


@dataclass(frozen=True)
class WriteNote(_Seen):
    """Notes are added, never changed. allele: "" for a note on the whole case."""

    kind = EventKind.NOTE_WRITTEN
    text: str
    allele: str = ""


@dataclass(frozen=True)
class Assign(_Seen):
    """people: everybody the case is assigned to from now on; empty for nobody."""

    kind = EventKind.CASE_ASSIGNED
    people: tuple[str, ...]


@dataclass(frozen=True)
class SetStatus(_Seen):
    kind = EventKind.STATUS_SET
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class SetConsent(_Seen):
    """scope: all that is agreed to from now on; empty when everything was refused."""

    kind = EventKind.CONSENT_SET
    scope: frozenset[Consent]
    note: str = ""


@dataclass(frozen=True)
class SignReport(_Seen):
    """number: 1 for the first report of a case. amends: content sha256 of the one it replaces, "" for the first."""

    kind = EventKind.REPORT_SIGNED
    number: int
    content_sha256: str
    amends: str = ""


@dataclass(frozen=True)
class CommitAsLearner(_Seen):
    """A learner's answer; `models.review.teaching.Commitment` in the words of the log."""

    kind = EventKind.LEARNER_COMMITTED
    alleles: tuple[str, ...]
    acmg_class: str
    reason: str


@dataclass(frozen=True)
class MarkChangesSeen(_Seen):
    """releases: name and version of each."""

    kind = EventKind.CHANGES_SEEN
    snapshot: str
    releases: tuple[str, ...]


@dataclass(frozen=True)
class StartCase(_Seen):
    """The case came in by the person who is signed in; it is theirs from then on."""

    kind = EventKind.CASE_STARTED


@dataclass(frozen=True)
class OpenInEmergency(_Seen):
    """Open a case that is not one's own, until `until` (ISO time with offset)."""

    kind = EventKind.OPENED_IN_EMERGENCY
    reason: str
    until: str


@dataclass(frozen=True)
class TakeOut(_Seen):
    """A copy without identity leaves. way: key of `models.review.ways_out`; sha256: of the file; checked, left_out: how
    many free texts a named person let go, and how many stayed; rules: their version. No text is kept."""

    kind = EventKind.EXPORTED
    way: str
    sha256: str
    checked: int
    left_out: int
    rules: str


@dataclass(frozen=True)
class AskDeletion(_Seen):
    """The first of two people asks for the case to be deleted; it stands until anything else is decided about it."""

    kind = EventKind.DELETION_ASKED
    reason: DeletionReason
    note: str = ""


Command = (
    SetTerm
    | RemoveTerm
    | RejectSuggestion
    | OverrideCheck
    | ExchangeParents
    | Shortlist
    | Dismiss
    | PutBack
    | JudgeCriterion
    | Classify
    | ReleaseReading
    | WriteNote
    | Assign
    | SetStatus
    | SetConsent
    | SignReport
    | CommitAsLearner
    | MarkChangesSeen
    | StartCase
    | OpenInEmergency
    | TakeOut
    | AskDeletion
)
