"""Evidence that is weighed by published calibration, never learned.

Scores with non-commercial terms (REVEL, CADD, SpliceAI; AlphaMissense's terms changed over time) and
ClinVar are not trained on: their evidence enters on the scale of ACMG/AMP points (Tavtigian et al., Hum
Mutat 2020;41:1734: supporting 1, moderate 2, strong 4, very strong 8; odds of pathogenicity 350^(1/8) a
point). People are shown the published step; the order uses `Calibration.evidence`, which runs straight
from step to step, so that two variants on one step are still told apart.
"""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.ranking.features.base import Column, Direction, Feature, Inputs, by_category, found
from models.ranking.features.effect_class import EffectClass, effect_class
from models.ranking.features.predictor_scales import ALPHAMISSENSE, CADD, REVEL, SPLICEAI, missense_evidence
from models.ranking.types import Group

# Tavtigian et al., Genet Med 2018;20:1054: very strong evidence = odds of 350, eight points.
LOG_ODDS_PER_POINT = math.log(350.0) / 8.0
# Less than this on the ACMG scale says nothing: half of supporting evidence.
TELLING_POINTS = 0.5
_MOST_POINTS = 9.0

STRONG_POINTS = 4.0
# ClinVar's review status: two or more stars = criteria provided by several, or an expert panel.
WELL_REVIEWED_STARS = 2.0
CLINVAR_POINTS = {"P": 4.0, "LP": 3.0, "VUS": 0.0, "CONFLICTING": 0.0, "LB": -3.0, "B": -4.0, "OTHER": 0.0}


def _scores(rows: pd.DataFrame) -> Mapping[str, Column]:
    return {
        "revel": found(rows["revel_score"], rows["revel_state"]),
        "alphamissense": found(rows["alphamissense_score"], rows["alphamissense_state"]),
        "cadd": found(rows["cadd_phred"], rows["cadd_state"]),
    }


def _only_missense(rows: pd.DataFrame, points: Column) -> Column:
    is_missense = by_category(rows["consequence"], lambda c: float("missense" in c)) == 1.0
    return np.where(is_missense, points, np.nan).astype(np.float32)


def _only_splicing(points: Column, effect: Column) -> Column:
    """SpliceAI's silence speaks only against changes that could act through splicing alone."""
    splicing_only = effect <= EffectClass.SPLICE_REGION
    return np.where((points > 0) | splicing_only, points, np.nan).astype(np.float32)


def published_points(rows: pd.DataFrame, effect: Column) -> Column:
    """ACMG points at the published thresholds, to show; NaN: none applies.

    Missense: the first of REVEL, AlphaMissense, CADD that the file brings, one tool chosen before looking at
    its value, as Pejaver et al. ask. effect: EffectClass of each row.
    """
    scores = _scores(rows)
    revel, alpha = REVEL.points(scores["revel"]), ALPHAMISSENSE.points(scores["alphamissense"])
    first = np.where(np.isnan(revel), np.where(np.isnan(alpha), CADD.points(scores["cadd"]), alpha), revel)
    splice = SPLICEAI.points(found(rows["spliceai_delta_max"], rows["spliceai_state"]))
    return np.fmax(_only_missense(rows, first), _only_splicing(splice, effect)).astype(np.float32)


def _predictor_evidence(inputs: Inputs) -> Column:
    rows = inputs.variants
    missense = _only_missense(rows, missense_evidence(_scores(rows)))
    splice = SPLICEAI.evidence(found(rows["spliceai_delta_max"], rows["spliceai_state"]))
    spliced = _only_splicing(splice, effect_class(rows, inputs.region))
    return np.fmax(missense, spliced).astype(np.float32)


def _clinvar_points(inputs: Inputs) -> Column:
    classes = inputs.evidence["clinvar_class"]
    given = np.array([CLINVAR_POINTS.get(str(c), np.nan) for c in classes.cat.categories] + [np.nan])
    worth = given[classes.cat.codes.to_numpy()]
    rows = inputs.variants
    stars = found(rows["clinvar_stars"], rows["clinvar_stars_state"])
    weighed = np.where(stars >= WELL_REVIEWED_STARS, worth, worth / 2.0)
    return np.asarray(weighed, dtype=np.float32)


def published_words(points: float) -> str:
    """The published step in words."""
    if np.isnan(points):
        return "no calibrated predictor in the file"
    if points == 0:
        return "predictors are indeterminate (0 ACMG points)"
    noun = "point" if round(abs(points)) == 1 else "points"
    return f"predictors say {'damaging' if points > 0 else 'harmless'} ({points:+.0f} ACMG {noun})"


def _evidence_words(value: float) -> str:
    if np.isnan(value):
        return "no calibrated predictor in the file"
    if abs(value) < TELLING_POINTS:
        return "predictors are indeterminate"
    return f"predictors lean to {'damaging' if value > 0 else 'harmless'}"


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
    how="on the scale of ACMG points, straight between published thresholds: mean of REVEL and AlphaMissense, "
    "else half of CADD (missense), or SpliceAI",
    low=-_MOST_POINTS,
    high=_MOST_POINTS,
    missing="the file brings none of these scores",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_predictor_evidence,
    words=_evidence_words,
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
