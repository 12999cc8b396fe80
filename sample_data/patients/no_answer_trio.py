"""SYN-007: a girl with intellectual disability in whom this exome explains nothing."""

from sample_data.patients.carriers import ADA_ARG211HIS, DCLRE1C_SER320CYS, carried_by
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
    Recipe,
    Record,
    Visit,
)

NOTE = """
Developmental clinic letter (synthetic patient SYN-007)

This 8-year-old girl has a moderate intellectual disability. Pregnancy and birth were normal. She walked at 22 months
(motor delay) and spoke her first words at three years (delayed speech). She sleeps badly: she falls asleep late and
wakes two or three times (sleep disturbance). She has had a mild scoliosis since the age of six and is constipated.
She is friendly and sociable.

She has never had a seizure; EEG is normal. There has been no regression and she has no stereotyped hand movements.
Head circumference is on the 50th centile: no microcephaly. No facial dysmorphism was seen by two geneticists.
MRI of the brain was normal. There is no hearing loss and no visual impairment. Metabolic screening of blood and urine
was normal. FMR1 repeat length is normal; chromosome microarray is normal.

Family history: unremarkable. A brother of 11 years is healthy. The father has hypertension. No relative has an
intellectual disability. The parents are not related.

Trio exome, second opinion on an earlier negative report. Melatonin helps a little.
"""

PATIENT = Recipe(
    slug="no-answer-trio",
    pseudonym="SYN-007",
    title="Intellectual disability, earlier tests normal (trio)",
    indication="Moderate intellectual disability with normal microarray and FMR1",
    assembly="GRCh37",
    chr_prefix=False,
    caller=Caller.GATK,
    annotator=Annotator.VEP,
    ancestry="nfe",
    consent="Synthetic; secondary findings: yes; teaching: yes",
    sex="female",
    birth_date="2017-04-03",
    age_iso="P8Y6M",
    seen_date="2025-10-09",
    members=(
        Member("SYN-007-P", "proband", "female", True, "SYN-007-P"),
        Member("SYN-007-F", "father", "male", False, "SYN-007-F"),
        Member("SYN-007-M", "mother", "female", False, "SYN-007-M"),
    ),
    background_sites=1550,
    causal=(),
    carried_by_the_way=(
        carried_by(ADA_ARG211HIS, proband=1, mother=1),
        carried_by(DCLRE1C_SER320CYS, proband=1, father=1),
    ),
    excluded_from_background=("UBE3A", "MECP2", "FOXG1", "TCF4", "STXBP1", "SCN2A", "PUM1", "CDKL5", "SCN1A", "ATP1A3"),
    features=(
        Feature("HP:0001249", "Intellectual disability"),
        Feature("HP:0001270", "Motor delay"),
        Feature("HP:0000750", "Delayed speech and language development"),
        Feature("HP:0002360", "Sleep abnormality"),
        Feature("HP:0002650", "Scoliosis", onset="P6Y"),
        Feature("HP:0002019", "Constipation"),
        Feature("HP:0001250", "Seizure", excluded=True),
        Feature("HP:0000252", "Microcephaly", excluded=True),
        Feature("HP:0002376", "Developmental regression", excluded=True),
        Feature("HP:0012443", "Abnormal brain morphology", excluded=True),
        Feature("HP:0001999", "Abnormal facial shape", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Intellectual disability", "110359009", "2021-05", hpo="HP:0001249"),
            Problem("Delayed speech and language development", "229721007", "2020-04", hpo="HP:0000750"),
            Problem("Scoliosis", "298382003", "2023-06", hpo="HP:0002650"),
            Problem("Constipation", "14760008", "2022-01", hpo="HP:0002019"),
            Problem("Epilepsy", "84757009", "2024-02", refuted=True),
        ),
        labs=(
            Lab(
                "3016-3",
                "Thyrotropin [Units/volume] in Serum or Plasma",
                "m[IU]/L",
                0.7,
                4.2,
                (("2021-05-17", 2.1), ("2025-10-09", 1.8)),
            ),
            Lab(
                "2157-6",
                "Creatine kinase [Enzymatic activity/volume] in Serum or Plasma",
                "U/L",
                30,
                170,
                (("2021-05-17", 96),),
            ),
            Lab(
                "2276-4",
                "Ferritin [Mass/volume] in Serum or Plasma",
                "ng/mL",
                12,
                140,
                (("2021-05-17", 11), ("2022-01-10", 19), ("2024-02-12", 31), ("2025-10-09", 38)),
            ),
            Lab(
                "9843-4",
                "Head Occipital-frontal circumference",
                "cm",
                None,
                None,
                (("2019-04-08", 48.6), ("2021-05-17", 50.1), ("2025-10-09", 52.2)),
                "vital-signs",
            ),
        ),
        drugs=(
            Drug("melatonin 3 mg tablet", "6711", "2022-09-05", dose="one hour before bed", reason="sleep disturbance"),
            Drug("polyethylene glycol 3350", "221147", "2022-01-10", dose="0.4 g/kg/day", reason="constipation"),
            Drug("ferrous sulfate", "24947", "2021-05-20", "2022-06-30", "completed", "3 mg/kg/day", "low ferritin"),
        ),
        kin=(
            Kin("father", "FTH", ("Hypertension",), "male", False, "41 years"),
            Kin("mother", "MTH", (), "female", False, "39 years", "healthy"),
            Kin("brother", "BRO", (), "male", False, "11 years", "healthy"),
        ),
        documents=(
            Document("Developmental clinic letter", "2025-10-09", NOTE.strip()),
            Document("MRI brain without contrast", "2021-09-14", "Normal.", "imaging", "24590-2"),
            Document("EEG (awake and asleep)", "2024-02-20", "Normal for age.", "report", "11523-8"),
            Document(
                "Chromosome microarray and FMR1",
                "2021-07-02",
                "Normal female profile. FMR1 CGG repeats 29 and 31.",
                "report",
                "51969-4",
            ),
        ),
        visits=(
            Visit("2021-05-17", "Developmental clinic, first visit"),
            Visit("2023-06-26", "Orthopaedics: scoliosis 14 degrees"),
            Visit("2025-10-09", "Developmental clinic"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="none found",
        acmg_class="",
        criteria=(),
        criteria_source="",
        explanation="Nothing in this file explains her; that is the result of more than half of all exomes. "
        "ADA p.Arg211His is pathogenic, but she has one copy, from her healthy mother: ADA deficiency is recessive and "
        "shows as severe immunodeficiency in infancy. She is a carrier. A second rare ADA change lies on the same "
        "maternal copy and adds nothing. SETBP1 and PTEN are genes of intellectual disability, and a healthy parent "
        "carries the same rare missense variant. Two genes hold a rare variant from each parent, GDAP2 (an ataxia of "
        "adults) and MYBPC3 (heart muscle): all four are missense of unknown effect, and neither disease is hers. "
        "What looks new is not supported by the reads.",
        teaching_points=(
            "A ranked list always has a first place; it does not always have an answer.",
            "One pathogenic allele of a recessive disease is a carrier state, however high it is listed: look for "
            "the second hit, and ask whether the disease is the patient's.",
            "The calls that look de novo have few supporting reads, on one strand, poorly mapped: look before "
            "you write.",
            "Report what was looked for and not assessed (repeat expansions, structural variants, methylation), "
            "and when to "
            "look again.",
        ),
        trap="A reviewed pathogenic allele near the top (ADA) that is only a carrier state, and artefacts in disease "
        "genes that look de novo.",
        sources=("ClinGen Evidence Repository for the two carrier alleles (ClinVar 1957, 137073)",),
    ),
)
