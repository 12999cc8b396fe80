"""The keys of the board."""

from pathlib import Path

import pytest
import streamlit as st

from components.board_features import board_features
from components.candidate import gather
from components.drawing import words
from components.projector import KEYS, class_line, in_order, neighbour, step
from models.review import Event, EventKind
from models.review.state import project
from tests.builders_workup import a_workup, with_hand_made_matches
from tests.components.deciding import Office


@pytest.mark.parametrize(
    ("current", "by", "expected"), [(5, 1, 7), (7, 1, 9), (9, 1, 9), (5, -1, 5), (None, 0, 5), (404, 0, 5)]
)
def test_walking_the_candidates_stops_at_both_ends(current: int | None, by: int, expected: int) -> None:
    assert step([5, 7, 9], current, by) == expected


@pytest.mark.parametrize(("code", "expected"), [("PageDown", "c"), ("PageUp", "a"), ("h", ""), ("", "")])
def test_a_key_leads_to_the_patient_beside(code: str, expected: str) -> None:
    assert neighbour(("a", "b", "c"), "b", code) == expected


def test_there_is_no_patient_before_the_first_nor_after_the_last() -> None:
    assert neighbour(("a", "b"), "a", "PageUp") == "" == neighbour(("a", "b"), "b", "PageDown")


def test_no_key_does_two_things() -> None:
    assert len({k.code for k in KEYS}) == len({k.does for k in KEYS}) == len(KEYS)


def test_the_board_says_of_every_feature_whether_the_disease_has_it_and_of_excluded_ones_what_that_means(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_hand_made_matches(monkeypatch)
    said = " ".join(words(board_features(gather(a_workup(), 0))).split())
    assert "Seizure ● exact (very frequent)" in said
    assert "Ataxia ● more specific: Abnormality of coordination" in said
    assert "Status epilepticus – unexplained" in said
    assert "✓ Not there, as in the disease: Microcephaly" in said
    assert "Not there although expected" not in said


def test_without_features_the_board_says_how_to_add_them() -> None:
    assert "Add the patient's features" in words(board_features(gather(a_workup(terms=()), 0)))


def test_shortlisted_variants_come_first_and_the_human_class_stands_beside_the_suggested_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_hand_made_matches(monkeypatch)
    monkeypatch.setattr(st, "session_state", {})
    office = Office(tmp_path, a_workup())
    assert in_order(office.workup, office.state) == [int(r) for r in office.workup.ranking.table["row"]]
    office.by("Ada", "shortlist", row=5)
    assert in_order(office.workup, office.state)[:3] == [5, 0, 1]
    candidate = gather(office.workup, 5)
    assert class_line(candidate, office.state, 1).startswith("not classified yet; suggested ")
    office.by("Ada", "classify", row=5, **{"class": "Likely Pathogenic"})
    assert class_line(candidate, office.state, 1).startswith("Likely pathogenic (Ada); suggested ")
    assert class_line(candidate, office.state, 2).startswith("waits for a second reading; suggested ")
    office.log.close()


def test_a_shortlisted_variant_that_left_the_ranking_is_not_walked(tmp_path: Path) -> None:
    workup = a_workup()
    state = project(
        [Event(1, "c-1", EventKind.VARIANT_SHORTLISTED, "Ada", "2026-01-02", {"allele": "chr4-4-A-C"}, "", "", 1)]
    )
    assert in_order(workup, state) == [int(r) for r in workup.ranking.table["row"]]
