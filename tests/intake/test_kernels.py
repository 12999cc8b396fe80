"""Compiled readers are loaded as code, so only from a folder that nobody else made."""

import os
import tempfile

import platformdirs
import pytest

from models.intake import kernels


@pytest.fixture
def nowhere_to_keep(tmp_path, monkeypatch):
    """The user's own cache cannot be made; only the machine's temporary folder is left."""
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda name: str(tmp_path / "file" / name))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_compiled_readers_are_kept_in_a_folder_for_its_owner_only(nowhere_to_keep):
    folder = kernels.kernel_folder()
    assert folder.parent == nowhere_to_keep / f"caseboard-{os.getuid()}"
    assert folder == kernels.kernel_folder()
    assert {folder.stat().st_mode & 0o777, folder.parent.stat().st_mode & 0o777} == {0o700}


@pytest.mark.parametrize("made_by_another", ["the folder above", "the folder itself"])
def test_no_compiled_reader_is_loaded_from_a_folder_that_another_account_made(
    nowhere_to_keep, monkeypatch, made_by_another
):
    folder = kernels.kernel_folder()
    theirs = folder.parent if made_by_another == "the folder above" else folder
    owner = os.getuid()
    told = type(folder).lstat

    def lstat(path):
        found = told(path)
        return os.stat_result((*found[:4], owner + 1, *found[5:])) if path == theirs else found

    monkeypatch.setattr(type(folder), "lstat", lstat)
    found = kernels.kernel_folder()
    assert found != folder and found.parent == nowhere_to_keep
    assert found.stat().st_mode & 0o777 == 0o700
