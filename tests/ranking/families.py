"""Small annotated cases for the ranker's tests: a background of harmless variants and one answer."""

from typing import Any

from models.case import Case
from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.evidence.types import PhenotypeEvidence, VariantEvidence
from models.knowledge import Knowledge
from models.ranking import LightGbmScorer, Ranking, rank
from tests.builders import a_case, a_variant

DRAVET_TERMS = ("HP:0001250", "HP:0002373", "HP:0001263", "HP:0002133", "HP:0001251")
# (chromosome, position, gene) of ordinary places for harmless variants.
PLACES = [
    ("1", 11_790_681, "MTHFR"),
    ("3", 38_550_000, "SCN5A"),
    ("5", 112_780_000, "APC"),
    ("7", 117_560_000, "CFTR"),
    ("9", 132_900_000, "TSC1"),
    ("12", 103_240_000, "PAH"),
    ("15", 48_460_000, "FBN1"),
    ("16", 2_060_000, "TSC2"),
    ("17", 43_070_000, "BRCA1"),
    ("19", 11_100_000, "LDLR"),
]


def harmless_variants(parents: bool = True) -> list[dict[str, Any]]:
    """One rare inherited missense change in each of PLACES."""
    calls = {"mother": "0/1", "father": "0/0"} if parents else {}
    return [
        a_variant(
            chrom, pos, "A", "G", gene=gene, consequence="missense_variant", hgvs_p="p.Lys100Arg",
            af_fraction=1e-4 * (i + 1), proband="0/1", **calls,
        )
        for i, (chrom, pos, gene) in enumerate(PLACES)
    ]  # fmt: skip


def scn1a_de_novo(**more: Any) -> dict[str, Any]:
    facts = {"consequence": "stop_gained", "hgvs_p": "p.Arg1234Ter", "hgvs_c": "c.3700C>T", "af_fraction": None}
    calls = {"proband": "0/1", "mother": "0/0", "father": "0/0"}
    return a_variant("2", 166_010_000, "C", "T", gene="SCN1A", **{**facts, **calls, **more})


def dravet_case(terms: tuple[str, ...] = DRAVET_TERMS) -> Case:
    """A girl with a new stop in SCN1A among harmless inherited variants; row 0 is the answer."""
    return a_case(scn1a_de_novo(), *harmless_variants(), terms=terms)


def ranked(
    case: Case, knowledge: Knowledge, scorer: LightGbmScorer
) -> tuple[VariantEvidence, PhenotypeEvidence, Ranking]:
    evidence = assess_variants(case, knowledge)
    phenotype = score_phenotype(case.phenotype, knowledge)
    return evidence, phenotype, rank(case, evidence, phenotype, knowledge, scorer)
