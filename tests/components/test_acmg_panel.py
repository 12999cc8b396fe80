"""The suggested class: what it rests on is shown, what is missing is named, and a learner does not see it."""

import pytest

from components import acmg_panel
from components.acmg_panel import YOURS, acmg_tree, suggested
from components.candidate import gather
from components.drawing import words
from models.case import Verdict
from models.evidence.acmg import CRITERIA, Class, CriterionResult, Strength, Suggestion
from tests.builders_workup import a_workup, with_hand_made_matches

SCN1A = 0


@pytest.fixture(autouse=True)
def _matches(monkeypatch: pytest.MonkeyPatch) -> None:
    with_hand_made_matches(monkeypatch)


def a_result(
    code: str, verdict: Verdict, reason: str, strength: Strength = Strength.STRONG, lacking: str = ""
) -> CriterionResult:
    return CriterionResult(code, verdict, strength, reason, "a guideline 2020", lacking)


SOME = Suggestion(
    Class.LIKELY_PATHOGENIC,
    7,
    "Likely Pathogenic (7 points): PVS1, BP4; the more careful of table and points.",
    (
        a_result("PVS1", Verdict.MET, "a stop at residue 20", Strength.VERY_STRONG),
        a_result("BP4", Verdict.MET, "REVEL 0.2", Strength.SUPPORTING),
        a_result("PM1", Verdict.NOT_MET, "in no critical region"),
        a_result("BA1", Verdict.NOT_ASSESSABLE, "not looked up", lacking="gnomAD"),
        a_result("PM2", Verdict.NOT_ASSESSABLE, "not looked up", lacking="gnomAD"),
        a_result("PS3", Verdict.NOT_ASSESSABLE, "not read", lacking="a person who reads"),
    ),
)


def test_the_class_is_said_to_be_a_suggestion_and_the_readers() -> None:
    said = words(acmg_tree(SOME))
    assert f"Likely pathogenic 7 points {YOURS}" in said


def test_how_the_criteria_were_combined_is_said_once() -> None:
    said = words(acmg_tree(SOME))
    assert "The more careful of table and points." in said and "Likely Pathogenic (7" not in said


def test_what_is_met_has_its_strength_its_reason_and_its_source() -> None:
    said = words(acmg_tree(SOME))
    assert "PVS1  very strong a stop at residue 20 a guideline 2020" in said
    assert "▼ BP4  supporting REVEL 0.2" in said


def test_what_could_not_be_assessed_is_gathered_by_what_is_missing() -> None:
    said = words(acmg_tree(SOME))
    assert "Not met (1)" in said and "Not assessable (3)" in said
    assert "BA1, PM2 needs gnomAD" in said and "PS3 needs a person who reads" in said


def test_one_point_and_points_below_zero_are_written_as_people_do() -> None:
    assert "1 point " in words(acmg_tree(Suggestion(Class.UNCERTAIN, 1, "", ())))
    assert "−4 points" in words(acmg_tree(Suggestion(Class.LIKELY_BENIGN, -4, "", ())))


def test_a_variant_that_meets_nothing_says_so() -> None:
    nothing = "Uncertain Significance (0 points): no criterion is met."
    assert words(acmg_tree(Suggestion(Class.UNCERTAIN, 0, nothing, ()))).count("No criterion is met.") == 1


def test_the_suggestion_of_a_variant_is_worked_out_once_for_each_work_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(acmg_panel, "suggestion_of", lambda workup, row, disease: asked.append(row) or SOME)
    candidate, other = gather(a_workup(), SCN1A), gather(a_workup(), SCN1A)
    assert suggested(candidate) is suggested(candidate) is SOME
    suggested(other)
    assert asked == [SCN1A, SCN1A]


def test_every_criterion_of_a_work_up_is_told() -> None:
    found = suggested(gather(a_workup(), SCN1A))
    assert [r.code for r in found.results] == [c.code for c in CRITERIA]


def test_a_learner_sees_no_suggestion() -> None:
    def shown(blind: bool) -> str:
        drawn: list[object] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("components.evidence_panel.draw", lambda *nodes, key: drawn.extend(nodes))
            from components.evidence_panel import evidence_panel

            evidence_panel(gather(a_workup(), SCN1A), key="k", blind=blind)
        return " ".join(words(node) for node in drawn)

    assert YOURS in shown(blind=False)
    assert "ACMG" not in shown(blind=True) and YOURS not in shown(blind=True)
