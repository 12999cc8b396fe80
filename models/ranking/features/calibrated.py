"""Evidence that is weighed by published calibration, never learned.

Scores with non-commercial terms (REVEL, CADD, SpliceAI; AlphaMissense's terms changed over time) and
ClinVar are not trained on: their evidence enters as ACMG/AMP points (Tavtigian et al., Hum Mutat 2020;
41:1734: supporting 1, moderate 2, strong 4, very strong 8; odds of pathogenicity 350^(1/8) a point).
"""

import math
from dataclasses import dataclass

import numpy as np

from models.ranking.features.base import Column, Direction, Feature, Inputs, by_category, found
from models.ranking.features.effect_class import EffectClass, effect_class
from models.ranking.types import Group

# Tavtigian et al., Genet Med 2018;20:1054: very strong evidence = odds of 350, eight points.
LOG_ODDS_PER_POINT = math.log(350.0) / 8.0


@dataclass(frozen=True)
class Calibration:
    """Published thresholds of one score.

    damaging: (score, points): that score or above earns the points. harmless: (score, points): that
    score or below. Both most extreme first; between them the score is indeterminate, 0 points.
    """

    damaging: tuple[tuple[float, int], ...]
    harmless: tuple[tuple[float, int], ...]

    def points(self, scores: Column) -> Column:
        """ACMG points of each score; NaN stays NaN."""
        given = np.zeros(len(scores), dtype=np.float32)
        for edge, worth in reversed(self.damaging):
            given[scores >= np.float32(edge)] = worth
        for edge, worth in reversed(self.harmless):
            given[scores <= np.float32(edge)] = worth
        return np.where(np.isnan(scores), np.nan, given).astype(np.float32)


# Pejaver et al., Am J Hum Genet 2022;109:2163, table 2.
REVEL = Calibration(((0.932, 4), (0.773, 2), (0.644, 1)), ((0.003, -8), (0.016, -4), (0.183, -2), (0.290, -1)))
CADD = Calibration(((28.1, 2), (25.3, 1)), ((0.15, -4), (17.3, -2), (22.7, -1)))
# Bergquist et al., Genet Med 2025;27:101402.
ALPHAMISSENSE = Calibration(((0.990, 4), (0.906, 2), (0.792, 1)), ((0.070, -4), (0.099, -2), (0.169, -1)))
# Walker et al., Am J Hum Genet 2023;110:1046 (ClinGen SVI splicing subgroup).
SPLICEAI = Calibration(((0.2, 1),), ((0.1, -1),))

STRONG_POINTS = 4.0
# ClinVar's review status: two or more stars = criteria provided by several, or an expert panel.
WELL_REVIEWED_STARS = 2.0
CLINVAR_POINTS = {"P": 4.0, "LP": 3.0, "VUS": 0.0, "CONFLICTING": 0.0, "LB": -3.0, "B": -4.0, "OTHER": 0.0}


def _missense_points(inputs: Inputs) -> Column:
    """The first of REVEL, AlphaMissense, CADD that the file brings: one tool, chosen before looking at
    its value, as Pejaver et al. ask. NaN for everything but missense."""
    rows = inputs.variants
    revel = REVEL.points(found(rows["revel_score"], rows["revel_state"]))
    alpha = ALPHAMISSENSE.points(found(rows["alphamissense_score"], rows["alphamissense_state"]))
    cadd = CADD.points(found(rows["cadd_phred"], rows["cadd_state"]))
    first = np.where(np.isnan(revel), np.where(np.isnan(alpha), cadd, alpha), revel)
    is_missense = by_category(rows["consequence"], lambda c: float("missense" in c)) == 1.0
    return np.where(is_missense, first, np.nan).astype(np.float32)


def _splice_points(inputs: Inputs) -> Column:
    """SpliceAI; its silence speaks only against changes that could act through splicing alone."""
    rows = inputs.variants
    given = SPLICEAI.points(found(rows["spliceai_delta_max"], rows["spliceai_state"]))
    splicing_only = effect_class(rows, inputs.region) <= EffectClass.SPLICE_REGION
    return np.where((given > 0) | splicing_only, given, np.nan).astype(np.float32)


def _predictor_points(inputs: Inputs) -> Column:
    return np.fmax(_missense_points(inputs), _splice_points(inputs)).astype(np.float32)


def _clinvar_points(inputs: Inputs) -> Column:
    classes = inputs.evidence["clinvar_class"]
    given = np.array([CLINVAR_POINTS.get(str(c), np.nan) for c in classes.cat.categories] + [np.nan])
    worth = given[classes.cat.codes.to_numpy()]
    rows = inputs.variants
    stars = found(rows["clinvar_stars"], rows["clinvar_stars_state"])
    weighed = np.where(stars >= WELL_REVIEWED_STARS, worth, worth / 2.0)
    return np.asarray(weighed, dtype=np.float32)


def _points_words(value: float) -> str:
    if np.isnan(value):
        return "no calibrated predictor in the file"
    if value == 0:
        return "predictors are indeterminate"
    side = "damaging" if value > 0 else "harmless"
    return f"predictors say {side} ({value:+.0f} ACMG points)"


def _clinvar_words(value: float) -> str:
    if np.isnan(value):
        return "no ClinVar classification in the file"
    if value == 0:
        return "ClinVar: uncertain or conflicting"
    side = "pathogenic" if value > 0 else "benign"
    likely = "" if abs(value) in {STRONG_POINTS, STRONG_POINTS / 2} else "likely "
    review = "" if abs(value) >= 3.0 else " (under two stars, or stars not given)"
    return f"ClinVar: {likely}{side}{review}"


PREDICTORS = Feature(
    name="predictor_points",
    group=Group.EFFECT,
    label="Calibrated predictors",
    how="ACMG points of REVEL, else AlphaMissense, else CADD (missense), or SpliceAI, at published thresholds",
    low=-8.0,
    high=8.0,
    missing="the file brings none of these scores",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_predictor_points,
    words=_points_words,
    fixed_log_odds=LOG_ODDS_PER_POINT,
)

CLINVAR = Feature(
    name="clinvar_points",
    group=Group.DATABASES,
    label="ClinVar",
    how="P 4, LP 3, LB -3, B -4 points, half of it below two stars; uncertain and conflicting 0",
    low=-STRONG_POINTS,
    high=STRONG_POINTS,
    missing="ClinVar was not looked up, or has no entry",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_clinvar_points,
    words=_clinvar_words,
    fixed_log_odds=LOG_ODDS_PER_POINT,
)
