"""The waterfall: complete, readable, and deaf to markup."""

import itertools
import math

import pytest

from components import theme
from components.drawing import words
from components.explanation_panel import features_tree, in_words, waterfall
from tests.builders_workup import FEATURES, a_workup, an_explanation


@pytest.fixture
def explanation():
    return an_explanation(a_workup(), 0)


def test_the_bars_run_from_the_baseline_to_the_score_of_the_variant(explanation) -> None:
    bars = waterfall(explanation, theme.LIGHT).data[0]
    assert bars.x[0] == explanation.baseline
    assert sum(bars.x[:-1]) == pytest.approx(bars.x[-1]) == pytest.approx(explanation.log_odds)


def test_the_axis_says_what_its_unit_means_to_a_clinician(explanation) -> None:
    said = waterfall(explanation, theme.LIGHT).layout.xaxis.title.text
    assert "log-odds" in said and "+2.3 means ten times the odds" in said
    assert math.exp(2.3) == pytest.approx(10, rel=0.01)


def test_every_bar_carries_its_sign_in_text_not_only_in_colour(explanation) -> None:
    assert all(said[0] in "+−" for said in waterfall(explanation, theme.LIGHT).data[0].text)


def test_the_numbers_beside_the_outermost_bars_have_room(explanation) -> None:
    low, high = waterfall(explanation, theme.LIGHT).layout.xaxis.range
    reached = list(itertools.accumulate(waterfall(explanation, theme.LIGHT).data[0].x[:-1]))
    assert low < min(0, *reached) and high > max(0, *reached)
    assert min(min(0, *reached) - low, high - max(0, *reached)) > 0.1 * (max(reached) - min(reached))


def test_words_of_a_file_are_letters_in_a_label_not_tags(explanation) -> None:
    assert "<b onclick" not in " ".join(waterfall(explanation, theme.LIGHT).layout.yaxis.ticktext)


def test_no_raw_feature_name_is_ever_shown(explanation) -> None:
    shown = words(features_tree(explanation)) + in_words(explanation)
    shown += " ".join(waterfall(explanation, theme.LIGHT).layout.yaxis.ticktext)
    assert not [name for name in FEATURES if name in shown]


def test_who_cannot_see_the_chart_hears_all_six_groups(explanation) -> None:
    assert all(g.group.value in in_words(explanation) for g in explanation.groups)
