"""What was decided, as it is kept: the closed set of kinds, one event, and the hash that chains it.

The events of a case form a chain of their own: each hash covers every field of its event and the hash of the
event before it in that case (docs/decisions/0006-decision-log.md). `seq` orders all events of an installation.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from models.errors import InputError, TooLarge

_RULE = "caseboard-2"  # the first field that is hashed: which rule the hash follows
MOST_TEXT_CHARACTERS = 1_000_000  # of one decision with its evidence; a long letter has 20,000
INSTALLATION = "installation"  # the case id of the installation's own chain: what is no decision about one patient
Thing = tuple[str, ...]  # what an event is about, as far as two edits can be in each other's way


class EventKind(str, Enum):
    """What can be decided. Payload keys in the comment; the commands of models.review.commands write them."""

    TERM_SET = "term set"  # id, label, excluded, origin
    TERM_REMOVED = "term removed"  # id
    SUGGESTION_REJECTED = "suggestion rejected"  # id, sentence_sha256
    CHECK_OVERRIDDEN = "check overridden"  # code, finding (its key), found (its sentence), reason
    PARENTS_EXCHANGED = "parents exchanged"  # code, found (what the check said), reason
    VARIANT_SHORTLISTED = "variant shortlisted"  # allele, note
    VARIANT_DISMISSED = "variant dismissed"  # allele, reason
    VARIANT_PUT_BACK = "variant put back"  # allele, note
    CRITERION_JUDGED = "criterion judged"  # allele, reading, code, ruling, strength ("" when rejected), note
    VARIANT_CLASSIFIED = "variant classified"  # allele, reading, class, condition, note
    NOTE_WRITTEN = "note written"  # allele ("" for the whole case), text
    CASE_ASSIGNED = "case assigned"  # people
    STATUS_SET = "status set"  # status, reason
    CONSENT_SET = "consent set"  # scope (a list, maybe empty), note
    REPORT_SIGNED = "report signed"  # number, content_sha256, amends (sha256 of the report it replaces, or "")
    LEARNER_COMMITTED = "learner committed"  # alleles, class, reason
    CHANGES_SEEN = "changes seen"  # snapshot (its key), releases (name and version of each)
    CASE_STARTED = "case started"  # nothing; kept with sign-in only: whose case it is from the first
    OPENED_IN_EMERGENCY = "opened in an emergency"  # reason, until (ISO time the access ends)
    READING_RELEASED = (
        "reading released"  # allele, reading, of (account of who began it, else the name), of_name, reason
    )
    EXPORTED = "taken out"  # way (its key), sha256 (of the file), checked, left_out (how many free texts), rules
    DELETION_ASKED = "deletion asked for"  # reason, note
    DELETION_BEGUN = "deletion begun"  # the certificate (models.review.certificates)
    DELETION_COMPLETED = "deletion completed"  # certificate (version of the event it completes)
    PEOPLE_CHANGED = "people changed"  # person (how they sign in), roles, cases ("all" or a list), taken_out


OF_THE_INSTALLATION = frozenset({EventKind.DELETION_BEGUN, EventKind.DELETION_COMPLETED, EventKind.PEOPLE_CHANGED})


@dataclass(frozen=True)
class Event:
    """One decision.

    seq: place among all events of the installation; grows, may skip. at: ISO 8601 with offset, as told by the
    caller. version: place in its case, 1 for the first, without gaps. evidence: what the person had before them
    (releases, sha256 of the model, suggested class with criteria), empty when the caller gave none. account: the
    opaque id of who was signed in, "" without sign-in. first_hash: its hash in the one chain that versions
    before 2026-11-22 kept, "" since. clock_went_back: it says an earlier time than the event before it.
    """

    seq: int
    case_id: str
    kind: EventKind
    who: str
    at: str
    payload: Mapping[str, Any]
    previous: str
    hash: str
    version: int = 0
    evidence: Mapping[str, Any] = field(default_factory=dict)
    account: str = ""
    first_hash: str = ""
    clock_went_back: bool = False


def digest(row: Mapping[str, Any]) -> str:
    """The hash of an event from its columns (payload and evidence as the text that is stored)."""
    names = ("previous", "case_id", "version", "seq", "kind", "who", "account", "at", "payload", "evidence")
    whole = [_RULE, *(row[name] for name in names), row["first_hash"]]
    return _sha256(whole)


def first_digest(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of an event in the one chain kept before each case had its own; `previous` in that chain."""
    return _sha256([previous, *(row[name] for name in ("case_id", "kind", "who", "at", "payload"))])


def _sha256(fields: list[Any]) -> str:
    text = json.dumps(fields, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def as_text(content: Mapping[str, Any]) -> str:
    """As it is stored: JSON in ASCII, so that any character a person wrote survives in any database.

    Raises TooLarge.
    """
    text = json.dumps(content, sort_keys=True, allow_nan=False)
    if len(text) > MOST_TEXT_CHARACTERS:
        raise TooLarge("This text is too long to be kept as one decision; shorten it or divide it.")
    return text


def named(name: str) -> str:
    """A person's name as it can be kept. Raises InputError."""
    kept = name.strip()
    if not kept:
        raise InputError("A decision needs the name of the person who takes it.")
    if "\x00" in kept or any("\ud800" <= sign <= "\udfff" for sign in kept):
        raise InputError("The name holds a character that cannot be stored; type it again.")
    return kept


def is_earlier(at: str, than: str) -> bool:
    """Whether one ISO time is before another, whatever their offsets."""
    return bool(than) and datetime.fromisoformat(at) < datetime.fromisoformat(than)


PARENTS_SWAPPED = "parents-swapped"  # the check that an exchange of the parents' samples answers as well
_ABOUT: dict[EventKind, tuple[str, ...]] = {
    EventKind.TERM_SET: ("term", "id"),
    EventKind.TERM_REMOVED: ("term", "id"),
    EventKind.SUGGESTION_REJECTED: ("suggestion", "id", "sentence_sha256"),
    EventKind.CHECK_OVERRIDDEN: ("check", "code", "finding"),
    EventKind.PARENTS_EXCHANGED: ("parents",),
    EventKind.VARIANT_SHORTLISTED: ("place on the shortlist", "allele"),
    EventKind.VARIANT_DISMISSED: ("place on the shortlist", "allele"),
    EventKind.VARIANT_PUT_BACK: ("place on the shortlist", "allele"),
    EventKind.CRITERION_JUDGED: ("criterion", "allele", "reading", "code"),
    EventKind.VARIANT_CLASSIFIED: ("class", "allele", "reading"),
    EventKind.READING_RELEASED: ("reading", "allele", "reading"),
    EventKind.CASE_ASSIGNED: ("assigned people",),
    EventKind.STATUS_SET: ("status",),
    EventKind.REPORT_SIGNED: ("status",),
    EventKind.CONSENT_SET: ("consent",),
}


def thing_of(kind: EventKind, payload: Mapping[str, Any]) -> Thing | None:
    """What an event sets: two edits of the same thing can conflict, all others cannot.

    None for what only adds (a note, a learner's answer, a mark as read, who opened it).
    """
    if kind is EventKind.CHECK_OVERRIDDEN and payload.get("code") == PARENTS_SWAPPED:
        kind = EventKind.PARENTS_EXCHANGED  # two answers to one question: who has whose sample
    about = _ABOUT.get(kind)
    return about and (about[0], *(str(payload.get(key, "")) for key in about[1:]))
