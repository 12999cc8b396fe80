"""SYN-002: a teenager whose muscles break down after sport and fasting; two different hits in ACADVL."""

from sample_data.patients.carriers import ADA_ARG211HIS, REVIEWED, carried_by
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

PANEL = "ClinGen ACADVL Variant Curation Expert Panel"

VAL283ALA = Published(
    gene="ACADVL",
    pos_grch38=7222272,
    pos_grch37=7125591,
    ref="T",
    alt="C",
    consequence="missense_variant",
    hgvs_c="c.848T>C",
    hgvs_p="p.Val283Ala",
    clinvar_id="21025",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 1, "mother": 1},
    transmitted="maternal",
    codon="GTG",
    codon_cds_start=847,
    frequency_e=0.00143,
    cadd_phred=26.0,
    am_pathogenicity=0.486,
    source=f"{PANEL}, 2022-08-23; ClinVar 21025; CA285294; frequency: ExAC",
)
GLY441ASP = Published(
    gene="ACADVL",
    pos_grch38=7223865,
    pos_grch37=7127184,
    ref="G",
    alt="A",
    consequence="missense_variant",
    hgvs_c="c.1322G>A",
    hgvs_p="p.Gly441Asp",
    clinvar_id="21016",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 1, "father": 1},
    transmitted="paternal",
    codon="GGC",
    codon_cds_start=1321,
    frequency_e=0.00001,
    cadd_phred=29.2,
    revel=0.982,
    am_pathogenicity=0.986,
    source=f"{PANEL}, 2022-12-14; ClinVar 21016; CA220193; frequency: ExAC",
)

NOTE = """
Neuromuscular clinic letter (synthetic patient SYN-002)

This 15-year-old boy was referred after his third admission with rhabdomyolysis. He was born abroad, before newborn
screening for fatty acid oxidation was offered there. At 9 months he had one episode of hypoglycaemia (1.9 mmol/L)
without ketones during gastroenteritis; no cause was found.

From the age of 11 his calves and thighs hurt after long football matches. At 12, a day after a school hike on an
empty stomach, he passed dark urine (myoglobinuria); creatine kinase was 48,300 U/L. At 14, after fasting for a dental
procedure under propofol, it rose to 112,000 U/L with acute kidney injury that recovered. Between episodes his
creatine kinase is normal. He tires early in endurance sport (exercise intolerance).

On examination between attacks strength is full: there is no muscle weakness and no wasting. There is no
hepatomegaly. Echocardiography showed no cardiomyopathy. There is no second-wind phenomenon. Hearing and vision are
normal.

A muscle biopsy at another hospital was non-specific; myophosphorylase staining was present, which excludes McArdle
disease. He was treated with prednisolone for three weeks for suspected myositis, without effect.

Acylcarnitines taken on day one of the last episode showed a raised C14:1.

Family history: his parents and his sister are well. A cousin of the father has diabetes. No muscle disease and no
sudden death in the family. The parents are not related.

Plan: trio exome. Avoid fasting, keep an emergency letter, no long propofol infusion.
"""

PATIENT = Recipe(
    slug="vlcad-trio",
    pseudonym="SYN-002",
    title="Rhabdomyolysis after sport and fasting (trio)",
    indication="Recurrent exercise- and fasting-induced rhabdomyolysis",
    assembly="GRCh38",
    chr_prefix=True,
    caller=Caller.GLNEXUS,
    annotator=Annotator.VEP,
    ancestry="nfe",
    consent="Synthetic; secondary findings: no; teaching: yes",
    sex="male",
    birth_date="2010-03-02",
    age_iso="P15Y6M",
    seen_date="2025-09-15",
    members=(
        Member("SYN-002-P", "proband", "male", True, "SYN-002-P"),
        Member("SYN-002-F", "father", "male", False, "SYN-002-F"),
        Member("SYN-002-M", "mother", "female", False, "SYN-002-M"),
    ),
    background_sites=1500,
    causal=(VAL283ALA, GLY441ASP),
    carried_by_the_way=(carried_by(ADA_ARG211HIS, proband=1, father=1),),
    features=(
        Feature("HP:0009045", "Exercise-induced rhabdomyolysis", onset="P12Y"),
        Feature("HP:0003738", "Exercise-induced myalgia", onset="P11Y"),
        Feature("HP:0002913", "Myoglobinuria", onset="P12Y"),
        Feature("HP:0003236", "Elevated circulating creatine kinase concentration"),
        Feature("HP:0003546", "Exercise intolerance"),
        Feature("HP:0001958", "Nonketotic hypoglycemia", onset="P9M"),
        Feature("HP:0045045", "Elevated circulating acylcarnitine concentration"),
        Feature("HP:0001324", "Muscle weakness", excluded=True),
        Feature("HP:0001638", "Cardiomyopathy", excluded=True),
        Feature("HP:0002240", "Hepatomegaly", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Rhabdomyolysis", "240131006", "2022-06-19", hpo="HP:0003201"),
            Problem("Hypoglycemia", "302866003", "2010-12-11", status="resolved", hpo="HP:0001943"),
            Problem("Acute kidney injury", "14669001", "2024-08-22", status="resolved"),
            Problem("Muscle pain", "68962001", "2021-09", hpo="HP:0003326"),
            Problem("McArdle disease", "", "2023-02", refuted=True),
            Problem("Myositis", "", "2022-07", refuted=True),
        ),
        labs=(
            Lab(
                "2157-6",
                "Creatine kinase [Enzymatic activity/volume] in Serum or Plasma",
                "U/L",
                30,
                200,
                (
                    ("2021-10-04", 164),
                    ("2022-06-20", 48300),
                    ("2022-06-23", 9100),
                    ("2022-07-18", 210),
                    ("2023-05-14", 22800),
                    ("2023-06-02", 188),
                    ("2024-08-22", 112000),
                    ("2024-08-27", 18400),
                    ("2024-09-30", 176),
                    ("2025-09-15", 152),
                ),
            ),
            Lab(
                "2160-0",
                "Creatinine [Mass/volume] in Serum or Plasma",
                "mg/dL",
                0.5,
                1.0,
                (
                    ("2022-06-20", 0.9),
                    ("2024-08-22", 2.4),
                    ("2024-08-27", 1.6),
                    ("2024-09-30", 0.8),
                    ("2025-09-15", 0.8),
                ),
            ),
            Lab(
                "",
                "Tetradecenoylcarnitine (C14:1) in plasma",
                "umol/L",
                None,
                0.18,
                (("2024-08-22", 2.31), ("2024-09-30", 0.44), ("2025-09-15", 0.36)),
            ),
            Lab(
                "2345-7",
                "Glucose [Mass/volume] in Serum or Plasma",
                "mg/dL",
                60,
                100,
                (("2010-12-11", 34), ("2022-06-20", 71), ("2024-08-22", 66)),
            ),
            Lab(
                "1920-8",
                "Aspartate aminotransferase in Serum or Plasma",
                "U/L",
                10,
                40,
                (("2022-06-20", 890), ("2022-07-18", 41), ("2024-08-22", 1980), ("2024-09-30", 36)),
            ),
        ),
        drugs=(
            Drug(
                "prednisolone 20 mg tablet",
                "8638",
                "2022-07-01",
                "2022-07-21",
                "completed",
                "20 mg daily",
                "suspected myositis; no effect",
            ),
            Drug(
                "ibuprofen 400 mg tablet",
                "5640",
                "2021-09-20",
                "2024-08-22",
                "stopped",
                "as needed",
                "muscle pain; stopped for kidney injury",
            ),
            Drug(
                "propofol infusion",
                "8782",
                "2024-08-21",
                "2024-08-21",
                "completed",
                "during dental procedure",
                "sedation; rhabdomyolysis followed the fast",
            ),
            Drug(
                "medium-chain triglyceride oil",
                "",
                "2024-10-07",
                dose="20 g before sport",
                reason="presumed fatty acid oxidation disorder",
            ),
        ),
        kin=(
            Kin("father", "FTH", (), "male", False, "47 years", "healthy"),
            Kin("mother", "MTH", (), "female", False, "44 years", "healthy"),
            Kin("sister", "SIS", (), "female", False, "12 years", "healthy, not tested"),
            Kin("paternal cousin", "COUSN", ("Type 2 diabetes mellitus",)),
        ),
        documents=(
            Document("Neuromuscular clinic letter", "2025-09-15", NOTE.strip()),
            Document(
                "Muscle biopsy",
                "2023-02-09",
                "Mild variation in fibre size. Lipid slightly increased in type 1 "
                "fibres. Myophosphorylase present. No inflammation, no ragged-red fibres.",
                "report",
                "11526-1",
            ),
            Document(
                "Echocardiography",
                "2024-09-12",
                "Normal chamber sizes and wall thickness. Ejection fraction 64 %. No pericardial effusion.",
                "imaging",
                "34552-0",
            ),
        ),
        visits=(
            Visit("2022-06-19", "Admission: rhabdomyolysis after a hike", end="2022-06-25"),
            Visit("2023-05-14", "Admission: rhabdomyolysis with influenza", end="2023-05-18"),
            Visit("2024-08-21", "Admission: rhabdomyolysis after fasting for a dental procedure", end="2024-08-30"),
            Visit("2025-09-15", "Neuromuscular clinic"),
            Visit("2023-02-09", "Muscle biopsy, left vastus lateralis", "procedure"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="autosomal recessive, compound heterozygous (one variant from each parent)",
        acmg_class="Pathogenic",
        criteria=("PM3_Strong", "PM1", "PM2", "PP4_Moderate", "PP3"),
        criteria_source=f"{PANEL}: c.1322G>A as listed here; c.848T>C in per_variant",
        per_variant=(
            {
                "hgvs_c": "c.848T>C",
                "acmg_class": "Pathogenic",
                "criteria": ["PM3_Strong", "PS3_Supporting", "PP4_Moderate", "PM1", "PP3"],
            },
            {
                "hgvs_c": "c.1322G>A",
                "acmg_class": "Pathogenic",
                "criteria": ["PM3_Strong", "PM1", "PM2", "PP4_Moderate", "PP3"],
            },
        ),
        disease="Very long-chain acyl-CoA dehydrogenase deficiency",
        disease_id="OMIM:201475",
        explanation="Two pathogenic missense variants in ACADVL, one from each parent. The late-onset form causes "
        "rhabdomyolysis after exercise or fasting, with a raised C14:1 during attacks and a normal creatine "
        "kinase between.",
        teaching_points=(
            "A recessive pair has to be seen as a pair; parents prove that the two lie on different chromosomes.",
            "p.Val283Ala is the commonest mild allele: with 1 in 700 chromosomes it is not 'ultra-rare'.",
            "AlphaMissense calls p.Val283Ala ambiguous (0.49): a score does not overrule segregation and biochemistry.",
            "The ADA variant is pathogenic too, but alone: a carrier.",
        ),
        trap="Filtering at a frequency of 0.1 % would lose one of the two variants.",
        sources=(
            "ClinGen Evidence Repository: CA285294, CA220193",
            "Andresen et al., American Journal of Human Genetics 1999, PMID 9973285 (genotype and phenotype)",
            "GeneReviews, VLCAD deficiency, NBK6816",
        ),
    ),
)
