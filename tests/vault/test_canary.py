"""What a vault holds is nowhere on the disk in clear: not in the cipher folder, not among temporary files or in shared
memory; while it is open, and after it is closed."""

import secrets
import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, read_case
from models.review import DecisionLog
from models.vault import keep_temporary_files_in
from tests.browser.hostile_case import CANARY, SAMPLES, write_hostile_case
from tests.review.test_backup import AT, note
from tests.vault.conftest import PASSPHRASE

pytestmark = pytest.mark.slow
SHARED_MEMORY = Path("/dev/shm")
MINE = f"CANARY{secrets.token_hex(8)}"  # of this run: others may search beside us


@pytest.fixture
def outside(tmp_path, monkeypatch):
    """Where temporary files would go without a vault."""
    folder = tmp_path / "outside"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def in_shared_memory():
    return {p for p in SHARED_MEMORY.rglob("*") if p.is_file()} if SHARED_MEMORY.is_dir() else set()


def traces(folder):
    """Files below it that hold the canary, or are called so."""
    return [p for p in folder.rglob("*") if p.is_file() and (MINE in p.name or holds_canary(p))]


def holds_canary(path):
    with suppress(OSError):  # of somebody else, and gone by now
        return MINE.encode() in path.read_bytes()
    return False


def given_files(folder):
    """A case in which every text that came from outside, and every file's name, holds the canary."""
    folder.mkdir()
    for path in write_hostile_case(folder):
        path.write_text(path.read_text(encoding="utf-8").replace(CANARY, MINE), encoding="utf-8")
        yield GivenFile(path, path.name.replace(CANARY, MINE))


def test_no_word_of_a_case_read_and_decided_in_a_vault_is_found_outside_of_it(person, tmp_path, outside):
    before = in_shared_memory()
    person.does("create", PASSPHRASE)
    keep_temporary_files_in(person.home)
    assert Path(tempfile.gettempdir()).is_relative_to(person.vault.mount)
    given = tuple(given_files(tmp_path / "given"))
    store = CaseStore(person.home)
    draft = store.new_draft()
    kept = store.keep(draft, read_case(given, draft, CaseOptions(proband=SAMPLES[0].replace(CANARY, MINE))), AT)
    with closing(DecisionLog(person.home / "decisions.db")) as log:
        note(log, f"looked at by {MINE}", kept.id)
        (Path(tempfile.mkdtemp()) / "left").write_text(MINE)
        assert len({p.name for p in traces(person.vault.mount)} & {"case.json", "decisions.db-wal", "left"}) == 3
        assert traces(person.vault.cipher) + traces(outside) == []
        assert [p for p in in_shared_memory() - before if holds_canary(p)] == []
    person.does("close")
    assert traces(person.vault.root) + traces(outside) == []
    assert not [p for p in person.vault.cipher.rglob("*") if p.is_file() and b"SQLite format" in p.read_bytes()]


def test_the_search_finds_a_trace_where_there_is_one(tmp_path):
    (tmp_path / "left").write_text(f"of {MINE}")
    (tmp_path / MINE).touch()
    assert {p.name for p in traces(tmp_path)} == {"left", MINE}
