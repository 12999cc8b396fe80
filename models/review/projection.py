"""The state that a case's decisions add up to."""

from collections.abc import Iterable

from models.case import Finding, Phenotype, Severity, Term
from models.review.events import Event, EventKind


def overrides(events: Iterable[Event]) -> dict[str, Event]:
    """The last override of each finding, by the finding's key: who, when and why.

    An override of an early version names only a check, not what it had found; it stays in the log and
    silences nothing, so that the finding is judged by a person again.
    """
    said = (e for e in events if e.kind is EventKind.CHECK_OVERRIDDEN)
    return {str(e.payload["finding"]): e for e in said if "finding" in e.payload}


def overridden_findings(events: Iterable[Event]) -> frozenset[str]:
    """Keys of the findings that a named person has overridden."""
    return frozenset(overrides(events))


def exchanged_parents(events: Iterable[Event]) -> Finding | None:
    """What to read when a named person exchanged the parents' samples; None when nobody did.

    Said twice it is still one exchange: two people who press the button do not undo each other.
    """
    said = [e for e in events if e.kind is EventKind.PARENTS_EXCHANGED]
    if not said:
        return None
    first = said[0]
    when = first.at[:16].replace("T", " ")
    reason = str(first.payload["reason"]).rstrip(".")
    sentence = (
        f"The mother's and the father's samples were exchanged by {first.who}, {when}: {reason}. "
        f"As delivered the check had said: {first.payload['found']}"
    )
    return Finding("parents-exchanged", Severity.WARNING, sentence)


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
    """Alleles on the shortlist, in the order they were put there; a dismissal or putting back takes one off."""
    kept: dict[str, None] = {}
    for event in events:
        if event.kind is EventKind.VARIANT_SHORTLISTED:
            kept[str(event.payload["allele"])] = None
        elif event.kind in (EventKind.VARIANT_DISMISSED, EventKind.VARIANT_PUT_BACK):
            kept.pop(str(event.payload["allele"]), None)
    return tuple(kept)


def changes_seen(events: Iterable[Event]) -> str:
    """Key of the snapshot whose changes somebody marked as read last, "" when nobody did."""
    seen = [str(e.payload["snapshot"]) for e in events if e.kind is EventKind.CHANGES_SEEN]
    return seen[-1] if seen else ""
