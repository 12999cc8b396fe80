"""What FHIR R4 Consent resources of the patient state, in the words that `models.review.consent` reads.

Only what is to be followed is read: status active, and rejected as a no (HL7 FHIR R4, ConsentState). A permission that
is limited in time, to persons or to data is not taken for a yes to the use; a refusal, however narrow, is a no.
"""

import re
from collections.abc import Iterable, Iterator

from models.intake.fhir_values import Resource, concept_of, date_of, first_dict, items, text_of

_LIMITS = ("actor", "data", "dataPeriod", "securityLabel", "class")
_MOST_RULES = 50  # of one resource; a form has about ten
LIMITED = "a permission limited in time, to persons or to data, not read as a yes"


def consent_words(resources: Iterable[Resource]) -> str:
    """ "FHIR Consent of 2026-05-03; research: yes; HRESCH: yes; secondary findings: no"; "" when none is followed."""
    told = (_told(resource) for resource in resources)
    return "; ".join(words for words in told if words)


def _told(resource: Resource) -> str:
    status = text_of(resource.get("status"))
    if status not in {"active", "rejected"}:
        return ""
    rules = list(_rules(first_dict(resource.get("provision"))))[:_MOST_RULES]
    said = dict.fromkeys(words for rule in rules for words in _said(rule, refused=status == "rejected"))
    day = date_of(resource, "dateTime")
    return "; ".join((f"FHIR Consent of {day}" if day else "FHIR Consent", *said)) if said else ""


def _rules(rule: Resource) -> Iterator[Resource]:
    """The rule, and every rule inside it that a form can hold (two levels)."""
    yield rule
    for inner in (r for r in items(rule.get("provision")) if isinstance(r, dict)):
        yield inner
        yield from (r for r in items(inner.get("provision")) if isinstance(r, dict))


def _said(rule: Resource, *, refused: bool) -> list[str]:
    names = [name for use in _uses(rule) for name in use if name]
    kind = text_of(rule.get("type"))
    if not names or not (kind or refused):
        return []
    if refused or kind == "deny":
        return [f"{name}: no" for name in names]
    limited = first_dict(rule.get("period")).get("end") or any(rule.get(name) for name in _LIMITS)
    return [LIMITED] if limited or kind != "permit" else [f"{name}: yes" for name in names]


def _uses(rule: Resource) -> Iterator[tuple[str, str]]:
    """(words, code) of every purpose and code of the rule."""
    for purpose in (p for p in items(rule.get("purpose")) if isinstance(p, dict)):
        yield _plain(text_of(purpose.get("display"))), _code(text_of(purpose.get("code")))
    for concept in items(rule.get("code")):
        words, code, _ = concept_of(concept)
        yield _plain(words), _code(code) if words != code else ""


def _plain(words: str) -> str:
    """One name: nothing in it that would end it for who reads the words."""
    return re.sub(r"[\s.,:;]+", " ", words).strip()[:80]


def _code(code: str) -> str:
    """ "DUO:0000042" or "HRESCH" as it is; anything that is no code is left out."""
    return code if re.fullmatch(r"(?:DUO[:_])?\w{1,20}", code) else ""
