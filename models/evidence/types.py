"""What evidence looks like: aligned columns for many variants, dataclasses for the one on screen."""

from dataclasses import dataclass
from enum import Enum, IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import State, Verdict
from models.evidence.needs import GeneTable


class Step(IntEnum):
    """Where a variant left the funnel, in order; RANKED means it did not leave."""

    RANKED = 0
    NOT_CALLED = 1  # no genotype of the proband
    NOT_CARRIED = 2  # the proband is called without this allele
    NOT_SEQUENCE_RESOLVED = 3  # symbolic, breakend, *, <NON_REF>: listed, not scored
    LOW_QUALITY = 4
    COMMON = 5
    NO_PREDICTED_EFFECT = 6


class VerdictCode(IntEnum):
    """Verdict in an int8 column."""

    MET = 0
    NOT_MET = 1
    NOT_ASSESSABLE = 2


class Mode(str, Enum):
    """How a variant may explain the patient, seen from the genotypes of the family."""

    DE_NOVO = "de novo"
    DOMINANT = "dominant"
    HOMOZYGOUS_RECESSIVE = "recessive, homozygous"
    COMPOUND_HETEROZYGOUS = "recessive, compound heterozygous"
    X_LINKED = "X-linked"
    MITOCHONDRIAL = "mitochondrial"


# Column of VariantEvidence.frame that holds the VerdictCode of each mode.
MODE_COLUMNS = {
    Mode.DE_NOVO: "de_novo",
    Mode.DOMINANT: "dominant",
    Mode.HOMOZYGOUS_RECESSIVE: "homozygous_recessive",
    Mode.COMPOUND_HETEROZYGOUS: "compound_heterozygous",
    Mode.X_LINKED: "x_linked",
    Mode.MITOCHONDRIAL: "mitochondrial",
}

# Columns of VariantEvidence.frame, indexed by variant row.
EVIDENCE_COLUMNS = {
    "gene": "category",  # from the file, else from the transcript table by position
    "gene_origin": "category",  # "file", "MANE overlap", "" = not assessed
    "zygosity": "category",  # values of Zygosity, of the proband
    "severity_rank": "int8",  # place in Ensembl's consequence order, 0 most severe; -1 not assessed
    "impact": "category",  # HIGH, MODERATE, LOW, MODIFIER, "" not assessed
    "frequency_fraction": "float32",  # group maximum if found, else overall; NaN unless state FOUND
    "frequency_state": "int8",  # State
    "frequency_origin": "category",  # "group maximum (afr)", "overall", ""
    "clinvar_class": "category",  # P, LP, VUS, CONFLICTING, LB, B, OTHER, "" none
    "quality": "int8",  # VerdictCode: MET = a call to trust
    "allele_balance_fraction": "float32",  # alt_reads / depth_reads of the proband
    **dict.fromkeys(MODE_COLUMNS.values(), "int8"),  # VerdictCode
    "dominant_if_affected": "bool",  # dominant open only for a carrier relative of unknown status
    "partner_row": "int32",  # best second hit of a compound heterozygote, -1 none
    "partner_phase": "category",  # "in trans", "in cis", "unknown", "" none
    "best_mode": "category",  # value of Mode, "" when none is met
    "gene_mode_fit": "int8",  # VerdictCode: a met mode agrees with a known inheritance of the gene
}


@dataclass(frozen=True)
class FunnelStep:
    """One counted step. left + remaining = remaining of the step before. threshold is in words."""

    step: Step
    title: str
    threshold: str
    left: int
    remaining: int


@dataclass(frozen=True)
class Whereabouts:
    """Answer to "why is this variant not here?".

    found: the variant is in the file. row: its row, -1 when not found. rank: 1-based, None when it
    left at `step`. value and threshold are words ("AF 0.12 in afr", "AF above 0.05").
    """

    query: str
    found: bool
    sentence: str
    row: int = -1
    step: Step | None = None
    rank: int | None = None
    value: str = ""
    threshold: str = ""


@dataclass(frozen=True, eq=False)
class VariantEvidence:
    """Evidence that does not depend on the patient's terms.

    left_at: Step code per variant row (all rows). frame: EVIDENCE_COLUMNS for the rows that are
    still ranked, indexed by variant row, ascending. gene_table: the genes the rows were read with, for
    telling an unknown word from a gene without variants; None when not known.
    """

    left_at: NDArray[np.int8]
    frame: pd.DataFrame
    funnel: tuple[FunnelStep, ...]
    gene_table: GeneTable | None = None


@dataclass(frozen=True)
class TermMatch:
    """How one term of the patient relates to a gene.

    kind: "exact", "more specific" (gene's term is an ancestor), "more general" (gene's term is a
    descendant), "related" (share an ancestor), "unexplained", "excluded but expected" (at least half
    of the patients have it), "excluded, seen in some" (fewer), "excluded, agrees".
    gene_term: the gene's term id and label, "" none. frequency_text: as HPO annotates it
    ("5/7", "very frequent"), "" not stated. log_lr: natural-log likelihood ratio.
    frequency_fraction: share of patients with gene_term, 0..1; NaN when the annotation states none.
    """

    term_id: str
    term_label: str
    kind: str
    gene_term_id: str = ""
    gene_term_label: str = ""
    frequency_text: str = ""
    disease_id: str = ""
    disease_label: str = ""
    log_lr: float = 0.0
    frequency_fraction: float = float("nan")


@dataclass(frozen=True)
class GenePhenotype:
    """How well one gene explains the patient's terms."""

    gene: str
    state: State  # ABSENT: the gene has no phenotype annotation; NOT_ASSESSED: no terms or no gene known
    log_lr: float = 0.0
    percentile: float = float("nan")  # 0..1 among all annotated genes
    disease_id: str = ""
    disease_label: str = ""
    explained: int = 0
    asked: int = 0


@dataclass(frozen=True, eq=False)
class PhenotypeEvidence:
    """Gene scores for one set of terms: one row a gene.

    genes: DataFrame indexed by gene symbol with log_lr (float32), percentile (0..1 fraction),
    disease_id, disease_label, and explained of asked (numbers of the patient's terms).
    diseases: DataFrame ranked best first: disease_id, label, log_lr, genes (tuple).
    used: False when the patient has no usable terms (every gene NOT_ASSESSED).
    """

    genes: pd.DataFrame
    diseases: pd.DataFrame
    used: bool
    source: str

    def of(self, gene: str) -> GenePhenotype:
        """The score of `gene`, or why there is none."""
        if not self.used or not gene:
            return GenePhenotype(gene, State.NOT_ASSESSED)
        if gene not in self.genes.index:
            return GenePhenotype(gene, State.ABSENT)
        row = self.genes.loc[gene]
        return GenePhenotype(
            gene,
            State.FOUND,
            float(row["log_lr"]),
            float(row["percentile"]),
            str(row["disease_id"]),
            str(row["disease_label"]),
            int(row.get("explained", 0)),
            int(row.get("asked", 0)),
        )


VERDICT_OF_CODE = {
    VerdictCode.MET: Verdict.MET,
    VerdictCode.NOT_MET: Verdict.NOT_MET,
    VerdictCode.NOT_ASSESSABLE: Verdict.NOT_ASSESSABLE,
}
