"""`cli.py knowledge`: what is said, where, and with which exit code."""

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cli
import models.knowledge
from models.case import Assembly
from models.errors import Stopped
from models.knowledge.library import Library, commands
from tests.knowledge.library import server as web
from tests.knowledge.library.toys import NOON, TERMS, offer, source, text_in_use, toy_file

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "knowledge"
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(place))
    return place


@pytest.fixture
def toys(served, monkeypatch):
    """A source on both builds, at https addresses that a mirror serves."""
    for build in ("GRCh38", "GRCh37"):
        served.put(f"/pub/{build}/toys.txt", b"1 2026-01-01 cat")
    fetch = {b: [(f"https://toys.invalid/pub/{b.value}/toys.txt", 16)] for b in (Assembly.GRCH38, Assembly.GRCH37)}
    made = source(*(offer(build, fetch=address) for build, address in fetch.items()))
    handed = source(
        offer(Assembly.UNKNOWN, licence=TERMS, by_hand="Ask the Consortium.", source="handed"), key="handed"
    )
    monkeypatch.setattr(models.knowledge, "SOURCES", (made, handed))
    return served


def run(capsys, *words):
    code = cli.main(["knowledge", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_install_update_go_back_and_remove(toys, folder, capsys):
    mirror = ("--mirror", toys.base)
    code, out, err = run(capsys, "install", "toys", "--build", "GRCh38", *mirror)
    assert (code, out) == (0, "Toys 1 for GRCh38 is installed and in use (35 bytes).\n")
    assert err.splitlines() == ["Downloading toys.txt", "Checking toys.txt", "Building", "Checking Toys 1"]

    assert run(capsys, "update", *mirror)[1] == "Toys 1 for GRCh38 is already the newest.\n"
    toys.put("/pub/GRCh38/toys.txt", b"2 2026-02-01 dog")
    assert run(capsys, "update", "toys", *mirror)[1].splitlines() == [
        "Toys 2 for GRCh38 is installed and in use (35 bytes).",
        "To go back to 1: cli.py knowledge use toys --build GRCh38 --release 1",
    ]
    assert text_in_use(folder) == "dog"

    assert run(capsys, "use", "toys", "--release", "1")[:2] == (0, "Toys 1 is in use (toys/GRCh38).\n")
    assert text_in_use(folder) == "cat"
    assert "also installed: 2" in run(capsys, "list")[1]
    assert run(capsys, "verify")[:2] == (0, "2 installed releases: every file is as it was installed.\n")

    code, _, err = run(capsys, "remove", "toys", "--release", "1")
    assert (code, "--in-use" in err) == (2, True)
    code, _, err = run(capsys, "remove", "toys")
    assert (code, "say which: --release 1 or --release 2" in err) == (2, True)
    out = run(capsys, "remove", "toys", "--release", "1", "--in-use")[1]
    assert out == "toys/GRCh38 1 is removed; Toys 2 is in use.\n"
    assert text_in_use(folder) == "dog"
    out = run(capsys, "remove", "toys", "--in-use")[1]
    assert out == "toys/GRCh38 2 is removed; no installed release is in use.\n"


def test_the_addresses_to_carry_over_or_to_mirror_are_listed(toys, folder, capsys):
    both = [f"https://toys.invalid/pub/{build}/toys.txt" for build in ("GRCh38", "GRCh37")]
    assert run(capsys, "list", "--addresses")[1].splitlines() == both
    assert run(capsys, "list", "handed", "--addresses")[1] == ""
    assert "handed: " not in run(capsys, "list", "toys")[1]
    assert run(capsys, "list", "toyz")[0] == 2


def test_a_licence_to_accept_is_shown_and_nothing_is_installed_until_a_person_does(toys, folder, capsys, tmp_path):
    toy = toy_file(tmp_path)
    code, out, err = run(capsys, "install", "handed", "--file", toy)
    assert (code, out) == (2, "")
    for told in ("Terms of the Toy Consortium", "https://toys.example.org/terms", "--accept-licence", "you provide"):
        assert told in err
    assert not folder.exists()
    assert run(capsys, "install", "handed", "--file", toy, "--accept-licence", "Ada")[0] == 0
    assert Library(folder).current("handed").terms_accepted_by == "Ada"


def test_what_a_person_provides_says_how(toys, folder, capsys):
    code, _, err = run(capsys, "install", "handed", "--accept-licence", "Ada")
    assert (code, err) == (2, "Ask the Consortium. Then: cli.py knowledge install handed --file PATH\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["install", "toyz", "--build", "GRCh38"], "Did you mean toys?"),
        (["install", "toys"], "say which: --build GRCh38 or --build GRCh37"),
        (["install", "toys", "--build", "GRCh38", "--file", "/nowhere/toys.txt"], "toys.txt: no such file"),
        (["install", "toys", "--build", "GRCh38", "--mirror", "file:///srv"], "Only addresses like https://host/path"),
        (["update", "toys"], "toys is not installed"),
        (["remove", "toys"], "installed is: nothing"),
        (["use", "toys", "--release", "../.."], "installed is: nothing"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_exit_2(toys, folder, capsys, words, said):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "") and said in err and "Traceback" not in err


def test_a_failed_update_is_exit_2_and_the_release_stays(toys, folder, capsys):
    run(capsys, "install", "toys", "--build", "GRCh38", "--mirror", toys.base)
    toys.files.clear()
    code, _, err = run(capsys, "update", "--mirror", toys.base)
    assert (code, text_in_use(folder)) == (2, "cat")
    assert "Toys 1 for GRCh38 stays in use: toys.txt: the file is not there (404) at 127.0.0.1." in err


def test_damage_is_named_with_exit_2_and_the_list_can_be_repaired(toys, folder, capsys):
    run(capsys, "install", "toys", "--build", "GRCh38", "--mirror", toys.base)
    (folder / "current.json").write_text("{")
    code, _, err = run(capsys, "list")
    assert (code, "verify --repair" in err) == (2, True)
    assert run(capsys, "verify")[0] == 2
    code, out, _ = run(capsys, "verify", "--repair")
    assert (code, out.splitlines()[0]) == (0, "toys/GRCh38: 1 is in use.")
    (folder / "releases/toys/GRCh38/1/table.txt").write_text("x")
    code, _, err = run(capsys, "verify")
    assert (code, "table.txt of toys/GRCh38 Toys 1 is damaged; install it again." in err) == (2, True)


def test_an_empty_library_is_said_and_is_no_error(toys, folder, capsys):
    assert run(capsys, "verify")[:2] == (0, "Nothing is installed.\n")
    assert run(capsys, "update")[:2] == (0, "Nothing is installed yet; see: cli.py knowledge list\n")
    assert run(capsys, "list")[1].startswith(f"Folder: {folder} (nothing installed yet)\n")


def test_what_was_begun_is_listed_gone_on_with_or_forgotten(toys, folder, capsys):
    words = ["install", "toys", "--build", "GRCh38", "--mirror", toys.base]
    toys.then("/pub/GRCh38/toys.txt", web.announce(16, body=b"1 2026"), web.status(404))
    assert run(capsys, *words)[0] == 2
    assert "6 bytes were downloaded and wait" in run(capsys, "list")[1]
    assert run(capsys, "remove", "toys")[:2] == (0, "What was downloaded of toys is removed.\n")
    assert "were downloaded" not in run(capsys, "list")[1]
    assert run(capsys, "remove", "toys")[0] == 2


def test_ctrl_c_stops_in_a_sentence(monkeypatch, tmp_path):
    def interrupt(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "verify", interrupt)
    desk = commands.Desk(Library(tmp_path), (), NOON, io.StringIO(), io.StringIO())
    with pytest.raises(Stopped, match="kept; the same command goes on"):
        commands.run(argparse.Namespace(verb="verify", repair=False), desk)


def test_nothing_of_a_patient_or_of_this_computer_is_in_a_request(toys, tmp_path, monkeypatch, capsys):
    """A folder, a working directory, a user and an acceptance that all carry canary words."""
    home = tmp_path / "Canaryfolder-Patient-Muster"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(home / "canary knowledge"))
    monkeypatch.setenv("CASEBOARD_HOME", str(home))
    monkeypatch.setenv("USER", "canaryuser")
    monkeypatch.setenv("HOSTNAME", "canaryhost")
    words = ["--build", "GRCh38", "--mirror", toys.base, "--accept-licence", "Canary Lovelace"]
    toys.then("/pub/GRCh38/toys.txt", web.drop_after(3))
    assert run(capsys, "install", "toys", *words)[0] == 0
    assert run(capsys, "update", "--mirror", toys.base)[0] == 0
    assert len(toys.requests) >= 3
    for path, _, raw in toys.requests:
        assert path == "/pub/GRCh38/toys.txt"
        assert "canary" not in raw.lower() and "muster" not in raw.lower()


def test_the_real_catalogue_is_listed_from_an_empty_folder_without_making_it(tmp_path):
    place = tmp_path / "none"
    done = subprocess.run(
        [sys.executable, ROOT / "cli.py", "knowledge", "list"],
        capture_output=True,
        text=True,
        env={**os.environ, "CASEBOARD_KNOWLEDGE": str(place)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    for key in {s.key for s in models.knowledge.SOURCES if not s.offers}:
        assert f"\n{key}: " in done.stdout
    assert not place.exists()
