"""One rule for what counts: what a person let count, and nothing that is only suggested."""

from pathlib import Path

import pytest

from models.case import Verdict
from models.evidence.acmg import CriterionResult, Strength
from models.evidence.acmg.types import Class
from models.review import DecisionLog
from models.review.commands import JudgeCriterion, Reading, Ruling
from models.review.second_reading import criteria_of
from models.review.what_counts import (
    NONE_JUDGED,
    Judged,
    differs_words,
    not_judged,
    not_judged_words,
    sum_if_accepted,
    sum_of,
)
from tests.reporting.report_builders import AT

A, CASE = "chr2-165992342-G-A", "c-0123456789abcdef"
PVS1 = CriterionResult("PVS1", Verdict.MET, Strength.VERY_STRONG, "stop", "ClinGen")
PM2 = CriterionResult("PM2", Verdict.MET, Strength.SUPPORTING, "absent", "ClinGen")
PP3 = CriterionResult("PP3", Verdict.NOT_MET, Strength.SUPPORTING, "REVEL low", "ClinGen")
SUGGESTED = (PVS1, PM2, PP3)


def judged(folder: Path, *rulings: tuple[str, Ruling, Strength | None]) -> Judged:
    log = DecisionLog(folder / "log.db")
    for seen, (code, ruling, strength) in enumerate(rulings):
        log.decide(CASE, JudgeCriterion(seen, A, code, ruling, strength, "because"), who="Dr A", at=AT)
    return criteria_of(log.state(CASE).variant(A), Reading.FIRST)


def test_what_nobody_judged_adds_no_points(tmp_path: Path) -> None:
    own = judged(tmp_path, ("PVS1", Ruling.ACCEPTED, Strength.VERY_STRONG))
    assert sum_of(own, "", "").words == "8 points: Likely pathogenic"
    assert not_judged(SUGGESTED, own) == (PM2,)
    assert sum_if_accepted(SUGGESTED, own, "", "").words == "9 points: Likely pathogenic"
    assert not_judged_words(SUGGESTED, own, "", "") == (
        "Suggested, not judged: PM2_Supporting. It does not count; with all accepted it would be 9 points: "
        "Likely pathogenic."
    )


def test_what_was_rejected_or_changed_is_no_open_suggestion_and_counts_as_the_person_said(tmp_path: Path) -> None:
    own = judged(tmp_path, ("PVS1", Ruling.REJECTED, None), ("PM2", Ruling.CHANGED, Strength.MODERATE))
    assert sum_of(own, "", "").points == 2
    assert not_judged(SUGGESTED, own) == ()
    assert not_judged_words(SUGGESTED, own, "", "") == ""
    assert sum_if_accepted(SUGGESTED, own, "", "") == sum_of(own, "", "")


def test_a_criterion_that_a_person_added_counts_with_the_others_in_the_order_of_the_guideline(tmp_path: Path) -> None:
    own = judged(
        tmp_path, ("PP4", Ruling.CHANGED, Strength.SUPPORTING), ("PVS1", Ruling.ACCEPTED, Strength.VERY_STRONG)
    )
    assert "PVS1, PP4;" in sum_of(own, "", "").because


def test_with_nothing_judged_every_suggestion_is_told_apart() -> None:
    assert sum_of({}, "", "").acmg_class is Class.UNCERTAIN
    assert not_judged_words(SUGGESTED, {}, "", "").startswith(
        "Suggested, not judged: PVS1, PM2_Supporting. They do not"
    )
    assert not_judged_words((PP3,), {}, "", "") == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Class.LIKELY_PATHOGENIC, ""),
        (
            Class.PATHOGENIC,
            "The class given is pathogenic; the criteria that count come to likely pathogenic (8 points). "
            "The class is the reader's own.",
        ),
    ],
)
def test_a_class_that_is_another_than_the_criteria_come_to_is_said_in_a_neutral_sentence(
    tmp_path: Path, given: Class, said: str
) -> None:
    own = judged(tmp_path, ("PVS1", Ruling.ACCEPTED, Strength.VERY_STRONG))
    assert differs_words(given, own, "", "") == said


def test_a_class_without_any_judged_criterion_is_said_to_rest_on_the_readers_words() -> None:
    assert differs_words(Class.UNCERTAIN, {}, "", "") == NONE_JUDGED
