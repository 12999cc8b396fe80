"""Published thresholds: just under, at, and just over."""

import numpy as np
import pytest

from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.knowledge import Knowledge
from models.ranking import LightGbmScorer
from models.ranking.features.calibrated import (
    ALPHAMISSENSE,
    CADD,
    CLINVAR,
    LOG_ODDS_PER_POINT,
    PREDICTORS,
    REVEL,
    SPLICEAI,
    Calibration,
)
from models.ranking.inputs import prepare
from tests.builders import a_case, a_variant

STEP = np.float32(1e-4)


@pytest.mark.parametrize(
    ("scale", "edge", "under", "at"),
    [
        (REVEL, 0.644, 0, 1),
        (REVEL, 0.773, 1, 2),
        (REVEL, 0.932, 2, 4),
        (CADD, 25.3, 0, 1),
        (CADD, 28.1, 1, 2),
        (ALPHAMISSENSE, 0.792, 0, 1),
        (ALPHAMISSENSE, 0.906, 1, 2),
        (ALPHAMISSENSE, 0.990, 2, 4),
        (SPLICEAI, 0.2, 0, 1),
    ],
)
def test_a_damaging_step_starts_at_its_threshold(scale: Calibration, edge: float, under: int, at: int) -> None:
    around = np.array([edge - STEP, edge, edge + STEP], dtype=np.float32)
    assert scale.points(around).tolist() == [under, at, at]


@pytest.mark.parametrize(
    ("scale", "edge", "at", "over"),
    [
        (REVEL, 0.290, -1, 0),
        (REVEL, 0.183, -2, -1),
        (REVEL, 0.016, -4, -2),
        (REVEL, 0.003, -8, -4),
        (CADD, 22.7, -1, 0),
        (CADD, 17.3, -2, -1),
        (CADD, 0.15, -4, -2),
        (ALPHAMISSENSE, 0.169, -1, 0),
        (ALPHAMISSENSE, 0.099, -2, -1),
        (ALPHAMISSENSE, 0.070, -4, -2),
        (SPLICEAI, 0.1, -1, 0),
    ],
)
def test_a_harmless_step_ends_at_its_threshold(scale: Calibration, edge: float, at: int, over: int) -> None:
    around = np.array([edge - STEP, edge, edge + STEP], dtype=np.float32)
    assert scale.points(around).tolist() == [at, at, over]


def test_a_score_that_is_not_there_earns_no_points() -> None:
    assert np.isnan(REVEL.points(np.array([np.nan], dtype=np.float32))).all()


def test_eight_points_are_odds_of_three_hundred_and_fifty() -> None:
    assert np.exp(8 * LOG_ODDS_PER_POINT) == pytest.approx(350.0)


def points_of(knowledge: Knowledge, scorer: LightGbmScorer, **facts: object) -> tuple[float, float]:
    """(predictor points, ClinVar points) of one variant."""
    told = {"gene": "SCN1A", "consequence": "missense_variant", "proband": "0/1", **facts}
    case = a_case(a_variant("2", 166_010_000, "C", "T", **told))
    phenotype = score_phenotype(case.phenotype, knowledge)
    inputs = prepare(case, assess_variants(case, knowledge), phenotype, knowledge, scorer)
    return float(PREDICTORS.column(inputs)[0]), float(CLINVAR.column(inputs)[0])


def test_one_tool_is_chosen_before_its_value_is_seen(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    both = points_of(knowledge, scorer, revel_score=0.5, cadd_phred=35.0)
    assert both[0] == 0
    assert points_of(knowledge, scorer, cadd_phred=35.0)[0] == 2


def test_missense_scores_do_not_judge_a_stop(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    assert np.isnan(points_of(knowledge, scorer, consequence="stop_gained", revel_score=0.95)[0])


def test_silent_splicing_does_not_excuse_a_frameshift(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    shift = points_of(knowledge, scorer, consequence="frameshift_variant", spliceai_delta_max=0.0)
    near = points_of(knowledge, scorer, consequence="splice_region_variant", spliceai_delta_max=0.0)
    assert np.isnan(shift[0])
    assert near[0] == -1


@pytest.mark.parametrize(
    ("significance", "stars", "points"),
    [
        ("Pathogenic", 2.0, 4.0),
        ("Pathogenic", 1.0, 2.0),
        ("Likely pathogenic", 3.0, 3.0),
        ("Uncertain significance", 2.0, 0.0),
        ("Conflicting classifications of pathogenicity", 1.0, 0.0),
        ("Benign", 2.0, -4.0),
    ],
)
def test_clinvar_counts_in_full_from_two_stars(
    significance: str, stars: float, points: float, knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    told = points_of(knowledge, scorer, clinvar_significance=significance, clinvar_stars=stars)
    assert told[1] == points
