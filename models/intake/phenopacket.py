"""GA4GH phenopackets, version 1 and 2, as JSON: subject, features, family.

Sources: phenopacket-schema 1.0 and 2.0 (ISO 4454:2022). Both camelCase and snake_case are read, as
both are in circulation. Genomic interpretations are not read: an answer must not reach the ranking.
"""

import re
from dataclasses import dataclass
from typing import Any

from models.case import Affected, Finding, Pedigree, Person, Phenotype, Severity, Sex, Term
from models.errors import UnreadableFile

_DURATION = re.compile(r"^P(?:(\d+(?:\.\d+)?)Y)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?")
_SEX = {"FEMALE": Sex.FEMALE, "MALE": Sex.MALE}
_AFFECTED = {"AFFECTED": Affected.AFFECTED, "UNAFFECTED": Affected.UNAFFECTED}


@dataclass(frozen=True)
class Phenopacket:
    """What a phenopacket says. age_years None: not given. pedigree None: not a family packet."""

    subject_id: str
    sex: Sex
    age_years: float | None
    phenotype: Phenotype
    pedigree: Pedigree | None
    findings: tuple[Finding, ...]


def years_of_duration(text: str) -> float | None:
    """ISO 8601 duration to years ("P6Y3M" -> 6.25); None when it is not one."""
    found = _DURATION.match(text or "")
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days = (float(part or 0) for part in found.groups())
    return years + months / 12 + weeks / 52.18 + days / 365.25


def get(source: Any, *names: str) -> Any:
    """The first of `names` (camelCase or snake_case) that `source` has; None otherwise."""
    if not isinstance(source, dict):
        return None
    return next((source[name] for name in names if source.get(name) is not None), None)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _age(subject: Any) -> float | None:
    seen = get(subject, "timeAtLastEncounter", "time_at_last_encounter", "ageAtCollection", "age_at_collection")
    age = get(seen, "age") if isinstance(get(seen, "age"), dict) else seen
    return years_of_duration(_text(get(age, "iso8601duration", "age")))


def _onset(feature: Any) -> str:
    onset = get(feature, "onset", "classOfOnset", "class_of_onset")
    label = get(get(onset, "ontologyClass", "ontology_class"), "label") or get(onset, "label")
    duration = get(get(onset, "age"), "iso8601duration") or get(onset, "iso8601duration")
    return _text(label) or _text(duration)


def _features(packet: Any, name: str) -> tuple[Phenotype, list[Finding]]:
    phenotype, findings = Phenotype(), []
    features = get(packet, "phenotypicFeatures", "phenotypic_features") or []
    for place, feature in enumerate(features if isinstance(features, list) else [], start=1):
        term = get(feature, "type")
        term_id = _text(get(term, "id"))
        where = f"{name} feature {place}"
        if not re.fullmatch(r"HP:\d{7}", term_id):
            sentence = "This feature has no HPO id (like HP:0001250) and is not used; add its term by hand."
            findings.append(Finding("term-not-hpo", Severity.WARNING, sentence, where))
            continue
        excluded = bool(get(feature, "excluded", "negated"))
        phenotype = phenotype.with_term(Term(term_id, _text(get(term, "label")), excluded, _onset(feature), name))
    return phenotype, findings


def _pedigree(document: Any, subject_id: str) -> Pedigree | None:
    persons = get(get(document, "pedigree"), "persons")
    if not isinstance(persons, list):
        return None
    people = []
    for entry in persons:
        parents = [
            _text(get(entry, *names)) for names in (("paternalId", "paternal_id"), ("maternalId", "maternal_id"))
        ]
        father, mother = ("" if p in {"0", "."} else p for p in parents)
        people.append(
            Person(
                _text(get(entry, "individualId", "individual_id")),
                _SEX.get(_text(get(entry, "sex")), Sex.UNKNOWN),
                _AFFECTED.get(_text(get(entry, "affectedStatus", "affected_status")), Affected.UNKNOWN),
                father,
                mother,
            )
        )
    return Pedigree(subject_id, tuple(people))


def is_phenopacket(document: Any) -> bool:
    """A phenopacket or a family packet, of either version."""
    inner = get(document, "proband") or document
    return isinstance(inner, dict) and bool(
        get(inner, "phenotypicFeatures", "phenotypic_features") is not None
        or (get(inner, "metaData", "meta_data") is not None and get(inner, "subject") is not None)
    )


def parse_phenopacket(document: Any, name: str) -> Phenopacket:
    """Read a parsed document. Raises UnreadableFile when it is no phenopacket."""
    if not is_phenopacket(document):
        raise UnreadableFile("no phenopacket: it has neither phenotypicFeatures nor a subject.", name)
    packet = get(document, "proband") or document
    subject = get(packet, "subject") or {}
    phenotype, findings = _features(packet, name)
    subject_id = _text(get(subject, "id"))
    return Phenopacket(
        subject_id,
        _SEX.get(_text(get(subject, "sex")), Sex.UNKNOWN),
        _age(subject),
        phenotype,
        _pedigree(document, subject_id),
        tuple(findings),
    )
