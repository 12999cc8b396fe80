"""The installed knowledge, compiled once per test run into a folder that goes away afterwards."""

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from models.knowledge import Knowledge, load_knowledge


@lru_cache(maxsize=1)
def compiled_folder() -> Path:
    place = Path(tempfile.mkdtemp(prefix="caseboard-test-knowledge-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    return load_knowledge(compiled_folder())
