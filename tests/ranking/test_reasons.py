"""What may be told as a reason: nothing that was not looked up, nothing a better source contradicts."""

import numpy as np
import pytest

from models.ranking.features import FEATURES
from models.ranking.types import Voice
from models.ranking.voices import GENE_BOUND, voices


def row(**values: float) -> np.ndarray:
    return np.array([values.get(f.name, np.nan) for f in FEATURES], dtype=np.float32)


@pytest.mark.parametrize("name", sorted(GENE_BOUND))
def test_without_a_known_gene_its_knowledge_is_no_reason(name):
    assert voices(row(**{name: 0.0}), has_gene=False)[name] is Voice.UNASSESSED
    assert voices(row(**{name: 0.0}), has_gene=True)[name] is Voice.USUAL


def test_high_expected_damage_is_no_reason_against_a_predictor_that_says_harmless():
    assert voices(row(damage_log_odds=3.0, predictor_points=-2.0))["damage_log_odds"] is Voice.UNASSESSED
    assert voices(row(damage_log_odds=3.0, predictor_points=1.0))["damage_log_odds"] is Voice.USUAL
    assert voices(row(damage_log_odds=3.0))["damage_log_odds"] is Voice.USUAL


@pytest.mark.parametrize(("log_odds", "voice"), [(-1.6, Voice.USUAL), (-1.5, Voice.UNASSESSED), (2.0, Voice.USUAL)])
def test_middling_expected_damage_is_never_a_reason(log_odds, voice):
    assert voices(row(damage_log_odds=log_odds))["damage_log_odds"] is voice


@pytest.mark.parametrize(
    ("points", "voice"), [(4.0, Voice.FIRST), (1.5, Voice.FIRST), (0.0, Voice.USUAL), (-4.0, Voice.USUAL)]
)
def test_a_pathogenic_assertion_of_clinvar_is_always_named(points, voice):
    assert voices(row(clinvar_points=points))["clinvar_points"] is voice
