"""Published thresholds: just under, at, and just over."""

import numpy as np
import pytest

from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.knowledge import Knowledge
from models.ranking import LightGbmScorer, explain
from models.ranking.features.calibrated import CLINVAR, LOG_ODDS_PER_POINT, PREDICTORS, published_points
from models.ranking.features.effect_class import effect_class
from models.ranking.features.predictor_scales import (
    ALPHAMISSENSE,
    CADD,
    LEADING,
    MPC,
    OTHERS,
    OTHERS_WEIGHT,
    POLYPHEN2,
    PRIMATEAI,
    REVEL,
    SIFT_REVERSED,
    SPLICEAI,
    PredictorScale,
    missense_evidence,
)
from models.ranking.inputs import prepare
from tests.builders import a_case, a_variant
from tests.ranking.families import DRAVET_TERMS, harmless_variants, ranked, scn1a_de_novo

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
        (PRIMATEAI, 0.790, 0, 1),
        (PRIMATEAI, 0.867, 1, 2),
        (MPC, 1.360, 0, 1),
        (MPC, 1.828, 1, 2),
        (POLYPHEN2, 0.978, 0, 1),
        (POLYPHEN2, 0.999, 1, 2),
        (SIFT_REVERSED, 0.999, 0, 1),
    ],
)
def test_a_damaging_step_starts_at_its_threshold(scale: PredictorScale, edge: float, under: int, at: int) -> None:
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
        (PRIMATEAI, 0.362, -2, -1),
        (PRIMATEAI, 0.483, -1, 0),
        (POLYPHEN2, 0.009, -2, -1),
        (POLYPHEN2, 0.113, -1, 0),
        (SIFT_REVERSED, 0.673, -2, -1),
        (SIFT_REVERSED, 0.920, -1, 0),
    ],
)
def test_a_harmless_step_ends_at_its_threshold(scale: PredictorScale, edge: float, at: int, over: int) -> None:
    around = np.array([edge - STEP, edge, edge + STEP], dtype=np.float32)
    assert scale.points(around).tolist() == [at, at, over]


SCALES = [*LEADING.values(), *OTHERS.values(), SPLICEAI]


@pytest.mark.parametrize("scale", SCALES)
def test_a_score_that_is_not_there_earns_no_points(scale: PredictorScale) -> None:
    missing = np.array([np.nan], dtype=np.float32)
    assert np.isnan(scale.points(missing)).all()
    assert np.isnan(scale.evidence(missing)).all()


@pytest.mark.parametrize("scale", SCALES)
def test_the_line_to_rank_by_goes_through_every_published_step(scale: PredictorScale) -> None:
    for edge, worth in (*scale.damaging, *scale.harmless):
        assert scale.evidence(np.array([edge], dtype=np.float32))[0] == pytest.approx(worth, abs=1e-3)


@pytest.mark.parametrize("scale", SCALES)
def test_the_line_to_rank_by_never_falls_and_is_never_flat_in_between(scale: PredictorScale) -> None:
    edges = sorted(edge for edge, _ in (*scale.damaging, *scale.harmless, *scale.beyond))
    scores = np.linspace(edges[0], edges[-1], 400, dtype=np.float32)
    assert (np.diff(scale.evidence(scores)) > 0).all()


def said(**scores: float) -> float:
    return float(missense_evidence({name: np.array([v], dtype=np.float32) for name, v in scores.items()})[0])


def test_leading_predictors_are_averaged_and_silence_the_others() -> None:
    assert said(revel=0.773, alphamissense=0.99) == pytest.approx(3.0, abs=1e-3)
    assert said(revel=0.773, alphamissense=np.nan, cadd=0.0) == pytest.approx(2.0, abs=1e-3)


def test_half_of_what_the_others_say_is_counted() -> None:
    assert said(cadd=28.1, revel=np.nan) == pytest.approx(2 * OTHERS_WEIGHT)
    assert said(cadd=28.1, primateai=0.362) == pytest.approx(0.0, abs=1e-3)


def test_eight_points_are_odds_of_three_hundred_and_fifty() -> None:
    assert np.exp(8 * LOG_ODDS_PER_POINT) == pytest.approx(350.0)


def points_of(knowledge: Knowledge, scorer: LightGbmScorer, **facts: object) -> tuple[float, float, float]:
    """(published predictor points, what ranks, ClinVar points) of one variant."""
    told = {"gene": "SCN1A", "consequence": "missense_variant", "proband": "0/1", **facts}
    case = a_case(a_variant("2", 166_010_000, "C", "T", **told))
    phenotype = score_phenotype(case.phenotype, knowledge)
    inputs = prepare(case, assess_variants(case, knowledge), phenotype, knowledge, scorer)
    shown = published_points(inputs.variants, effect_class(inputs.variants, inputs.region))
    return float(shown[0]), float(PREDICTORS.column(inputs)[0]), float(CLINVAR.column(inputs)[0])


def test_one_tool_is_chosen_to_show_before_its_value_is_seen(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    assert points_of(knowledge, scorer, revel_score=0.5, cadd_phred=35.0)[0] == 0
    assert points_of(knowledge, scorer, revel_score=0.5, alphamissense_score=0.99)[0] == 0
    assert points_of(knowledge, scorer, cadd_phred=35.0)[0] == 2


def test_a_higher_score_on_the_same_step_ranks_higher(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    lower, higher = (points_of(knowledge, scorer, revel_score=r) for r in (0.78, 0.92))
    assert lower[0] == higher[0] == 2
    assert lower[1] < higher[1]


@pytest.mark.parametrize(("revel", "shown"), [(0.78, "+2 ACMG points"), (0.92, "+2 ACMG points"), (0.5, "(0 ACMG")])
def test_people_read_the_published_step_beside_the_rank(
    revel: float, shown: str, knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    missense = {"consequence": "missense_variant", "hgvs_p": "p.Arg946Cys", "revel_score": revel}
    case = a_case(scn1a_de_novo(**missense), *harmless_variants(), terms=DRAVET_TERMS)
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    groups = explain(ranking, 0, case, evidence, phenotype, scorer).groups
    words = {f.name: f.value_text for g in groups for f in g.features}
    assert shown in words[PREDICTORS.name]


def test_missense_scores_do_not_judge_a_stop(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    told = points_of(knowledge, scorer, consequence="stop_gained", revel_score=0.95)
    assert np.isnan(told[:2]).all()


def test_silent_splicing_does_not_excuse_a_frameshift(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    shift = points_of(knowledge, scorer, consequence="frameshift_variant", spliceai_delta_max=0.0)
    near = points_of(knowledge, scorer, consequence="splice_region_variant", spliceai_delta_max=0.0)
    assert np.isnan(shift[:2]).all()
    assert near[0] == -1
    assert near[1] < -1


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
    assert told[2] == points
