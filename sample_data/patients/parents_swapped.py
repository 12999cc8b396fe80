"""SYN-009: a boy with Noonan syndrome whose parents' samples were labelled the wrong way round."""

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

ASN308ASP = Published(
    gene="PTPN11",
    pos_grch38=112477719,
    pos_grch37=112915523,
    ref="A",
    alt="G",
    consequence="missense_variant",
    hgvs_c="c.922A>G",
    hgvs_p="p.Asn308Asp",
    clinvar_id="13326",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 1},
    transmitted="de novo",
    codon="AAT",
    codon_cds_start=922,
    frequency_e=0.000016,
    cadd_phred=22.3,
    revel=0.838,
    am_pathogenicity=0.996,
    source=f"{PANEL}, 2017-04-03; ClinVar 13326; CA220158; frequency: gnomAD v2 (4 alleles)",
)

NOTE = """
Clinical genetics letter (synthetic patient SYN-009)

This 4-year-old boy is seen with his parents. He had a thickened nuchal fold on antenatal ultrasound and pulmonary
valve stenosis at birth. He is short (93 cm, below the 1st centile), has a webbed neck, widely spaced eyes and low-set,
posteriorly rotated ears. Both testicles were undescended (cryptorchidism). He bruises easily and bled for a day after
a tooth came out (abnormal bleeding). Feeding was difficult in the first year.

Echocardiography shows no hypertrophic cardiomyopathy. There are no cafe-au-lait spots. Hair is not curly. Motor and
language development are normal.

Family history: both parents are healthy, 168 and 181 cm tall, and have no unusual features. A maternal cousin has
haemophilia, so factor VIII and IX were measured: normal. The parents are not related.

Blood of all three was taken on the same morning and sent to the laboratory as 01, 02 and 03.
"""

PATIENT = Recipe(
    slug="parents-swapped",
    pseudonym="SYN-009",
    title="Webbed neck, short stature and pulmonic stenosis (trio)",
    indication="Noonan syndrome suspected",
    assembly="GRCh37",
    chr_prefix=True,
    caller=Caller.GLNEXUS,
    annotator=Annotator.VEP,
    ancestry="nfe",
    consent="Synthetic; secondary findings: no; teaching: yes",
    sex="male",
    birth_date="2021-08-30",
    age_iso="P4Y1M",
    seen_date="2025-10-01",
    members=(
        Member("SYN-009-01", "proband", "male", True, "SYN-009-01"),
        Member("SYN-009-02", "mother", "female", False, "SYN-009-02"),
        Member("SYN-009-03", "father", "male", False, "SYN-009-03"),
    ),
    background_sites=1500,
    causal=(ASN308ASP,),
    carried_by_the_way=(carried_by(ADA_ASP8ASN, proband=1, father=1),),
    parents_swapped_in_ped=True,
    mitochondrial_haplogroup="other",
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
        Feature("HP:0000465", "Webbed neck"),
        Feature("HP:0004322", "Short stature"),
        Feature("HP:0001642", "Pulmonic stenosis"),
        Feature("HP:0000028", "Cryptorchidism"),
        Feature("HP:0000316", "Hypertelorism"),
        Feature("HP:0000369", "Low-set ears"),
        Feature("HP:0001892", "Abnormal bleeding"),
        Feature("HP:0011968", "Feeding difficulties"),
        Feature("HP:0001639", "Hypertrophic cardiomyopathy", excluded=True),
        Feature("HP:0000957", "Cafe-au-lait spot", excluded=True),
        Feature("HP:0002212", "Curly hair", excluded=True),
        Feature("HP:0001263", "Global developmental delay", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Pulmonary valve stenosis", "56786000", "2021-08-31", hpo="HP:0001642"),
            Problem("Short stature", "237836003", "2023-09", hpo="HP:0004322"),
            Problem("Undescended testicle", "204878001", "2021-08-30", hpo="HP:0000028"),
            Problem("Easy bruising", "424131007", "2024-02", hpo="HP:0001892"),
            Problem("Hereditary factor VIII deficiency", "", "2024-03", refuted=True),
        ),
        labs=(
            Lab(
                "8302-2",
                "Body height",
                "cm",
                None,
                None,
                (("2022-09-05", 69.5), ("2023-09-11", 78), ("2024-09-09", 86), ("2025-10-01", 93)),
                "vital-signs",
            ),
            Lab(
                "14979-9",
                "aPTT in Platelet poor plasma by Coagulation assay",
                "s",
                25,
                37,
                (("2024-03-04", 44), ("2024-04-15", 45), ("2025-10-01", 43)),
            ),
            Lab(
                "3226-8",
                "Coagulation factor XI activity actual/normal in Platelet poor plasma",
                "%",
                60,
                150,
                (("2024-04-15", 38), ("2025-10-01", 41)),
            ),
            Lab(
                "777-3",
                "Platelets [#/volume] in Blood",
                "10*3/uL",
                150,
                450,
                (("2024-03-04", 168), ("2025-10-01", 171)),
            ),
        ),
        drugs=(
            Drug(
                "tranexamic acid 500 mg tablet",
                "10691",
                "2025-10-01",
                status="on-hold",
                dose="15 mg/kg before surgery",
                reason="low factor XI; for the planned orchidopexy",
            ),
            Drug(
                "ibuprofen 20 mg/mL oral suspension",
                "5640",
                "2024-02-01",
                "2024-03-04",
                "stopped",
                "as needed",
                "fever; stopped because of bleeding",
            ),
        ),
        kin=(
            Kin("father", "FTH", (), "male", False, "38 years", "healthy, 181 cm"),
            Kin("mother", "MTH", (), "female", False, "35 years", "healthy, 168 cm"),
            Kin("maternal cousin", "MCOUSN", ("Haemophilia A",), "male", False),
        ),
        documents=(
            Document("Clinical genetics letter", "2025-10-01", NOTE.strip()),
            Document(
                "Echocardiography",
                "2025-05-12",
                "Moderate pulmonary valve stenosis, gradient 34 mmHg, dysplastic valve. No septal hypertrophy.",
                "imaging",
                "34552-0",
            ),
        ),
        visits=(
            Visit("2021-08-30", "Birth admission: pulmonary valve stenosis", end="2021-09-06"),
            Visit("2024-03-04", "Haematology: easy bruising"),
            Visit("2025-10-01", "Clinical genetics"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="autosomal dominant, de novo (after the parents' labels are put right)",
        acmg_class="Pathogenic",
        criteria=("PP1_Strong", "PM2", "PS2_Very Strong", "PP2", "PP3", "PS3"),
        criteria_source=f"{PANEL}, 2017-04-03",
        disease="Noonan syndrome 1",
        disease_id="OMIM:163950",
        explanation="PTPN11 p.Asn308Asp, the commonest Noonan variant, new in the boy. Before that counts, the "
        "labels must be "
        "put right: sample 02, given as the father, has two X chromosomes and shares the boy's mitochondria; "
        "sample 03, "
        "given as the mother, has one X and a Y.",
        teaching_points=(
            "Check who is who before anything else: heterozygosity on X, calls on Y, mitochondria, Mendelian "
            "errors on X.",
            "Both samples are his parents, so autosomal checks alone see nothing wrong.",
            "Inheritance evidence waits until a named person has corrected or overridden the labels.",
            "The low factor XI belongs to Noonan syndrome, not to the cousin's haemophilia.",
        ),
        trap="The family file gives 02 as father and 03 as mother. True: 02 is the mother, 03 the father.",
        sources=(
            "ClinGen Evidence Repository: CA220158",
            "Tartaglia et al., Nature Genetics 2001, PMID 11704759",
            "Gelb et al., Genetics in Medicine 2018, PMID 29493581",
        ),
    ),
)
