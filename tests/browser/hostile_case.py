"""A case in which every text that came from outside tries to run, to be seen, or to phone home.

CANARY marks each text, so that one search finds it in a log, an address or a file name.
"""

import json
from pathlib import Path

CANARY = "CANARY7391"
PAYLOADS = (
    f"![{CANARY}](https://canary.example/{CANARY}.png)",
    f"<img src=https://canary.example/{CANARY}.png onerror=alert(1)>",
    f"[{CANARY}](javascript:alert(1)) :red[x] $\\href{{https://canary.example}}{{x}}$",
    f"<script>alert('{CANARY}')</script><style>@import 'https://canary.example/{CANARY}.css';</style>",
)
# Inside one value of INFO neither blank, semicolon, comma nor bar may stand.
IN_INFO = f"<img/src=//canary.example/{CANARY}.png/onerror=alert(1)>"
IN_INFO_MARKDOWN = f"![{CANARY}](//canary.example/x.png)"
SAMPLES = (f"<img src=//canary.example/{CANARY}>", f"mother ![{CANARY}](//canary.example/m.png)", f"father {CANARY}")


def write_hostile_case(folder: Path) -> tuple[Path, ...]:
    """VCF, FHIR bundle, note and HPO terms; their paths. File names carry payloads too."""
    vcf = folder / f"![{CANARY}](x) <b>family.vcf"
    vcf.write_text(_vcf(), encoding="utf-8")
    bundle = folder / f"<i>{CANARY}.json"
    bundle.write_text(json.dumps(_bundle()), encoding="utf-8")
    note = folder / f"note {CANARY}.txt"
    note.write_text(
        f"Seizure since birth {PAYLOADS[0]}. No microcephaly {PAYLOADS[1]}.\n{PAYLOADS[3]}\n", encoding="utf-8"
    )
    return vcf, bundle, note


def _vcf() -> str:
    head = [
        "##fileformat=VCFv4.2",
        "##contig=<ID=chr2,length=242193529>",
        "##INFO=<ID=ANN,Number=.,Type=String,Description=\"Functional annotations: 'Allele | Annotation | "
        "Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | Feature_ID | Transcript_BioType | Rank | HGVS.c | "
        "HGVS.p | cDNA.pos / cDNA.length | CDS.pos / CDS.length | AA.pos / AA.length | Distance | "
        "ERRORS / WARNINGS / INFO'\">",
        '##INFO=<ID=CLNSIG,Number=.,Type=String,Description="ClinVar">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">',
        "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *SAMPLES]),
    ]
    rows = [
        _row(166_000_000 + 10 * n, gene, "0/1:30:99\t0/0:30:99\t0/0:30:99")
        for n, gene in enumerate((IN_INFO, IN_INFO_MARKDOWN, "SCN1A"))
    ]
    return "\n".join([*head, *rows]) + "\n"


def _row(pos: int, gene: str, calls: str) -> str:
    effect = f"A|stop_gained|HIGH|{gene}|{gene}|transcript|{IN_INFO}|protein_coding|1/1|c.1C>{IN_INFO}|p.{IN_INFO}|||||"
    info = f"ANN={effect};CLNSIG={IN_INFO}"
    return f"chr2\t{pos}\t{IN_INFO}\tC\tA\t50\tPASS\t{info}\tGT:DP:GQ\t{calls}"


def _bundle() -> dict[str, object]:
    patient = {"resourceType": "Patient", "id": "p", "gender": "female", "name": [{"family": CANARY}]}
    conditions = [{"resourceType": "Condition", "id": f"c{n}", "code": {"text": p}} for n, p in enumerate(PAYLOADS)]
    drug = {
        "resourceType": "MedicationStatement",
        "id": "m",
        "status": "active",
        "medicationCodeableConcept": {"text": PAYLOADS[1]},
    }
    lab = {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "code": {"text": PAYLOADS[0]},
        "effectiveDateTime": "2024-02-01",
        "valueQuantity": {"value": 3.2, "unit": PAYLOADS[1][:60]},
    }
    resources = [patient, *conditions, drug, lab]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}
