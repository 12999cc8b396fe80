"""The waterfall: complete, readable, and deaf to markup."""

import math
import re
from typing import Any

import pytest

from components.drawing import Node, words
from components.explanation_panel import features_tree
from components.waterfall import UNIT, in_words, said, waterfall_tree
from models.ranking.types import Explanation, FeatureContribution, Group, GroupContribution
from tests.builders_workup import FEATURES, a_workup, an_explanation


@pytest.fixture
def explanation() -> Explanation:
    return an_explanation(a_workup(), 0)


def _all(tree: Any, tag: str) -> list[Node]:
    if isinstance(tree, str):
        return []
    return ([tree] if tree["t"] == tag else []) + [found for child in tree.get("k", ()) for found in _all(child, tag)]


def _percent(bar: Node, name: str) -> float:
    return float(bar["a"][name].rstrip("%"))


def test_what_weighs_most_is_cut_before_its_brackets_rather_than_within_a_word() -> None:
    told = "high damage expected from the kind of change and the gene (Caseboard's own model)"
    feature = FeatureContribution("effect", "Effect", told, 3.0)
    assert said(GroupContribution(Group.EFFECT, 3.0, (feature,))) == told.split(" (", maxsplit=1)[0]


def test_each_bar_starts_where_the_one_before_ended_and_the_last_is_their_sum(explanation: Explanation) -> None:
    tree = waterfall_tree(explanation)
    bars, zero = _all(tree, "rect"), _percent(_all(tree, "line")[0], "x1")
    assert len(bars) == 8
    at = zero
    for bar in bars[:-1]:
        left, right = _percent(bar, "x"), _percent(bar, "x") + _percent(bar, "width")
        assert min(abs(at - left), abs(at - right)) < 0.3
        at = right if abs(at - left) < abs(at - right) else left
    last = bars[-1]
    reached = _percent(last, "x") + _percent(last, "width") if explanation.log_odds > 0 else _percent(last, "x")
    assert at == pytest.approx(reached, abs=0.4)


def test_the_numbers_add_up_to_the_score_of_the_variant(explanation: Explanation) -> None:
    said = [float(words(t).replace("−", "-")) for t in _all(waterfall_tree(explanation), "text")]
    assert sum(said[:-1]) == pytest.approx(said[-1], abs=0.05)
    assert said[-1] == pytest.approx(explanation.log_odds, abs=0.01)


def test_the_unit_is_glossed_for_a_clinician(explanation: Explanation) -> None:
    assert "log-odds" in UNIT and "+2.3 means ten times the odds" in UNIT
    assert UNIT in words(waterfall_tree(explanation))
    assert math.exp(2.3) == pytest.approx(10, rel=0.01)


def test_every_bar_carries_its_sign_in_text_not_only_in_colour(explanation: Explanation) -> None:
    assert all(re.match("[+−]", words(t)) for t in _all(waterfall_tree(explanation), "text"))


def test_the_numbers_beside_the_outermost_bars_have_room(explanation: Explanation) -> None:
    for bar in _all(waterfall_tree(explanation), "rect"):
        assert _percent(bar, "x") > 8
        assert _percent(bar, "x") + _percent(bar, "width") < 92


def test_no_raw_feature_name_is_ever_shown(explanation: Explanation) -> None:
    shown = words(features_tree(explanation)) + in_words(explanation) + words(waterfall_tree(explanation))
    assert not [name for name in FEATURES if name in shown]


def test_who_cannot_see_the_chart_hears_all_six_groups(explanation: Explanation) -> None:
    told = words(waterfall_tree(explanation))
    assert in_words(explanation) in told
    assert all(g.group.value in in_words(explanation) for g in explanation.groups)
