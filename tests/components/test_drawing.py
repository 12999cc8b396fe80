"""What the browser is able to build is a short list, and everything drawn is on it."""

import re

import pytest

from components.candidate import gather
from components.drawing import Node, browser_side, el, words
from components.evidence_panel import evidence_tree, family_tree, heading_tree, phenotype_tree
from components.explanation_panel import features_tree
from components.pedigree import pedigree_tree
from tests.builders_workup import a_workup, an_explanation, with_hand_made_matches

SCRIPT = browser_side("drawing.js")
TAGS = set(re.findall(r'"([a-z0-9]+)"', SCRIPT[SCRIPT.index("SVG_TAGS") : SCRIPT.index("ATTRIBUTES")]))
ATTRIBUTES = set(re.findall(r'"([A-Za-z0-9-]+)"', SCRIPT[SCRIPT.index("ATTRIBUTES") : SCRIPT.index("function build")]))


def nodes(tree: Node) -> list[Node]:
    return [tree, *(n for kid in tree.get("k", ()) if isinstance(kid, dict) for n in nodes(kid))]


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> list[Node]:
    with_hand_made_matches(monkeypatch)
    workup = a_workup()
    candidate = gather(workup, 0)
    panels = [f(candidate) for f in (evidence_tree, family_tree, heading_tree, phenotype_tree)]
    drawn = pedigree_tree(workup.case.pedigree, candidate.calls)
    return [*panels, features_tree(an_explanation(workup, 0)), drawn]


def test_everything_drawn_is_something_the_browser_builds(trees: list[Node]) -> None:
    used = [n for tree in trees for n in nodes(tree)]
    assert {n["t"] for n in used} <= TAGS
    assert {a for n in used for a in n.get("a", {})} <= ATTRIBUTES


@pytest.mark.parametrize("tag", ["script", "img", "a", "iframe", "style", "form", "input", "foreignObject", "use"])
def test_nothing_that_runs_or_fetches_can_be_built(tag: str) -> None:
    assert tag not in TAGS


@pytest.mark.parametrize("name", ["href", "src", "style", "onclick", "onload", "xlink:href", "action"])
def test_no_attribute_that_runs_or_fetches_can_be_set(name: str) -> None:
    assert name not in ATTRIBUTES


def test_the_script_never_parses_markup() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", SCRIPT)


def test_text_keeps_its_angle_brackets_as_letters() -> None:
    assert words(el("p", "<img src=x>")) == "<img src=x>"


def test_characters_that_reorder_text_are_dropped() -> None:
    assert words(el("p", "abc\u202edef")) == "abcdef"
