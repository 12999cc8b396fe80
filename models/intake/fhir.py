"""A FHIR R4 bundle, read tolerantly: unknown fields, empty decimals and missing names are normal.

Each resource type has one small reader in `READERS`; a type without one is counted in
`ClinicalRecord.unread`, so that nothing is passed over silently. References: HL7 FHIR R4 (4.0.1).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.case import ClinicalRecord, Finding, Known, Severity, Sex
from models.errors import UnreadableFile
from models.intake.fhir_consent import consent_words
from models.intake.fhir_request import indication_of, is_genetic_request
from models.intake.fhir_resources import READERS, did_not_happen
from models.intake.fhir_subject import is_anothers, subject_of, subjects
from models.intake.fhir_values import Resource, items, text_of
from models.intake.known_names import known_in_fhir

# Administrative types that say nothing about the patient's health: counted nowhere.
_ADMINISTRATIVE = {
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Location",
    "Claim",
    "ExplanationOfBenefit",
    "Patient",
    "Consent",  # read for itself
}


@dataclass(frozen=True)
class FhirPatient:
    """What the Patient resource says that the case needs. birth_date: ISO, maybe partial, "" unknown. consent: what the
    Consent resources state, in words, "" for nothing. indication: why a genetic test was asked for, "" when not said.

    known: whom and what the whole bundle names; goes to models.case.known and nowhere else.
    """

    sex: Sex = Sex.UNKNOWN
    birth_date: str = ""
    consent: str = ""
    indication: str = ""
    known: tuple[Known, ...] = ()


def is_fhir(document: Any) -> bool:
    """A FHIR bundle or a single resource."""
    return isinstance(document, dict) and isinstance(document.get("resourceType"), str)


def _entries(document: Resource) -> list[tuple[str, Resource]]:
    """Each resource with the address it is given in the bundle."""
    if document.get("resourceType") != "Bundle":
        return [("", document)]
    entries = [e for e in items(document.get("entry")) if isinstance(e, dict)]
    return [(text_of(e.get("fullUrl")), e["resource"]) for e in entries if isinstance(e.get("resource"), dict)]


def parse_fhir(document: Any, name: str) -> tuple[ClinicalRecord, FhirPatient, tuple[Finding, ...]]:
    """Reduce a parsed bundle to what it says of its patient. Raises UnreadableFile when it is not FHIR."""
    if not is_fhir(document):
        raise UnreadableFile("no FHIR: it has no resourceType.", name)
    entries = _entries(document)
    patients = _patients(entries)
    url, first = patients[0] if patients else ("", None)
    resources = [r for _, r in entries if r.get("resourceType") in READERS]
    subject = subject_of(first, url, resources)
    anothers = [r for r in resources if is_anothers(r, subject)]
    left_out = set(map(id, anothers))
    unread = Counter(f"{r['resourceType']} of another person" for r in anothers)
    found: dict[str, list[Any]] = {field: [] for field, _ in READERS.values()}
    for _, resource in entries:
        kind = text_of(resource.get("resourceType"))
        if id(resource) in left_out:
            continue
        if unsaid := did_not_happen(resource):
            unread[f"{kind} {unsaid}"] += 1
        elif kind in READERS:
            field, reader = READERS[kind]
            found[field] += [item for item in items(reader(resource)) if item]
        elif kind not in _ADMINISTRATIVE and not is_genetic_request(resource):
            unread[kind or "without a type"] += 1
    record = ClinicalRecord(**{f: tuple(v) for f, v in found.items()}, unread=tuple(sorted(unread.items())))
    several = len(patients) or len(subjects(resources))
    theirs = [r for _, r in entries if not is_anothers(r, subject)]
    patient = replace(
        _patient(first),
        consent=consent_words(r for r in theirs if r.get("resourceType") == "Consent"),
        indication=indication_of(theirs),
        known=known_in_fhir([r for _, r in entries]),
    )
    return record, patient, _about(several, len(anothers), record, name)


def _patients(entries: Sequence[tuple[str, Resource]]) -> list[tuple[str, Resource]]:
    """Every Patient once, however often the same one is given."""
    given = [(url, r) for url, r in entries if r.get("resourceType") == "Patient" and not did_not_happen(r)]
    named = {text_of(r.get("id")) or f"without id {n}": (url, r) for n, (url, r) in reversed(list(enumerate(given)))}
    return list(reversed(named.values()))


def _patient(patient: Resource | None) -> FhirPatient:
    if patient is None:
        return FhirPatient()
    sexes = {"male": Sex.MALE, "female": Sex.FEMALE}
    return FhirPatient(sexes.get(text_of(patient.get("gender")), Sex.UNKNOWN), text_of(patient.get("birthDate")))


def _about(patients: int, anothers: int, record: ClinicalRecord, name: str) -> tuple[Finding, ...]:
    findings = []
    if patients > 1:
        sentence = f"{patients} patients in one bundle; give a bundle of this patient only."
        findings.append(Finding("several-patients", Severity.BLOCKING, sentence, name))
    if anothers:
        entries = "1 entry is" if anothers == 1 else f"{anothers:,} entries are"
        sentence = f"{entries} about somebody else than the patient and not used. Check whose record this is."
        findings.append(Finding("record-of-another", Severity.WARNING, sentence, name))
    if record.is_empty:
        sentence = "Nothing about the patient's health was found in it."
        findings.append(Finding("record-empty", Severity.WARNING, sentence, name))
    return tuple(findings)
