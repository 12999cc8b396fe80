"""What to look at first, and why: features, the shipped model, the order and its explanation."""

from models.ranking.calibration import Calibration
from models.ranking.confidence import CalibratedScorer, Confidence, Outcome, Unlike, confidence_of
from models.ranking.explanation import Contrast, contrast, explain
from models.ranking.features import FEATURES, Direction, Feature
from models.ranking.ranking import rank, rerank
from models.ranking.scorer import SHIPPED, LightGbmScorer, load_scorer
from models.ranking.types import (
    Explanation,
    FeatureContribution,
    Group,
    GroupContribution,
    ModelCard,
    Ranking,
    Scorer,
    Voice,
)

__all__ = [
    "FEATURES",
    "SHIPPED",
    "CalibratedScorer",
    "Calibration",
    "Confidence",
    "Contrast",
    "Direction",
    "Explanation",
    "Feature",
    "FeatureContribution",
    "Group",
    "GroupContribution",
    "LightGbmScorer",
    "ModelCard",
    "Outcome",
    "Ranking",
    "Scorer",
    "Unlike",
    "Voice",
    "confidence_of",
    "contrast",
    "explain",
    "load_scorer",
    "rank",
    "rerank",
]
