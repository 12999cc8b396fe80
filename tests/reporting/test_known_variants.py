"""A reported variant is worked out once for each decision about it, and never said from another one's."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.evidence.acmg.types import Class, Strength
from models.reporting import known_variants
from models.reporting.known_variants import reported_once
from models.review import DecisionLog, ReviewState
from models.review.commands import Classify, Dismiss, JudgeCriterion, PutBack, Reading, Ruling, Shortlist, WriteNote
from tests.reporting.report_builders import AT

CASE, A, B = "c-0123456789abcdef", "chr2-165992342-G-A", "chr2-1-G-A"
Decide = Callable[..., ReviewState]


class AWorkup:
    """Stands for a work-up: told apart by identity, and forgotten when nobody holds it."""


def all_that_is_shown(workup: Any, state: ReviewState, allele: str, needed: int) -> str:
    """In place of a reported variant: every word of the decisions that it could be made of."""
    return f"{allele} {needed} {state.variants} {state.last}"


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The alleles that were worked out."""
    seen: list[str] = []

    def counting(workup: Any, state: ReviewState, allele: str, needed: int) -> str:
        seen.append(allele)
        return all_that_is_shown(workup, state, allele, needed)

    monkeypatch.setattr(known_variants, "reported", counting)
    return seen


@pytest.fixture
def decide(tmp_path: Path) -> Decide:
    """Give one more command on a fresh screen; the state that follows."""
    log = DecisionLog(tmp_path / "log.db")

    def given(command: Any, who: str = "Dr A") -> ReviewState:
        log.decide(CASE, replace(command, seen=log.state(CASE).version), who=who, at=AT)
        return log.state(CASE)

    return given


def test_every_decision_about_a_variant_is_in_what_the_report_says_of_it_next(decide: Decide) -> None:
    workup: Any = AWorkup()
    commands: tuple[tuple[Any, str], ...] = (
        (Shortlist(0, A, "fits"), "Dr A"),
        (JudgeCriterion(0, A, "PM2", Ruling.REJECTED, None, "a founder population is missing"), "Dr A"),
        (JudgeCriterion(0, A, "PP4", Ruling.CHANGED, Strength.SUPPORTING, "typical EEG"), "Dr A"),
        (WriteNote(0, "seen in the meeting", A), "Dr B"),
        (Classify(0, A, Class.PATHOGENIC, "Dravet syndrome"), "Dr A"),
        (Classify(0, A, Class.UNCERTAIN, reading=Reading.SECOND), "Dr B"),
        (Shortlist(0, A, "another reason"), "Dr C"),
    )
    told = [str(reported_once(workup, decide(command, who), A, 1)) for command, who in commands]
    assert len(set(told)) == len(commands)
    for said, word in zip(told, ("fits", "founder", "EEG", "meeting", "Dravet", "UNCERTAIN", "another"), strict=True):
        assert word in said


def test_a_variant_that_came_back_is_told_by_who_chose_it_last(decide: Decide) -> None:
    workup: Any = AWorkup()
    before = reported_once(workup, decide(Shortlist(0, A, "fits"), "Dr A"), A, 1)
    decide(Dismiss(0, A, "carrier only"), "Dr B")
    decide(PutBack(0, A), "Dr B")
    after = str(reported_once(workup, decide(Shortlist(0, A, "fits"), "Dr B"), A, 1))
    assert "Dr B" in after and after != before


def test_a_variant_that_two_must_read_is_not_told_as_when_one_was_enough(asked: list[str], decide: Decide) -> None:
    workup, state = AWorkup(), decide(Shortlist(0, A))
    told = [reported_once(workup, state, A, needed) for needed in (1, 2, 1)]  # type: ignore[arg-type]
    assert told[0] == told[2] != told[1]
    assert asked == [A, A, A]


def test_a_decision_about_another_variant_or_the_case_works_nothing_out_again(asked: list[str], decide: Decide) -> None:
    workup: Any = AWorkup()
    first = reported_once(workup, decide(Shortlist(0, A)), A, 1)
    assert reported_once(workup, decide(Classify(0, B, Class.BENIGN, "a secret condition")), A, 1) is first
    assert reported_once(workup, decide(WriteNote(0, "call the parents")), A, 1) is first
    assert asked == [A]
    assert "secret" not in str(first)


def test_two_work_ups_never_share_a_variant(asked: list[str], decide: Decide) -> None:
    state, one, other = decide(Shortlist(0, A)), AWorkup(), AWorkup()
    for workup in (one, other, one):
        reported_once(workup, state, A, 1)  # type: ignore[arg-type]
    assert asked == [A, A]
