"""The keys of the board."""

import pytest

from components.board_features import board_features
from components.candidate import gather
from components.drawing import words
from components.projector import KEYS, neighbour, step
from tests.builders_workup import a_workup, with_hand_made_matches


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
