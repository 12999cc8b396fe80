"""Several learners at one computer: each sees only what they themselves committed to."""

from streamlit.testing.v1 import AppTest

REVEALED = """
import streamlit as st
from components import teaching_start
if st.session_state.pop("answer_now", False):
    teaching_start.reveal("c-1", " Ada ")
st.text(f"{teaching_start.learner_now()}|{teaching_start.is_revealed('c-1')}|{teaching_start.is_revealed('c-2')}")
st.text(str(st.session_state.get(teaching_start.kept_key("c-1"))))
st.text(str(st.session_state.get(teaching_start.kept_key("c-2"))))
teaching_start.after_reveal("c-1")
"""
CARDS = """
import streamlit as st
from components import teaching_start
st.session_state["chosen"] = teaching_start.choose_patient(())
"""


def after_the_answer() -> AppTest:
    app = AppTest.from_string(REVEALED, default_timeout=180)
    app.session_state["answer_now"] = True
    app.session_state["blind_kept_c-1"] = [3]
    app.session_state["blind_kept_c-2"] = [7]
    return app.run()


def told(app: AppTest) -> list[str]:
    return [t.value for t in app.text]


def test_the_answer_is_shown_to_the_one_who_committed_for_that_patient_only() -> None:
    assert told(after_the_answer()) == ["Ada|True|False", "None", "[7]"]


def test_starting_again_keeps_the_name_and_hides_the_answer() -> None:
    app = after_the_answer()
    app.button(key="reveal-again").click().run()
    assert told(app) == ["Ada|False|False", "None", "[7]"]


def test_nothing_of_a_learner_is_left_for_the_next_one() -> None:
    app = after_the_answer()
    app.button(key="reveal-next").click().run()
    assert told(app) == ["|False|False", "None", "None"]


def test_the_next_learner_can_take_over_before_choosing_a_patient() -> None:
    app = AppTest.from_string(CARDS, default_timeout=180)
    app.session_state["blind_who"] = "Ada"
    app.run()
    assert "Reading as Ada" in told(app)
    app.button(key="start-next").click().run()
    assert "Reading as Ada" not in told(app) and not [b for b in app.button if b.key == "start-next"]
