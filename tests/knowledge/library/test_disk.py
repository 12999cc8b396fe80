"""A full disk and a folder that may only be read."""

import errno
import os
import subprocess
import threading
from pathlib import Path

import pytest

from models.case import Assembly
from models.errors import CaseboardError, InputError
from models.knowledge.library import Library, install_files, remove, switch, verify
from models.knowledge.library.disk import amount
from tests.knowledge.library.toys import NOON, offer, text_in_use, toy_file

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path / "knowledge")
    install_files(made, offer(), [toy_file(tmp_path)], at=NOON)
    return made


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of one megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@as_root
def test_a_disk_that_fills_half_way_leaves_the_old_release_and_says_what_is_needed_and_where(tmp_path, small_disk):
    library = Library(small_disk)
    install_files(library, offer(), [toy_file(tmp_path)], at=NOON)
    large = toy_file(tmp_path, "2", text="dog" * 300_000)
    with pytest.raises(InputError, match=r"about 900 kB needed, .* free\. Nothing that was installed") as refused:
        install_files(library, offer(), [large], at=NOON)
    assert str(small_disk) in refused.value.sentence
    assert text_in_use(small_disk) == "cat"
    assert verify(library) == ()
    assert not (small_disk / "releases" / ".unfinished").exists()


@pytest.mark.parametrize(
    "problem",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)),
        RuntimeError("IO Error: Could not write file: No space left on device"),  # as DuckDB says it
    ],
    ids=["full", "quota", "said-by-a-library"],
)
def test_a_full_disk_is_a_sentence_however_it_is_told(tmp_path, library, problem):
    def fill(*_):
        raise problem

    with pytest.raises(InputError, match=r"is full: about 16 bytes needed"):
        install_files(library, offer(build=fill), [toy_file(tmp_path, "2")], at=NOON)
    assert text_in_use(library.folder) == "cat"


def test_a_defect_stays_a_defect(tmp_path, library):
    def defect(*_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        install_files(library, offer(build=defect), [toy_file(tmp_path, "2")], at=NOON)
    assert text_in_use(library.folder) == "cat"


def test_another_refusal_of_the_disk_is_a_sentence_too(tmp_path, library):
    def refuse(*_):
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(InputError, match=r"The disk of .* refused: Input/output error\."):
        install_files(library, offer(build=refuse), [toy_file(tmp_path, "2")], at=NOON)


def as_nobody(action):
    """Run `action` in a child that is nobody; what it said, "" for all is well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            action()
        except CaseboardError as problem:
            said = f"{type(problem).__name__}: {problem.sentence}"
        except BaseException as problem:  # noqa: BLE001 - the parent judges whatever went wrong here
            said = repr(problem)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def shared_installation(library):
    """The folder as a department shares it: everybody reads, only root writes."""
    for path in (library.folder, *library.folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    opened = [p for p in library.folder.parents if p.stat().st_uid == os.geteuid() and not p.stat().st_mode & 0o001]
    for parent in opened:
        parent.chmod(0o711)
    return library


def snapshot(folder: Path):
    return sorted((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in (folder, *folder.rglob("*")))


@as_root
def test_a_shared_installation_that_may_only_be_read_answers_and_nothing_is_written(shared_installation):
    library, before = shared_installation, snapshot(shared_installation.folder)

    def read():
        assert text_in_use(library.folder) == "cat"
        assert len(library.in_use()) == len(library.installed()) == 1
        assert verify(library) == ()

    assert as_nobody(read) == ""
    assert snapshot(library.folder) == before


@as_root
def test_who_may_not_write_to_a_shared_installation_is_told_in_a_sentence(shared_installation, tmp_path):
    library, before = shared_installation, snapshot(shared_installation.folder)
    toys = toy_file(tmp_path, "2")
    toys.chmod(0o644)
    for action in (
        lambda: install_files(library, offer(), [toys], at=NOON),
        lambda: switch(library, "toys/GRCh38", "1"),
        lambda: remove(library, "toys/GRCh38", "1", even_in_use=True),
    ):
        said = as_nobody(action)
        assert said.startswith(f"InputError: The knowledge folder {library.folder} cannot be written")
    assert snapshot(library.folder) == before


@as_root
def test_who_may_not_even_read_it_is_told_so_and_not_that_it_is_damaged(library):
    library.folder.chmod(0o700)
    said = as_nobody(lambda: library.current("toys", Assembly.GRCH38))
    assert said.startswith(f"IntegrityError: The knowledge folder {library.folder} may not be read by you")


def test_a_reader_never_sees_a_gap_while_a_release_is_installed_again(tmp_path, library):
    seen, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            seen.append(library.current("toys", Assembly.GRCH38).release.version)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(30):
            install_files(library, offer(), [toy_file(tmp_path)], at=NOON)
    finally:
        stop.set()
        reader.join()
    assert len(seen) > 30 and set(seen) == {"1"}


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (181_234_567, "181 MB"),
        (9_940_000_000, "9.9 GB"),
        (85_000_000_000, "85 GB"),
    ],
)
def test_a_size_reads_as_people_say_it(size_bytes, said):
    assert amount(size_bytes) == said
