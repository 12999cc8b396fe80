"""The state that a case's decisions add up to."""

from collections.abc import Iterable

from models.case import Phenotype, Term
from models.review.log import Event, EventKind


def overrides(events: Iterable[Event]) -> dict[str, Event]:
    """The last override of each check, by the check's code: who, when and why."""
    return {str(e.payload["code"]): e for e in events if e.kind is EventKind.CHECK_OVERRIDDEN}


def overridden_codes(events: Iterable[Event]) -> frozenset[str]:
    """Codes of the checks that a named person has overridden."""
    return frozenset(str(e.payload["code"]) for e in events if e.kind is EventKind.CHECK_OVERRIDDEN)


def current_phenotype(delivered: Phenotype, events: Iterable[Event]) -> Phenotype:
    """The terms as delivered with every edit applied in order."""
    phenotype = delivered
    for event in events:
        data = event.payload
        if event.kind is EventKind.TERM_SET:
            term = Term(data["id"], data["label"], bool(data["excluded"]), origin=data.get("origin", "typed"))
            phenotype = phenotype.with_term(term)
        elif event.kind is EventKind.TERM_REMOVED:
            phenotype = phenotype.without(data["id"])
    return phenotype


def rejected_suggestions(events: Iterable[Event]) -> frozenset[tuple[str, str]]:
    """Suggestions from notes that a person turned down: (term id, sha256 of the sentence)."""
    rejected = (e.payload for e in events if e.kind is EventKind.SUGGESTION_REJECTED)
    return frozenset((str(p["id"]), str(p["sentence_sha256"])) for p in rejected)


def shortlisted(events: Iterable[Event]) -> tuple[str, ...]:
    """Alleles on the shortlist, in the order they were put there; a dismissal takes one off."""
    kept: dict[str, None] = {}
    for event in events:
        if event.kind is EventKind.VARIANT_SHORTLISTED:
            kept[str(event.payload["allele"])] = None
        elif event.kind is EventKind.VARIANT_DISMISSED:
            kept.pop(str(event.payload["allele"]), None)
    return tuple(kept)
