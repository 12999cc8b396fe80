"""Files a person dropped, put aside in a private folder under names of ours until they are read."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from models.case.store import CaseStore
from models.intake import GivenFile

_KEY = "uploads"


@dataclass
class Uploads:
    """What one session dropped so far. `round` names the uploader, so that a new case starts empty."""

    round: int = 0
    folder: Path | None = None
    files: dict[str, GivenFile] = field(default_factory=dict)


def current() -> Uploads:
    """This session's uploads."""
    mine: Uploads = st.session_state.setdefault(_KEY, Uploads())
    return mine


def put_aside(uploaded: Sequence[UploadedFile], store: CaseStore) -> tuple[GivenFile, ...]:
    """Each upload on disk once, in the order given; the name people gave is only ever shown."""
    mine = current()
    if uploaded and mine.folder is None:
        mine.folder = store.new_draft()
    for one in uploaded:
        if one.file_id not in mine.files and mine.folder is not None:
            path = mine.folder / f"given-{len(mine.files)}"
            with path.open("wb") as out:
                shutil.copyfileobj(one, out)
            mine.files[one.file_id] = GivenFile(path, one.name)
    return tuple(mine.files[one.file_id] for one in uploaded)


def start_afresh() -> Path | None:
    """Empty the form; the folder of what was dropped, for whoever still reads it to discard."""
    mine = current()
    _let_go(mine.files)
    st.session_state[_KEY] = Uploads(mine.round + 1)
    return mine.folder


def _let_go(file_ids: Iterable[str]) -> None:
    """Streamlit holds what was dropped in memory until the person leaves; by now it lies in the draft's folder."""
    context = get_script_run_ctx()
    held = context.uploaded_file_mgr if context else None
    if context and isinstance(held, MemoryUploadedFileManager):
        for file_id in file_ids:
            held.remove_file(context.session_id, file_id)
