"""SYN-005: a young woman with stroke-like episodes; m.3243A>G at different levels in her and her mother."""

from sample_data.patients.carriers import SLC26A4_VAL138PHE, carried_by
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

M3243A_G = Published(
    gene="MT-TL1",
    pos_grch38=3243,
    pos_grch37=3243,
    ref="A",
    alt="G",
    consequence="non_coding_transcript_exon_variant",
    hgvs_c="n.14A>G",
    hgvs_p="",
    clinvar_id="9589",
    clinvar_class="Pathogenic",
    clinvar_review="",
    carried={"proband": 0.34, "mother": 0.12},
    transmitted="maternal",
    chrom="MT",
    transcript="ENST00000386347.1",
    source="ClinVar 9589; Goto et al., Nature 1990, PMID 2102678. Not in the expert-panel table we could check",
)

NOTE = """
Neurology and metabolic clinic letter (synthetic patient SYN-005)

This 31-year-old woman was admitted with a second stroke-like episode: headache, vomiting and loss of the right half
of her visual field over two days, followed by focal seizures. MRI showed a cortical lesion of the left occipital and
parietal lobe that did not respect a vascular territory. The first episode, at 28, was on the other side.

She has had migraine since school. At 24 she was found to have diabetes mellitus, treated as type 2. Hearing aids for
sensorineural hearing loss since 26. She was always the smallest of her class (short stature, 149 cm) and never could
keep up in sport (exercise intolerance). Resting lactate in blood and CSF is raised. Muscle biopsy: ragged-red fibres.

There is no ptosis and no external ophthalmoplegia. Retina: no pigmentary retinopathy. Echocardiography: no
hypertrophic cardiomyopathy. No carotid dissection, no thrombophilia, no vasculitis.

Valproate was started in the emergency room and stopped the next day on the advice of the metabolic team. Metformin
was stopped because of the raised lactate; she now uses insulin.

Family history: her mother has diabetes and hearing loss and is 153 cm tall; the mother's brother has diabetes. Her
father has coronary disease. Her own two children, 4 and 2, are well.

Sampling: exome with mitochondrial genome from blood. Heteroplasmy in blood falls with age; urine sediment and muscle
were also sent.
"""

PATIENT = Recipe(
    slug="melas-duo",
    pseudonym="SYN-005",
    title="Stroke-like episodes, diabetes and hearing loss (mother and daughter)",
    indication="Mitochondrial disease suspected: stroke-like episodes, lactic acidosis, maternal diabetes and deafness",
    assembly="GRCh38",
    chr_prefix=True,
    caller=Caller.GATK,
    annotator=Annotator.VEP,
    ancestry="nfe",
    consent="Synthetic; secondary findings: yes; teaching: yes",
    sex="female",
    birth_date="1994-05-17",
    age_iso="P31Y4M",
    seen_date="2025-09-22",
    members=(
        Member("SYN-005-P", "proband", "female", True, "SYN-005-P"),
        Member("SYN-005-M", "mother", "female", True, "SYN-005-M"),
    ),
    background_sites=1350,
    causal=(M3243A_G,),
    carried_by_the_way=(carried_by(SLC26A4_VAL138PHE, proband=1),),
    excluded_from_background=("POLG", "XIAP"),
    features=(
        Feature("HP:0002401", "Stroke-like episode", onset="P28Y"),
        Feature("HP:0003128", "Lactic acidosis"),
        Feature("HP:0000407", "Sensorineural hearing impairment", onset="P26Y"),
        Feature("HP:0000819", "Diabetes mellitus", onset="P24Y"),
        Feature("HP:0002076", "Migraine"),
        Feature("HP:0001250", "Seizure"),
        Feature("HP:0003200", "Ragged-red muscle fibers"),
        Feature("HP:0003546", "Exercise intolerance"),
        Feature("HP:0004322", "Short stature"),
        Feature("HP:0000590", "Progressive external ophthalmoplegia", excluded=True),
        Feature("HP:0000580", "Pigmentary retinopathy", excluded=True),
        Feature("HP:0001639", "Hypertrophic cardiomyopathy", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Stroke-like episode", "", "2022-11-03", hpo="HP:0002401"),
            Problem("Diabetes mellitus", "73211009", "2018-10", hpo="HP:0000819"),
            Problem("Sensorineural hearing loss", "60700002", "2020-06", hpo="HP:0000407"),
            Problem("Migraine", "37796009", "2008", hpo="HP:0002076"),
            Problem("Lactic acidosis", "91273001", "2022-11-04", hpo="HP:0003128"),
            Problem("Cerebral vasculitis", "", "2022-11", refuted=True),
        ),
        labs=(
            Lab(
                "2524-7",
                "Lactate [Moles/volume] in Serum or Plasma",
                "mmol/L",
                0.5,
                2.2,
                (
                    ("2022-11-04", 5.1),
                    ("2023-02-13", 3.4),
                    ("2024-03-11", 3.9),
                    ("2025-09-14", 6.2),
                    ("2025-09-22", 4.4),
                ),
            ),
            Lab(
                "2520-1",
                "Lactate [Moles/volume] in Cerebral spinal fluid",
                "mmol/L",
                1.1,
                2.4,
                (("2022-11-05", 4.6), ("2025-09-15", 5.3)),
            ),
            Lab(
                "4548-4",
                "Hemoglobin A1c/Hemoglobin.total in Blood",
                "%",
                4.0,
                5.6,
                (
                    ("2018-10-09", 8.1),
                    ("2020-06-15", 7.4),
                    ("2022-11-04", 7.9),
                    ("2024-03-11", 8.4),
                    ("2025-09-14", 7.6),
                ),
            ),
            Lab(
                "2157-6",
                "Creatine kinase [Enzymatic activity/volume] in Serum or Plasma",
                "U/L",
                30,
                170,
                (("2022-11-04", 288), ("2024-03-11", 241), ("2025-09-14", 402)),
            ),
        ),
        drugs=(
            Drug(
                "valproic acid",
                "11118",
                "2025-09-14",
                "2025-09-15",
                "stopped",
                "1,000 mg twice daily",
                "seizures; stopped: avoided in mitochondrial disease, POLG disease not yet excluded",
            ),
            Drug(
                "metformin 1000 mg tablet",
                "6809",
                "2018-10-12",
                "2025-09-14",
                "stopped",
                "twice daily",
                "diabetes; stopped because of lactic acidosis",
            ),
            Drug("levetiracetam 1000 mg tablet", "114477", "2025-09-15", dose="twice daily", reason="focal seizures"),
            Drug(
                "arginine hydrochloride infusion",
                "",
                "2025-09-14",
                "2025-09-18",
                "completed",
                "0.5 g/kg/day",
                "acute stroke-like episode",
            ),
            Drug("insulin glargine", "274783", "2025-09-15", dose="14 units at night", reason="diabetes"),
        ),
        kin=(
            Kin("mother", "MTH", ("Diabetes mellitus", "Hearing loss"), "female", False, "57 years"),
            Kin("maternal uncle", "MUNCLE", ("Diabetes mellitus",), "male", False),
            Kin("father", "FTH", ("Coronary heart disease",), "male", False, "60 years"),
            Kin("son", "SON", (), "male", False, "4 years", "well"),
            Kin("daughter", "DAU", (), "female", False, "2 years", "well"),
        ),
        documents=(
            Document("Neurology and metabolic clinic letter", "2025-09-22", NOTE.strip()),
            Document(
                "MRI brain",
                "2025-09-14",
                "Swelling and restricted diffusion of the left occipital and parietal "
                "cortex, not confined to a vascular territory. Older atrophy of the right temporal lobe. Lactate "
                "peak on spectroscopy.",
                "imaging",
                "24590-2",
            ),
            Document(
                "Muscle biopsy",
                "2023-01-19",
                "Ragged-red fibres (6 %), COX-positive. Strongly SDH-reactive vessels.",
                "report",
                "11526-1",
            ),
        ),
        visits=(
            Visit("2022-11-03", "Admission: first stroke-like episode", end="2022-11-15"),
            Visit("2023-01-19", "Muscle biopsy", "procedure"),
            Visit("2025-09-14", "Admission: second stroke-like episode", end="2025-09-22"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="mitochondrial, maternal, heteroplasmic",
        acmg_class="Pathogenic",
        criteria=("PS4", "PS3_Supporting", "PM2_Supporting", "PP1"),
        criteria_source="Our application of the ClinGen specifications for mitochondrial variants (PMID "
        "32906214); class "
        "as in ClinVar 9589",
        disease="Mitochondrial encephalomyopathy, lactic acidosis and stroke-like episodes (MELAS)",
        disease_id="OMIM:540000",
        explanation="m.3243A>G in MT-TL1 in about a third of the proband's blood mitochondria and in an eighth of her "
        "mother's. It explains the stroke-like episodes and also the diabetes, the deafness and the short stature.",
        teaching_points=(
            "A low allele fraction on the mitochondrion is heteroplasmy, not an artefact; look at the reads.",
            "Blood underestimates with age: 12 % in the mother's blood can be far more in her urine or muscle.",
            "Affected through the mother, never through the father; her children are all at risk.",
            "The record changes at once: valproate and metformin are stopped.",
        ),
        trap="Diabetes and deafness in mother and daughter invite a search for two nuclear genes.",
        sources=(
            "ClinVar variation 9589",
            "Goto et al., Nature 1990, PMID 2102678",
            "El-Hattab et al., Molecular Genetics and Metabolism 2015, PMID 26095523",
            "GeneReviews, MELAS, NBK1233",
        ),
    ),
)
