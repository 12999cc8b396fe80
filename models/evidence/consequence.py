"""What a variant is predicted to do to its transcript: order of severity, impact, loss of function.

The terms, their order and impact are those of `models.intake.severity`, which cites Ensembl; SnpEff's
and bcftools csq's own names are read as the term of that table they stand for (ALIASES).
"""

from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import State
from models.evidence.columns import by_category, categorical
from models.intake.severity import ALIASES, CONSEQUENCE_ORDER, IMPACT_OF, LOW, MODIFIER, RANK_OF

IMPACTS = ("", "HIGH", "MODERATE", "LOW", "MODIFIER")  # "" = not assessed
NOT_ASSESSED_RANK = -1

# Splice-region terms: kept in the funnel whatever the rest of the annotation says.
SPLICE_REGION = frozenset(LOW[:4])
# A variant whose every term is one of these leaves the funnel unless something else speaks for it.
# Exons of non-coding genes and mature miRNAs are not here: RNU4-2, RMRP, TERC and MIR184 cause disease.
NO_PREDICTED_EFFECT = frozenset(
    {"start_retained_variant", "stop_retained_variant", "synonymous_variant"}
    | (set(MODIFIER) - {"coding_sequence_variant", "mature_miRNA_variant", "non_coding_transcript_exon_variant"})
)


@lru_cache(maxsize=8192)
def terms_of(text: str) -> tuple[str, ...]:
    """The Ensembl terms in an annotation such as "splice_region_variant&intron_variant".

    Terms nobody lists are kept as written. A leading "*" of bcftools csq (a change behind a stop
    codon) is dropped; a pointer ("@1234", "part of the variant at 1234") is no term.
    """
    parts = (p.strip().lstrip("*") for p in text.replace(",", "&").replace("+", "&").split("&"))
    return tuple(ALIASES.get(p, p) for p in parts if p and not p.startswith("@"))


def severity_rank(text: str) -> int:
    """Place of the most severe term, 0 = most severe; -1 when no term is known (not assessed)."""
    ranks = [RANK_OF[t] for t in terms_of(text) if t in RANK_OF]
    return min(ranks) if ranks else NOT_ASSESSED_RANK


def impact(text: str) -> str:
    """HIGH, MODERATE, LOW, MODIFIER; "" when not assessed."""
    rank = severity_rank(text)
    return "" if rank == NOT_ASSESSED_RANK else IMPACT_OF[CONSEQUENCE_ORDER[rank]]


def has_no_predicted_effect(text: str) -> bool:
    """Every term is known and is intergenic, intronic, UTR, regulatory or synonymous. "" is not."""
    terms = terms_of(text)
    return bool(terms) and all(t in NO_PREDICTED_EFFECT for t in terms)


def plain_words(text: str) -> str:
    """ "splice_region_variant&intron_variant" -> "splice region, intron"; "" stays ""."""
    return ", ".join(t.removesuffix("_variant").replace("_", " ") for t in terms_of(text))


def severity_column(consequence: pd.Series, state: NDArray[np.int8]) -> NDArray[np.int8]:
    """severity_rank of each row; -1 where the file brought no consequence."""
    ranks = by_category(consequence, severity_rank, missing=NOT_ASSESSED_RANK, dtype=np.int8)
    return np.where(state == State.FOUND, ranks, NOT_ASSESSED_RANK).astype(np.int8)


def impact_column(rank: NDArray[np.int8]) -> pd.Categorical:
    """Impact of each severity rank; "" for -1."""
    table = [IMPACTS.index(IMPACT_OF[t]) for t in CONSEQUENCE_ORDER]
    codes = np.array([*table, 0], dtype=np.int8)  # rank -1 takes the last: ""
    return categorical(codes[rank], IMPACTS)
