"""T5, T13, T14: nobody is shown another patient's result, and a defect's log quotes nobody."""

import ast
import logging
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from components import commands, decisions, opened_cases, warm_up, wiring
from components.access import SINGLE_USER, Permission, Viewer
from components.commands import exchange_parents, override, rejected
from components.findings import Exchange, Override
from components.logs import _NoMessages, where_and_what
from components.phenotype_editor import RejectSuggestion, RemoveTerm, SetTerm
from models.case import Case, Finding, Severity, Term
from models.case.store import CaseSummary
from models.errors import InputError, NotPermitted
from models.review import Conflict
from tests.builders import a_case, a_single, a_variant

NOBODY = Viewer("n", "Nobody", frozenset())


def many(changed_gene: str) -> Case:
    """The same three hundred variants; one cell differs."""
    rows = [
        a_variant(
            "chr2", 1000 + n, "A", "G", gene="TTN", consequence="missense_variant", af_fraction=None, proband="0/1"
        )
        for n in range(300)
    ]
    rows[217]["gene"] = changed_gene
    return a_case(*rows, pedigree=a_single())


class _Store:
    def __init__(self, cases: dict[str, Case], root: Path) -> None:
        self.cases, self.root = cases, root

    def has(self, case_id: str) -> bool:
        return case_id in self.cases

    def folder(self, case_id: str) -> Path:
        (self.root / case_id).mkdir(exist_ok=True)
        return self.root / case_id

    def summary(self, case_id: str) -> CaseSummary:
        case = self.cases[case_id]
        return CaseSummary(case_id, case.sha256, "2026-01-01", case.patient, "GRCh38", len(case.variants), 1, (), ())

    def summaries(self) -> tuple[CaseSummary, ...]:
        return tuple(self.summary(case_id) for case_id in self.cases)

    def open(self, case_id: str) -> Case:
        return self.cases[case_id]


@pytest.fixture
def two_cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Case]:
    cases = {
        "c-a": replace(many("TTN"), id="c-a", sha256="a" * 64),
        "c-b": replace(many("SCN1A"), id="c-b", sha256="b" * 64),
    }
    store = _Store(cases, tmp_path)
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    monkeypatch.setattr(wiring, "case_store_at", lambda root: store)
    for cache in (opened_cases._inspected, opened_cases._worked_up, opened_cases._reranked, opened_cases._remembered):
        cache.clear()
    return cases


def edited(case_id: str, edit: Any) -> Any:
    """An edit by somebody who saw the case as it is now."""
    return commands.edit_phenotype(SINGLE_USER, case_id, edit, decisions.review_state(SINGLE_USER, case_id).version)


def genes(case_id: str) -> set[str]:
    return set(opened_cases.workup(SINGLE_USER, case_id).evidence.frame["gene"])


def test_two_cases_that_differ_in_one_cell_never_share_a_result(two_cases: dict[str, Case]) -> None:
    assert genes("c-a") == {"TTN"}
    assert genes("c-b") == {"TTN", "SCN1A"}
    assert genes("c-a") == {"TTN"}


def test_exchanged_parents_are_ranked_as_exchanged_and_never_as_delivered(two_cases: dict[str, Case]) -> None:
    new = a_variant("chr2", 500, "A", "G", gene="SCN1A", proband="0/1", mother="0/1", father="0/0")
    two_cases["c-a"] = replace(a_case(new), id="c-a", sha256="f" * 64)
    delivered = opened_cases.workup(SINGLE_USER, "c-a")
    exchange_parents(
        SINGLE_USER, "c-a", Exchange("parents-swapped", "Dr A", "Labels were mixed up.", "They look so."), 0
    )
    corrected = opened_cases.workup(SINGLE_USER, "c-a")
    assert delivered.case.pedigree.mother and corrected.case.pedigree.father
    assert corrected.case.pedigree.father.sample == delivered.case.pedigree.mother.sample
    assert corrected.evidence is not delivered.evidence
    said = [f.sentence for f in corrected.findings if f.code == "parents-exchanged"]
    assert len(said) == 1 and "Dr A" in said[0] and "They look so." in said[0]


def test_the_same_id_with_new_content_is_worked_up_again(two_cases: dict[str, Case]) -> None:
    assert genes("c-a") == {"TTN"}
    two_cases["c-a"] = replace(two_cases["c-b"], id="c-a", sha256="c" * 64)
    assert genes("c-a") == {"TTN", "SCN1A"}


def test_permission_is_asked_even_when_the_result_is_already_in_memory(two_cases: dict[str, Case]) -> None:
    genes("c-a")
    for ask in (opened_cases.workup, opened_cases.open_case, decisions.events):
        with pytest.raises(NotPermitted):
            ask(NOBODY, "c-a")


def test_what_is_ranked_ahead_is_what_is_shown_and_is_remembered_only_once_somebody_saw_it(
    two_cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered: list[str] = []
    monkeypatch.setattr("models.reanalysis.remember", lambda folder, of, seen: remembered.append(folder.name))
    edited("c-b", SetTerm(Term("HP:0001250", "Seizure")))
    opened_cases.open_ahead(SINGLE_USER, "c-b")
    assert remembered == []
    monkeypatch.setattr("models.workup.ranked", None)  # nothing is worked up a second time
    monkeypatch.setattr("models.workup.rerank", None)
    shown = opened_cases.workup(SINGLE_USER, "c-b")
    assert [t.id for t in shown.case.phenotype.terms] == ["HP:0001250"]
    assert remembered == ["c-b"]


def test_nothing_is_ranked_ahead_for_who_may_not_see_it(two_cases: dict[str, Case]) -> None:
    with pytest.raises(NotPermitted):
        opened_cases.open_ahead(NOBODY, "c-a")


def test_a_case_that_cannot_be_opened_keeps_no_other_from_being_ranked_ahead(
    two_cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []

    def ahead(viewer: Viewer, case_id: str) -> None:
        asked.append(case_id)
        raise OSError("Maria Muster")

    monkeypatch.setattr(opened_cases, "open_ahead", ahead)
    monkeypatch.setattr("components.standing_back.SCREEN_THREAD", "the screen of this test")
    monkeypatch.setattr("components.steady_heap.settle", lambda content: None)
    warm_up._open_latest()
    assert asked == ["c-a", "c-b"]
    assert "OSError" in caplog.text and "Muster" not in caplog.text


def test_an_edit_of_the_terms_survives_and_shows_before_and_after(two_cases: dict[str, Case]) -> None:
    assert opened_cases.before_last_edit(SINGLE_USER, "c-b") is None
    edited("c-b", SetTerm(Term("HP:0001250", "Seizure")))
    edited("c-b", SetTerm(Term("HP:0001263", "Global developmental delay")))
    now, before = opened_cases.workup(SINGLE_USER, "c-b"), opened_cases.before_last_edit(SINGLE_USER, "c-b")
    assert [t.id for t in now.case.phenotype.terms] == ["HP:0001250", "HP:0001263"]
    assert before is not None
    assert [t.id for t in before.case.phenotype.terms] == ["HP:0001250"]
    edited("c-b", RemoveTerm("HP:0001250"))
    assert [t.id for t in opened_cases.workup(SINGLE_USER, "c-b").case.phenotype.terms] == ["HP:0001263"]
    assert opened_cases.workup(SINGLE_USER, "c-a").case.phenotype.terms == ()


def test_of_two_people_who_edit_one_term_the_second_sees_both_and_nothing_is_replaced(
    two_cases: dict[str, Case],
) -> None:
    edited("c-b", SetTerm(Term("HP:0001250", "Seizure")))
    stale = commands.edit_phenotype(SINGLE_USER, "c-b", RemoveTerm("HP:0001250"), 0)
    assert isinstance(stale, Conflict)
    assert stale.theirs.payload["label"] == "Seizure"
    assert [t.id for t in opened_cases.workup(SINGLE_USER, "c-b").case.phenotype.terms] == ["HP:0001250"]
    other = commands.edit_phenotype(SINGLE_USER, "c-b", SetTerm(Term("HP:0001263", "Delay")), 0)
    assert not isinstance(other, Conflict)


def test_a_term_removed_and_one_excluded_do_not_share_a_result(two_cases: dict[str, Case]) -> None:
    edited("c-b", SetTerm(Term("HP:0001250", "Seizure")))
    present = opened_cases.workup(SINGLE_USER, "c-b")
    edited("c-b", SetTerm(Term("HP:0001250", "Seizure", excluded=True)))
    excluded = opened_cases.workup(SINGLE_USER, "c-b")
    assert present is not excluded
    assert excluded.case.phenotype.excluded
    assert not excluded.case.phenotype.observed


def test_a_suggestion_turned_down_stays_turned_down(two_cases: dict[str, Case]) -> None:
    edited("c-a", RejectSuggestion("HP:0001250", "f" * 64))
    assert rejected(SINGLE_USER, "c-a") == {("HP:0001250", "f" * 64)}
    assert rejected(SINGLE_USER, "c-b") == frozenset()


def test_an_override_is_kept_with_the_name_typed_and_needs_the_permission(two_cases: dict[str, Case]) -> None:
    finding = Finding("wrong-sex", Severity.BLOCKING, "The patient is stated to be female, but looks male.")
    override(SINGLE_USER, "c-a", Override(finding, "Dr A", "Turner syndrome, known"), 0)
    assert decisions.overridden(SINGLE_USER, "c-a") == {finding.key}
    assert decisions.events(SINGLE_USER, "c-a")[-1].payload["found"] == finding.sentence
    assert decisions.events(SINGLE_USER, "c-a")[-1].who == "Dr A"
    looker = Viewer("l", "Looker", frozenset({Permission.VIEW_CASE}))
    with pytest.raises(NotPermitted):
        override(looker, "c-a", Override(finding, "Dr B", "because I say so"), 0)


def test_files_dropped_and_never_read_are_thrown_away_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOARD_HOME", str(tmp_path))
    old, fresh = wiring.case_store().new_draft(), wiring.case_store().new_draft()
    now = time.time()
    os.utime(old, (now, now - 3600 * wiring.DRAFT_KEPT_HOURS - 60))
    os.utime(fresh, (now, now - 3600 * wiring.DRAFT_KEPT_HOURS + 60))
    wiring.discard_old_drafts()
    assert not old.exists()
    assert fresh.exists()


def test_no_cache_takes_a_frame_an_array_or_a_case_as_its_key() -> None:
    """Streamlit hashes large frames from a sample; only plain content keys may decide what is answered."""
    folder = Path(wiring.__file__).parent
    keys = {"str", "tuple[tuple[str, str], ...]", "tuple[str, ...]", "tuple[Any, ...]", "tuple[tuple[str, ...], ...]"}
    for source in folder.glob("*.py"):
        for function in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            if not any(
                "cache_data" in ast.unparse(d) or "cache_resource" in ast.unparse(d) for d in function.decorator_list
            ):
                continue
            for argument in function.args.args:
                typed = ast.unparse(argument.annotation) if argument.annotation else "nothing"
                assert argument.arg.startswith("_") or typed in keys, (
                    f"{source.name}: {function.name}({argument.arg}: {typed})"
                )


def test_a_defect_is_logged_by_kind_and_place_and_never_by_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Any:
        raise InputError("sample CANARY7391 is not in the file")

    try:
        broken()
    except InputError as error:
        logger = logging.getLogger("test.streamlit")
        logger.addFilter(_NoMessages())
        logger.error("Uncaught app execution: %s", error, exc_info=error)
        assert "CANARY7391" not in where_and_what(error)
    assert "InputError at tests/components/test_wiring.py" in caplog.text
    assert "CANARY7391" not in caplog.text
