"""A writer that dies at any line leaves the old release in use, and the next writer cleans up after it."""

import os
import shutil
import signal
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import models.knowledge.library as ours
from models.case import Assembly
from models.errors import InputError
from models.knowledge.library import Addressed, Library, install_files, remove, switch
from models.knowledge.library.download import download as fetch
from tests.knowledge.library import server as web
from tests.knowledge.library.server import CONTENT
from tests.knowledge.library.toys import NOON, offer, text_in_use, toy_file
from tests.waiting import wait_for

pytestmark = pytest.mark.slow  # thousands of small deaths

OUR_FILES = {str(p) for p in Path(ours.__file__).parent.glob("*.py")} | {sys.modules[offer.__module__].__file__}


class Died(BaseException):
    """Not an Exception: nothing may catch it."""


def tracing(at_line):
    """A trace that calls `at_line` with file and number before each line of ours."""

    def trace(frame, event, _argument):
        if frame.f_code.co_filename not in OUR_FILES:
            return None
        if event == "line":
            at_line((frame.f_code.co_filename, frame.f_lineno))
        return trace

    return trace


def moments(action):
    """Each line of ours that `action` runs, the first and the second time it does: (line, time)."""
    seen, order = Counter(), []

    def note(line):
        seen[line] += 1
        if seen[line] <= 2:
            order.append((line, seen[line]))

    sys.settrace(tracing(note))
    try:
        action()
    finally:
        sys.settrace(None)
    return order


def at(moment, what):
    """A trace that calls `what` at that moment."""
    line, time_of_it = moment
    left = [time_of_it]

    def wait(now):
        left[0] -= now == line
        if now == line and not left[0]:
            what()

    return tracing(wait)


def raised(moment, action):
    """An exception that nothing may catch, at that moment. False when the moment did not come."""
    sys.settrace(at(moment, die))
    try:
        action()
    except Died:
        return True
    finally:
        sys.settrace(None)
    return False


def die():
    raise Died


def killed(moment, action):
    """A child killed (SIGKILL) at that moment. False when the moment did not come."""
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(300)  # a child that hangs is no death of ours
            sys.settrace(at(moment, lambda: os.kill(os.getpid(), signal.SIGKILL)))
            action()
        finally:
            os._exit(0)  # whatever happened: the child is not to go on as a second test run
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch):
    """A killed process loses nothing the system already has; only a power cut needs fsync, and has its own test."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path / "knowledge")
    install_files(made, offer(), [toy_file(tmp_path, "1", "2026-01-01", "cat")], at=NOON)
    return made


def after_each_death(library, action, death):
    """What is in use after a death at each moment of `action`, which starts each time from the library as it was."""
    spare = library.folder.with_name("spare")
    shutil.copytree(library.folder, spare)
    order, seen = moments(action), []
    for moment in order:
        shutil.rmtree(library.folder)
        shutil.copytree(spare, library.folder)
        assert death(moment, action)
        seen.append(text_in_use(library.folder))
        assert ours.verify(library) == ()
    return seen


def changes(seen):
    return [(before, after) for before, after in pairwise(seen) if before != after]


deaths = pytest.mark.parametrize("death", [killed, raised])


@deaths
@pytest.mark.parametrize("version", ["1", "2"], ids=["the-same-version", "a-newer-version"])
def test_a_crash_at_any_line_of_an_install_leaves_the_old_release_or_the_new_one(tmp_path, library, version, death):
    new = toy_file(tmp_path, version, "2026-02-01", "dog")

    def install():
        install_files(library, offer(), [new], at=NOON)

    seen = after_each_death(library, install, death)
    assert len(seen) > 100
    assert changes(seen) == [("cat", "dog")]  # the old one up to one line, the new one from there on
    install()
    assert (text_in_use(library.folder), len(library.copies())) == ("dog", len({"1", version}))
    assert not (library.folder / "releases" / ".unfinished").exists()


@deaths
def test_a_crash_at_any_line_of_a_removal_leaves_a_library_that_answers(tmp_path, library, death):
    install_files(library, offer(), [toy_file(tmp_path, "2", "2026-02-01", "dog")], at=NOON)
    seen = after_each_death(library, lambda: remove(library, "toys/GRCh38", "2", even_in_use=True), death)
    assert len(seen) > 50
    assert changes(seen) == [("dog", "cat")]


def test_a_crash_while_changing_the_release_in_use_leaves_one_or_the_other(tmp_path, library):
    install_files(library, offer(), [toy_file(tmp_path, "2", "2026-02-01", "dog")], at=NOON)
    seen = after_each_death(library, lambda: switch(library, "toys/GRCh38", "1"), killed)
    assert changes(seen) == [("dog", "cat")]


@deaths
def test_a_crash_at_any_line_of_a_download_never_glues_two_files_together(served, folder, patience, death):
    before, after = CONTENT[:9_000], CONTENT[::-1][:9_000]
    address = served.put("/toys.bin", before)

    def download():
        fetch(Addressed(address), folder, patience=patience)

    def once_more(content):
        shutil.rmtree(folder, ignore_errors=True)
        served.next_answers.clear()
        served.put("/toys.bin", content)
        served.then("/toys.bin", web.drop_after(2_000), web.drop_after(3_000))

    once_more(before)
    order = moments(download)
    deaths = 0  # nearly as many as moments: how often a line runs hangs on how the network cuts the bytes
    for moment in order:
        once_more(before)
        deaths += death(moment, download)
        served.next_answers.clear()
        served.put("/toys.bin", after)
        assert fetch(Addressed(address), folder, patience=patience).read_bytes() == after
    assert deaths > 100


def test_a_power_cut_finds_every_byte_on_disk_before_it_can_be_seen(tmp_path, library, monkeypatch):
    done = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: done.append(Path(f"/proc/self/fd/{descriptor}").resolve()))
    for name in ("rename", "replace"):
        monkeypatch.setattr(Path, name, renaming(getattr(Path, name), done))
    made = install_files(library, offer(), [toy_file(tmp_path, "2", "2026-02-01", "dog")], at=NOON)
    built = library.folder / "releases" / ".unfinished" / "release"
    shown, in_use = done.index((built, made.folder)), done.index("current.json")
    on_disk_before = set(done[:shown])
    assert {built / name for name in (*made.files, "release.json", "parts")} | {built} <= on_disk_before
    assert made.folder.parent in done[shown:in_use]
    assert library.folder / "current.json.new" in done[shown:in_use]
    assert done[-1] == library.folder


def renaming(really, done):
    def rename(path, target):
        done.append((path, target) if path.is_dir() else Path(target).name)
        return really(path, target)

    return rename


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
        try:
            install_files(library, slow, [toy_file(tmp_path, "3", "2026-03-01", "owl")], at=NOON)
        finally:
            os._exit(0)
    try:
        wait_for((tmp_path / "inside").exists, "the install that never ends")
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
