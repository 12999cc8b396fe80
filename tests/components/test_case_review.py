"""The whole case review on hand-made cases: full, and with each part missing."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.teaching import what_is_listed
from models.case import ClinicalRecord
from models.review.teaching import MOST_TO_READ
from tests.builders_workup import a_workup, an_explanation, with_hand_made_matches

SCREEN = """
import streamlit as st
from components import place
from components.banner import banner
from components.case_review import case_review
from models.review.consent import Recorded
place.follow_case(True)
banner(st.session_state["workup"])
case_review(st.session_state["workup"], st.session_state["reasons_of"], lambda of, row: (), Recorded)
"""
BLIND = """
import streamlit as st
from components import place
from components.teaching import Desk, blind_reading
place.follow_case(True)
commit = st.session_state["commit"]
blind_reading(st.session_state["workup"], Desk(commit, lambda who: commit(who, None), lambda who: who == "Ben"))
"""


@pytest.fixture(autouse=True)
def _matches(monkeypatch: pytest.MonkeyPatch) -> None:
    with_hand_made_matches(monkeypatch)


def opened(workup: Any, script: str = SCREEN, commit: Callable[[Any], None] = print, **query: str) -> AppTest:
    app = AppTest.from_string(script, default_timeout=180)
    app.session_state["workup"] = workup
    app.session_state["reasons_of"] = an_explanation
    app.session_state["commit"] = commit
    app.query_params.update(query)
    app.run()
    assert not app.exception, app.exception
    return app


def sent(app: AppTest) -> str:
    """All data that went to the browser: of v2 components, without our own scripts and styles, and of charts."""
    found = [str(element.proto) for element in app.get("plotly_chart")]
    for element in app.get("bidi_component"):
        proto = element.proto
        found += [
            proto.json,
            proto.mixed.json,
            repr(proto.bytes),
            repr([bytes(v.data) for v in proto.mixed.arrow_blobs.values()]),
        ]
    return "\n".join(found)


def test_the_review_shows_list_reasons_reads_and_record_together() -> None:
    said = sent(opened(a_workup()))
    for part in ("SCN1A", "It is new in the child", "Pedigree: proband", "Seizure disorder", "chr2:166012345"):
        assert part in said


def test_another_case_opened_in_the_same_window_brings_its_own_reads() -> None:
    app = opened(a_workup())
    first = app.session_state["review-reads_scope"]
    whole = a_workup()
    fewer = replace(whole.ranking, table=whole.ranking.table.head(3), features=whole.ranking.features[:3])
    app.session_state["workup"] = replace(whole, ranking=fewer)
    app.run()
    assert not app.exception
    assert app.session_state["review-reads_scope"] != first


def test_a_link_to_a_variant_opens_at_that_variant() -> None:
    app = opened(a_workup(), case="c-1", variant="v5")
    assert "BRCA1" in sent(app) and app.query_params["variant"] in ("v5", ["v5"])


def test_a_link_to_a_variant_that_is_not_ranked_opens_at_the_top() -> None:
    assert opened(a_workup(), variant="v99999").query_params["variant"] in ("v0", ["v0"])


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ({"terms": ()}, "No HPO terms"),
        ({"record": ClinicalRecord()}, "No clinical record came with this case"),
    ],
)
def test_each_missing_part_says_that_it_is_missing_and_the_rest_works(missing: dict[str, Any], says: str) -> None:
    said = sent(opened(a_workup(**missing)))
    assert says in said and "SCN1A" in said


def test_text_of_a_file_travels_as_data_never_as_markup() -> None:
    app = opened(a_workup(), variant="v8")
    assert not [e for e in app.markdown if "onerror" in e.value]
    assert "<img src=x onerror" in sent(app)


def test_nothing_that_tells_the_answer_is_sent_before_the_learner_commits() -> None:
    workup = a_workup()
    said = sent(opened(workup, BLIND))
    assert "SCN1A" in said
    for told in ("athogenic", "ClinVar", "log-odds", "log_odds", '"rank"', "Ranked variants", *scores(workup)):
        assert told not in said


def scores(workup: Any) -> list[str]:
    return [json.dumps(round(float(s), 2)) for s in workup.ranking.table["log_odds"] if abs(s) > 1]


def blind(answers: list[Any], **query: str) -> AppTest:
    return opened(a_workup(), BLIND, commit=lambda who, said: answers.append((who, said)), **query)


def test_a_learner_gathers_a_candidate_names_a_class_and_commits_once_under_a_name() -> None:
    answers: list[Any] = []
    app = blind(answers, variant="v0")
    app.button(key="blind-toggle").click().run()
    app.selectbox(key="blind-class").select("Pathogenic").run()
    app.text_area(key="blind-reason").input("New in the child.").run()
    app.text_input(key="blind-learner").input("Ada").run()
    app.button(key="blind-commit").click().run()
    assert [(who, a.alleles, a.acmg_class, a.reason) for who, a in answers] == [
        ("Ada", ("chr2-166012345-G-A",), "Pathogenic", "New in the child.")
    ]


def test_a_learner_without_a_candidate_is_told_what_is_missing() -> None:
    answers: list[Any] = []
    app = blind(answers)
    app.text_input(key="blind-learner").input("Ada").run()
    app.selectbox(key="blind-class").select("Pathogenic").run()
    app.button(key="blind-commit").click().run()
    assert not answers and "at least one variant" in app.warning[0].value


def test_nobody_commits_without_a_name() -> None:
    answers: list[Any] = []
    app = blind(answers, variant="v0")
    app.button(key="blind-toggle").click().run()
    app.selectbox(key="blind-class").select("Pathogenic").run()
    app.text_input(key="blind-learner").input("  ").run()
    app.button(key="blind-commit").click().run()
    assert not answers and "your name or initials" in app.warning[0].value


def test_a_learner_who_comes_back_can_see_the_earlier_answer_and_a_new_one_cannot() -> None:
    answers: list[Any] = []
    app = blind(answers)
    app.text_input(key="blind-learner").input("Ada").run()
    assert not [b for b in app.button if b.key == "blind-earlier"]
    app.text_input(key="blind-learner").input("Ben").run()
    app.button(key="blind-earlier").click().run()
    assert answers == [("Ben", None)]


def test_the_learner_is_told_that_the_model_chose_none_of_the_variants() -> None:
    app = blind([])
    assert any("All 9 variants left by the funnel, in genomic order" in m.value for m in app.markdown)
    assert what_is_listed(MOST_TO_READ).startswith(f"All {MOST_TO_READ} variants")
    assert "the model has no say" in what_is_listed(MOST_TO_READ + 1)
    assert f"{MOST_TO_READ} of 1,234 variants" in what_is_listed(1234)
