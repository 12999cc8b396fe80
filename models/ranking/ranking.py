"""The order in which to look at the variants of a case."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Case
from models.evidence.types import PhenotypeEvidence, VariantEvidence, VerdictCode
from models.knowledge import Knowledge
from models.ranking.features import FEATURES, Inputs
from models.ranking.inputs import phenotype_only, prepare
from models.ranking.types import Group, Ranking, Scorer

# A second hit follows its partner when it is at most this much weaker (odds of about 20).
PAIR_REACH_LOG_ODDS = 3.0


def feature_matrix(inputs: Inputs) -> NDArray[np.float32]:
    """FEATURES in order, one row a ranked variant."""
    return np.column_stack([f.column(inputs) for f in FEATURES]).astype(np.float32).reshape(len(inputs), len(FEATURES))


def _partner_places(evidence: pd.DataFrame) -> NDArray[np.int_]:
    """Place of each row's partner when the two name each other as a fitting pair, else -1."""
    rows, partner = evidence.index.to_numpy(), evidence["partner_row"].to_numpy()
    if not len(rows):
        return np.zeros(0, dtype=int)
    pair, gene = evidence["compound_heterozygous"].to_numpy(), evidence["gene_mode_fit"].to_numpy()
    fits = (pair == VerdictCode.MET) | (
        (pair == VerdictCode.NOT_ASSESSABLE) & (gene == VerdictCode.NOT_ASSESSABLE)  # phase unknown
    )
    place = np.clip(np.searchsorted(rows, partner), 0, len(rows) - 1)
    there = fits & (partner >= 0) & (rows[place] == partner)
    mutual = there & there[place] & (partner[place] == rows)
    return np.where(mutual, place, -1)


def best_order(log_odds: NDArray[np.float64], evidence: pd.DataFrame) -> NDArray[np.int_]:
    """Best first; equal scores in file order; a second hit within reach follows its better partner."""
    order = np.lexsort((np.arange(len(log_odds)), -log_odds))
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(len(order))
    partner = _partner_places(evidence)
    behind = log_odds[partner] - log_odds
    follows = (partner >= 0) & (rank[partner] < rank) & (behind <= PAIR_REACH_LOG_ODDS)
    leader = np.where(follows, rank[partner], rank)
    return np.lexsort((rank, leader))


def _ranking(evidence: pd.DataFrame, features: NDArray[np.float32], scorer: Scorer) -> Ranking:
    log_odds = scorer.log_odds(features)
    order = best_order(log_odds, evidence)
    ordered = evidence.iloc[order]
    table = pd.DataFrame(
        {
            "rank": np.arange(1, len(order) + 1, dtype=np.int32),
            "row": evidence.index.to_numpy()[order].astype(np.int64),
            "log_odds": log_odds[order],
            "score_fraction": 1.0 / (1.0 + np.exp(-log_odds[order])),
            "gene": ordered["gene"].reset_index(drop=True),
            "partner_row": ordered["partner_row"].to_numpy(),
        }
    )
    return Ranking(table, features[order], scorer.card)


def rank(
    case: Case, evidence: VariantEvidence, phenotype: PhenotypeEvidence, knowledge: Knowledge, scorer: Scorer
) -> Ranking:
    """All variants that reached the end of the funnel, the one to look at first on top."""
    inputs = prepare(case, evidence, phenotype, knowledge, scorer)
    return _ranking(evidence.frame, feature_matrix(inputs), scorer)


def rerank(previous: Ranking, evidence: VariantEvidence, phenotype: PhenotypeEvidence, scorer: Scorer) -> Ranking:
    """The ranking of the same case, evidence and model with other terms: only the phenotype is computed.

    previous: a ranking made by `rank` or `rerank` of this `evidence` and `scorer`.
    """
    rows = previous.table["row"].to_numpy()
    features = previous.features[np.argsort(rows, kind="stable")].copy()
    inputs = phenotype_only(evidence, phenotype)
    for place, feature in enumerate(FEATURES):
        if feature.group is Group.PHENOTYPE:
            features[:, place] = feature.column(inputs)
    return _ranking(evidence.frame, features, scorer)
