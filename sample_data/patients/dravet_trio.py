"""SYN-001: a girl with fever-triggered seizures; a new nonsense variant in SCN1A."""

from sample_data.patients.carriers import DCLRE1C_SER320CYS, SLC26A4_VAL138PHE, carried_by
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

SCN1A = Published(
    gene="SCN1A",
    pos_grch38=165992342,
    pos_grch37=166848852,
    ref="G",
    alt="A",
    consequence="stop_gained",
    hgvs_c="c.4933C>T",
    hgvs_p="p.Arg1645Ter",
    clinvar_id="189921",
    clinvar_class="Pathogenic",
    clinvar_review="criteria provided, multiple submitters, no conflicts",
    carried={"proband": 1},
    transmitted="de novo",
    codon="CGA",
    codon_cds_start=4933,
    frequency_e=0.0,
    cadd_phred=40.0,
    source="ClinVar 189921; position, class and absence from ExAC as in public ClinVar and ExAC data",
)

NOTE = """
Paediatric neurology clinic letter (synthetic patient SYN-001)

Dear colleague,

Thank you for referring this girl, now 2 years 4 months old, with seizures since infancy. She was born at term
after an uneventful pregnancy. Her first seizure came at 5 months, eleven hours after her second hexavalent
vaccination, with a temperature of 38.6 C: a left-sided hemiclonic seizure lasting 40 minutes that stopped with
rectal diazepam. Since then she has had nine prolonged seizures with fever or a hot bath, alternating sides, two of
them febrile status epilepticus that needed intensive care. From 18 months her parents also see brief myoclonic
jerks and generalized tonic-clonic seizures without fever.

Development was normal until the age of one year. She walked at 17 months and now walks with a wide-based, unsteady
gait (ataxia). She has about fifteen single words; language development is delayed. There has been no loss of skills.

On examination head circumference is on the 40th centile (no microcephaly). There is no facial dysmorphism. No
hypopigmented macules and no cafe-au-lait spots under Wood's light. No hepatomegaly.

Lamotrigine, started at 13 months at another hospital, was followed by clearly more frequent seizures and was
stopped. On valproate and clobazam she has had fewer long seizures.

EEG at 6 months was normal; at 22 months it showed generalized polyspike-wave discharges. MRI of the brain at
14 months was normal. CSF glucose and lactate were normal, which argues against GLUT1 deficiency.

Family history: the father had two simple febrile seizures as a toddler and has no epilepsy. The maternal
grandmother has migraine. No relative has intellectual disability. The parents are not related.

Impression: Dravet syndrome is likely. Trio exome requested. Until the result is known, please avoid lamotrigine,
carbamazepine, oxcarbazepine and phenytoin.
"""

PATIENT = Recipe(
    slug="dravet-trio",
    pseudonym="SYN-001",
    title="Fever-triggered seizures in a toddler (trio)",
    indication="Prolonged febrile hemiclonic seizures from 5 months, ataxia, delayed speech",
    assembly="GRCh38",
    chr_prefix=True,
    caller=Caller.GATK,
    annotator=Annotator.VEP,
    ancestry="nfe",
    consent="Synthetic; secondary findings: yes; teaching: yes",
    sex="female",
    birth_date="2023-06-11",
    age_iso="P2Y4M",
    seen_date="2025-10-20",
    members=(
        Member("SYN-001-P", "proband", "female", True, "SYN-001-P"),
        Member("SYN-001-F", "father", "male", False, "SYN-001-F"),
        Member("SYN-001-M", "mother", "female", False, "SYN-001-M"),
    ),
    background_sites=1500,
    causal=(SCN1A,),
    carried_by_the_way=(
        carried_by(SLC26A4_VAL138PHE, proband=1, mother=1),
        carried_by(DCLRE1C_SER320CYS, proband=1, father=1),
    ),
    excluded_from_background=("SCN1B", "GABRG2", "GABRA1", "STXBP1", "PCDH19", "SCN8A"),
    features=(
        Feature("HP:0002373", "Febrile seizure (within the age range of 3 months to 6 years)", onset="P5M"),
        Feature("HP:0006813", "Focal hemiclonic seizure", onset="P5M"),
        Feature("HP:0002133", "Status epilepticus", onset="P8M"),
        Feature("HP:0032794", "Myoclonic seizure", onset="P1Y6M"),
        Feature("HP:0002069", "Bilateral tonic-clonic seizure", onset="P1Y6M"),
        Feature("HP:0001251", "Ataxia", onset="P1Y5M"),
        Feature("HP:0000750", "Delayed speech and language development"),
        Feature("HP:0011198", "EEG with generalized epileptiform discharges"),
        Feature("HP:0000252", "Microcephaly", excluded=True),
        Feature("HP:0012443", "Abnormal brain morphology", excluded=True),
        Feature("HP:0001999", "Abnormal facial shape", excluded=True),
        Feature("HP:0002376", "Developmental regression", excluded=True),
    ),
    record=Record(
        problems=(
            Problem("Epilepsy", "84757009", "2023-11", hpo="HP:0001250"),
            Problem("Febrile convulsion", "41497008", "2023-11-19", hpo="HP:0002373"),
            Problem("Status epilepticus", "230456007", "2024-02-27", status="resolved", hpo="HP:0002133"),
            Problem("Ataxia", "20262006", "2024-11", hpo="HP:0001251"),
            Problem("Delayed speech and language development", "229721007", "2025-02", hpo="HP:0000750"),
            Problem("Glucose transporter type 1 deficiency", "", "2024-08", refuted=True),
        ),
        labs=(
            Lab(
                "4086-5",
                "Valproate [Mass/volume] in Serum or Plasma",
                "ug/mL",
                50,
                100,
                (("2024-09-12", 41), ("2024-11-04", 63), ("2025-02-10", 78), ("2025-06-16", 84), ("2025-10-13", 81)),
            ),
            Lab(
                "16362-6",
                "Ammonia [Moles/volume] in Plasma",
                "umol/L",
                16,
                60,
                (("2024-09-12", 38), ("2025-02-10", 57), ("2025-06-16", 72), ("2025-10-13", 66)),
            ),
            Lab(
                "777-3",
                "Platelets [#/volume] in Blood",
                "10*3/uL",
                150,
                450,
                (("2024-09-12", 312), ("2025-02-10", 231), ("2025-06-16", 168), ("2025-10-13", 143)),
            ),
            Lab(
                "1742-6",
                "Alanine aminotransferase in Serum or Plasma",
                "U/L",
                5,
                45,
                (("2024-09-12", 21), ("2025-02-10", 28), ("2025-06-16", 33), ("2025-10-13", 31)),
            ),
            Lab("2342-4", "Glucose [Mass/volume] in Cerebral spinal fluid", "mg/dL", 40, 80, (("2024-08-14", 62),)),
            Lab(
                "2520-1", "Lactate [Moles/volume] in Cerebral spinal fluid", "mmol/L", 1.1, 2.4, (("2024-08-14", 1.5),)
            ),
            Lab(
                "9843-4",
                "Head Occipital-frontal circumference",
                "cm",
                None,
                None,
                (("2023-12-01", 42.1), ("2024-06-12", 45.0), ("2025-06-16", 47.4)),
                "vital-signs",
            ),
        ),
        drugs=(
            Drug(
                "lamotrigine 5 mg tablet",
                "28439",
                "2024-07-08",
                "2024-08-10",
                "stopped",
                "stepwise to 2 mg/kg/day",
                "epilepsy; stopped because seizures became more frequent (sodium channel blocker)",
            ),
            Drug(
                "valproic acid 50 mg/mL oral solution",
                "11118",
                "2024-08-20",
                dose="30 mg/kg/day in two doses",
                reason="epilepsy",
            ),
            Drug("clobazam 10 mg tablet", "21241", "2024-10-07", dose="0.4 mg/kg/day", reason="epilepsy"),
            Drug(
                "midazolam 5 mg buccal", "6960", "2024-03-02", dose="once for a seizure over 5 minutes", reason="rescue"
            ),
        ),
        kin=(
            Kin("father", "FTH", ("Simple febrile seizures at 14 and 20 months",), "male", False, "34 years"),
            Kin("mother", "MTH", (), "female", False, "33 years", "healthy"),
            Kin("maternal grandmother", "MGRMTH", ("Migraine",), "female", False),
        ),
        documents=(
            Document("Paediatric neurology clinic letter", "2025-10-20", NOTE.strip()),
            Document(
                "EEG (awake and asleep)",
                "2025-04-22",
                "Background slow for age. Frequent generalized polyspike-wave discharges, some with myoclonic jerks. "
                "Photoparoxysmal response at 12 Hz.",
                "report",
                "11523-8",
            ),
            Document(
                "MRI brain without contrast",
                "2024-08-13",
                "Normal myelination for age. No malformation of cortical development, no mesial temporal sclerosis. "
                "Normal study.",
                "imaging",
                "24590-2",
            ),
        ),
        visits=(
            Visit("2023-11-19", "Emergency: first prolonged febrile hemiclonic seizure", end="2023-11-21"),
            Visit("2024-02-27", "Intensive care: febrile status epilepticus", end="2024-03-02"),
            Visit("2024-08-13", "Inpatient work-up: MRI, lumbar puncture", end="2024-08-15"),
            Visit("2024-12-28", "Intensive care: febrile status epilepticus with influenza A", end="2025-01-01"),
            Visit("2025-10-20", "Paediatric neurology clinic"),
            Visit("2023-11-18", "DTaP-IPV-Hib-HepB vaccine, second dose", "immunization"),
        ),
    ),
    note=NOTE,
    answer=Answer(
        mode="autosomal dominant, de novo",
        acmg_class="Pathogenic",
        criteria=("PVS1", "PS2", "PM2_Supporting"),
        criteria_source="Our application of ACMG/AMP 2015 and ClinGen SVI; ClinVar 189921 is pathogenic from several "
        "submitters without conflict, no expert panel record was used",
        disease="Dravet syndrome",
        disease_id="OMIM:607208",
        explanation="A heterozygous nonsense variant in SCN1A that neither parent carries. Loss of function of "
        "SCN1A is "
        "the known mechanism of Dravet syndrome, and prolonged febrile hemiclonic seizures with later myoclonus and "
        "ataxia are what it does.",
        teaching_points=(
            "De novo: look at the reads of both parents, not only at their genotypes.",
            "The seizures got worse under lamotrigine: sodium-channel blockers are avoided in SCN1A loss of function.",
            "The febrile seizures of the father do not explain the child: he does not carry the variant.",
            "A pathogenic variant in one copy of a recessive gene (SLC26A4) is carrier status, not the answer.",
            "Falling platelets under valproate are the drug, not the disease.",
        ),
        trap="PS2 needs confirmed parentage; the identity checks of the trio are what confirms it here.",
        sources=(
            "ClinVar variation 189921",
            "GeneReviews, SCN1A seizure disorders, NBK1318",
            "Guerrini et al., Epilepsia 1998, PMID 9596203 (lamotrigine makes these seizures worse)",
            "Richards et al., Genetics in Medicine 2015, PMID 25741868 (ACMG/AMP criteria)",
        ),
    ),
)
