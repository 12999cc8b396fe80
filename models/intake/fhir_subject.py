"""Whose entry is it? A record that holds another person's entries must not lend them to the patient.

HL7 FHIR R4, Reference: a relative or absolute address, the entry's fullUrl, or an identifier alone. What
names nobody, or only by a contained copy or a search, cannot be compared and counts as the patient's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.intake.fhir_values import Resource, first_dict, items, text_of


@dataclass(frozen=True)
class Subject:
    """The patient as references name them. identifiers: system -> values; empty when nothing is known."""

    names: frozenset[str] = frozenset()
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)


def name_of(reference: str) -> str:
    """ "https://x/fhir/Patient/7/_history/2" -> "Patient/7"; "" for what cannot be compared."""
    plain = reference.split("/_history/", maxsplit=1)[0]
    if not plain or plain.startswith("#") or "?" in plain:
        return ""
    return plain if plain.startswith("urn:") else "/".join(plain.split("/")[-2:])


def referred(resource: Resource) -> Resource:
    """The reference that says whose entry this is."""
    return first_dict(resource.get("subject") or resource.get("patient"))


def subject_of(patient: Resource | None, full_url: str, resources: Sequence[Resource]) -> Subject:
    """The patient described, else the one whom most entries name."""
    patient = patient or {}
    id_ = text_of(patient.get("id"))
    names = {name_of(full_url), *((f"Patient/{id_}", f"urn:uuid:{id_}") if id_ else ())} - {""}
    if not names:
        names = {name for name, _ in subjects(resources).most_common(1)}
    identifiers: dict[str, frozenset[str]] = {}
    for one in filter(None, map(first_dict, items(patient.get("identifier")))):
        system = text_of(one.get("system"))
        identifiers[system] = identifiers.get(system, frozenset()) | {text_of(one.get("value"))}
    return Subject(frozenset(names), identifiers)


def subjects(resources: Sequence[Resource]) -> Counter[str]:
    """How many entries name each subject."""
    names = (name_of(text_of(referred(r).get("reference"))) for r in resources)
    return Counter(name for name in names if name)


def is_anothers(resource: Resource, subject: Subject) -> bool:
    """The entry names somebody, and not the patient."""
    said = referred(resource)
    name = name_of(text_of(said.get("reference")))
    if name:
        return bool(subject.names) and name not in subject.names
    identifier = first_dict(said.get("identifier"))
    known = subject.identifiers.get(text_of(identifier.get("system")))
    return bool(identifier and known) and text_of(identifier.get("value")) not in (known or ())
