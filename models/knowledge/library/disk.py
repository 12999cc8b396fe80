"""What every change to the folder of releases rests on: one writer, durable renames, and sentences for a bad disk."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from models.errors import CaseboardError, InputError
from models.knowledge.library.installed import CURRENT_FILE, RELEASES, Library
from models.on_disk import sync

LOCK_FILE = "lock"
# Not four levels deep as a release is, so `Library` never takes what lies here for one.
UNFINISHED = f"{RELEASES}/.unfinished"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def changing(library: Library, doing: str) -> Iterator[Path]:
    """The only writer of `library` while inside; gives an empty folder for unfinished work on the same disk.

    What a dead writer left behind is removed first, what this one leaves unfinished is removed afterwards.
    doing: for the sentence somebody else reads meanwhile ("installing ClinVar"). Raises InputError when
    somebody else changes the library, when its folder cannot be written, and when the disk is full.
    """
    with sentences(library.folder), only_one(library.folder, doing):
        scratch = library.folder / UNFINISHED
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def only_one(folder: Path, doing: str) -> Iterator[None]:
    """Make `folder` and be alone in it: a lock the system lets go of when its holder dies (flock); its file stays.

    Raises InputError with what somebody else is `doing` there.
    """
    import fcntl  # POSIX only; reading releases must work without it

    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / LOCK_FILE, "a+", encoding="utf-8", opener=no_link) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            lock.seek(0)
            raise InputError(
                f"Somebody else is {lock.read(200).strip() or 'changing it'} in {folder}; try again when that is done."
            ) from held
        lock.truncate(0)
        lock.write(doing)
        lock.flush()
        yield


def no_link(path: str, flags: int) -> int:
    """An opener that never writes through a link somebody else put there (whoever may write to the folder)."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def write_current(library: Library, in_use: Mapping[str, str]) -> None:
    """Which release each slot uses, replaced whole by one rename: after a crash it is the old list or the new."""
    fresh = library.folder / f"{CURRENT_FILE}.new"
    fresh.unlink(missing_ok=True)
    fresh.write_text(json.dumps(dict(sorted(in_use.items())), indent=1), encoding="utf-8")
    sync(fresh)
    fresh.replace(library.folder / CURRENT_FILE)
    sync(library.folder)


def keep_durably(scratch: Path, place: Path) -> None:
    """Make `scratch` the folder `place` by one rename, its content and every new folder above it on disk first."""
    for path in (*scratch.rglob("*"), scratch):
        sync(path)
    new_parents = [folder for folder in place.parents if not folder.is_dir()]
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch.rename(place)
    for folder in (place.parent, *(folder.parent for folder in new_parents)):
        sync(folder)


def discard(release_folder: Path, scratch: Path) -> None:
    """Remove a release no slot uses: gone at once by a rename, its bytes afterwards."""
    gone = scratch / f"discarded-{release_folder.name}"
    release_folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


@contextmanager
def sentences(folder: Path, needed_bytes: int = 0) -> Iterator[None]:
    """Turn what the disk refuses into InputError: full (how much is needed and where), or not to be written.

    needed_bytes: about, 0 when unknown. Whoever writes may raise errors of its own kind (DuckDB does);
    what the system said tells that the disk is full.
    """
    try:
        yield
    except CaseboardError:
        raise
    except Exception as problem:
        number = problem.errno if isinstance(problem, OSError) else None
        if number in _FULL or os.strerror(errno.ENOSPC) in str(problem):
            raise InputError(full_disk(folder, needed_bytes)) from problem
        if number in _FORBIDDEN:
            raise InputError(
                f"The knowledge folder {folder} cannot be written; whoever looks after it can, "
                "or set CASEBOARD_KNOWLEDGE to a folder of your own."
            ) from problem
        if isinstance(problem, OSError):
            raise InputError(f"The disk of {folder} refused: {problem.strerror or problem}.") from problem
        raise


def full_disk(folder: Path, needed_bytes: int) -> str:
    """The sentence for a disk without room."""
    needed = f"about {amount(needed_bytes)} needed" if needed_bytes else "more is needed"
    return (
        f"The disk of {folder} is full: {needed}, {amount(free_bytes(folder))} free. "
        "Nothing that was installed has changed; make room there, "
        "or set CASEBOARD_KNOWLEDGE to a folder on a larger disk."
    )


def free_bytes(folder: Path) -> int:
    """Room on the disk that holds `folder`, which need not exist yet."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.is_dir())
    return shutil.disk_usage(there).free


def amount(size_bytes: int) -> str:
    """A size as people read it, in decimal units as disks and browsers give it: "181 MB"."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size_bytes >= unit:
            size = size_bytes / unit
            return f"{size:.1f} {name}" if size < 10 else f"{size:,.0f} {name}"
    return f"{size_bytes} bytes"
