"""What the consent on record allows. Pure; nothing on record is never consent.

Two voices can be on record: what the files state (a case folder's own words, FHIR R4 Consent) and what a named person
recorded here. The newest record of a named person counts for every use, whatever the files say; while nobody recorded
any, an explicit yes or no of the files counts. Recording anything less withdraws the rest, at once.

Codes: GA4GH Data Use Ontology (github.com/EBISPOT/DUO, 2021-02-23) and HL7 v3 ActReason, the purposes of FHIR R4
Consent (terminology.hl7.org/CodeSystem/v3-ActReason). They name the nearest term and claim no equivalence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.review.commands import Consent
from models.review.events import Event
from models.review.state import ReviewState
from models.review.telling import day

RECORD_IT = "Record the answer in Case review, on the Decide tab, under The case."
ELSE_RECORD_IT = "If that is not their answer, record it in Case review, on the Decide tab, under The case."


@dataclass(frozen=True)
class Meaning:
    """One use in a line. words: what files call it, a regular expression. tags: codes that mean agreement by standing
    there, a regular expression, "" for none; code: the nearest in words."""

    line: str
    words: str
    tags: str = ""
    code: str = ""


MEANINGS: Mapping[Consent, Meaning] = MappingProxyType(
    {
        Consent.DIAGNOSIS: Meaning(
            "The question asked is answered; the report goes to the treating physician.",
            r"diagnosis|diagnostics?|clinical care",
            r"DUO:0000043|TREAT",
            "DUO:0000043 clinical care use; TREAT treatment",
        ),
        Consent.SECONDARY_FINDINGS: Meaning(
            "Treatable disorders are looked for that have nothing to do with the question (ACMG SF list).",
            r"(?:secondary|incidental|additional) findings?",
        ),
        Consent.RECONTACT: Meaning("The person may be told or asked something again later.", r"re-?contact(?:ing)?"),
        Consent.SHARING: Meaning(
            "Single variants with their class go to ClinVar and databases like it.",
            r"ClinVar|variant databases?",
        ),
        Consent.DEIDENTIFIED: Meaning(
            "The case goes out with everything taken out that could identify the person.",
            r"de-?identified (?:sharing|data)",
        ),
        Consent.INSTITUTION: Meaning(
            "Another institution gets the case under its pseudonym, with the ranked list.",
            r"(?:another|other) institutions?",
        ),
        Consent.RESEARCH: Meaning(
            "The data are used in research.",
            r"research",
            r"DUO:0000042|DUO:0000006|DUO:0000004|HRESCH",
            "DUO:0000042 general research use; HRESCH healthcare research",
        ),
        Consent.TEACHING: Meaning(
            "Colleagues and students learn from the case.", r"teaching|training", r"TRAIN", "TRAIN training"
        ),
    }
)


@dataclass(frozen=True)
class Recorded:
    """What is on record about one patient. stated: in the files' words, "" for nothing. scope: what a named person
    recorded as agreed to, None while nobody did. agreed_once: all that any such record ever agreed to. by: the event
    of the newest."""

    stated: str = ""
    scope: frozenset[Consent] | None = None
    agreed_once: frozenset[Consent] = frozenset()
    by: Event | None = None


@dataclass(frozen=True)
class Allowed:
    """It is agreed to; the sentence says on whose word."""

    sentence: str


@dataclass(frozen=True)
class NotAllowed:
    """It was declined or withdrawn; the sentence says by whose record and what to do."""

    sentence: str


@dataclass(frozen=True)
class NotRecorded:
    """Nobody asked, or nobody wrote it down; the sentence says what to do."""

    sentence: str


Answer = Allowed | NotAllowed | NotRecorded


def recorded_of(stated: str, state: ReviewState) -> Recorded:
    """What is on record now. stated: `Patient.consent`, the files' words."""
    return Recorded(stated, state.consent, state.agreed_once, state.last.get(("consent",)))


def allows(use: Consent, recorded: Recorded) -> Answer:
    """Whether this use is agreed to. Care in the institution itself (DIAGNOSIS) needs no record, but a no counts."""
    if recorded.scope is not None:
        return _decided(use, recorded.scope, recorded)
    stated = stated_answer(use, recorded.stated)
    if stated is not None:
        said = f"The files state: {use.value}, {'yes' if stated else 'no'}."
        return Allowed(said) if stated else NotAllowed(f"{said} {ELSE_RECORD_IT}")
    if use is Consent.DIAGNOSIS:
        return Allowed("Care in this institution; nobody recorded an answer.")
    return NotRecorded(f"Nobody recorded whether the person agrees to {use.value}. {RECORD_IT}")


def _decided(use: Consent, scope: frozenset[Consent], recorded: Recorded) -> Answer:
    who = by_words(recorded.by)
    if use in scope:
        return Allowed(f"Agreed to {use.value}, as recorded by {who}.")
    how = "withdrew their consent to" if use in recorded.agreed_once else "does not agree to"
    return NotAllowed(f"The person {how} {use.value}, as recorded by {who}. {ELSE_RECORD_IT}")


def by_words(event: Event | None) -> str:
    """ "Dr A, 3 May 2026"; in the time zone of this computer."""
    if event is None:
        return "a person whose name was not kept"
    return f"{event.who}, {day(event.at)}"


def contradictions(recorded: Recorded) -> tuple[str, ...]:
    """Where the files and the newest record of a person say opposite things; the person's counts."""
    return tuple(
        f"The files state {use.value}: {'yes' if said else 'no'}; {by_words(recorded.by)}, recorded "
        f"{'no' if said else 'yes'}, which counts."
        for use, said in opposite(recorded).items()
    )


def opposite(recorded: Recorded) -> Mapping[Consent, bool]:
    """What the files state of each use of which the newest record of a person says the opposite."""
    if recorded.scope is None:
        return {}
    stated = {use: stated_answer(use, recorded.stated) for use in Consent}
    return {use: said for use, said in stated.items() if said is not None and said is not (use in recorded.scope)}


_YES = r"(?:yes|agreed|consented|given|wanted|permit(?:ted)?)"
_NO = r"(?:no|not\s+(?:agreed|given|wanted|permitted)|declined|refused|withdrawn|denied|deny)"
_NO_BEFORE = r"(?:no|not|without|declin\w+|refus\w+|withdr\w+|den(?:y|ied|ies))"


def stated_answer(use: Consent, stated: str) -> bool | None:
    """What the files say of one use: true for a statement "secondary findings: yes" alone, false for any way of saying
    no, None when they do not say. A no beside a yes is a no."""
    meaning = MEANINGS[use]
    name = f"(?:{'|'.join(filter(None, (re.escape(use.value), meaning.words, meaning.tags)))})"
    no = rf"\b{name}\s*:?\s*{_NO}\b|\b{_NO_BEFORE}\b[^.,;:\n]{{0,40}}\b{name}\b"
    if re.search(no, stated, re.IGNORECASE):
        return False
    tagged = meaning.tags and re.search(rf"\b(?:{meaning.tags})\b(?!\s*:)", stated)
    yes = rf"(?:^|[.,;\n])\s*{name}\s*:\s*{_YES}\b"
    return True if tagged or re.search(yes, stated, re.IGNORECASE) else None
