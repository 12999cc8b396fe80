"""Small reports for tests, made by hand: a girl with a de novo change in SCN1A that Dr A classified.

content = a_content()                       # one reported variant, one dismissed, one overridden check
content = a_content(variants=())            # nobody chose anything
content = a_content(variants=(a_reported(given=None),))
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from models.reporting.content import (
    CriterionLine,
    Dismissed,
    FeatureMatch,
    FindingLine,
    FunnelLine,
    GivenClass,
    ReleaseLine,
    ReportContent,
    ReportedVariant,
    SecondaryLine,
    SecondaryLook,
    TermLine,
)

AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
GIVEN = GivenClass(
    "Pathogenic", "Dravet syndrome", "New in the child.", "Dr A", "2026-11-21T15:00:00+00:00", "consensus"
)
RICHARDS = "Richards 2015, PMID:25741868"


def a_reported(**changes: Any) -> ReportedVariant:
    base = ReportedVariant(
        allele="chr2-165992342-G-A",
        name="c.4933C>T",
        gene="SCN1A",
        hgvs="NM_001165963.4:c.4933C>T (MANE Select)",
        protein="p.Arg1645Ter",
        place="chr2:165,992,342 G>A (GRCh38)",
        zygosity="heterozygous",
        inheritance="New in the patient (de novo): patient heterozygous; mother reference; father reference.",
        frequency="absent from gnomAD",
        consequence="stop gained",
        rank=1,
        chosen_by="Dr A, 2026-11-21",
        transcript="NM_001165963.4",
        hgvs_c="c.4933C>T",
        hgvs_p="p.Arg1645Ter",
        chrom="2",
        pos_1based=165_992_342,
        ref="G",
        alt="A",
        mode="de novo",
        depth_reads=41,
        quality="Good call: 20 of 41 reads, GQ 99.",
        family=("patient heterozygous (20 of 41 reads, GQ 99)", "mother reference", "father reference"),
        looked_up=(("ClinVar", "Pathogenic, 2 of 4 stars, record 189921", "ClinVar"), ("REVEL", "not assessed", "")),
        suggested="Likely Pathogenic",
        suggested_because="Likely Pathogenic (8 points): PVS1.",
        comes_to="Pathogenic",
        comes_to_because="Pathogenic (12 points): PVS1, PS2.",
        criteria=(
            CriterionLine("PVS1", "met", "very strong", "stop at residue 1645 of 2009", RICHARDS, "", "met"),
            CriterionLine(
                "PS2", "met", "strong", "both parents sequenced", "Dr A", "", "not met", "changed", "Dr A, 2026-11-21"
            ),
            CriterionLine("PS3", "not assessable", "", "nobody read the studies", RICHARDS, "a person who reads them"),
        ),
        given=GIVEN,
        features_lead="SCN1A explains 1 of 2 features; best fit Dravet syndrome (OMIM:607208).",
        disease_id="OMIM:607208",
        disease="Dravet syndrome",
        features=(FeatureMatch("Seizure", "exact", "Seizure (very frequent)"), FeatureMatch("Eczema", "unexplained")),
    )  # fmt: skip
    return replace(base, **changes)


def a_content(**changes: Any) -> ReportContent:
    base = ReportContent(
        case_id="c-0123456789abcdef",
        pseudonym="TEST-001",
        sex="female",
        age_years=7.4,
        indication="seizures with fever",
        consent="diagnosis",
        is_synthetic=True,
        assembly="GRCh38",
        file_sha256="f" * 64,
        case_sha256="e" * 64,
        caller="GATK",
        annotator="VEP v113",
        sequenced=("patient", "mother", "father"),
        terms=(
            TermLine("HP:0001250", "Seizure", excluded=False),
            TermLine("HP:0000252", "Microcephaly", excluded=True),
        ),
        variants=(a_reported(),),
        dismissed=(Dismissed("GBA1 c.142A>T", "chr1:155,235,000 A>T (GRCh38)", 2, "carrier only", "Dr B, 2026-11-20"),),
        in_file=31_009,
        funnel=(FunnelLine("Common in the population", "allele frequency 5 % or more", 31_000, 9),),
        coverage=("Sequenced: patient, mother, father.",),
        not_assessed=("SpliceAI (splicing): neither the file nor an installed release answers",),
        findings=(FindingLine("blocking", "The sample looks male.", "Dr B, 2026-11-20: known XY female"),),
        releases=(ReleaseLine("ClinVar", "2026-10", "2026-10-05", "GRCh38"),),
        brought=(("ClinVar", "ClinVar 2026-10"),),
        model=(("Name and version", "Caseboard ranker 0.2.0"), ("sha256", "a" * 64)),
        confidence=("A convincing candidate.",),
        limits=("The score orders variants.",),
        decisions=5,
        decisions_head="d" * 64,
        decided_at=AT.isoformat(),
        consent_by="recorded by Dr A, 2026-11-20",
        secondary=SecondaryLook(
            "agreed",
            "ACMG SF list 3.3",
            84,
            (
                SecondaryLine(
                    "MUTYH c.536A>G",
                    "chr1:45,332,803 T>C (GRCh38)",
                    "MUTYH-associated polyposis",
                    "two variants",
                    ("whether they lie on different copies",),
                ),
            ),
        ),
    )
    return replace(base, **changes)


EMPTY: dict[str, Any] = {
    "age_years": None, "indication": "", "caller": "", "annotator": "", "sequenced": (), "terms": (), "variants": (),
    "dismissed": (), "in_file": 0, "funnel": (), "coverage": (), "not_assessed": (), "findings": (), "releases": (),
    "brought": (), "model": (), "confidence": ("Not judged.",), "limits": (), "decisions": 0, "decisions_head": "",
    "decided_at": "", "consent_by": "", "secondary": SecondaryLook("not recorded"),
}  # fmt: skip


def an_empty_content() -> ReportContent:
    """Everything that may be missing is."""
    return a_content(**EMPTY)
