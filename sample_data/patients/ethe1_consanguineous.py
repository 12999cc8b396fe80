"""SYN-003: two affected children of first cousins; a homozygous missense variant in ETHE1."""

from sample_data.patients.carriers import ADA_ASP8ASN, REVIEWED, USH2A_TYR3747TER, carried_by
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
    Region,
    Visit,
)

PANEL = "ClinGen Mitochondrial Diseases Variant Curation Expert Panel"

ARG163TRP = Published(
    gene="ETHE1",
    pos_grch38=43511455,
    pos_grch37=44015607,
    ref="G",
    alt="A",
    consequence="missense_variant",
    hgvs_c="c.487C>T",
    hgvs_p="p.Arg163Trp",
    clinvar_id="2317",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 2, "sibling": 2, "mother": 1, "father": 1},
    transmitted="biparental",
    codon="CGG",
    codon_cds_start=487,
    frequency_e=0.00002,
    cadd_phred=35.0,
    am_pathogenicity=0.880,
    source="ClinGen Evidence Repository CA115479, 2021-05-06; ClinVar 2317; frequency: ExAC",
)

NOTE = """
Metabolic clinic letter (synthetic patient SYN-003)

This boy of 14 months is the second child of healthy first cousins. From the age of four months he has had loose
stools five to eight times a day (chronic diarrhea) and crops of petechiae on the trunk and legs that come and go
without fever. His hands and feet turn blue in the cold and at rest (acrocyanosis), although platelets, coagulation and
oxygen saturation are normal. He is floppy (generalized hypotonia), sat at 13 months and does not stand; development
is globally delayed.

Urine organic acids showed massive ethylmalonic acid and raised methylsuccinic acid; acylcarnitines showed raised C4
and C5. Lactate is raised. MRI of the brain showed symmetrical T2 signal in the basal ganglia. There was no
hypoglycaemia. Echocardiography showed no cardiomyopathy. Hearing is normal. There is no hepatomegaly.

A short-chain acyl-CoA dehydrogenase deficiency was considered; petechiae and acrocyanosis speak against it.

Family history: his sister, 4 years old, has delayed development, petechiae and the same urine findings, but is less
affected. The parents are first cousins and healthy. A maternal uncle has hypertension. An older cousin has profound
deafness of unknown cause.

Since metronidazole and N-acetylcysteine were started, diarrhea and petechiae have become less.
"""

PATIENT = Recipe(
    slug="ethe1-consanguineous",
    pseudonym="SYN-003",
    title="Petechiae, diarrhea and delay in two children of cousins (quartet)",
    indication="Ethylmalonic aciduria, petechiae, acrocyanosis, developmental delay; parents first cousins",
    assembly="GRCh38",
    chr_prefix=False,
    caller=Caller.DRAGEN,
    annotator=Annotator.VEP,
    ancestry="mid",
    consent="Synthetic; secondary findings: yes; teaching: yes",
    sex="male",
    birth_date="2024-08-09",
    age_iso="P1Y2M",
    seen_date="2025-10-13",
    members=(
        Member("SYN-003-P", "proband", "male", True, "SYN-003-P"),
        Member("SYN-003-F", "father", "male", False, "SYN-003-F"),
        Member("SYN-003-M", "mother", "female", False, "SYN-003-M"),
        Member("SYN-003-S", "sibling", "female", True, "SYN-003-S"),
    ),
    background_sites=1450,
    causal=(ARG163TRP,),
    carried_by_the_way=(
        carried_by(USH2A_TYR3747TER, proband=1, mother=1),
        carried_by(ADA_ASP8ASN, proband=1, father=1, sibling=1),
    ),
    autozygous=(
        Region("3", 8_000_000, 53_000_000),
        Region("6", 24_000_000, 53_000_000),
        Region("11", 46_000_000, 78_000_000),
        Region("12", 48_000_000, 71_000_000),
        Region("16", 50_000_000, 82_000_000),
        Region("19", 33_000_000, 55_000_000),
    ),
    features=(
        Feature("HP:0003219", "Ethylmalonic aciduria"),
        Feature("HP:0000967", "Petechiae", onset="P4M"),
        Feature("HP:0001063", "Acrocyanosis"),
        Feature("HP:0002028", "Chronic diarrhea", onset="P4M"),
        Feature("HP:0001252", "Hypotonia"),
        Feature("HP:0001263", "Global developmental delay"),
        Feature("HP:0002151", "Increased circulating lactate concentration"),
        Feature("HP:0012751", "Abnormal basal ganglia MRI signal intensity"),
        Feature("HP:0045045", "Elevated circulating acylcarnitine concentration"),
        Feature("HP:0001943", "Hypoglycemia", excluded=True),
        Feature("HP:0001638", "Cardiomyopathy", excluded=True),
        Feature("HP:0002240", "Hepatomegaly", excluded=True),
        Feature("HP:0000365", "Hearing impairment", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Global developmental delay", "224958001", "2025-04", hpo="HP:0001263"),
            Problem("Chronic diarrhea", "236071009", "2024-12", hpo="HP:0002028"),
            Problem("Petechiae", "271813007", "2024-12", hpo="HP:0000967"),
            Problem("Muscle hypotonia", "398152000", "2025-02", hpo="HP:0001252"),
            Problem("Short-chain acyl-CoA dehydrogenase deficiency", "", "2025-03", refuted=True),
            Problem("Immune thrombocytopenia", "", "2025-01", refuted=True),
        ),
        labs=(
            Lab(
                "2524-7",
                "Lactate [Moles/volume] in Serum or Plasma",
                "mmol/L",
                0.5,
                2.2,
                (
                    ("2025-02-17", 5.8),
                    ("2025-03-24", 6.4),
                    ("2025-05-19", 4.9),
                    ("2025-07-21", 3.6),
                    ("2025-10-13", 3.1),
                ),
            ),
            Lab(
                "",
                "Ethylmalonate/Creatinine in urine",
                "mmol/mol",
                None,
                18,
                (
                    ("2025-02-17", 412),
                    ("2025-03-24", 455),
                    ("2025-05-19", 288),
                    ("2025-07-21", 190),
                    ("2025-10-13", 171),
                ),
            ),
            Lab(
                "",
                "Butyrylcarnitine+Isobutyrylcarnitine (C4) in plasma",
                "umol/L",
                None,
                0.6,
                (("2025-02-17", 2.8), ("2025-05-19", 2.2), ("2025-10-13", 1.7)),
            ),
            Lab(
                "777-3",
                "Platelets [#/volume] in Blood",
                "10*3/uL",
                150,
                450,
                (("2025-01-09", 338), ("2025-02-17", 351), ("2025-10-13", 322)),
            ),
            Lab(
                "29463-7",
                "Body weight",
                "kg",
                None,
                None,
                (("2024-12-09", 6.3), ("2025-04-14", 7.2), ("2025-10-13", 8.6)),
                "vital-signs",
            ),
        ),
        drugs=(
            Drug(
                "metronidazole 40 mg/mL oral suspension",
                "6922",
                "2025-03-31",
                dose="15 mg/kg/day, two weeks per month",
                reason="lowers bacterial hydrogen sulfide; ethylmalonic encephalopathy suspected",
            ),
            Drug(
                "acetylcysteine 200 mg granules",
                "197",
                "2025-03-31",
                dose="100 mg/kg/day",
                reason="glutathione precursor that buffers sulfide",
            ),
            Drug(
                "valproic acid",
                "11118",
                "2025-05-02",
                "2025-05-04",
                "stopped",
                "15 mg/kg/day",
                "suspected seizures; stopped because valproate is avoided in mitochondrial disease",
            ),
        ),
        kin=(
            Kin(
                "sister",
                "SIS",
                ("Developmental delay", "Petechiae", "Ethylmalonic aciduria"),
                "female",
                False,
                "4 years",
            ),
            Kin("father", "FTH", (), "male", False, "31 years", "first cousin of the mother"),
            Kin("mother", "MTH", (), "female", False, "27 years", "first cousin of the father"),
            Kin("maternal uncle", "MUNCLE", ("Hypertension",), "male", False),
            Kin("cousin", "COUSN", ("Congenital deafness",)),
        ),
        documents=(
            Document("Metabolic clinic letter", "2025-10-13", NOTE.strip()),
            Document(
                "MRI brain without contrast",
                "2025-03-10",
                "Symmetrical T2 hyperintensity of putamen and caudate head. Delayed myelination. No infarct.",
                "imaging",
                "24590-2",
            ),
            Document(
                "Urine organic acids",
                "2025-02-17",
                "Ethylmalonic acid massively raised; methylsuccinic acid and isobutyrylglycine raised; no ketones.",
                "report",
                "11502-2",
            ),
        ),
        visits=(
            Visit("2025-01-09", "Haematology: petechiae, normal platelets and coagulation"),
            Visit("2025-02-17", "Admission: metabolic work-up", end="2025-02-20"),
            Visit("2025-05-02", "Admission: suspected seizures during gastroenteritis", end="2025-05-06"),
            Visit("2025-10-13", "Metabolic clinic"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="autosomal recessive, homozygous (parents first cousins)",
        acmg_class="Pathogenic",
        criteria=("PP3", "PM3_Strong", "PP1_Strong", "PS3_Supporting", "PM5", "PP4_Moderate"),
        criteria_source=f"{PANEL}, 2021-05-06",
        disease="Ethylmalonic encephalopathy",
        disease_id="OMIM:602473",
        explanation="Both affected children are homozygous for ETHE1 p.Arg163Trp inside a long homozygous stretch on "
        "chromosome 19; both parents carry it once.",
        teaching_points=(
            "The sibling is evidence: everything she does not share is less likely.",
            "Consanguinity gives many homozygous variants; the one inside a long homozygous stretch that fits counts.",
            "A stop variant in USH2A carried once is no explanation for delay.",
            "The treatment (metronidazole, N-acetylcysteine) follows from the gene.",
        ),
        trap="Ethylmalonic aciduria points to ACADS as well; petechiae and acrocyanosis do not.",
        sources=(
            "ClinGen Evidence Repository: CA115479",
            "Viscomi et al., Nature Medicine 2010, PMID 20657580 (metronidazole and N-acetylcysteine)",
            "GeneReviews, Ethylmalonic encephalopathy, NBK453432",
        ),
    ),
)
