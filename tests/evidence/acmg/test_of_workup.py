"""The suggestion of a ranked row, with what the installed releases say around it."""

import pytest

from models.case import Verdict
from models.errors import IntegrityError
from models.evidence.acmg import of_workup, suggestion_of
from tests.builders_workup import a_workup

SCN1A = 0


def result(suggestion, code):
    return next(r for r in suggestion.results if r.code == code)


def test_a_new_missense_variant_of_a_trio_is_judged_with_its_family():
    said = suggestion_of(a_workup(terms=()), SCN1A)
    assert result(said, "PS2").verdict is Verdict.MET
    assert result(said, "PP3").verdict is Verdict.MET and "REVEL 0.98" in result(said, "PP3").reason


def test_the_variants_own_class_in_clinvar_never_counts():
    workup = a_workup(terms=())
    with_class = suggestion_of(workup, SCN1A)
    workup.case.variants.frame["clinvar_significance"] = "Benign"
    assert suggestion_of(workup, SCN1A) == with_class


def test_without_clinvar_installed_the_neighbours_are_not_assessed():
    pm5 = result(suggestion_of(a_workup(terms=()), SCN1A), "PM5")
    assert pm5.verdict is Verdict.NOT_ASSESSABLE and "ClinVar" in pm5.lacking


def test_a_damaged_release_is_said_where_its_answer_is_missing(monkeypatch: pytest.MonkeyPatch):
    def damaged(*_):
        raise IntegrityError("ClinVar 2026-11-10 is damaged; run: cli.py knowledge verify")

    monkeypatch.setattr(of_workup, "neighbours_of", damaged)
    said = suggestion_of(a_workup(terms=()), SCN1A)
    assert "cli.py knowledge verify" in result(said, "PM5").reason
    assert result(said, "PS2").verdict is Verdict.MET
