"""The notes of the last walk and the last backup: for their owner only, whole or not there, never in the way."""

import hashlib
from datetime import UTC, datetime

import pytest

from models.health import BackupNote, Verified, keep, remembered
from models.health.upkeep import BACKUP_FILE, VERIFIED_FILE, last_backup, last_verified
from models.review.backup import Manifest
from models.review.verify import Head

AT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
VERIFIED = Verified(AT.isoformat(), 3, 1, "a" * 64, None, ("decision 2 of case c-1 ...",))


def test_what_was_noted_comes_back_and_only_its_owner_may_read_it(tmp_path):
    backup = BackupNote(AT.isoformat(), "b" * 64, 3, 1, same_disk=True)
    assert (keep(tmp_path, VERIFIED), keep(tmp_path, backup)) == ("", "")
    assert (last_verified(tmp_path), last_backup(tmp_path)) == (VERIFIED, backup)
    assert sorted(p.name for p in tmp_path.iterdir()) == [BACKUP_FILE, VERIFIED_FILE]
    assert not any(p.stat().st_mode & 0o077 for p in tmp_path.iterdir())


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"at": 1}', '{"at": "2026-11-21"}', "ä"])
def test_a_damaged_note_is_as_none(damaged, tmp_path):
    (tmp_path / VERIFIED_FILE).write_text(damaged)
    assert last_verified(tmp_path) is None


def test_a_note_without_its_offset_is_as_none(tmp_path):
    keep(tmp_path, Verified("2026-11-21T20:00:00", 3, 1, "a" * 64, 0, ()))
    assert last_verified(tmp_path) is None


def test_a_note_that_cannot_be_written_is_said_and_stops_nothing(tmp_path):
    (tmp_path / "home").write_text("a file in the way")
    assert "could not be noted" in keep(tmp_path / "home", VERIFIED)
    manifest = Manifest(AT.isoformat(), "1", Head(0, {}), {})
    assert "could not be noted" in remembered(tmp_path / "gone.zip", tmp_path, manifest, AT)


def test_a_backup_is_remembered_by_its_bytes_and_its_disk(tmp_path):
    (tmp_path / "one.zip").write_bytes(b"whole")
    manifest = Manifest(AT.isoformat(), "1", Head(2, {"c-1": (2, "a")}), {})
    assert remembered(tmp_path / "one.zip", tmp_path, manifest, AT) == ""
    note = last_backup(tmp_path)
    assert note == BackupNote(AT.isoformat(), hashlib.sha256(b"whole").hexdigest(), 2, 1, same_disk=True)
