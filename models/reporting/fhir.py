"""A report as an HL7 FHIR R4 bundle after the Genomics Reporting guide (STU3, 3.0.0, built on R4).

A DiagnosticReport, a pseudonymous Patient, an Observation for each reported variant and one for what a named person
says it means. Codes are LOINC's as the guide binds them; where we have no code, text stands alone.
"""

import json
import uuid
from typing import Any

from models.case import Assembly
from models.evidence.query import accession_of
from models.reporting.content import ReportContent, ReportedVariant
from models.reporting.sections.result import sentences
from models.reporting.sections.section import condition_ids, region_of

_GUIDE = "http://hl7.org/fhir/uv/genomics-reporting/"
_LOINC = "http://loinc.org"
_CATEGORY = [
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]},
    {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "GE"}]},
]
_ASSEMBLIES = {"GRCh37": "LA14029-5", "GRCh38": "LA26806-2"}
_ALLELIC_STATES = {"heterozygous": "LA6706-1", "homozygous": "LA6705-3", "hemizygous": "LA6707-9"}
_CLASSES = {
    "Pathogenic": "LA6668-3",
    "Likely Pathogenic": "LA26332-9",
    "Uncertain Significance": "LA26333-7",
    "Likely Benign": "LA26334-5",
    "Benign": "LA6675-8",
}
# As HL7 Terminology names the systems of diseases.
_DISEASES = {
    "OMIM": "http://www.omim.org",
    "MONDO": "http://purl.obolibrary.org/obo/mondo.owl",
    "ORPHA": "http://www.orpha.net",
}
_ONE_BASED = {"coding": [{"system": _LOINC, "code": "LA30102-0", "display": "1-based character counting"}]}


def as_fhir(content: ReportContent) -> str:
    """The bundle as JSON."""
    patient, report = f"urn:uuid:{_uuid(content, 'patient')}", f"urn:uuid:{_uuid(content, 'report')}"
    variants = [(f"urn:uuid:{_uuid(content, v.allele)}", v) for v in content.variants]
    observations = [(url, _variant(v, patient, content)) for url, v in variants]
    implications = [
        (f"urn:uuid:{_uuid(content, v.allele + ' implication')}", _implication(v, url, patient, content))
        for url, v in variants
        if v.given
    ]
    results = [url for url, _ in (*observations, *implications)]
    entries = [(report, _report(content, patient, results)), (patient, _patient(content)), *observations, *implications]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "identifier": {"system": "urn:caseboard:report", "value": f"{content.case_id}-v{content.number}"},
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in entries],
    }
    return json.dumps(bundle, indent=1, ensure_ascii=False) + "\n"


def _uuid(content: ReportContent, of: str) -> str:
    """The same thing of the same version has the same id wherever it is made."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:caseboard:{content.case_id}:{content.number}:{of}"))


def _status(content: ReportContent) -> str:
    if content.is_draft:
        return "preliminary"
    return "amended" if content.amends else "final"


def _patient(content: ReportContent) -> dict[str, Any]:
    gender = content.sex if content.sex in {"female", "male"} else "unknown"
    identifier = {"system": "urn:caseboard:pseudonym", "value": content.pseudonym}
    return {"resourceType": "Patient", "identifier": [identifier], "gender": gender}


def _report(content: ReportContent, patient: str, results: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "DiagnosticReport",
        "meta": {"profile": [f"{_GUIDE}StructureDefinition/genomic-report"]},
        "status": _status(content),
        "category": _CATEGORY[1:],
        "code": _loinc("51969-4", "Genetic analysis report"),
        "subject": {"reference": patient},
        "result": [{"reference": url} for url in results],
        "conclusion": sentences(content),
    }
    if content.signature:
        made |= {"issued": content.signature.at, "resultsInterpreter": [{"display": content.signature.who}]}
    return made


def _loinc(code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": _LOINC, "code": code, "display": display}]}


def _observation(profile: str, code: dict[str, Any], patient: str, content: ReportContent) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "meta": {"profile": [f"{_GUIDE}StructureDefinition/{profile}"]},
        "status": _status(content),
        "category": _CATEGORY,
        "code": code,
        "subject": {"reference": patient},
    }


def _variant(variant: ReportedVariant, patient: str, content: ReportContent) -> dict[str, Any]:
    parts = [
        _text("48018-6", "Gene studied [ID]", variant.gene),
        _text("51958-7", "Transcript reference sequence [ID]", variant.transcript),
        _text("48004-6", "DNA change (c.HGVS)", _on_transcript(variant)),
        _text("48005-3", "Amino acid change (pHGVS)", variant.hgvs_p),
        _coded("62374-4", "Human reference sequence assembly version", content.assembly, _ASSEMBLIES),
        _text("48000-4", "Chromosome", f"chr{variant.chrom}" if variant.chrom else ""),
        _text("48013-7", "Genomic reference sequence [ID]", _accession(variant, content)),
        _coded("53034-5", "Allelic state", variant.zygosity, _ALLELIC_STATES),
        _region(variant),
        *_alleles(variant),
        _frequency(variant),
    ]
    made = _observation("variant", _loinc("69548-6", "Genetic variant assessment"), patient, content)
    components = [part for part in parts if part]
    return made | {"valueCodeableConcept": _loinc("LA9633-4", "Present"), "component": components}


def _on_transcript(variant: ReportedVariant) -> str:
    return f"{variant.transcript}:{variant.hgvs_c}" if variant.transcript and variant.hgvs_c else ""


def _accession(variant: ReportedVariant, content: ReportContent) -> str:
    return accession_of(variant.chrom, Assembly(content.assembly)) if variant.chrom else ""


def _text(code: str, display: str, value: str) -> dict[str, Any] | None:
    return {"code": _loinc(code, display), "valueCodeableConcept": {"text": value}} if value else None


def _coded(code: str, display: str, value: str, answers: dict[str, str]) -> dict[str, Any] | None:
    if value not in answers:
        return _text(code, display, value)
    return {"code": _loinc(code, display), "valueCodeableConcept": _loinc(answers[value], value)}


def _region(variant: ReportedVariant) -> dict[str, Any] | None:
    """Exon or intron, as the guide's dna-region: for people, in no code."""
    if not (region := region_of(variant)):
        return None
    return {"code": _loinc("47999-8", "DNA region name [Identifier]"), "valueString": region}


def _condition(variant: ReportedVariant, name: str) -> dict[str, Any] | None:
    """The condition in the person's words, with the ids that are known for its name."""
    part = _text("81259-4", "Associated phenotype", name)
    ids = (one.partition(":") for one in condition_ids(variant))
    coding = [
        {"system": _DISEASES[s], "code": n if s != "MONDO" else f"MONDO:{n}"} for s, _, n in ids if s in _DISEASES
    ]
    if part and coding:
        part["valueCodeableConcept"] = {"coding": coding, "text": name}
    return part


def _alleles(variant: ReportedVariant) -> list[dict[str, Any]]:
    if not variant.ref:
        return []
    first, last = variant.pos_1based, variant.pos_1based + len(variant.ref) - 1
    return [
        {"code": _loinc("69547-8", "Genomic ref allele [ID]"), "valueString": variant.ref},
        {"code": _loinc("69551-0", "Genomic alt allele [ID]"), "valueString": variant.alt},
        {
            "code": _loinc("81254-5", "Genomic allele start-end"),
            "valueRange": {"low": {"value": first}, "high": {"value": last}},
        },
        {"code": _loinc("92822-6", "Genomic coordinate system [Type]"), "valueCodeableConcept": _ONE_BASED},
    ]


def _frequency(variant: ReportedVariant) -> dict[str, Any] | None:
    if variant.frequency_fraction is None:
        return None
    quantity = {"value": variant.frequency_fraction, "system": "http://unitsofmeasure.org", "code": "1"}
    return {"code": _loinc("92821-8", "Population allele frequency"), "valueQuantity": quantity}


def _implication(variant: ReportedVariant, url: str, patient: str, content: ReportContent) -> dict[str, Any]:
    """What the named person says the variant means."""
    given = variant.given
    if given is None:
        raise ValueError("only a class that a person gave is exported")
    code = {"coding": [{"system": f"{_GUIDE}CodeSystem/tbd-codes-cs", "code": "diagnostic-implication"}]}
    parts = [
        _coded("53037-8", "Genetic variation clinical significance [Imp]", given.acmg_class, _CLASSES),
        _condition(variant, given.condition),
    ]
    made = _observation("diagnostic-implication", code, patient, content)
    return made | {
        "derivedFrom": [{"reference": url}],
        "performer": [{"display": given.who}],
        "component": [part for part in parts if part],
        **({"note": [{"text": note} for note in notes]} if (notes := _notes(variant)) else {}),
    }


def _notes(variant: ReportedVariant) -> list[str]:
    """What the class rests on, for which the guide has no codes."""
    criteria = "; ".join(f"{c.code} {c.strength} ({c.reason})" for c in variant.counting)
    validity = f"Gene–disease validity: {variant.validity}" if variant.validity else ""
    told = (f"Criteria that count: {criteria}" if criteria else "", variant.not_judged, variant.differs, validity)
    return [note for note in told if note]
