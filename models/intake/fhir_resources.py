"""One small reader for each FHIR R4 resource type that says something of the patient's health."""

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models.case import Event, LabValue, Medication, Note, Problem, Relative
from models.intake.fhir_values import Resource, concept_of, date_of, first_dict, items, number_of, text_of

MAX_NOTE_CHARS = 200_000  # a discharge letter has about 10,000
_CURRENT = {"active": True, "on-hold": True, "intended": None, "draft": None, "unknown": None}
_IMAGING_LOINC_CLASSES = ("RAD", "imaging", "radiology", "EEG", "MRI", "CT", "ultraso", "echocardio", "EMG")


def _condition(resource: Resource) -> Problem:
    text, code, system = concept_of(resource.get("code"))
    return Problem(
        text,
        code,
        system,
        date_of(resource, "onsetDateTime", "onsetPeriod", "recordedDate") or text_of(resource.get("onsetString")),
        concept_of(resource.get("clinicalStatus"))[1],
        is_refuted=_is_refuted(resource),
    )


def _is_refuted(resource: Resource) -> bool:
    return concept_of(resource.get("verificationStatus"))[1] in {"refuted", "entered-in-error"}


def _dose(resource: Resource) -> str:
    dosage = first_dict(resource.get("dosageInstruction") or resource.get("dosage"))
    quantity = first_dict(first_dict(dosage.get("doseAndRate")).get("doseQuantity"))
    value, unit = number_of(quantity.get("value")), text_of(quantity.get("unit"))
    return text_of(dosage.get("text")) or (f"{value:g} {unit}".strip() if value is not None else "")


def _medication(resource: Resource) -> Medication:
    text, code, system = concept_of(resource.get("medicationCodeableConcept"))
    status = text_of(resource.get("status"))
    effective = first_dict(resource.get("effectivePeriod"))
    return Medication(
        text or text_of(first_dict(resource.get("medicationReference")).get("display")) or "medication not named",
        code,
        system,
        _dose(resource),
        date_of(resource, "effectiveDateTime", "effectivePeriod", "authoredOn", "dateAsserted"),
        text_of(effective.get("end"))[:10],
        status,
        _CURRENT.get(status, False) if status else None,
        concept_of(resource.get("reasonCode"))[0] or concept_of(resource.get("statusReason"))[0],
    )


def _observed(part: Resource, name: str, date: str, category: str) -> LabValue:
    quantity = first_dict(part.get("valueQuantity"))
    span = first_dict(part.get("referenceRange"))
    words = concept_of(part.get("valueCodeableConcept"))[0] or text_of(part.get("valueString"))
    value = number_of(quantity.get("value"))
    if value is None:
        value = number_of(part.get("valueInteger"))
    return LabValue(
        name or concept_of(part.get("code"))[0],
        date,
        value,
        text_of(quantity.get("unit")) or text_of(quantity.get("code")),
        words,
        next(
            (text_of(c.get("code")) for c in items(first_dict(part.get("code")).get("coding")) if isinstance(c, dict)),
            "",
        ),
        number_of(first_dict(span.get("low")).get("value")),
        number_of(first_dict(span.get("high")).get("value")),
        concept_of(part.get("interpretation"))[1],
        category,
        text_of(quantity.get("comparator")),
    )


def _with_specimen(resource: Resource) -> str:
    """The name of a test with what it was measured in, so that lactate in blood and in CSF stay two tests."""
    name, specimen = concept_of(resource.get("code"))[0], text_of(first_dict(resource.get("specimen")).get("display"))
    return f"{name} in {specimen}" if name and specimen and specimen.lower() not in name.lower() else name


def _observations(resource: Resource) -> Iterator[LabValue]:
    name, date = _with_specimen(resource), date_of(resource, "effectiveDateTime", "effectivePeriod", "issued")
    category = concept_of(resource.get("category"))[1] or "laboratory"
    parts = [c for c in items(resource.get("component")) if isinstance(c, dict)]
    for part in parts:
        yield _observed(part, f"{name}: {concept_of(part.get('code'))[0]}", date, category)
    if not parts or "valueQuantity" in resource:
        yield _observed(resource, name, date, category)


def _relative(resource: Resource) -> Relative:
    conditions = [concept_of(c.get("code"))[0] for c in items(resource.get("condition")) if isinstance(c, dict)]
    notes = [text_of(n.get("text")) for n in items(resource.get("note")) if isinstance(n, dict)]
    deceased = resource.get("deceasedBoolean")
    age = first_dict(resource.get("ageAge"))
    value = number_of(age.get("value"))
    return Relative(
        concept_of(resource.get("relationship"))[0] or "relative",
        tuple(c for c in conditions if c),
        concept_of(resource.get("sex"))[1],
        deceased if isinstance(deceased, bool) else True if any(k.startswith("deceased") for k in resource) else None,
        text_of(resource.get("ageString"))
        or (f"{value:g} {text_of(age.get('unit')) or 'years'}" if value is not None else ""),
        " ".join(n for n in notes if n),
    )


def _decoded(attachment: Resource) -> str:
    if not text_of(attachment.get("contentType") or "text/plain").startswith("text/"):
        return ""
    try:
        return base64.b64decode(text_of(attachment.get("data")), validate=True).decode("utf-8", "replace")[
            :MAX_NOTE_CHARS
        ]
    except (binascii.Error, ValueError):
        return ""


def _kind_of_note(title: str, category: str) -> str:
    words = f"{title} {category}".lower()
    return "imaging" if any(w.lower() in words for w in _IMAGING_LOINC_CLASSES) else "note"


def _document(resource: Resource) -> Note:
    title = concept_of(resource.get("type"))[0] or text_of(resource.get("description")) or "Document"
    contents = [first_dict(c.get("attachment")) for c in items(resource.get("content")) if isinstance(c, dict)]
    text = "\n\n".join(filter(None, map(_decoded, contents))) or text_of(resource.get("description"))
    return Note(
        title, date_of(resource, "date", "created"), text, _kind_of_note(title, concept_of(resource.get("category"))[0])
    )


def _report(resource: Resource) -> Note | None:
    """A diagnostic report that says something; a panel that only points at observations does not."""
    title = concept_of(resource.get("code"))[0] or "Report"
    forms = "\n\n".join(
        filter(None, (_decoded(f) for f in items(resource.get("presentedForm")) if isinstance(f, dict)))
    )
    text = "\n\n".join(filter(None, (text_of(resource.get("conclusion")), forms)))
    if not text:
        return None
    kind = _kind_of_note(title, concept_of(resource.get("category"))[1])
    return Note(
        title,
        date_of(resource, "effectiveDateTime", "effectivePeriod", "issued"),
        text,
        kind if kind == "imaging" else "report",
    )


def _event(kind: str, *dates: str, field: str = "code") -> Callable[[Resource], Event]:
    def read(resource: Resource) -> Event:
        return Event(date_of(resource, *dates), concept_of(resource.get(field))[0] or kind, kind)

    return read


def _allergy(resource: Resource) -> str:
    return concept_of(resource.get("code"))[0]


def did_not_happen(resource: Resource) -> str:
    """Why a resource says nothing of what the patient has, got or had done; "" when it does.

    A refuted Condition is kept, since it is shown as ruled out.
    """
    status, kind = text_of(resource.get("status")), text_of(resource.get("resourceType"))
    if status == "entered-in-error":
        return "entered in error"
    if status == "not-done" or (kind in {"Encounter", "Observation"} and status == "cancelled"):
        return "not done"
    if resource.get("doNotPerform") is True:
        return "not to be given"
    return "refuted" if kind == "AllergyIntolerance" and _is_refuted(resource) else ""


# FHIR resource type -> (field of ClinicalRecord, reader of one resource).
READERS: Mapping[str, tuple[str, Callable[[Resource], Any]]] = {
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
