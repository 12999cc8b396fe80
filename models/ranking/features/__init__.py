"""What does the ranker look at? One literal tuple, one file a group.

Adding a member: a new Feature, its line here, then `python cli.py train`: the manifest of the
shipped model names its features in order, so an older model is refused.
"""

from models.ranking.features.base import Direction, Feature, GeneScores, Inputs, ProbandCalls
from models.ranking.features.calibrated import CLINVAR, PREDICTORS
from models.ranking.features.databases import DISEASE_GENE
from models.ranking.features.effect import DAMAGE, EFFECT_CLASS
from models.ranking.features.inheritance import (
    BOTH_COPIES,
    COMPOUND,
    DE_NOVO,
    DOMINANT,
    GENE_FIT,
    HOMOZYGOUS,
    MITOCHONDRIAL,
    PARENTS,
    PARTNER_PHASE,
    WEAKER_CLASS,
    WEAKER_DAMAGE,
    X_LINKED,
)
from models.ranking.features.phenotype import BEHIND_BEST, EXPLAINED, RANK
from models.ranking.features.quality import DEPTH, FILTER, GENOTYPE_QUALITY, IMBALANCE, TRUSTED
from models.ranking.features.rarity import FREQUENCY, HOMOZYGOTES

FEATURES: tuple[Feature, ...] = (
    FREQUENCY,
    HOMOZYGOTES,
    EFFECT_CLASS,
    DAMAGE,
    PREDICTORS,
    CLINVAR,
    DISEASE_GENE,
    RANK,
    BEHIND_BEST,
    EXPLAINED,
    DE_NOVO,
    DOMINANT,
    HOMOZYGOUS,
    COMPOUND,
    X_LINKED,
    MITOCHONDRIAL,
    GENE_FIT,
    BOTH_COPIES,
    PARTNER_PHASE,
    WEAKER_CLASS,
    WEAKER_DAMAGE,
    PARENTS,
    TRUSTED,
    GENOTYPE_QUALITY,
    DEPTH,
    IMBALANCE,
    FILTER,
)

__all__ = ["FEATURES", "Direction", "Feature", "GeneScores", "Inputs", "ProbandCalls"]
