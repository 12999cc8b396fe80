"""A folder of compiled knowledge, written once per release and read by every later start.

A compiled folder is complete or not there at all: it is written under a temporary name beside its
place and renamed, so a crash or a second process leaves no half-written folder behind.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import platformdirs

T = TypeVar("T")


def default_cache_dir() -> Path:
    """Where compiled knowledge is kept unless a caller says otherwise."""
    return Path(platformdirs.user_cache_dir("caseboard", appauthor=False)) / "knowledge"


def compiled(place: Path, write: Callable[[Path], None], read: Callable[[Path], T]) -> T:
    """Read the folder `place`, compiling it with `write` when it is missing or unreadable.

    Raises whatever `write` raises, and OSError when nothing can be written there.
    """
    if place.is_dir():
        try:
            return read(place)
        except (OSError, ValueError, KeyError):  # damaged on disk (pyarrow's errors are ValueErrors): compile it anew
            shutil.rmtree(place, ignore_errors=True)
    _publish(place, write)
    return read(place)


def _publish(place: Path, write: Callable[[Path], None]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".compiling-", dir=place.parent))
    try:
        write(scratch)
        scratch.rename(place)
    except OSError:
        if not place.is_dir():  # otherwise another process was faster, and its folder is as good
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
