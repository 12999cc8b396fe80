"""A report as a GA4GH phenopacket, version 2 (ISO 4454:2022), with the interpretation in people's words only.

A class is one a named person gave; where nobody gave one the classification is NOT_PROVIDED. Nothing here says that
a variant caused the disease: a reported variant is a CANDIDATE.
"""

import json
from typing import Any

from models.reporting.content import ReportContent, ReportedVariant
from models.reporting.sections.section import condition_ids, region_of

SCHEMA_VERSION = "2.0"
_SEX = {"female": "FEMALE", "male": "MALE"}
# GENO ontology, as the phenopacket schema recommends for allelicState.
_ALLELIC_STATES = {"heterozygous": "GENO:0000135", "homozygous": "GENO:0000136", "hemizygous": "GENO:0000134"}
_ANY_DISEASE = {"id": "MONDO:0700096", "label": "human disease"}


def as_phenopacket(content: ReportContent) -> str:
    """The JSON document. created: the time of signing, or of the last decision."""
    packet = {
        "id": f"{content.case_id}-v{content.number}",
        "subject": _subject(content),
        "phenotypicFeatures": [_feature(t.id, t.label, t.excluded, t.onset) for t in content.terms],
        "interpretations": [_interpretation(content)] if content.variants else [],
        "metaData": _meta(content),
    }
    return json.dumps(packet, indent=1, ensure_ascii=False) + "\n"


def _subject(content: ReportContent) -> dict[str, Any]:
    subject = {"id": content.pseudonym, "sex": _SEX.get(content.sex, "UNKNOWN_SEX")}
    if content.age_years is None:
        return subject
    months = round(content.age_years * 12)
    return subject | {"timeAtLastEncounter": {"age": {"iso8601duration": f"P{months // 12}Y{months % 12}M"}}}


def _feature(identifier: str, label: str, excluded: bool, onset: str) -> dict[str, Any]:
    feature: dict[str, Any] = {"type": {"id": identifier, "label": label}}
    if excluded:
        feature["excluded"] = True
    if onset.startswith("P"):  # an ISO 8601 duration; HPO's onset terms arrive as labels without their id
        feature["onset"] = {"age": {"iso8601duration": onset}}
    return feature


def _interpretation(content: ReportContent) -> dict[str, Any]:
    diseases = {(ids[0], v.given.condition) for v in content.variants if v.given and (ids := condition_ids(v))}
    one = next(iter(diseases)) if len(diseases) == 1 else None
    conditions = dict.fromkeys(v.given.condition for v in content.variants if v.given and v.given.condition)
    return {
        "id": f"{content.case_id}-interpretation",
        "progressStatus": "IN_PROGRESS" if content.is_draft else "COMPLETED",
        "summary": "; ".join(conditions),
        "diagnosis": {
            "disease": {"id": one[0], "label": one[1]} if one else _ANY_DISEASE,
            "genomicInterpretations": [_genomic(v, content) for v in content.variants],
        },
    }


def _genomic(variant: ReportedVariant, content: ReportContent) -> dict[str, Any]:
    given = variant.given.acmg_class.upper().replace(" ", "_") if variant.given else "NOT_PROVIDED"
    return {
        "subjectOrBiosampleId": content.pseudonym,
        "interpretationStatus": "CANDIDATE",
        "variantInterpretation": {
            "acmgPathogenicityClassification": given,
            "therapeuticActionability": "UNKNOWN_ACTIONABILITY",
            "variationDescriptor": _descriptor(variant, content),
        },
    }


def _descriptor(variant: ReportedVariant, content: ReportContent) -> dict[str, Any]:
    named = ((variant.hgvs_c, "hgvs.c"), (variant.hgvs_p, "hgvs.p"))
    found: dict[str, Any] = {
        "id": variant.allele,
        "label": f"{variant.gene} {variant.name}".strip(),
        "expressions": [
            {"syntax": syntax, "value": f"{variant.transcript}:{name}" if syntax == "hgvs.c" else name}
            for name, syntax in named
            if name and (variant.transcript or syntax == "hgvs.p")
        ],
        "moleculeContext": "genomic",
    }
    if variant.gene:
        found["geneContext"] = {"valueId": variant.gene, "symbol": variant.gene}
    if variant.ref:
        place = {"chrom": f"chr{variant.chrom}", "pos": str(variant.pos_1based), "ref": variant.ref, "alt": variant.alt}
        found["vcfRecord"] = {"genomeAssembly": content.assembly, **place}
    if state := _ALLELIC_STATES.get(variant.zygosity):
        found["allelicState"] = {"id": state, "label": variant.zygosity}
    told = (("exon or intron", region_of(variant)), ("gene-disease validity", variant.validity))
    if extensions := [{"name": name, "value": value} for name, value in told if value]:
        found["extensions"] = extensions  # the schema has no field for either
    return found


def _meta(content: ReportContent) -> dict[str, Any]:
    hpo = next((r.version for r in content.releases if "Phenotype Ontology" in r.name), "unknown")
    made = content.signature.at if content.signature else content.decided_at or "1970-01-01T00:00:00+00:00"
    resources = [
        ("hp", "human phenotype ontology", "http://purl.obolibrary.org/obo/hp.owl", hpo, "HP", "HP_"),
        ("geno", "Genotype Ontology", "http://purl.obolibrary.org/obo/geno.owl", "unknown", "GENO", "GENO_"),
        ("mondo", "Mondo Disease Ontology", "http://purl.obolibrary.org/obo/mondo.owl", "unknown", "MONDO", "MONDO_"),
    ]
    return {
        "created": made,
        "createdBy": content.signature.who if content.signature else "Caseboard draft, not signed",
        "resources": [
            {
                "id": key, "name": name, "url": url, "version": version, "namespacePrefix": prefix,
                "iriPrefix": f"http://purl.obolibrary.org/obo/{iri}",
            }
            for key, name, url, version, prefix, iri in resources
        ],
        "phenopacketSchemaVersion": SCHEMA_VERSION,
    }  # fmt: skip
