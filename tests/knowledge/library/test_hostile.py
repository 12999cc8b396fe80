"""Somebody who may write to the folder, or to a file we are given, gets nothing but a sentence."""

import json
import shutil

import pytest

from models.case import Assembly
from models.errors import InputError, IntegrityError
from models.knowledge.library import Addressed, Library, install_files, verify
from models.knowledge.library.download import download
from tests.knowledge.library.server import CONTENT
from tests.knowledge.library.toys import NOON, offer, release_of, text_in_use, toy_file


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path / "knowledge")
    install_files(made, offer(), [toy_file(tmp_path)], at=NOON)
    return made


@pytest.fixture
def precious(tmp_path):
    """A file of somebody's that no link may make us write to."""
    path = tmp_path / "precious.txt"
    path.write_text("precious")
    yield path
    assert path.read_text() == "precious"


def test_a_table_copied_to_the_other_build_answers_for_neither(library):
    slot = library.folder / "releases" / "toys"
    shutil.copytree(slot / "GRCh38", slot / "GRCh37")
    (library.folder / "current.json").write_text(json.dumps({"toys/GRCh38": "1", "toys/GRCh37": "1"}))
    with pytest.raises(IntegrityError, match="damaged"):
        library.current("toys", Assembly.GRCH37)
    assert text_in_use(library.folder) == "cat"
    assert [f.code for f in verify(library)] == ["damaged-release"]


@pytest.mark.parametrize("place", ["toys/GRCh38/2", "other/GRCh38/1"])
def test_a_release_under_another_version_or_source_is_damaged(library, place):
    shutil.copytree(library.folder / "releases/toys/GRCh38/1", library.folder / "releases" / place)
    assert [i.folder.name for i in library.installed()] == ["1"]
    assert [f.code for f in verify(library)] == ["damaged-release"]


def test_a_lock_that_is_a_link_is_not_written_through(library, precious, tmp_path):
    (library.folder / "lock").unlink()
    (library.folder / "lock").symlink_to(precious)
    with pytest.raises(InputError, match="refused"):
        install_files(library, offer(), [toy_file(tmp_path, "2")], at=NOON)


def test_a_list_in_use_that_is_a_link_is_replaced_and_not_written_through(library, precious, tmp_path):
    for name in ("current.json", "current.json.new"):
        (library.folder / name).unlink(missing_ok=True)
    (library.folder / "current.json.new").symlink_to(precious)
    install_files(library, offer(), [toy_file(tmp_path, "2", text="dog")], at=NOON)
    assert text_in_use(library.folder) == "dog"


def test_a_part_that_is_a_link_is_not_written_through(served, folder, precious, patience):
    folder.mkdir()
    (folder / "toys.bin.part").symlink_to(precious)
    (folder / "toys.bin.part.json").symlink_to(precious)
    with pytest.raises(InputError, match="refused"):
        download(Addressed(served.put("/toys.bin", CONTENT)), folder, patience=patience)


def test_unfinished_work_that_is_a_link_is_not_emptied(library, precious, tmp_path):
    (library.folder / "releases" / ".unfinished").symlink_to(precious.parent)
    with pytest.raises(InputError, match="refused"):
        install_files(library, offer(), [toy_file(tmp_path, "2")], at=NOON)
    assert text_in_use(library.folder) == "cat"


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "10/11/2026", "\x1b[2J"])
def test_a_file_that_says_no_day_is_not_installed(library, tmp_path, day):
    def dateless(paths):
        told = release_of(paths)
        return type(told)(**{**told.__dict__, "version": "2", "released_on": day})

    toys = type(offer())(**{**offer().__dict__, "release_of": dateless})
    with pytest.raises(InputError, match="does not say of which day"):
        install_files(library, toys, [toy_file(tmp_path)], at=NOON)
    assert text_in_use(library.folder) == "cat"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("source", "../../x"),
        ("assembly", "GRCh37"),
        ("assembly", "hg19"),
        ("files", "no list"),
        ("size_bytes", "large"),
        ("release", {}),
        ("release", {"released_on": "yesterday"}),
    ],
)
def test_a_changed_description_is_damage_and_never_an_answer(library, key, value):
    described = library.folder / "releases/toys/GRCh38/1/release.json"
    told = json.loads(described.read_text())
    told["installed"][key] = told["installed"][key] | value if key == "release" and value else value
    described.write_text(json.dumps(told))
    with pytest.raises(IntegrityError, match="damaged; install it again"):
        library.current("toys", Assembly.GRCH38)


@pytest.mark.parametrize(
    "content", ["[]", "null", "3", '{"format": 1}', '{"format": 1, "installed": []}', "[" * 99_999]
)
def test_a_description_that_is_none_is_damage(library, content):
    (library.folder / "releases/toys/GRCh38/1/release.json").write_text(content)
    with pytest.raises(IntegrityError, match="damaged; install it again"):
        library.current("toys", Assembly.GRCH38)
