"""Why a variant stands where it stands, from the numbers of the model only."""

from dataclasses import dataclass

import numpy as np

from models.case import Case, State
from models.errors import InputError
from models.evidence import mitochondrial_name
from models.evidence.types import PhenotypeEvidence, VariantEvidence
from models.ranking.features import FEATURES, Feature
from models.ranking.features.calibrated import PREDICTORS, published_points, published_words
from models.ranking.features.effect import EFFECT_CLASS
from models.ranking.sentence import contrast_sentence, explanation_sentence
from models.ranking.types import Explanation, FeatureContribution, Group, GroupContribution, Ranking, Scorer
from models.ranking.voices import GENE_BOUND, voices


@dataclass(frozen=True)
class Contrast:
    """Why variant `upper` stands above `lower`: difference of each group, largest first, in log-odds."""

    upper: int
    lower: int
    log_odds: float
    groups: tuple[tuple[Group, float], ...]
    sentence: str


def _frequency_counts(case: Case, row: int) -> str:
    """ "seen in 3 of 251,000 alleles", "" when the file brings no counts."""
    at = case.variants.frame.loc[row]
    if at["allele_count_state"] != State.FOUND or not at["allele_number"] > 0:
        return ""
    return f"seen in {int(at['allele_count']):,} of {int(at['allele_number']):,} alleles"


def _published_points(case: Case, row: int, values: np.ndarray) -> str:
    """The published step of the file's predictors: the order uses a finer scale than ACMG points have."""
    effect = values[[f.name for f in FEATURES].index(EFFECT_CLASS.name)]
    points = published_points(case.variants.frame.loc[[row]], np.array([effect], dtype=np.float32))
    return published_words(float(points[0]))


def _explained_terms(phenotype: PhenotypeEvidence, gene: str) -> str:
    """ "explains 5 of 7 features", "" when they were not counted."""
    match = phenotype.of(gene)
    return f"the gene explains {match.explained} of {match.asked} features" if match.asked else ""


def _value_text(feature: Feature, value: float, exact: dict[str, str]) -> str:
    return exact.get(feature.name) or feature.words(value)


def _groups(
    values: np.ndarray, logs: np.ndarray, exact: dict[str, str], has_gene: bool
) -> tuple[GroupContribution, ...]:
    groups, voice = [], voices(values, has_gene)
    for group in Group:
        parts = [
            FeatureContribution(f.name, f.label, _value_text(f, float(values[i]), exact), float(logs[i]), voice[f.name])
            for i, f in enumerate(FEATURES)
            if f.group is group
        ]
        parts.sort(key=lambda part: (-abs(part.log_odds), part.name))
        groups.append(GroupContribution(group, sum(p.log_odds for p in parts), tuple(parts)))
    return tuple(sorted(groups, key=lambda g: -abs(g.log_odds)))


def explain(
    ranking: Ranking, row: int, case: Case, evidence: VariantEvidence, phenotype: PhenotypeEvidence, scorer: Scorer
) -> Explanation:
    """Contributions to the score of a variant row, by group; baseline + groups = log-odds.

    Raises InputError when the row is not in the ranking (the funnel says why).
    """
    rank = ranking.rank_of(row)
    if rank is None:
        raise InputError("This variant was not ranked; the list of steps says where it left.")
    values = ranking.features[rank - 1]
    logs, baseline = scorer.contributions(values[np.newaxis, :])
    gene = str(evidence.frame.at[row, "gene"])
    exact = {
        "frequency_log10": _frequency_counts(case, row),
        "phenotype_explained_fraction": _explained_terms(phenotype, gene),
        PREDICTORS.name: _published_points(case, row, values),
    }
    if not gene:
        exact |= dict.fromkeys(GENE_BOUND, "gene not assessed")
    groups = _groups(values, logs[0], exact, bool(gene))
    log_odds = float(ranking.table.at[rank - 1, "log_odds"])
    at = case.variants.frame.loc[row]
    name = mitochondrial_name(at) or str(at["hgvs_p"]) or str(at["hgvs_c"])
    sentence = explanation_sentence(gene, name, rank, len(ranking.table), groups)
    return Explanation(row, rank, log_odds, baseline, groups, sentence)


def contrast(one: Explanation, other: Explanation) -> Contrast:
    """Why the better ranked of two variants stands above the other."""
    upper, lower = (one, other) if one.rank <= other.rank else (other, one)
    mine, theirs = ({g.group: g for g in e.groups} for e in (upper, lower))
    gaps = {group: mine[group].log_odds - theirs[group].log_odds for group in Group}
    groups = tuple(sorted(gaps.items(), key=lambda item: -abs(item[1])))
    sentence = contrast_sentence(upper.rank, lower.rank, groups, mine, theirs)
    return Contrast(upper.row, lower.row, upper.log_odds - lower.log_odds, groups, sentence)
