"""SYN-004: an infant boy with severe infections; a hemizygous missense variant in IL2RG from his mother."""

from sample_data.patients.carriers import DCLRE1C_SER320CYS, REVIEWED, carried_by
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

PANEL = "ClinGen Severe Combined Immunodeficiency Variant Curation Expert Panel"

ARG226CYS = Published(
    gene="IL2RG",
    pos_grch38=71109309,
    pos_grch37=70329159,
    ref="G",
    alt="A",
    consequence="missense_variant",
    hgvs_c="c.676C>T",
    hgvs_p="p.Arg226Cys",
    clinvar_id="225195",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 1, "mother": 1},
    transmitted="maternal",
    codon="CGC",
    codon_cds_start=676,
    source=f"{PANEL}, 2024-01-17; ClinVar 225195; CA358784",
)

NOTE = """
Immunology consultation (synthetic patient SYN-004)

This 5-month-old boy was transferred with respiratory failure. He was well for the first six weeks. Since then he has
had oral thrush that returns after every treatment (chronic oral candidiasis), watery stools for two months after his
rotavirus vaccination (chronic diarrhea) and poor weight gain: he has fallen from the 40th to below the 1st centile
(failure to thrive). Bronchoscopy found Pneumocystis jirovecii pneumonia. He had two earlier chest infections.

Lymphocytes have been low on every count since birth, which had not been noticed: 980/uL at two months. T cells are
nearly absent, NK cells are low, B cells are present in normal number. IgG, IgA and IgM are low. There is no thymic
shadow on the chest radiograph.

There is no eczema and no erythroderma. There is no hepatosplenomegaly and no lymphadenopathy. He has no facial
dysmorphism; calcium and echocardiography are normal, which makes 22q11 deletion unlikely. HIV PCR negative.

Family history: the mother is healthy. Her brother died at seven months of pneumonia, and a son of her sister was
treated with bone marrow transplantation abroad. The father has psoriasis. The parents are not related.

Plan: isolation, co-trimoxazole, immunoglobulin, irradiated CMV-negative blood products only, no live vaccines (BCG
not given; rotavirus was given before the diagnosis), donor search. Trio exome, urgent.
"""

PATIENT = Recipe(
    slug="xscid-boy",
    pseudonym="SYN-004",
    title="Infant boy with Pneumocystis pneumonia and low lymphocytes (trio)",
    indication="Severe combined immunodeficiency suspected, T- B+ NK-",
    assembly="GRCh38",
    chr_prefix=True,
    caller=Caller.DRAGEN,
    annotator=Annotator.VEP,
    ancestry="amr",
    consent="Synthetic; secondary findings: no; teaching: yes",
    sex="male",
    birth_date="2025-04-28",
    age_iso="P5M",
    seen_date="2025-10-02",
    members=(
        Member("SYN-004-P", "proband", "male", True, "SYN-004-P"),
        Member("SYN-004-F", "father", "male", False, "SYN-004-F"),
        Member("SYN-004-M", "mother", "female", False, "SYN-004-M"),
    ),
    background_sites=1450,
    causal=(ARG226CYS,),
    carried_by_the_way=(carried_by(DCLRE1C_SER320CYS, proband=1, mother=1),),
    mitochondrial_haplogroup="other",
    features=(
        Feature("HP:0020102", "Pneumocystis jirovecii pneumonia", onset="P5M"),
        Feature("HP:0009098", "Chronic oral candidiasis", onset="P2M"),
        Feature("HP:0001508", "Failure to thrive"),
        Feature("HP:0002028", "Chronic diarrhea", onset="P3M"),
        Feature("HP:0002719", "Recurrent infections"),
        Feature("HP:0005403", "T lymphocytopenia"),
        Feature("HP:0040218", "Reduced natural killer cell count"),
        Feature("HP:0004315", "Decreased circulating IgG concentration"),
        Feature("HP:0005359", "Aplasia of the thymus"),
        Feature("HP:0000964", "Eczematoid dermatitis", excluded=True),
        Feature("HP:0002716", "Lymphadenopathy", excluded=True),
        Feature("HP:0001999", "Abnormal facial shape", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Severe combined immunodeficiency disease", "31323000", "2025-09-29", hpo="HP:0004430"),
            Problem("Pneumonia due to Pneumocystis jirovecii", "415125002", "2025-09-27", hpo="HP:0020102"),
            Problem("Candidiasis of mouth", "79740000", "2025-06-30", hpo="HP:0009098"),
            Problem("Chronic diarrhea", "236071009", "2025-07-20", hpo="HP:0002028"),
            Problem("Failure to thrive", "54840006", "2025-08-05", hpo="HP:0001508"),
            Problem("22q11.2 deletion syndrome", "", "2025-09-30", refuted=True),
        ),
        labs=(
            Lab(
                "731-0",
                "Lymphocytes [#/volume] in Blood by Automated count",
                "10*3/uL",
                3.4,
                9.0,
                (
                    ("2025-04-29", 1.6),
                    ("2025-06-30", 0.98),
                    ("2025-08-05", 0.82),
                    ("2025-09-27", 0.61),
                    ("2025-10-02", 0.7),
                ),
            ),
            Lab("8122-4", "CD3 cells [#/volume] in Blood", "/uL", 2300, 6500, (("2025-09-29", 38), ("2025-10-02", 31))),
            Lab(
                "8116-6", "CD19 cells [#/volume] in Blood", "/uL", 600, 3000, (("2025-09-29", 742), ("2025-10-02", 690))
            ),
            Lab("20402-6", "CD16+CD56+ cells [#/volume] in Blood", "/uL", 100, 1100, (("2025-09-29", 21),)),
            Lab(
                "2465-3",
                "IgG [Mass/volume] in Serum or Plasma",
                "mg/dL",
                200,
                700,
                (("2025-08-05", 148), ("2025-09-27", 92), ("2025-10-02", 410)),
            ),
            Lab("2458-8", "IgA [Mass/volume] in Serum or Plasma", "mg/dL", 8, 70, (("2025-09-27", 4),)),
            Lab("2472-9", "IgM [Mass/volume] in Serum or Plasma", "mg/dL", 30, 100, (("2025-09-27", 14),)),
            Lab(
                "29463-7",
                "Body weight",
                "kg",
                None,
                None,
                (("2025-04-28", 3.4), ("2025-06-30", 4.9), ("2025-08-05", 5.1), ("2025-09-27", 5.2)),
                "vital-signs",
            ),
        ),
        drugs=(
            Drug(
                "sulfamethoxazole and trimethoprim 40 mg/8 mg per mL",
                "10831",
                "2025-09-27",
                dose="20 mg/kg/day of trimethoprim",
                reason="Pneumocystis pneumonia",
            ),
            Drug(
                "fluconazole 10 mg/mL oral suspension", "4450", "2025-09-28", dose="6 mg/kg/day", reason="candidiasis"
            ),
            Drug(
                "immunoglobulin, human, intravenous", "", "2025-09-30", dose="0.6 g/kg every 3 weeks", reason="low IgG"
            ),
            Drug(
                "nystatin oral suspension",
                "7597",
                "2025-06-30",
                "2025-09-28",
                "stopped",
                "four times daily",
                "oral thrush, returned each time",
            ),
        ),
        kin=(
            Kin("mother", "MTH", (), "female", False, "26 years", "healthy"),
            Kin("father", "FTH", ("Psoriasis",), "male", False, "29 years"),
            Kin("maternal uncle", "MUNCLE", ("Died of pneumonia at 7 months",), "male", True),
            Kin("maternal cousin", "MCOUSN", ("Immunodeficiency, bone marrow transplantation",), "male", False),
        ),
        documents=(
            Document("Immunology consultation", "2025-10-02", NOTE.strip()),
            Document(
                "Chest radiograph",
                "2025-09-27",
                "Diffuse bilateral ground-glass opacities. Absent thymic shadow. Normal heart size.",
                "imaging",
                "30745-4",
            ),
            Document(
                "Lymphocyte subsets",
                "2025-09-29",
                "T cells nearly absent, NK cells low, B cells present: T-B+NK- "
                "pattern. No response to phytohaemagglutinin.",
                "report",
                "11502-2",
            ),
        ),
        visits=(
            Visit("2025-06-24", "Rotavirus vaccine, first dose (live)", "immunization"),
            Visit("2025-06-24", "DTaP-IPV-Hib-HepB vaccine, first dose", "immunization"),
            Visit("2025-08-05", "Emergency: chest infection", end="2025-08-08"),
            Visit("2025-09-27", "Intensive care: respiratory failure"),
            Visit("2025-09-28", "Bronchoscopy with lavage", "procedure"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="X-linked recessive, hemizygous, mother carrier",
        acmg_class="Pathogenic",
        criteria=("PS3_Supporting", "PM1_Strong", "PP4", "PM2_Supporting", "PM6", "PS4"),
        criteria_source=f"{PANEL}, 2024-01-17",
        disease="X-linked severe combined immunodeficiency",
        disease_id="OMIM:300400",
        explanation="A hemizygous missense variant in IL2RG inherited from the healthy mother. The pattern of "
        "few T and "
        "NK cells with B cells present, and affected boys on the mother's side, fit the common gamma chain.",
        teaching_points=(
            "A boy's X variant is hemizygous; callers write it 1, 1/1 or even 0/1.",
            "Inherited from a healthy mother is what X-linked recessive looks like; do not filter it away as "
            "'not de novo'.",
            "Live vaccines: rotavirus was given before the diagnosis and may be what the diarrhea is.",
            "The expert panel did not use PP3 here: classes come from more than a score.",
        ),
        trap="DCLRE1C, another SCID gene, carries a benign variant with CADD 28.",
        sources=(
            "ClinGen Evidence Repository: CA358784",
            "PMID 7632950 (cited by the panel)",
            "GeneReviews, X-linked severe combined immunodeficiency, NBK1410",
        ),
    ),
)
