"""The chain of a case on the screen and as a file."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components.drawing import words
from components.history import COVERED, evidence_lines, history_tree, verified_words
from models.evidence.acmg import Class
from models.review import Event, EventKind
from models.review.export import as_json_lines
from models.review.telling import subject, told, value_words
from tests.builders_workup import a_workup, with_hand_made_matches
from tests.components.deciding import CASE_ID, Office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with_hand_made_matches(monkeypatch)
    monkeypatch.setattr(st, "session_state", {})
    opened = Office(tmp_path, a_workup())
    opened.by("Ada", "shortlist")
    opened.by("Ada", "judge", code="PP4", strength="MODERATE", note="typical course")
    opened.by("Ben", "judge", code="PP4", strength="SUPPORTING", note="one term only")
    opened.by("Ben", "classify", **{"class": Class.UNCERTAIN.value, "condition": "Dravet syndrome"})
    yield opened
    opened.log.close()


def events(office: Office) -> tuple[Event, ...]:
    return office.log.events(CASE_ID)


def shown(office: Office, covered: set[int] = frozenset()) -> str:  # type: ignore[assignment]
    return words(history_tree(events(office), set(covered)))


def test_each_event_says_who_what_and_what_stood_before(office: Office) -> None:
    lines = tuple(told(events(office)))
    assert [(t.subject, t.before, t.after) for t in lines[1:3]] == [
        ("PP4, first reading", "nothing decided", "changed, counts as moderate: typical course"),
        (
            "PP4, first reading",
            "changed, counts as moderate: typical course",
            "changed, counts as supporting: one term only",
        ),
    ]
    assert lines[3].about == "SCN1A NM_001165963.4 c.2836C>T p.Arg946Cys"
    assert "Uncertain significance for Dravet syndrome" in shown(office)


def test_the_newest_event_stands_first_with_the_start_of_its_hash(office: Office) -> None:
    said = shown(office)
    assert said.index("class, first reading") < said.index("place on the shortlist")
    assert all(e.hash[:10] in said for e in events(office))


def test_the_evidence_of_a_decision_can_be_read_years_later(office: Office) -> None:
    said = evidence_lines(events(office)[-1].evidence)
    assert said[0].startswith("suggested then: ")
    assert "the person's own criteria before: Uncertain significance, 1 point (PP4)" in said
    assert "rank 1 of 9" in said and "ranking model 0000000000" in said
    assert evidence_lines({"releases": ["ClinVar 2026-11-15", "HPO 2026-01"]}) == (
        "releases: ClinVar 2026-11-15, HPO 2026-01",
    )
    assert evidence_lines({}) == ()


def test_what_is_covered_tells_neither_what_nor_on_what(office: Office) -> None:
    said = shown(office, {2, 3, 4})
    assert said.count(COVERED) == 3
    assert "typical course" not in said and "Dravet" not in said and "counts as" not in said


@pytest.mark.parametrize("kind", list(EventKind))
@pytest.mark.parametrize("payload", [{}, {"label": "Ünï <b>", "scope": ["x"], "people": ["y"]}])
def test_every_kind_of_decision_has_words_whatever_it_holds(kind: EventKind, payload: dict[str, Any]) -> None:
    assert subject(kind, payload)
    assert isinstance(value_words(kind, {"until": "2026-01-02T03:04:05+00:00", **payload}), str)


def test_a_learners_answer_is_not_told_in_the_history() -> None:
    said = {"alleles": ["chr2-1-A-C"], "class": "Pathogenic", "reason": "it fits"}
    assert not any(word in value_words(EventKind.LEARNER_COMMITTED, said) for word in ("chr2", "athogenic", "fits"))


def first_that_differs(lines: str) -> int:
    """As somebody without Caseboard would check the file, by what it says of itself; 0 when every event is whole."""
    names = [
        "previous",
        "case_id",
        "version",
        "seq",
        "kind",
        "who",
        "account",
        "at",
        "payload",
        "evidence",
        "first_hash",
    ]
    previous = ""
    for line in map(json.loads, lines.splitlines()):
        hashed = json.dumps(["caseboard-2", *(line[name] for name in names)])
        if hashlib.sha256(hashed.encode()).hexdigest() != line["hash"] or line["previous"] != previous:
            return int(line["version"])
        previous = line["hash"]
    return 0


def test_the_exported_lines_can_be_checked_by_anyone_and_any_change_is_found(office: Office) -> None:
    lines = as_json_lines(events(office))
    assert lines.count("\n") == 4 and first_that_differs(lines) == 0
    second = json.loads(lines.splitlines()[1])
    assert (second["version"], second["who"]) == (2, "Ada")
    assert first_that_differs(lines.replace("typical course", "typical c0urse")) == 2
    assert first_that_differs("".join(line + "\n" for line in lines.splitlines()[1:])) == 2


def test_the_chain_of_one_case_is_verified_without_the_others(office: Office) -> None:
    assert office.log.verify(CASE_ID) is None and office.log.verify("c-other") is None
    assert verified_words(4).startswith("Chain verified, 4 events")
    assert verified_words(1).startswith("Chain verified, 1 event:")
