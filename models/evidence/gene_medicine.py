"""Which medicines carry a well-established caution for a gene. Information, never a recommendation.

A short literal table, not a formulary: a medicine that is not in it was not assessed. It speaks of the gene;
whether the variant in it matters is a person's judgement.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class GeneMedicine:
    """medicines: lower-case beginnings of words of their names. reason: what is known. source: who says so."""

    genes: tuple[str, ...]
    medicines: tuple[str, ...]
    reason: str
    source: str


CAUTIONS = (
    GeneMedicine(
        ("RYR1", "CACNA1S"),
        ("sevoflurane", "desflurane", "isoflurane", "enflurane", "halothane", "succinylcholine", "suxamethonium"),
        "volatile anaesthetics and succinylcholine can trigger malignant hyperthermia",
        "CPIC guideline for RYR1 and CACNA1S",
    ),
    GeneMedicine(
        ("SCN1A",),
        ("carbamazepine", "oxcarbazepine", "phenytoin", "lamotrigine"),
        "sodium channel blockers can worsen seizures in Dravet syndrome",
        "international consensus on Dravet syndrome, Epilepsia 2022",
    ),
    GeneMedicine(
        ("POLG",),
        ("valpro", "divalproex"),
        "valproate can cause acute liver failure in POLG-related disease",
        "FDA boxed warning of valproate",
    ),
    GeneMedicine(
        ("MT-TL1",),
        ("valpro", "divalproex"),
        "valproate can be toxic in mitochondrial disease",
        "international Delphi consensus on medicines in mitochondrial disease, J Inherit Metab Dis 2020",
    ),
    GeneMedicine(
        ("MT-RNR1",),
        ("gentamicin", "amikacin", "tobramycin", "streptomycin", "kanamycin", "neomycin", "plazomicin", "paromomycin"),
        "aminoglycosides can cause hearing loss",
        "CPIC guideline for MT-RNR1, 2021",
    ),
)


def caution_for(gene: str, medicine: str) -> GeneMedicine | None:
    """The caution this medicine carries for `gene`; None when the table has none, which is no all-clear."""
    words = medicine.lower().replace("/", " ").replace("-", " ").split()
    for one in CAUTIONS:
        if gene in one.genes and any(word.startswith(one.medicines) for word in words):
            return one
    return None
