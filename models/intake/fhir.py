"""A FHIR R4 bundle, read tolerantly: unknown fields, empty decimals and missing names are normal.

Each resource type has one small reader in `_READERS`; a type without one is counted in
`ClinicalRecord.unread`, so that nothing is passed over silently. References: HL7 FHIR R4 (4.0.1).
"""

import base64
import binascii
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.case import ClinicalRecord, Event, Finding, LabValue, Medication, Note, Problem, Relative, Severity, Sex
from models.errors import UnreadableFile

MAX_NOTE_CHARS = 200_000  # a discharge letter has about 10,000
_CURRENT = {"active": True, "on-hold": True, "intended": None, "draft": None, "unknown": None}
_IMAGING_LOINC_CLASSES = ("RAD", "imaging", "radiology", "EEG", "MRI", "CT", "ultraso", "echocardio", "EMG")
# Administrative types that say nothing about the patient's health: counted nowhere.
_ADMINISTRATIVE = {
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Location",
    "Claim",
    "ExplanationOfBenefit",
    "Patient",
}


@dataclass(frozen=True)
class FhirPatient:
    """What the Patient resource says that the case needs. birth_date: ISO, maybe partial, "" unknown."""

    sex: Sex = Sex.UNKNOWN
    birth_date: str = ""


Resource = Mapping[str, Any]


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _dict(value: Any) -> Resource:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, dict) else {}


def _str(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    """Decimals arrive as numbers, as text and as nothing; unreadable, endless or "NaN" is unknown."""
    try:
        number = math.nan if value is None or isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _concept(value: Any) -> tuple[str, str, str]:
    """(text, code, system) of a CodeableConcept; text falls back to the first display, then code."""
    concept = _dict(value)
    codings = [c for c in _items(concept.get("coding")) if isinstance(c, dict)]
    coding = next((c for c in codings if c.get("code")), codings[0] if codings else {})
    display = next((_str(c.get("display")) for c in codings if _str(c.get("display"))), "")
    code = _str(coding.get("code"))
    return _str(concept.get("text")) or display or code, code, _str(coding.get("system"))


def _date(resource: Resource, *names: str) -> str:
    """The first date among `names` (dateTime or Period.start), to the day, never completed."""
    for name in names:
        value = resource.get(name)
        text = _str(value.get("start")) if isinstance(value, dict) else _str(value)
        if text:
            return text[:10]
    return ""


def _condition(resource: Resource) -> Problem:
    text, code, system = _concept(resource.get("code"))
    return Problem(
        text,
        code,
        system,
        _date(resource, "onsetDateTime", "onsetPeriod", "recordedDate") or _str(resource.get("onsetString")),
        _concept(resource.get("clinicalStatus"))[1],
        is_refuted=_is_refuted(resource),
    )


def _is_refuted(resource: Resource) -> bool:
    return _concept(resource.get("verificationStatus"))[1] in {"refuted", "entered-in-error"}


def _dose(resource: Resource) -> str:
    dosage = _dict(resource.get("dosageInstruction") or resource.get("dosage"))
    quantity = _dict(_dict(dosage.get("doseAndRate")).get("doseQuantity"))
    value, unit = _number(quantity.get("value")), _str(quantity.get("unit"))
    return _str(dosage.get("text")) or (f"{value:g} {unit}".strip() if value is not None else "")


def _medication(resource: Resource) -> Medication:
    text, code, system = _concept(resource.get("medicationCodeableConcept"))
    status = _str(resource.get("status"))
    effective = _dict(resource.get("effectivePeriod"))
    return Medication(
        text or _str(_dict(resource.get("medicationReference")).get("display")) or "medication not named",
        code,
        system,
        _dose(resource),
        _date(resource, "effectiveDateTime", "effectivePeriod", "authoredOn", "dateAsserted"),
        _str(effective.get("end"))[:10],
        status,
        _CURRENT.get(status, False) if status else None,
        _concept(resource.get("reasonCode"))[0] or _concept(resource.get("statusReason"))[0],
    )


def _observed(part: Resource, name: str, date: str, category: str) -> LabValue:
    quantity = _dict(part.get("valueQuantity"))
    span = _dict(part.get("referenceRange"))
    words = _concept(part.get("valueCodeableConcept"))[0] or _str(part.get("valueString"))
    value = _number(quantity.get("value"))
    if value is None:
        value = _number(part.get("valueInteger"))
    return LabValue(
        name or _concept(part.get("code"))[0],
        date,
        value,
        _str(quantity.get("unit")) or _str(quantity.get("code")),
        words,
        next((_str(c.get("code")) for c in _items(_dict(part.get("code")).get("coding")) if isinstance(c, dict)), ""),
        _number(_dict(span.get("low")).get("value")),
        _number(_dict(span.get("high")).get("value")),
        _concept(part.get("interpretation"))[1],
        category,
        _str(quantity.get("comparator")),
    )


def _with_specimen(resource: Resource) -> str:
    """The name of a test with what it was measured in, so that lactate in blood and in CSF stay two tests."""
    name, specimen = _concept(resource.get("code"))[0], _str(_dict(resource.get("specimen")).get("display"))
    return f"{name} in {specimen}" if name and specimen and specimen.lower() not in name.lower() else name


def _observations(resource: Resource) -> Iterator[LabValue]:
    name, date = _with_specimen(resource), _date(resource, "effectiveDateTime", "effectivePeriod", "issued")
    category = _concept(resource.get("category"))[1] or "laboratory"
    parts = [c for c in _items(resource.get("component")) if isinstance(c, dict)]
    for part in parts:
        yield _observed(part, f"{name}: {_concept(part.get('code'))[0]}", date, category)
    if not parts or "valueQuantity" in resource:
        yield _observed(resource, name, date, category)


def _relative(resource: Resource) -> Relative:
    conditions = [_concept(c.get("code"))[0] for c in _items(resource.get("condition")) if isinstance(c, dict)]
    notes = [_str(n.get("text")) for n in _items(resource.get("note")) if isinstance(n, dict)]
    deceased = resource.get("deceasedBoolean")
    age = _dict(resource.get("ageAge"))
    value = _number(age.get("value"))
    return Relative(
        _concept(resource.get("relationship"))[0] or "relative",
        tuple(c for c in conditions if c),
        _concept(resource.get("sex"))[1],
        deceased if isinstance(deceased, bool) else True if any(k.startswith("deceased") for k in resource) else None,
        _str(resource.get("ageString"))
        or (f"{value:g} {_str(age.get('unit')) or 'years'}" if value is not None else ""),
        " ".join(n for n in notes if n),
    )


def _decoded(attachment: Resource) -> str:
    if not _str(attachment.get("contentType") or "text/plain").startswith("text/"):
        return ""
    try:
        return base64.b64decode(_str(attachment.get("data")), validate=True).decode("utf-8", "replace")[:MAX_NOTE_CHARS]
    except (binascii.Error, ValueError):
        return ""


def _kind_of_note(title: str, category: str) -> str:
    words = f"{title} {category}".lower()
    return "imaging" if any(w.lower() in words for w in _IMAGING_LOINC_CLASSES) else "note"


def _document(resource: Resource) -> Note:
    title = _concept(resource.get("type"))[0] or _str(resource.get("description")) or "Document"
    contents = [_dict(c.get("attachment")) for c in _items(resource.get("content")) if isinstance(c, dict)]
    text = "\n\n".join(filter(None, map(_decoded, contents))) or _str(resource.get("description"))
    return Note(
        title, _date(resource, "date", "created"), text, _kind_of_note(title, _concept(resource.get("category"))[0])
    )


def _report(resource: Resource) -> Note | None:
    """A diagnostic report that says something; a panel that only points at observations does not."""
    title = _concept(resource.get("code"))[0] or "Report"
    forms = "\n\n".join(
        filter(None, (_decoded(f) for f in _items(resource.get("presentedForm")) if isinstance(f, dict)))
    )
    text = "\n\n".join(filter(None, (_str(resource.get("conclusion")), forms)))
    if not text:
        return None
    kind = _kind_of_note(title, _concept(resource.get("category"))[1])
    return Note(
        title,
        _date(resource, "effectiveDateTime", "effectivePeriod", "issued"),
        text,
        kind if kind == "imaging" else "report",
    )


def _event(kind: str, *dates: str, field: str = "code") -> Callable[[Resource], Event]:
    def read(resource: Resource) -> Event:
        return Event(_date(resource, *dates), _concept(resource.get(field))[0] or kind, kind)

    return read


def _allergy(resource: Resource) -> str:
    return _concept(resource.get("code"))[0]


def _did_not_happen(resource: Resource) -> str:
    """Why a resource says nothing of what the patient has, got or had done; "" when it does.

    A refuted Condition is kept, since it is shown as ruled out.
    """
    status, kind = _str(resource.get("status")), _str(resource.get("resourceType"))
    if status == "entered-in-error":
        return "entered in error"
    if status == "not-done" or (kind in {"Encounter", "Observation"} and status == "cancelled"):
        return "not done"
    if resource.get("doNotPerform") is True:
        return "not to be given"
    return "refuted" if kind == "AllergyIntolerance" and _is_refuted(resource) else ""


# FHIR resource type -> (field of ClinicalRecord, reader of one resource).
_READERS: Mapping[str, tuple[str, Callable[[Resource], Any]]] = {
    "Condition": ("problems", _condition),
    "MedicationRequest": ("medications", _medication),
    "MedicationStatement": ("medications", _medication),
    "Observation": ("labs", lambda r: list(_observations(r))),
    "FamilyMemberHistory": ("relatives", _relative),
    "DocumentReference": ("notes", _document),
    "DiagnosticReport": ("notes", _report),
    "AllergyIntolerance": ("allergies", _allergy),
    "Encounter": ("events", _event("encounter", "period", field="type")),
    "Procedure": ("events", _event("procedure", "performedDateTime", "performedPeriod")),
    "Immunization": ("events", _event("immunisation", "occurrenceDateTime", field="vaccineCode")),
}


def is_fhir(document: Any) -> bool:
    """A FHIR bundle, a list of resources, or a single resource."""
    return isinstance(document, dict) and isinstance(document.get("resourceType"), str)


def _resources(document: Resource) -> list[Resource]:
    if document.get("resourceType") != "Bundle":
        return [document]
    entries = (e.get("resource") for e in _items(document.get("entry")) if isinstance(e, dict))
    return [r for r in entries if isinstance(r, dict)]


def parse_fhir(document: Any, name: str) -> tuple[ClinicalRecord, FhirPatient, tuple[Finding, ...]]:
    """Reduce a parsed bundle. Raises UnreadableFile when it is not FHIR."""
    if not is_fhir(document):
        raise UnreadableFile("no FHIR: it has no resourceType.", name)
    found: dict[str, list[Any]] = {field: [] for field, _ in _READERS.values()}
    unread: Counter[str] = Counter()
    patients: list[Resource] = []
    for resource in _resources(document):
        kind = _str(resource.get("resourceType"))
        if unsaid := _did_not_happen(resource):
            unread[f"{kind} {unsaid}"] += 1
        elif kind in _READERS:
            field, reader = _READERS[kind]
            found[field] += [item for item in _items(reader(resource)) if item]
        elif kind == "Patient":
            patients.append(resource)
        elif kind not in _ADMINISTRATIVE:
            unread[kind or "without a type"] += 1
    record = ClinicalRecord(**{f: tuple(v) for f, v in found.items()}, unread=tuple(sorted(unread.items())))
    return record, _patient(patients), _about(patients, record, name)


def _patient(patients: list[Resource]) -> FhirPatient:
    if not patients:
        return FhirPatient()
    sexes = {"male": Sex.MALE, "female": Sex.FEMALE}
    return FhirPatient(sexes.get(_str(patients[0].get("gender")), Sex.UNKNOWN), _str(patients[0].get("birthDate")))


def _about(patients: list[Resource], record: ClinicalRecord, name: str) -> tuple[Finding, ...]:
    findings = []
    if len(patients) > 1:
        sentence = f"{len(patients)} patients in one bundle; give a bundle of this patient only."
        findings.append(Finding("several-patients", Severity.BLOCKING, sentence, name))
    if record.is_empty:
        findings.append(
            Finding("record-empty", Severity.WARNING, "Nothing about the patient's health was found in it.", name)
        )
    return tuple(findings)
