"""SYN-006: a boy with a RASopathy-like picture; his only lead is a RAF1 variant of uncertain significance."""

from sample_data.patients.carriers import ADA_ASP8ASN, REVIEWED, carried_by
from sample_data.recipe.model import (
    Annotator,
    Answer,
    Caller,
    Document,
    Drug,
    Feature,
    Kin,
    Lab,
    Member,
    Problem,
    Published,
    Recipe,
    Record,
    Visit,
)

PANEL = "ClinGen RASopathy Variant Curation Expert Panel"

ARG398LEU = Published(
    gene="RAF1",
    pos_grch38=12591708,
    pos_grch37=12633207,
    ref="C",
    alt="A",
    consequence="missense_variant",
    hgvs_c="c.1193G>T",
    hgvs_p="p.Arg398Leu",
    clinvar_id="40614",
    clinvar_class="Uncertain significance",
    clinvar_review=REVIEWED,
    carried={"proband": 1, "father": 1},
    transmitted="paternal",
    codon="CGT",
    codon_cds_start=1192,
    source=f"{PANEL}, 2019-12-05; ClinVar 40614",
)

NOTE = """
Clinical genetics letter (synthetic patient SYN-006)

This boy of 6 years and 8 months is seen for short stature and a heart defect. Pulmonary valve stenosis was found at
two weeks and dilated by balloon at 14 months. His height is 104 cm, below the 1st centile; growth hormone response
was normal. He was operated on for an undescended testicle (cryptorchidism). Speech was on time; he needs help with
mathematics at school (specific learning disability).

He has widely spaced eyes (hypertelorism) with downslanting palpebral fissures, low-set ears and a pectus excavatum.
There is no webbed neck. There are no cafe-au-lait spots and no lentigines. Hair is normal. Repeated echocardiography:
no hypertrophic cardiomyopathy. There is no bleeding tendency; coagulation is normal. Development was not delayed.

Family history: the father is 161 cm tall, has a broad chest and a similar facial shape in childhood photographs; he
was never examined by a geneticist or cardiologist. The mother is healthy. A paternal aunt had breast cancer at 61.
The parents are not related.

Chromosome microarray was normal. Trio exome requested. If something is found in the father, he should be examined
before it is used for anybody else.
"""

PATIENT = Recipe(
    slug="raf1-vus-trio",
    pseudonym="SYN-006",
    title="Short stature and pulmonic stenosis, Noonan-like (trio)",
    indication="RASopathy suspected: pulmonic stenosis, short stature, cryptorchidism",
    assembly="GRCh38",
    chr_prefix=True,
    caller=Caller.GATK,
    annotator=Annotator.SNPEFF,
    ancestry="eas",
    consent="Synthetic; secondary findings: no; teaching: yes",
    sex="male",
    birth_date="2019-01-24",
    age_iso="P6Y8M",
    seen_date="2025-10-06",
    members=(
        Member("SYN-006-P", "proband", "male", True, "SYN-006-P"),
        Member("SYN-006-F", "father", "male", None, "SYN-006-F"),
        Member("SYN-006-M", "mother", "female", False, "SYN-006-M"),
    ),
    background_sites=1500,
    causal=(ARG398LEU,),
    carried_by_the_way=(carried_by(ADA_ASP8ASN, proband=1, mother=1),),
    excluded_from_background=(
        "PTPN11",
        "SOS1",
        "KRAS",
        "NRAS",
        "HRAS",
        "BRAF",
        "MAP2K1",
        "MAP2K2",
        "SHOC2",
        "CBL",
        "RIT1",
        "LZTR1",
        "NF1",
        "RAF1",
    ),
    features=(
        Feature("HP:0001642", "Pulmonic stenosis", onset="P14D"),
        Feature("HP:0004322", "Short stature"),
        Feature("HP:0000028", "Cryptorchidism"),
        Feature("HP:0000316", "Hypertelorism"),
        Feature("HP:0000494", "Downslanted palpebral fissures"),
        Feature("HP:0000369", "Low-set ears"),
        Feature("HP:0000767", "Pectus excavatum"),
        Feature("HP:0001328", "Specific learning disability"),
        Feature("HP:0001639", "Hypertrophic cardiomyopathy", excluded=True),
        Feature("HP:0000957", "Cafe-au-lait spot", excluded=True),
        Feature("HP:0000465", "Webbed neck", excluded=True),
        Feature("HP:0001892", "Abnormal bleeding", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Pulmonary valve stenosis", "56786000", "2019-02-07", hpo="HP:0001642"),
            Problem("Short stature", "237836003", "2022-03", hpo="HP:0004322"),
            Problem("Undescended testicle", "204878001", "2019-01-24", status="resolved", hpo="HP:0000028"),
            Problem("Specific learning disability", "", "2025-02", hpo="HP:0001328"),
            Problem("Growth hormone deficiency", "", "2024-05", refuted=True),
        ),
        labs=(
            Lab(
                "8302-2",
                "Body height",
                "cm",
                None,
                None,
                (
                    ("2021-01-25", 78),
                    ("2022-03-07", 84.5),
                    ("2023-03-13", 90.2),
                    ("2024-05-06", 96.8),
                    ("2025-10-06", 104),
                ),
                "vital-signs",
            ),
            Lab(
                "33762-6",
                "NT-proBNP [Mass/volume] in Serum or Plasma",
                "pg/mL",
                None,
                190,
                (("2019-02-07", 2840), ("2020-03-27", 610), ("2021-01-25", 168), ("2025-10-06", 122)),
            ),
            Lab(
                "2484-4",
                "Insulin-like growth factor-I [Mass/volume] in Serum or Plasma",
                "ng/mL",
                55,
                248,
                (("2022-03-07", 58), ("2024-05-06", 71)),
            ),
            Lab("14979-9", "aPTT in Platelet poor plasma by Coagulation assay", "s", 25, 37, (("2020-03-20", 31),)),
        ),
        drugs=(
            Drug(
                "propranolol 5 mg/mL oral solution",
                "8787",
                "2019-02-10",
                "2020-06-01",
                "completed",
                "1 mg/kg/day",
                "right ventricular outflow obstruction",
            ),
            Drug(
                "somatropin",
                "61148",
                "2024-06-03",
                status="on-hold",
                dose="not started",
                reason="short stature; on hold "
                "until a diagnosis is made, as some RASopathies call for care with growth hormone",
            ),
        ),
        kin=(
            Kin("father", "FTH", ("Short stature (161 cm)", "Broad chest"), "male", False, "36 years", "not examined"),
            Kin("mother", "MTH", (), "female", False, "34 years", "healthy"),
            Kin("paternal aunt", "PAUNT", ("Breast cancer at 61",), "female", False),
        ),
        documents=(
            Document("Clinical genetics letter", "2025-10-06", NOTE.strip()),
            Document(
                "Echocardiography",
                "2025-03-10",
                "Mild residual pulmonary valve stenosis (gradient 18 mmHg). Dysplastic "
                "valve. Septum and free wall normal: no hypertrophy.",
                "imaging",
                "34552-0",
            ),
            Document(
                "Chromosome microarray",
                "2023-04-17",
                "Normal male profile. No copy number variant of clinical significance.",
                "report",
                "51969-4",
            ),
        ),
        visits=(
            Visit("2020-03-27", "Balloon dilatation of the pulmonary valve", "procedure"),
            Visit("2021-06-14", "Orchidopexy", "procedure"),
            Visit("2025-10-06", "Clinical genetics"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="autosomal dominant, inherited from a father not yet examined",
        acmg_class="Uncertain significance",
        criteria=("PM2", "PP2", "PP3"),
        criteria_source=f"{PANEL}, 2019-12-05",
        disease="Noonan syndrome 5 (possible)",
        disease_id="OMIM:611553",
        explanation="A rare missense variant in RAF1 that the expert panel classes as of uncertain "
        "significance. It is the "
        "best lead and it is not a diagnosis: it lies outside the region where RAF1 variants cause Noonan "
        "syndrome with "
        "hypertrophic cardiomyopathy, and the boy has no hypertrophic cardiomyopathy.",
        teaching_points=(
            "First on the list is not the same as the answer: the class is uncertain.",
            "Examine the father: affected and carrying would add segregation, unaffected would count against it.",
            "A VUS is not used for predictive or prenatal testing.",
            "Ask again in a year or two: a new classification is what re-analysis is for.",
        ),
        trap="A good phenotype match for the gene lifts every variant in it, also harmless ones.",
        sources=(
            "ClinGen Evidence Repository: RAF1 c.1193G>T; ClinVar 40614",
            "Gelb et al., Genetics in Medicine 2018, PMID 29493581 (RASopathy specifications)",
            "GeneReviews, Noonan syndrome, NBK1124",
        ),
    ),
)
