"""The patient's record as a FHIR R4 collection bundle, from the plain facts of a recipe."""

import base64
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sample_data.recipe.model import Document, Drug, Kin, Lab, Problem, Recipe, Visit

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
HPO = "http://purl.obolibrary.org/obo/hp.owl"
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
TEST_DATA = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
    "code": "HTEST",
    "display": "test health data",
}
Resource = dict[str, Any]


def bundle(recipe: Recipe) -> Resource:
    """A collection bundle; every resource carries the HTEST tag."""
    writer = _Writer(recipe)
    record = recipe.record
    resources = [writer.patient()]
    resources += [writer.problem(p) for p in record.problems]
    resources += [o for lab in record.labs for o in writer.lab(lab)]
    resources += [writer.drug(d) for d in record.drugs]
    resources += [writer.kin(k) for k in record.kin]
    resources += [writer.document(d) for d in record.documents]
    resources += [writer.visit(v) for v in record.visits]
    return {
        "resourceType": "Bundle",
        "id": writer.identity("Bundle"),
        "meta": {"tag": [TEST_DATA]},
        "type": "collection",
        "timestamp": f"{recipe.seen_date}T12:00:00Z",
        "entry": [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources],
    }


class _Writer:
    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._made = 0

    def identity(self, kind: str) -> str:
        self._made += 1
        return str(uuid5(NAMESPACE_URL, f"caseboard-sample/{self.recipe.slug}/{kind}/{self._made}"))

    def _base(self, kind: str) -> Resource:
        return {"resourceType": kind, "id": self.identity(kind), "meta": {"tag": [TEST_DATA]}}

    def _about(self, kind: str, field: str = "subject") -> Resource:
        return self._base(kind) | {field: {"reference": f"urn:uuid:{self._patient_id}"}}

    def patient(self) -> Resource:
        made = self._base("Patient") | {
            "identifier": [{"system": "urn:caseboard:synthetic", "value": self.recipe.pseudonym}],
            "name": [{"use": "anonymous", "text": f"{self.recipe.pseudonym} (synthetic)"}],
            "gender": self.recipe.sex,
            "birthDate": self.recipe.birth_date,
        }
        self._patient_id = made["id"]
        return made

    def problem(self, problem: Problem) -> Resource:
        codings = [{"system": SNOMED, "code": problem.snomed, "display": problem.text}] if problem.snomed else []
        codings += [{"system": HPO, "code": problem.hpo}] if problem.hpo else []
        code = ({"coding": codings} if codings else {}) | {"text": problem.text}
        made = self._about("Condition") | {"code": code, "onsetDateTime": problem.onset}
        state = "refuted" if problem.refuted else "confirmed"
        made["verificationStatus"] = _code("http://terminology.hl7.org/CodeSystem/condition-ver-status", state)
        if not problem.refuted:
            made["clinicalStatus"] = _code("http://terminology.hl7.org/CodeSystem/condition-clinical", problem.status)
        return made

    def lab(self, lab: Lab) -> list[Resource]:
        return [self._observation(lab, date, value) for date, value in lab.values]

    def _observation(self, lab: Lab, date: str, value: float) -> Resource:
        made = self._about("Observation") | {
            "status": "final",
            "category": [_code("http://terminology.hl7.org/CodeSystem/observation-category", lab.category)],
            "code": _test_code(lab),
            "effectiveDateTime": date,
            "valueQuantity": {"value": value, "unit": lab.unit, "system": UCUM, "code": lab.unit},
        }
        limits = {"low": lab.low, "high": lab.high}
        ranged = {
            k: {"value": v, "unit": lab.unit, "system": UCUM, "code": lab.unit}
            for k, v in limits.items()
            if v is not None
        }
        if ranged:
            made["referenceRange"] = [ranged]
            made["interpretation"] = [_interpretation(value, lab)]
        return made

    def drug(self, drug: Drug) -> Resource:
        coding = [{"system": RXNORM, "code": drug.rxnorm, "display": drug.text}] if drug.rxnorm else []
        made = self._about("MedicationRequest") | {
            "status": drug.status,
            "intent": "order",
            "medicationCodeableConcept": ({"coding": coding} if coding else {}) | {"text": drug.text},
            "authoredOn": drug.start,
            "dosageInstruction": [{"text": drug.dose}] if drug.dose else [],
        }
        made["reasonCode"] = [{"text": drug.reason}] if drug.reason else []
        if drug.end:
            made["dispenseRequest"] = {"validityPeriod": {"start": drug.start, "end": drug.end}}
        return {k: v for k, v in made.items() if v != []}

    def kin(self, kin: Kin) -> Resource:
        made = self._about("FamilyMemberHistory", "patient") | {
            "status": "completed",
            "relationship": {"coding": [{"system": ROLE_CODE, "code": kin.code}], "text": kin.relationship},
            "condition": [{"code": {"text": text}} for text in kin.conditions],
        }
        if kin.sex:
            made["sex"] = _code("http://hl7.org/fhir/administrative-gender", kin.sex)
        if kin.deceased is not None:
            made["deceasedBoolean"] = kin.deceased
        made |= {"ageString": kin.age} if kin.age else {}
        made |= {"note": [{"text": kin.note}]} if kin.note else {}
        return {k: v for k, v in made.items() if v != []}

    def document(self, document: Document) -> Resource:
        encoded = base64.b64encode(document.text.encode()).decode()
        content = {"contentType": "text/plain; charset=utf-8", "data": encoded, "title": document.title}
        kind = {"coding": [{"system": LOINC, "code": document.loinc}], "text": document.title}
        if document.kind == "note":
            made = {
                "status": "current",
                "type": kind,
                "date": f"{document.date}T09:00:00Z",
                "description": document.title,
            }
            return self._about("DocumentReference") | made | {"content": [{"attachment": content}]}
        category = "RAD" if document.kind == "imaging" else "OTH"
        section = _code("http://terminology.hl7.org/CodeSystem/v2-0074", category)
        made = {"status": "final", "category": [section], "code": kind, "effectiveDateTime": document.date}
        return self._about("DiagnosticReport") | made | {"conclusion": document.text, "presentedForm": [content]}

    def visit(self, visit: Visit) -> Resource:
        if visit.kind == "procedure":
            return self._about("Procedure") | {
                "status": "completed",
                "code": {"text": visit.text},
                "performedDateTime": visit.date,
            }
        if visit.kind == "immunization":
            made = {"status": "completed", "vaccineCode": {"text": visit.text}, "occurrenceDateTime": visit.date}
            return self._about("Immunization", "patient") | made
        if visit.kind == "allergy":
            return self._about("AllergyIntolerance", "patient") | {
                "code": {"text": visit.text},
                "recordedDate": visit.date,
            }
        setting = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}
        period = {"start": visit.date} | ({"end": visit.end} if visit.end else {})
        return self._about("Encounter") | {
            "status": "finished",
            "class": setting,
            "type": [{"text": visit.text}],
            "period": period,
        }


def _code(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def _test_code(lab: Lab) -> Resource:
    coding = [{"system": LOINC, "code": lab.loinc, "display": lab.name}] if lab.loinc else []
    return ({"coding": coding} if coding else {}) | {"text": lab.name}


def _interpretation(value: float, lab: Lab) -> Resource:
    low = lab.low is not None and value < lab.low
    high = lab.high is not None and value > lab.high
    flag = "L" if low else "H" if high else "N"
    return _code("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", flag)
