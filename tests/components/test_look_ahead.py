"""What a move asks for is worked out once, for each case by itself, and ahead of the person."""

import inspect
import threading
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import script_runner

from components.look_ahead import ROWS_AHEAD, _walk, prepared
from components.standing_back import SCREEN_THREAD
from models.ranking import Explanation
from tests.builders_workup import a_workup, an_explanation, with_hand_made_matches


@pytest.fixture(autouse=True)
def _matches(monkeypatch: pytest.MonkeyPatch) -> None:
    with_hand_made_matches(monkeypatch)
    monkeypatch.setattr("components.look_ahead.FIRST_LOOK_S", 0)
    monkeypatch.setattr("components.look_ahead.BREATH_S", 0)
    monkeypatch.setattr("components.standing_back.SCREEN_THREAD", "the screen of this test")


class Counting:
    """Gives reasons and remembers who asked."""

    def __init__(self) -> None:
        self.rows: list[int] = []

    def __call__(self, workup: Any, row: int) -> Explanation:
        self.rows.append(row)
        return an_explanation(workup, row)


def test_coming_back_to_a_variant_works_nothing_out_again() -> None:
    workup, asked = a_workup(), Counting()
    top = int(workup.ranking.table["row"].iloc[0])
    assert prepared(workup, top, asked) is prepared(workup, top, asked)
    assert asked.rows == [top]


def test_two_cases_with_the_same_files_never_share_an_answer() -> None:
    one, other = a_workup(), a_workup()
    asked = Counting()
    top = int(one.ranking.table["row"].iloc[0])
    assert prepared(one, top, asked).candidate.workup is one
    assert prepared(other, top, asked).candidate.workup is other
    assert asked.rows == [top, top]


def test_the_top_of_the_ranking_is_ready_before_the_person_moves() -> None:
    workup, asked = a_workup(), Counting()
    _walk(workup, asked)
    top = [int(r) for r in workup.ranking.table["row"][:ROWS_AHEAD]]
    assert asked.rows == top
    prepared(workup, top[-1], asked)
    assert asked.rows == top


def test_a_defect_while_looking_ahead_is_noted_without_the_patients_words(caplog: pytest.LogCaptureFixture) -> None:
    def failing(workup: Any, row: int) -> Explanation:
        raise ValueError("Maria Muster")

    _walk(a_workup(), failing)
    assert "ValueError" in caplog.text and "Muster" not in caplog.text


def test_nothing_is_prepared_while_somebody_waits_for_a_screen() -> None:
    drawn, workup, asked = threading.Event(), a_workup(), Counting()
    screen = threading.Thread(target=drawn.wait, args=(30,), name="the screen of this test")
    ahead = threading.Thread(target=_walk, args=(workup, asked))
    screen.start()
    ahead.start()
    ahead.join(0.05)
    assert ahead.is_alive()
    assert asked.rows == []
    drawn.set()
    ahead.join(180)
    assert asked.rows == [int(r) for r in workup.ranking.table["row"][:ROWS_AHEAD]]


def test_a_screen_being_drawn_is_known_by_the_name_that_streamlit_gives_its_thread() -> None:
    assert f'name="{SCREEN_THREAD}"' in inspect.getsource(script_runner)
