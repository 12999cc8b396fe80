"""What a ranking and its explanation look like."""

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class Group(str, Enum):
    """The six groups clinicians think in, in the order they are shown."""

    RARITY = "Rarity"
    EFFECT = "Predicted effect"
    DATABASES = "Clinical databases"
    PHENOTYPE = "Phenotype"
    INHERITANCE = "Inheritance"
    QUALITY = "Call quality"


# Parts smaller than this change the odds by less than a quarter: not worth a reader's time.
WORTH_SAYING_LOG_ODDS = 0.2
# Shown as 0.00.
QUIET_LOG_ODDS = 0.005


class Voice(IntEnum):
    """Whether a feature's words may stand for its group; its number counts in any case."""

    SILENT = 0  # beside the point for the mode of inheritance that is met
    UNASSESSED = 1  # may stand beside a number, but is no reason for or against
    USUAL = 2
    FIRST = 3  # the mode that is met: says it best, when it weighs enough to be worth saying


@dataclass(frozen=True)
class FeatureContribution:
    """One feature's part of the score. label and value_text are plain words; log_odds its SHAP value."""

    name: str
    label: str
    value_text: str
    log_odds: float
    voice: Voice = Voice.USUAL


def _is_loud(feature: FeatureContribution) -> bool:
    return abs(feature.log_odds) >= WORTH_SAYING_LOG_ODDS


@dataclass(frozen=True)
class GroupContribution:
    """The sum of one group's features, largest first."""

    group: Group
    log_odds: float
    features: tuple[FeatureContribution, ...]

    def speaker(self, sign: int, least: Voice = Voice.USUAL) -> FeatureContribution | None:
        """The feature to quote as a reason for (sign 1) or against (-1); None when none on that side is one."""
        spoken = [f for f in self.features if f.voice >= least and f.log_odds * sign >= QUIET_LOG_ODDS]
        return max(spoken, key=lambda f: (f.voice is Voice.FIRST and _is_loud(f), abs(f.log_odds)), default=None)

    @property
    def telling(self) -> FeatureContribution | None:
        """The feature whose words stand beside the group's number: the strongest on the group's own side that is
        to the point, else the mode of inheritance that is met; None when there is neither."""
        met = (f for f in self.features if f.voice is Voice.FIRST)
        return self.speaker(1 if self.log_odds > 0 else -1, Voice.UNASSESSED) or next(met, None)


@dataclass(frozen=True)
class Explanation:
    """Why a variant has its score: baseline + sum(groups) = log_odds (tested).

    sentence: one plain sentence made from the numbers only.
    """

    row: int
    rank: int
    log_odds: float
    baseline: float
    groups: tuple[GroupContribution, ...]
    sentence: str


@dataclass(frozen=True)
class ModelCard:
    """The model that made a ranking, from its verified manifest."""

    name: str
    version: str
    sha256: str
    trained_on: str
    feature_names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ranking:
    """Variants in the order to look at.

    table: one row a ranked variant, best first, RangeIndex; columns rank (1-based int), row (variant
    row), log_odds (float), score_fraction (0..1, logistic of log_odds: an ordering aid, not a
    probability), gene, partner_row (-1 none). features: matrix aligned with `table`, columns in
    card.feature_names order, NaN = not assessed.
    """

    table: pd.DataFrame
    features: NDArray[np.float32]
    card: ModelCard

    def rank_of(self, row: int) -> int | None:
        """1-based rank of a variant row, None when it is not ranked."""
        hit = np.flatnonzero(self.table["row"].to_numpy() == row)
        return int(hit[0]) + 1 if len(hit) else None


class DamageModel(Protocol):
    """Judges a change apart from the patient."""

    def damage(self, columns: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log-odds that a change damages, from ranking.damage.DAMAGE_COLUMNS."""


class Scorer(DamageModel, Protocol):
    """Turns features into log-odds and explains them. Implemented by ranking.scorer.LightGbmScorer."""

    @property
    def card(self) -> ModelCard: ...

    def log_odds(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """One number a row, higher first."""

    def contributions(self, features: NDArray[np.float32]) -> tuple[NDArray[np.float64], float]:
        """SHAP values (rows, features) in log-odds and the baseline."""
