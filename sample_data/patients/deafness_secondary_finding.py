"""SYN-008: a deaf infant (GJB2) before surgery, who also carries a malignant hyperthermia variant (RYR1)."""

from sample_data.patients.carriers import REVIEWED
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

HEARING_PANEL = "ClinGen Hearing Loss Variant Curation Expert Panel"
MH_PANEL = "ClinGen Malignant Hyperthermia Susceptibility Variant Curation Expert Panel"

C35DEL = Published(
    gene="GJB2",
    pos_grch38=20189546,
    pos_grch37=20763685,
    ref="AC",
    alt="A",
    consequence="frameshift_variant",
    hgvs_c="c.35del",
    hgvs_p="p.Gly12ValfsTer2",
    clinvar_id="17004",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 2},
    transmitted="homozygous, parents not tested",
    codon="CTGGGGGGTGTG",
    codon_cds_start=28,
    frequency_e=0.0062,
    cadd_phred=25.6,
    source=f"{HEARING_PANEL}, 2018-09-20; ClinVar 17004; CA127023; frequency about 0.6 % in gnomAD v2 (rounded)",
)
ARG163CYS = Published(
    gene="RYR1",
    pos_grch38=38444211,
    pos_grch37=38934851,
    ref="C",
    alt="T",
    consequence="missense_variant",
    hgvs_c="c.487C>T",
    hgvs_p="p.Arg163Cys",
    clinvar_id="12967",
    clinvar_class="Pathogenic",
    clinvar_review=REVIEWED,
    carried={"proband": 1},
    transmitted="unknown, parents not tested",
    codon="CGC",
    codon_cds_start=487,
    source=f"{MH_PANEL}, 2022-03-29; ClinVar 12967; CA018598",
)

NOTE = """
Audiology and genetics letter (synthetic patient SYN-008)

This 11-month-old boy failed newborn hearing screening on both sides. Auditory brainstem responses confirm a profound
bilateral sensorineural hearing loss, congenital and stable. Hearing aids bring no benefit. Cochlear implantation on
both sides is planned in six weeks under general anaesthesia.

He was born at term; no cytomegalovirus in the newborn blood spot. Motor milestones are normal: he sat at 6 months,
which speaks against a vestibular disorder. Eye examination is normal (no retinitis pigmentosa). No goitre. The ECG
shows no long QT interval. There are no preauricular pits, no branchial anomaly, no white forelock and no kidney
anomaly. CT of the temporal bones: no enlarged vestibular aqueduct.

At 7 months he had tympanostomy tubes under sevoflurane, fifteen minutes, without problem. Creatine kinase before that
was slightly raised and was not followed up.

Family history: both parents hear normally. A great-uncle is deaf. The maternal grandfather died at 29 during an
appendectomy, "of a fever on the operating table". The parents are not related and were not available for testing.

Singleton exome with secondary findings accepted.
"""

PATIENT = Recipe(
    slug="deafness-secondary-finding",
    pseudonym="SYN-008",
    title="Deaf infant before cochlear implantation (single)",
    indication="Congenital profound bilateral sensorineural hearing loss; surgery planned",
    assembly="GRCh38",
    chr_prefix=True,
    caller=Caller.DEEPVARIANT,
    annotator=Annotator.VEP,
    ancestry="nfe",
    consent="Synthetic; secondary findings: yes; teaching: yes",
    sex="male",
    birth_date="2024-11-15",
    age_iso="P11M",
    seen_date="2025-10-16",
    members=(Member("SYN-008-P", "proband", "male", True, "SYN-008-P"),),
    background_sites=1250,
    causal=(C35DEL,),
    incidental=(ARG163CYS,),
    excluded_from_background=("SLC26A4", "MYO7A", "OTOF", "CDH23", "TMC1", "MYO15A"),
    merged_transcripts=True,
    features=(
        Feature("HP:0008527", "Congenital sensorineural hearing impairment"),
        Feature("HP:0011476", "Profound sensorineural hearing impairment"),
        Feature("HP:0008619", "Bilateral sensorineural hearing impairment"),
        Feature("HP:0011387", "Enlarged vestibular aqueduct", excluded=True),
        Feature("HP:0000510", "Rod-cone dystrophy", excluded=True),
        Feature("HP:0000853", "Goiter", excluded=True),
        Feature("HP:0001657", "Prolonged QT interval", excluded=True),
        Feature("HP:0004467", "Preauricular pit", excluded=True),
        Feature("HP:0001756", "Vestibular hyporeflexia", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Sensorineural hearing loss", "60700002", "2024-11-17", hpo="HP:0008527"),
            Problem("Otitis media with effusion", "", "2025-05-19", status="resolved"),
            Problem("Congenital cytomegalovirus infection", "", "2024-12", refuted=True),
        ),
        labs=(
            Lab(
                "2157-6",
                "Creatine kinase [Enzymatic activity/volume] in Serum or Plasma",
                "U/L",
                30,
                200,
                (("2025-06-10", 318), ("2025-10-16", 342)),
            ),
            Lab(
                "2823-3",
                "Potassium [Moles/volume] in Serum or Plasma",
                "mmol/L",
                3.5,
                5.5,
                (("2025-06-10", 4.4), ("2025-06-13", 4.9), ("2025-10-16", 4.3)),
            ),
            Lab(
                "3016-3",
                "Thyrotropin [Units/volume] in Serum or Plasma",
                "m[IU]/L",
                0.7,
                5.9,
                (("2024-11-18", 4.1), ("2025-10-16", 2.2)),
            ),
            Lab("8634-8", "Q-T interval corrected", "ms", None, 440, (("2025-10-16", 402),)),
            Lab(
                "29463-7",
                "Body weight",
                "kg",
                None,
                None,
                (("2024-11-15", 3.5), ("2025-02-17", 6.2), ("2025-06-10", 8.1), ("2025-10-16", 9.4)),
                "vital-signs",
            ),
        ),
        drugs=(
            Drug(
                "sevoflurane inhalation",
                "36453",
                "2025-11-27",
                status="draft",
                dose="maintenance",
                reason="planned cochlear implantation (volatile anaesthetic)",
            ),
            Drug(
                "succinylcholine chloride injection",
                "10154",
                "2025-11-27",
                status="draft",
                dose="2 mg/kg if needed",
                reason="planned cochlear implantation, airway",
            ),
            Drug(
                "sevoflurane inhalation",
                "36453",
                "2025-06-13",
                "2025-06-13",
                "completed",
                "15 minutes",
                "tympanostomy tubes, uneventful",
            ),
        ),
        kin=(
            Kin("mother", "MTH", (), "female", False, "30 years", "hears normally"),
            Kin("father", "FTH", (), "male", False, "32 years", "hears normally"),
            Kin("maternal grandfather", "MGRFTH", ("Died during anaesthesia with high fever at 29",), "male", True),
            Kin("great-uncle", "EXT", ("Deafness",), "male"),
        ),
        documents=(
            Document("Audiology and genetics letter", "2025-10-16", NOTE.strip()),
            Document(
                "CT temporal bones",
                "2025-09-04",
                "Normal cochlea with two and a half turns. Vestibular aqueduct not "
                "enlarged. Cochlear nerve canal normal.",
                "imaging",
                "18748-4",
            ),
            Document(
                "Auditory brainstem response",
                "2025-01-20",
                "No response at 95 dB nHL on either side.",
                "report",
                "11502-2",
            ),
        ),
        visits=(
            Visit("2024-11-17", "Newborn hearing screening: refer on both sides"),
            Visit("2025-06-13", "Tympanostomy tubes, both sides", "procedure"),
            Visit("2025-10-16", "Audiology and genetics clinic"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="autosomal recessive, homozygous; and an autosomal dominant secondary finding",
        acmg_class="Pathogenic",
        criteria=("PVS1", "PM3_Very Strong", "PS4", "BA1"),
        criteria_source=f"{HEARING_PANEL}, 2018-09-20 (the panel keeps c.35del as a stated exception to BA1)",
        per_variant=(
            {"hgvs_c": "c.35del", "acmg_class": "Pathogenic", "criteria": ["PVS1", "PM3_Very Strong", "PS4", "BA1"]},
            {
                "hgvs_c": "c.487C>T",
                "acmg_class": "Pathogenic",
                "criteria_source": f"{MH_PANEL}, 2022-03-29",
                "criteria": [
                    "PP1_Strong",
                    "PP3_Moderate",
                    "BS2_Supporting",
                    "PM5_Supporting",
                    "PS3",
                    "PS4",
                    "PM1_Supporting",
                ],
            },
        ),
        disease="Autosomal recessive deafness 1A; susceptibility to malignant hyperthermia 1 as a secondary finding",
        disease_id="OMIM:220290",
        explanation="GJB2 c.35del on both copies explains the deafness. RYR1 p.Arg163Cys does not, but it makes "
        "volatile "
        "anaesthetics and succinylcholine dangerous, and both are ordered for the operation in six weeks.",
        teaching_points=(
            "A variant carried by 1 in 80 people can be the answer: c.35del is the exception to frequency rules.",
            "Secondary findings (ACMG SF list) are about the next operation, not about the indication.",
            "An uneventful anaesthesia does not exclude susceptibility.",
            "The grandfather's death was in the record all along.",
        ),
        trap="Filtering at 0.5 % removes the answer; stopping at the answer misses RYR1.",
        sources=(
            "ClinGen Evidence Repository: CA127023, CA018598",
            "Oza et al., Human Mutation 2018, PMID 30311386 (hearing loss specifications)",
            "Johnston et al., Genetics in Medicine 2021, PMID 33767344 (RYR1 specifications)",
            "Miller et al., Genetics in Medicine 2023, PMID 37347242 (ACMG SF v3.2)",
        ),
    ),
)
