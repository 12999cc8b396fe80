"""A learner's answer beside the experts' and the model's."""

from datetime import UTC, datetime
from itertools import permutations
from math import nan
from pathlib import Path

import pandas as pd

from components.drawing import words
from components.teaching import comparison_tree, verdict_tree
from models.case import Allele, Assembly, State
from models.intake.answer import ExpertAnswer, NamedAllele
from models.review import DecisionLog, EventKind
from models.review.teaching import NO_VARIANT, Commitment, allele_of, compare, last_commitment, to_read
from tests.builders_workup import a_workup

SCN1A, BRCA1 = 0, 5


def an_answer(*rows: int, acmg_class: str = "Pathogenic") -> ExpertAnswer:
    variants = a_workup().case.variants
    named = tuple(
        NamedAllele(Allele.parse(allele_of(r, variants), assembly=Assembly.GRCH38), "SCN1A", "p.Arg946Cys")
        for r in rows
    )
    return ExpertAnswer(named, (), "de novo", "Dravet syndrome", acmg_class, (), "", "", "", (), ())


def compared(commitment: Commitment, answer: ExpertAnswer):
    workup = a_workup()
    return compare(commitment, answer, workup.case.variants, workup.ranking)


def test_the_right_candidate_is_found_with_the_rank_the_model_gave_it() -> None:
    said = Commitment((allele_of(SCN1A, a_workup().case.variants),), "Pathogenic", "")
    result = compared(said, an_answer(SCN1A))
    assert (result.found, result.missed, result.beside) == (1, 0, 0)
    assert result.variants[0].rank == 1 and result.agrees_on_class


def test_a_candidate_beside_the_point_is_counted_and_the_causal_one_is_missed() -> None:
    said = Commitment((allele_of(BRCA1, a_workup().case.variants),), "Likely pathogenic", "")
    result = compared(said, an_answer(SCN1A))
    assert (result.found, result.missed, result.beside) == (0, 1, 1)
    assert not result.agrees_on_class


def test_saying_that_nothing_explains_the_patient_can_be_right() -> None:
    result = compared(Commitment((), NO_VARIANT, ""), an_answer(acmg_class=""))
    assert result.agrees_on_class and not result.variants


def test_a_causal_variant_that_the_file_does_not_hold_has_no_rank() -> None:
    elsewhere = Allele.parse("chr3-1000-A-C", assembly=Assembly.GRCH38)
    answer = an_answer()
    result = compared(
        Commitment((), NO_VARIANT, ""),
        ExpertAnswer((NamedAllele(elsewhere, "X", ""),), *list(vars(answer).values())[1:]),
    )
    assert (result.variants[0].row, result.variants[0].rank) == (-1, None)


def a_log(folder: Path, *said: tuple[str, str]) -> DecisionLog:
    """said: (who, class) in order."""
    log = DecisionLog(folder / "decisions.db")
    for who, chosen in said:
        answer = Commitment(("chr2-166012345-G-A",), chosen, "loss of function").payload()
        log.append("c-1", EventKind.LEARNER_COMMITTED, answer, who=who, at=datetime(2026, 1, 1, tzinfo=UTC))
    return log


def test_the_last_commitment_counts_and_the_first_stays_in_the_log(tmp_path: Path) -> None:
    log = a_log(tmp_path, ("Ada", "Uncertain significance"), ("Ada", "Pathogenic"))
    last = last_commitment(log.events("c-1"), "Ada")
    assert last == Commitment(("chr2-166012345-G-A",), "Pathogenic", "loss of function")
    assert [e.payload["class"] for e in log.events("c-1")] == ["Uncertain significance", "Pathogenic"]


def test_a_learner_is_shown_no_answer_of_another_who_used_the_computer(tmp_path: Path) -> None:
    events = a_log(tmp_path, ("Ada", "Pathogenic"), ("Ben", "Likely pathogenic")).events("c-1")
    shown = {name: last_commitment(events, name) for name in ("Ada", "Ben", "Cem", "", "  ")}
    assert {n: s and s.acmg_class for n, s in shown.items()} == {
        "Ada": "Pathogenic", "Ben": "Likely pathogenic", "Cem": None, "": None, "  ": None,
    }  # fmt: skip


def test_a_name_is_known_again_whatever_its_case_and_spaces(tmp_path: Path) -> None:
    events = a_log(tmp_path, ("A. Byron", "Pathogenic")).events("c-1")
    assert last_commitment(events, "  a.  BYRON ") is not None


def test_before_the_first_commitment_there_is_none() -> None:
    assert last_commitment((), "Ada") is None


FOUND, ABSENT, NOT_ASSESSED = int(State.FOUND), int(State.ABSENT), int(State.NOT_ASSESSED)


def some_evidence(*rows: tuple[float, int, str]) -> pd.DataFrame:
    """(frequency, its state, impact) of each row."""
    return pd.DataFrame(rows, columns=["frequency_fraction", "frequency_state", "impact"])


def test_a_learner_reads_everything_the_funnel_left_up_to_the_limit() -> None:
    evidence = some_evidence(*[(0.01, FOUND, "LOW")] * 4)
    assert to_read([3, 0, 1], evidence, most=4).tolist() == [0, 1, 3]
    assert to_read([3, 0, 1, 2], evidence, most=4).tolist() == [0, 1, 2, 3]
    assert len(to_read([3, 0, 1, 2], evidence, most=3)) == 3


def test_beyond_the_limit_the_rarest_are_read_whatever_order_the_model_gave() -> None:
    evidence = some_evidence((0.02, FOUND, "HIGH"), (1e-5, FOUND, "LOW"), (nan, ABSENT, "LOW"), (0.001, FOUND, "HIGH"))
    for order in permutations(range(4)):
        assert to_read(order, evidence, most=2).tolist() == [1, 2]


def test_equally_rare_variants_are_taken_by_predicted_impact() -> None:
    evidence = some_evidence((nan, ABSENT, "LOW"), (nan, ABSENT, ""), (nan, ABSENT, "HIGH"), (nan, ABSENT, "MODERATE"))
    assert [to_read(range(4), evidence, most=n).tolist() for n in (1, 2, 3)] == [[2], [2, 3], [1, 2, 3]]


def test_a_frequency_that_nobody_looked_up_does_not_take_a_variant_from_the_learner() -> None:
    evidence = some_evidence((0.04, FOUND, "HIGH"), (nan, NOT_ASSESSED, "MODIFIER"))
    assert to_read(range(2), evidence, most=1).tolist() == [1]


def test_a_variant_of_uncertain_significance_is_a_lead_and_the_class_comes_first() -> None:
    said = Commitment((allele_of(SCN1A, a_workup().case.variants),), "Pathogenic", "")
    result = compared(said, an_answer(SCN1A, acmg_class="Uncertain significance"))
    told = words(verdict_tree(result))
    assert told.startswith("Your class (Pathogenic) differs from") and "1 of 1 lead" in told
    assert "causal" not in told + words(comparison_tree(result))
