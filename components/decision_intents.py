"""From what was pressed on the screen to a command; what cannot be one is refused in a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from components.decision_desk import Desk
from models.case import Verdict
from models.errors import InputError
from models.evidence.acmg import Class, Strength, Suggestion
from models.review import ReviewState
from models.review.commands import (
    Assign,
    Classify,
    Command,
    Consent,
    Dismiss,
    JudgeCriterion,
    PutBack,
    Reading,
    ReleaseReading,
    Ruling,
    SetConsent,
    SetStatus,
    Shortlist,
    Status,
    WriteNote,
)
from models.review.second_reading import Stage, begun, outcome_of, turn_of

Said: TypeAlias = Mapping[str, Any]

UNCLEAR = "This could not be understood; reload the page and decide again."
TWO_OTHERS = "Two others read this variant already; once both are in, you can see what they say and resolve it."
BOTH_IN = "Both readings came in after you opened this; read both, then decide again."
HOW_RESOLVED = "Say how the two readings were resolved; it is kept with the class."


@dataclass(frozen=True)
class About:
    """The variant a decision is about, with the suggestion on screen; allele: as the log names it."""

    allele: str
    suggestion: Suggestion


def command_of(said: Said, desk: Desk, state: ReviewState, about: About | None) -> Command:
    """The command for what was pressed. about: None for decisions on the case. Raises InputError."""
    try:
        seen = int(said["seen"])
        if about is None:
            return _on_case(str(said["act"]), said, seen)
        return _on_variant(str(said["act"]), said, seen, about, desk, state)
    except (KeyError, ValueError, TypeError) as problem:
        raise InputError(UNCLEAR) from problem


def _on_case(act: str, said: Said, seen: int) -> Command:
    match act:
        case "note":
            return WriteNote(seen, str(said["text"]).strip())
        case "assign":
            names = (" ".join(n.split()) for n in re.split(r"[,;\n]", str(said["people"])))
            return Assign(seen, tuple(dict.fromkeys(filter(None, names))))
        case "status":
            return SetStatus(seen, Status(said["status"]), str(said.get("reason", "")).strip())
        case "consent":
            return SetConsent(seen, frozenset(map(Consent, said["scope"])), str(said.get("note", "")).strip())
        case _:
            raise ValueError(act)


def _on_variant(  # noqa: PLR0911  one line an act
    act: str, said: Said, seen: int, about: About, desk: Desk, state: ReviewState
) -> Command:
    allele = about.allele
    match act:
        case "shortlist":
            return Shortlist(seen, allele)
        case "dismiss":
            return Dismiss(seen, allele, str(said["reason"]).strip())
        case "put back":
            return PutBack(seen, allele)
        case "note":
            return WriteNote(seen, str(said["text"]).strip(), allele)
        case "release":
            return _release(said, seen, state, allele)
        case "judge":
            reading = _reading(said, desk, state, allele)
            return _judged(said, seen, about, reading)
        case "classify":
            reading = _reading(said, desk, state, allele)
            note = str(said.get("note", "")).strip()
            disagreed = outcome_of(state.variant(allele), desk.needed).stage is Stage.DISAGREED
            if disagreed and not note:
                raise InputError(HOW_RESOLVED)
            return Classify(seen, allele, Class(said["class"]), str(said.get("condition", "")).strip(), note, reading)
        case _:
            raise ValueError(act)


def _release(said: Said, seen: int, state: ReviewState, allele: str) -> ReleaseReading:
    reading, of = Reading(said["release"]), str(said["of"])
    name = next((b.name for b in begun(state.variant(allele)) if b.reading is reading), of)
    return ReleaseReading(seen, allele, reading, of, name, str(said["reason"]).strip())


def _judged(said: Said, seen: int, about: About, reading: Reading) -> JudgeCriterion:
    """Accepted as suggested; changed in strength or added by hand; or, without a strength, rejected."""
    code, note = str(said["code"]), str(said.get("note", "")).strip()
    if not said["strength"]:
        return JudgeCriterion(seen, about.allele, code, Ruling.REJECTED, None, note, reading)
    strength = Strength[str(said["strength"])]
    met = {r.code: r.strength for r in about.suggestion.results if r.verdict is Verdict.MET}
    ruling = Ruling.ACCEPTED if met.get(code) is strength else Ruling.CHANGED
    return JudgeCriterion(seen, about.allele, code, ruling, strength, note, reading)


def _reading(said: Said, desk: Desk, state: ReviewState, allele: str) -> Reading:
    """Whose reading this is now. Nobody's own reading becomes the resolution without their having seen both."""
    turn = turn_of(state.variant(allele), desk.identity, desk.needed)
    if turn is None:
        raise InputError(TWO_OTHERS)
    if turn is Reading.CONSENSUS and said.get("reading") != Reading.CONSENSUS.value:
        raise InputError(BOTH_IN)
    return turn
