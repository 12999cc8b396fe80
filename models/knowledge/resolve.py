"""Brings a patient's terms to the installed ontology; nothing given is dropped without being named."""

import re
from dataclasses import replace

from models.case import Finding, Phenotype, Severity, Term
from models.knowledge.ontology import Ontology

_HPO_ID = re.compile(r"^HP:\d{7}$")


def resolve_phenotype(phenotype: Phenotype, ontology: Ontology) -> tuple[Phenotype, tuple[Finding, ...]]:
    """The same terms under current ids and labels, and a finding for each that changed or fell out.

    Merged and replaced ids become the current term (`given_id` keeps the old one). Unknown and
    retired ids are left out. Onsets, inheritance and other terms that are not features stay in the
    list with a note: they are shown, not scored. A term given both as present and as excluded, or
    more than once, is kept as first given.
    """
    kept: dict[str, Term] = {}
    findings: list[Finding] = []
    for term in phenotype.terms:
        now = ontology.current_id(term.id)
        if not now:
            findings.append(_unusable(term, ontology))
            continue
        current = replace(term, id=now, label=ontology.label(now), given_id=_given(term, now))
        findings.extend(_remarks(term, current, ontology, kept.get(now)))
        kept.setdefault(now, current)
    return Phenotype(tuple(kept.values())), tuple(findings)


def _given(term: Term, now: str) -> str:
    return term.given_id if term.id == now else term.id


def _remarks(given: Term, current: Term, ontology: Ontology, earlier: Term | None) -> list[Finding]:
    remarks = []
    if given.id != current.id:
        sentence = f"{given.id} is now {current.id} ({current.label}); the current term is used."
        remarks.append(Finding("replaced-hpo-term", Severity.NOTE, sentence, given.origin))
    if earlier is not None and earlier.excluded != current.excluded:
        kept = "excluded" if earlier.excluded else "present"
        sentence = (
            f"{current.id} ({current.label}) is given both as present and as excluded; it is kept as {kept}. Check it."
        )
        remarks.append(Finding("contradicting-hpo-term", Severity.WARNING, sentence, given.origin))
    if not ontology.is_phenotype(current.id):
        what = ontology.branch(current.id) or "not a finding"
        sentence = (
            f"{current.id} ({current.label}) is {what}, not a feature of the patient; it is shown but not scored."
        )
        remarks.append(Finding("not-a-feature", Severity.NOTE, sentence, given.origin))
    return remarks


def _unusable(term: Term, ontology: Ontology) -> Finding:
    """Why a term cannot be used. Free text is never repeated, only something shaped like an HPO id."""
    if term.id in ontology.retired:
        name, consider = ontology.retired[term.id]
        options = ", ".join(f"{c} ({ontology.label(c)})" for c in consider if c in ontology)
        advice = f"consider {options}" if options else "choose a current term"
        sentence = f"{term.id} ({name}) was retired from HPO without a replacement and is not used; {advice}."
        return Finding("retired-hpo-term", Severity.WARNING, sentence, term.origin)
    named = term.id if _HPO_ID.match(term.id) else "A term whose id is not written like HP:0001250"
    sentence = f"{named} is not in HPO {ontology.release} and is not used; check it, or choose a current term."
    return Finding("unknown-hpo-term", Severity.WARNING, sentence, term.origin)
