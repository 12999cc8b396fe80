"""A writer that dies at any line leaves the old release in use, and the next writer cleans up after it."""

import os
import signal
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

import models.knowledge.library as ours
from models.case import Assembly
from models.errors import InputError
from models.knowledge.library import Library, install_files, remove, switch
from tests.knowledge.library.toys import NOON, offer, text_in_use, toy_file

OUR_FILES = {str(p) for p in Path(ours.__file__).parent.glob("*.py")} | {sys.modules[offer.__module__].__file__}


class Died(BaseException):
    """Not an Exception: nothing may catch it."""


def at_line(number, what):
    """A trace that calls `what` before the line of ours that is the `number`th to run."""
    left = [number]

    def trace(frame, event, _argument):
        if frame.f_code.co_filename not in OUR_FILES:
            return None
        if event == "line":
            left[0] -= 1
            if left[0] == 0:
                what()
        return trace

    return trace


def run_until(number, what, action):
    """Whether `action` came to its end before line `number`."""
    sys.settrace(at_line(number, what))
    try:
        action()
    except Died:
        return False
    finally:
        sys.settrace(None)
    return True


def die():
    raise Died


def killed_at(number, action):
    """Run `action` in a child killed (SIGKILL) before its `number`th line; whether it came to its end."""
    child = os.fork()
    if child == 0:
        sys.settrace(at_line(number, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        action()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def killed(number, action):
    return killed_at(number, action)


def raised(number, action):
    return run_until(number, die, action)


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path / "knowledge")
    install_files(made, offer(), [toy_file(tmp_path, "1", "2026-01-01", "cat")], at=NOON)
    return made


def leftovers(library):
    named = {f"releases/{i.folder.relative_to(library.folder / 'releases')}" for i in library.installed()}
    there = {p.relative_to(library.folder).as_posix() for p in library.folder.glob("releases/*/*/*") if p.is_dir()}
    return sorted(there - named)


@pytest.mark.parametrize("death", [killed, raised], ids=["killed", "raised"])
@pytest.mark.parametrize("version", ["1", "2"], ids=["the-same-version", "a-newer-version"])
def test_a_crash_at_any_line_of_an_install_leaves_the_old_release_or_the_new_one(tmp_path, library, version, death):
    new = toy_file(tmp_path, version, "2026-02-01", "dog")
    seen, number = [], 1
    while True:
        install_files(library, offer(), [toy_file(tmp_path, "1", "2026-01-01", "cat")], at=NOON)
        done = death(number, lambda: install_files(library, offer(), [new], at=NOON))
        seen.append(text_in_use(library.folder))
        assert ours.verify(library) == ()
        number += 1
        if done:
            break
    assert number > 60
    changes = [(before, after) for before, after in pairwise(seen) if before != after]
    assert changes == [("cat", "dog")]  # the old one up to one line, the new one from there on
    assert (leftovers(library), len(library.copies())) == ([], len({"1", version}))


@pytest.mark.parametrize("death", [killed, raised], ids=["killed", "raised"])
def test_a_crash_at_any_line_of_a_removal_leaves_a_library_that_answers(tmp_path, library, death):
    number = 1
    while True:
        for version, text in (("1", "cat"), ("2", "dog")):
            install_files(library, offer(), [toy_file(tmp_path, version, f"2026-0{version}-01", text)], at=NOON)
        done = death(number, lambda: remove(library, "toys/GRCh38", "2", even_in_use=True))
        assert text_in_use(library.folder) in ("cat", "dog")
        assert ours.verify(library) == ()
        number += 1
        if done:
            break
    assert (number > 30, text_in_use(library.folder)) == (True, "cat")


def test_a_crash_while_changing_the_release_in_use_leaves_one_or_the_other(tmp_path, library):
    install_files(library, offer(), [toy_file(tmp_path, "2", "2026-02-01", "dog")], at=NOON)
    number = 1
    while not killed(number, lambda: switch(library, "toys/GRCh38", "1")):
        assert text_in_use(library.folder) in ("cat", "dog")
        number += 1
    assert (number > 15, text_in_use(library.folder)) == (True, "cat")


def test_what_a_dead_install_left_is_gone_after_the_next(tmp_path, library):
    unfinished = library.folder / "releases" / ".unfinished" / "release"
    unfinished.mkdir(parents=True)
    (unfinished / "half.txt").write_text("half")
    install_files(library, offer(), [toy_file(tmp_path, "2", "2026-02-01", "dog")], at=NOON)
    assert not unfinished.parent.exists()


def test_two_installs_at_once_are_refused_in_a_sentence_and_the_lock_dies_with_its_holder(tmp_path, library):
    child = os.fork()
    if child == 0:  # an install that never ends
        inside = tmp_path / "inside"
        slow = offer(build=lambda *_: (inside.touch(), time.sleep(600)))
        install_files(library, slow, [toy_file(tmp_path, "3", "2026-03-01", "owl")], at=NOON)
        os._exit(0)
    try:
        while not (tmp_path / "inside").exists():
            time.sleep(0.01)
        dog = toy_file(tmp_path, "2", "2026-02-01", "dog")
        with pytest.raises(InputError, match=r"Somebody else is installing Toys in .*; try again"):
            install_files(library, offer(), [dog], at=NOON)
        with pytest.raises(InputError, match="Somebody else is installing Toys"):
            remove(library, "toys/GRCh38", "1", even_in_use=True)
        assert text_in_use(library.folder) == "cat"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    install_files(library, offer(), [dog], at=NOON)
    assert text_in_use(library.folder) == "dog"
    assert library.current("toys", Assembly.GRCH38).release.version == "2"
