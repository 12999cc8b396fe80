"""Dropped files lie in the draft's folder; the server's memory holds them no longer than the form does."""

from types import SimpleNamespace

import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from components import uploads


@pytest.fixture
def memory(monkeypatch):
    """Where Streamlit holds what was dropped in two people's sessions."""
    held = MemoryUploadedFileManager("/upload")
    context = SimpleNamespace(session_id="ours", uploaded_file_mgr=held)
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: context)
    monkeypatch.setattr(uploads.st, "session_state", {})
    return held


def dropped(memory, session, file_id):
    record = UploadedFileRec(file_id, f"{file_id}.vcf", "text/plain", f"of {file_id}".encode())
    memory.add_file(session, record)
    return UploadedFile(record, FileURLs())


def test_what_was_dropped_leaves_the_memory_once_its_reading_begins(memory, tmp_path):
    ours = [dropped(memory, "ours", name) for name in ("a", "b")]
    dropped(memory, "theirs", "c")
    given = uploads.put_aside(ours, SimpleNamespace(new_draft=lambda: tmp_path))
    assert len(memory.get_files("ours", ["a", "b"])) == 2
    assert uploads.start_afresh() == tmp_path
    assert memory.get_files("ours", ["a", "b"]) == [] and len(memory.get_files("theirs", ["c"])) == 1
    assert [file.path.read_text() for file in given] == ["of a", "of b"]
    assert uploads.current().round == 1 and not uploads.current().files
