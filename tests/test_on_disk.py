"""What every room rests on when it keeps a file."""

import hashlib
import os
from pathlib import Path

import pytest

from models.on_disk import sha256_of, sync, write_private


def test_a_private_file_is_its_owner_s_only_and_never_replaces_one(tmp_path):
    path = tmp_path / "key"
    before = os.umask(0)  # the most generous there is
    try:
        write_private(path, b"secret")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        write_private(path, b"another")
    assert path.read_bytes() == b"secret"


def test_a_private_file_and_a_folder_are_on_the_disk_before_anybody_is_told(tmp_path, monkeypatch):
    on_disk: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda number: on_disk.append(Path(f"/proc/self/fd/{number}").resolve()))
    write_private(tmp_path / "note", b"kept")
    sync(tmp_path)
    assert on_disk == [tmp_path / "note", tmp_path]


@pytest.mark.parametrize("size", [0, 1, (1 << 18) + 1])
def test_the_hash_of_a_file_is_that_of_all_of_its_bytes(tmp_path, size):
    path = tmp_path / "file"
    path.write_bytes(bytes(size))
    assert sha256_of(path) == hashlib.sha256(bytes(size)).hexdigest()
