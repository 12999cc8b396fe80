"""A passphrase is long enough, one line, the same on every keyboard, and comes from nowhere that others can read."""

import os
import subprocess
import sys

import pytest

from models.errors import InputError
from models.vault.passphrase import LONGEST_BYTES, SHORTEST, Asked, acceptable, current, new

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def typed(monkeypatch):
    """What the person at the terminal types, in turn."""

    def will_type(*lines):
        said = iter(lines)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("models.vault.passphrase.getpass", lambda _: next(said))
        return Asked()

    return will_type


@pytest.fixture
def descriptor():
    """An open descriptor with these lines."""
    opened = []

    def holding(raw):
        reading, writing = os.pipe()
        os.write(writing, raw)
        os.close(writing)
        opened.append(reading)
        return Asked(reading)

    yield holding
    for one in opened:
        os.close(one)


@pytest.mark.parametrize(("length", "is_taken"), [(SHORTEST - 1, False), (SHORTEST, True), (SHORTEST + 1, True)])
def test_a_passphrase_has_at_least_fifteen_characters(length, is_taken):
    text = LETTERS[:length]
    if is_taken:
        assert acceptable(text) == text
        return
    with pytest.raises(InputError, match="has 14 characters; at least 15"):
        acceptable(text)


@pytest.mark.parametrize(("more", "is_taken"), [(-1, True), (0, True), (1, False)])
def test_a_passphrase_is_not_longer_than_the_program_takes(more, is_taken):
    text = (LETTERS * 50)[: LONGEST_BYTES + more]
    if is_taken:
        assert acceptable(text) == text
        return
    with pytest.raises(InputError, match="longer than 1000 bytes"):
        acceptable(text)


@pytest.mark.parametrize(("characters", "is_taken"), [(4, False), (5, True), (6, True)])
def test_a_passphrase_of_a_few_repeated_characters_is_refused(characters, is_taken):
    text = (LETTERS[:characters] * 20)[:20]
    if is_taken:
        assert acceptable(text) == text
        return
    with pytest.raises(InputError, match="repeats a few characters"):
        acceptable(text)


def test_letters_count_as_people_count_them_and_are_the_same_from_every_keyboard():
    composed, apart = "überschwänglich!", "u\u0308berschwa\u0308nglich!"
    assert acceptable(apart) == composed == acceptable(composed)


@pytest.mark.parametrize(
    "text", ["two\nlines of a passphrase", "a passphrase with\0a zero", "with a return\rin it all"]
)
def test_a_passphrase_is_one_line(text):
    with pytest.raises(InputError, match="one line"):
        acceptable(text)


def test_a_new_passphrase_is_typed_twice(typed):
    assert new(typed("five words drawn at random", "five words drawn at random")) == "five words drawn at random"
    with pytest.raises(InputError, match="differ; nothing was changed"):
        new(typed("five words drawn at random", "five words drawn at ramdon"))
    with pytest.raises(InputError, match="at least 15"):
        new(typed("short"))
    assert current(typed("short, but it may be an old one")) == "short, but it may be an old one"


def test_a_server_reads_one_line_each_from_a_descriptor(descriptor):
    asked = descriptor(b"the first passphrase\r\nthe second passphrase\n")
    assert (current(asked), new(asked)) == ("the first passphrase", "the second passphrase")
    with pytest.raises(InputError, match="No passphrase came from descriptor"):
        current(asked)
    with pytest.raises(InputError, match="not UTF-8"):
        current(descriptor(b"\xff\xfe of another kind\n"))
    with pytest.raises(InputError, match=r"descriptor 999 \(Bad file descriptor\)"):
        current(Asked(999))


def test_a_keyring_s_command_prints_it(tmp_path):
    (tmp_path / "kept").write_text("what the keyring holds\nand nothing else\n")
    assert current(Asked(command=f"cat '{tmp_path / 'kept'}'")) == "what the keyring holds"
    for command, words in (
        ("false", r"failed \(exit 1\)"),
        ("no-such-program-here", "cannot be run"),
        ("true", "No pass"),
    ):
        with pytest.raises(InputError, match=words):
            current(Asked(command=command))
    with pytest.raises(InputError, match="cannot be run"):
        current(Asked(command="an 'open quote"))


def test_where_nobody_can_type_it_the_other_ways_are_named(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(InputError, match="--passphrase-fd or --passphrase-command"):
        current(Asked())


def test_a_crash_of_caseboard_or_of_what_it_starts_leaves_no_memory_on_the_disk(tmp_path):
    """In a process of its own, which begins with as large a core dump as it may have."""
    said = (
        "import resource, subprocess, pathlib, sys\n"
        "from models.vault import keep_temporary_files_in\n"
        "most = resource.getrlimit(resource.RLIMIT_CORE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
        "keep_temporary_files_in(pathlib.Path(sys.argv[1]))\n"
        "ask = 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])'\n"
        "print(most, subprocess.check_output([sys.executable, '-c', ask], text=True))\n"
    )
    most, of_a_child = subprocess.check_output([sys.executable, "-c", said, str(tmp_path)], text=True).split()
    if most == "0":
        pytest.skip("this system allows no core dumps at all")
    assert of_a_child == "0"
