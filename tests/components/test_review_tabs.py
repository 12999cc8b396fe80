"""A move in the case review draws the tab that is open, and no other."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.case_review import TABS
from models.ranking import Contrast, Group
from tests.builders import a_single
from tests.builders_workup import a_workup, an_explanation, with_hand_made_matches
from tests.components.test_case_review import SCREEN, sent

TELLS = {
    "Why here": "Where every variant starts",
    "Evidence": "gnomAD, everyone",
    "Phenotype": "In the gene's diseases",
    "Family and call": "Genotypes of the family",
    "Compare": "Distance by group",
    "What if": "What would change it",
}


@pytest.fixture(autouse=True)
def _matches(monkeypatch: pytest.MonkeyPatch) -> None:
    with_hand_made_matches(monkeypatch)
    told = Contrast(0, 1, 3.0, ((Group.PHENOTYPE, 3.0),), "Number 1 stands above number 2.")
    monkeypatch.setattr("components.comparison_panel.contrast", lambda upper, lower: told)


def said_at(tab: str, workup: Any) -> str:
    app = AppTest.from_string(SCREEN, default_timeout=180)
    app.session_state["workup"] = workup
    app.session_state["reasons_of"] = an_explanation
    app.session_state["review-tab"] = tab
    app.run()
    assert not app.exception, app.exception
    return sent(app)


@pytest.mark.parametrize("tab", TABS)
def test_a_move_sends_only_the_tab_that_is_open(tab: str) -> None:
    said = said_at(tab, a_workup())
    assert [name for name, words in TELLS.items() if words in said] == [tab]


def test_a_single_patient_is_told_that_the_parents_were_not_sequenced() -> None:
    assert "the parents were not sequenced" in said_at("Family and call", a_workup(pedigree=a_single()))
