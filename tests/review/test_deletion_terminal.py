"""Deleting in the terminal: the id is typed again, two people where two are asked for, every refusal a sentence."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from cli import main
from components.terminal.words import DELETION_REASONS as REASONS
from models.case.store import CaseStore
from models.review import DecisionLog
from models.review.backup import back_up
from models.review.commands import DeletionReason
from models.review.deletion_told import retention_lines
from tests.builders import a_case as built
from tests.review.test_deletion import sign

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CASE, NAME = "case-test", "TEST-001"
SECOND = timedelta(seconds=1)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A data folder with one case whose report is signed."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CASEBOARD_HOME", str(folder))
    monkeypatch.delenv("CASEBOARD_DATABASE", raising=False)
    store = CaseStore(folder)
    store.keep(store.new_draft(), built(), AT)
    log = DecisionLog(folder / "decisions.db")
    sign(log, CASE)
    log.close()
    return folder


@pytest.fixture
def cli(capsys, monkeypatch):
    def run(*words, typed=""):
        monkeypatch.setattr("builtins.input", answer(typed))
        code = main([str(w) for w in words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def answer(typed):
    def reply(asked):
        assert CASE in asked
        if not typed:
            raise EOFError
        return typed

    return reply


def delete(*more):
    return ("delete", CASE, "--reason", "patient-asked", "--note", "by letter", *more)


def test_every_reason_has_its_word():
    assert [word.upper().replace("-", "_") for word in REASONS] == [reason.name for reason in DeletionReason]


@pytest.mark.parametrize("typed", ["", "c-1", f"{CASE}x"])
def test_nothing_is_deleted_unless_the_id_is_typed_again(typed, home, cli):
    code, said = cli(*delete("--name", "Dr B"), typed=typed)
    assert (code, "nothing was deleted" in said) == (2, True)
    assert (home / "cases" / CASE).is_dir()


def test_a_case_is_listed_deleted_and_listed_as_deleted(home, cli, monkeypatch):
    monkeypatch.setenv("CASEBOARD_RETENTION_YEARS", "200")
    code, said = cli("retention")
    assert (code, said) == (
        0,
        f"     {CASE}  {NAME}: Kept 200 years after the last signed report or closing; this ends on 2 Jan 2226.\n",
    )
    code, said = cli(*delete("--name", "Dr B"), typed=CASE)
    assert (code, said.startswith(f"Certificate 1: case {CASE} deleted on ")) == (0, True)
    assert NAME not in said
    code, listed = cli("retention")
    assert (code, listed) == (0, f"There is no case here.\n{said}")
    code, again = cli(*delete("--name", "Dr B", "--yes"))
    assert (code, "(certificate 1)" in again) == (2, True)
    assert cli("verify")[0] == 0


@pytest.mark.parametrize(("off", "mark"), [(-SECOND, "     "), (0 * SECOND, "DUE  "), (SECOND, "DUE  ")])
def test_a_case_is_marked_as_due_from_the_end_of_its_period(off, mark, home, monkeypatch):
    monkeypatch.setenv("CASEBOARD_RETENTION_YEARS", "1")
    with closing(DecisionLog(home / "decisions.db")) as log:
        (line,) = retention_lines(log, CaseStore(home), AT.replace(year=2027) + off)
    assert line.startswith(f"{mark}{CASE}  {NAME}: ")


def test_where_two_read_two_delete(home, cli, monkeypatch):
    monkeypatch.setenv("CASEBOARD_READERS", "2")
    code, said = cli(*delete("--name", "Dr B", "--yes"))
    assert (code, "deleted by two people" in said) == (2, True)
    assert cli(*delete("--name", "Dr B", "--ask"))[0] == 0
    assert cli(*delete("--name", "dr  b", "--yes"))[0] == 2
    code, said = cli(*delete("--name", "Dr C", "--yes"))
    assert (code, "by Dr C, asked for by Dr B" in said) == (0, True)


@pytest.mark.parametrize("words", [("--yes",), ("--ask",)])
def test_a_case_that_is_not_here_is_neither_deleted_nor_asked_about(words, home, cli):
    code, said = cli("delete", "c-9", "--name", "Dr B", "--reason", "other", "--note", "x", *words)
    assert (code, "no such case" in said) == (2, True)
    assert DecisionLog(home / "decisions.db").events("c-9") == ()


def test_a_restore_tells_which_case_it_did_not_bring_back(home, cli, tmp_path):
    back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
    assert cli(*delete("--name", "Dr B", "--yes"))[0] == 0
    code, said = cli("restore", tmp_path / "one.zip")
    assert (code, "Not brought back, deleted since the backup: 1 case (certificate 1)." in said) == (0, True)
    assert not (home / "cases" / CASE).exists()
