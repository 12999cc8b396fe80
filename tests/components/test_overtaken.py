"""An edit that somebody overtook is shown beside theirs; nothing is replaced before the person insists."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from components import overtaken
from components.access import SINGLE_USER
from components.choices import Chosen
from models.errors import InputError
from models.review import Conflict, DecisionLog, Event
from models.review.commands import RemoveTerm, SetTerm

CASE, PAGE = "c-1", "phenotype-edit"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Rerun(Exception):
    """The page runs again."""


def run_again() -> None:
    raise Rerun


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the page says, what the session keeps, and what is pressed next."""
    made = SimpleNamespace(session_state={}, rerun=run_again, said=[], pressed=None)
    made.warning = made.said.append
    monkeypatch.setattr(overtaken, "st", made)
    monkeypatch.setattr(overtaken, "choices", lambda *_args, **_named: made.pressed)
    return made


@pytest.fixture
def log(tmp_path: Any) -> DecisionLog:
    made = DecisionLog(tmp_path / "decisions.db")
    made.decide(CASE, SetTerm(0, "HP:0001250", "Seizure"), who="Ada", at=AT)
    return made


def giving(log: DecisionLog) -> overtaken.Give:
    def give(edit: str, seen: int) -> Event | Conflict:
        return log.decide(CASE, RemoveTerm(seen, edit), who="Ben", at=AT)

    return give


def saved(log: DecisionLog, edit: str, seen: int) -> None:
    with pytest.raises(Rerun):
        overtaken.save(CASE, edit, seen, giving(log), page=PAGE)


def test_an_edit_on_the_newest_state_is_kept_and_nothing_is_said(page: Any, log: DecisionLog) -> None:
    saved(log, "HP:0001250", 1)
    overtaken.overtaken(CASE, giving(log), page=PAGE)
    assert (log.state(CASE).version, page.said) == (2, [])


def test_a_stale_edit_waits_beside_what_stands_until_the_person_insists(page: Any, log: DecisionLog) -> None:
    saved(log, "HP:0001250", 0)
    overtaken.overtaken(CASE, giving(log), page=PAGE)
    assert log.state(CASE).version == 1
    assert page.said == [overtaken.OVERTAKEN]
    page.pressed = Chosen("mine", "insist")
    with pytest.raises(Rerun):
        overtaken.overtaken(CASE, giving(log), page=PAGE)
    assert log.events(CASE)[-1].who == "Ben"


def test_who_leaves_what_stands_changes_nothing(page: Any, log: DecisionLog) -> None:
    saved(log, "HP:0001250", 0)
    page.pressed = Chosen("theirs", "leave")
    with pytest.raises(Rerun):
        overtaken.overtaken(CASE, giving(log), page=PAGE)
    overtaken.overtaken(CASE, giving(log), page=PAGE)
    assert log.state(CASE).version == 1


def test_a_refusal_is_said_once_on_the_case_it_was_about(page: Any) -> None:
    def refuse(_edit: str, _seen: int) -> Event:
        raise InputError("This case is signed; set it back to in review, with a reason, to change it.")

    with pytest.raises(Rerun):
        overtaken.save(CASE, "HP:0001250", 1, refuse, page=PAGE)
    overtaken.overtaken("c-2", refuse, page=PAGE)
    assert page.said == []
    overtaken.overtaken(CASE, refuse, page=PAGE)
    overtaken.overtaken(CASE, refuse, page=PAGE)
    assert len(page.said) == 1
    assert "This case is signed" in page.said[0]


def test_a_press_counts_for_the_version_that_was_on_the_screen(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = iter((3, 5, 5, 9))
    state = lambda *_: SimpleNamespace(version=next(versions))  # noqa: E731
    monkeypatch.setattr(overtaken.decisions, "review_state", state)
    shown = [overtaken.version_shown(SINGLE_USER, case, page=PAGE) for case in (CASE, CASE, CASE, "c-2")]
    assert shown == [3, 3, 5, 9]
