"""The suggested class on the terminal: three columns in a table, every criterion for programs."""

import json

import pytest

from models.evidence.acmg import CRITERIA
from models.reporting import ranking_as_json, ranking_as_tsv, suggested
from models.reporting.ranked import COLUMNS, ranked_rows
from tests.builders_workup import a_workup


@pytest.fixture
def workup(monkeypatch):
    """Without terms, so that no disease has to be fitted by a made-up ontology."""
    return a_workup(terms=())


def test_the_columns_come_after_the_others_and_every_row_has_them(workup):
    assert COLUMNS[-3:] == suggested.COLUMNS
    header, *lines = ranking_as_tsv(workup, 3).splitlines()
    at = header.split("\t").index("acmg_suggested_class")
    assert all(line.split("\t")[at] for line in lines)


def test_programs_get_every_criterion_with_its_reason(workup):
    first = json.loads(ranking_as_json(workup, 1))["ranked"][0]
    assert [r["code"] for r in first["acmg_results"]] == [c.code for c in CRITERIA]
    assert all(r["reason"] and r["source"] for r in first["acmg_results"])
    assert {r["verdict"] for r in first["acmg_results"]} <= {"met", "not met", "not assessable"}


@pytest.mark.parametrize(("most", "told"), [(1, 1), (2, 2), (3, 3)])
def test_behind_the_first_candidates_no_class_is_worked_out(workup, monkeypatch, most, told):
    monkeypatch.setattr(suggested, "MOST_SUGGESTED", most)
    rows = ranked_rows(workup, 3)
    assert [row["acmg_suggested_class"] is not None for row in rows] == [True] * told + [False] * (3 - told)
