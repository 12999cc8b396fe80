"""Every damaged or missing byte is named; the list of releases in use can be made again."""

import json

import pytest

from models.case import Assembly
from models.errors import Stopped
from models.knowledge.library import Library, install_files, repair, switch, verify
from tests.knowledge.library.toys import NOON, offer, text_in_use, toy_file


@pytest.fixture
def library(tmp_path):
    made = Library(tmp_path / "knowledge")
    for version, text in (("1", "cat"), ("2", "dog")):
        install_files(made, offer(), [toy_file(tmp_path, version, f"2026-0{version}-01", text)], at=NOON)
    install_files(made, offer(Assembly.GRCH37), [toy_file(tmp_path, "1", text="hen")], at=NOON)
    return made


def said(library):
    return [(f.code, f.sentence) for f in verify(library)]


def test_what_is_as_installed_is_said_to_be_so(library):
    assert verify(library) == ()


def test_an_empty_library_is_not_damaged(tmp_path):
    assert verify(Library(tmp_path / "nothing")) == ()


@pytest.mark.parametrize("release", ["GRCh38/1", "GRCh38/2", "GRCh37/1"])
@pytest.mark.parametrize("byte", [0, 5, -1])
def test_one_changed_byte_is_named_in_any_release(library, release, byte):
    table = library.folder / "releases" / "toys" / release / "table.txt"
    content = bytearray(table.read_bytes())
    content[byte] ^= 1
    table.write_bytes(content)
    build, version = release.split("/")
    assert said(library) == [
        ("damaged-file", f"table.txt of toys/{build} Toys {version} is damaged; install it again.")
    ]


def test_a_missing_file_is_named(library):
    (library.folder / "releases/toys/GRCh38/2/parts/one.txt").unlink()
    assert said(library) == [("missing-file", "toys/GRCh38 Toys 2 lacks parts/one.txt; install it again.")]


def test_a_file_that_became_a_link_out_of_the_release_is_not_followed(library, tmp_path):
    table = library.folder / "releases/toys/GRCh38/2/table.txt"
    table.rename(tmp_path / "elsewhere.txt")
    table.symlink_to(tmp_path / "elsewhere.txt")
    assert [code for code, _ in said(library)] == ["missing-file"]


def test_a_description_that_lists_a_file_elsewhere_is_named(library, tmp_path):
    described = library.folder / "releases/toys/GRCh38/2/release.json"
    told = json.loads(described.read_text())
    told["installed"]["files"]["../1/table.txt"] = "0" * 64
    described.write_text(json.dumps(told))
    assert [code for code, _ in said(library)] == ["missing-file"]


@pytest.mark.parametrize("damage", ["unlink", "empty", "other format"])
def test_a_damaged_description_is_named(library, damage):
    described = library.folder / "releases/toys/GRCh38/1/release.json"
    if damage == "unlink":
        described.unlink()
    else:
        described.write_text("" if damage == "empty" else '{"format": 99}')
    assert said(library) == [("damaged-release", "The installed release toys 1 is damaged; install it again.")]


def test_a_release_in_use_that_is_gone_is_named_and_repaired_to_one_that_is_there(library):
    (library.folder / "releases/toys/GRCh38/2").rename(library.folder / "moved")
    assert [code for code, _ in said(library)] == ["release-gone"]
    assert repair(library) == {"toys/GRCh37": "1", "toys/GRCh38": "1"}
    assert text_in_use(library.folder) == "cat"
    assert verify(library) == ()


def test_a_damaged_list_is_named_and_repaired_to_the_newest_of_each_build(library):
    (library.folder / "current.json").write_text("{")
    assert said(library) == [
        ("damaged-list", "The list of releases in use is damaged; run: cli.py knowledge verify --repair")
    ]
    assert repair(library) == {"toys/GRCh37": "1", "toys/GRCh38": "2"}
    assert (text_in_use(library.folder), text_in_use(library.folder, Assembly.GRCH37)) == ("dog", "hen")


def test_a_lost_list_is_made_again(library):
    (library.folder / "current.json").unlink()
    assert [code for code, _ in said(library)] == ["none-in-use", "none-in-use"]
    repair(library)
    assert text_in_use(library.folder) == "dog"


def test_repairing_keeps_what_somebody_chose(library):
    switch(library, "toys/GRCh38", "1")
    (library.folder / "releases/toys/GRCh37/1/release.json").unlink()
    assert repair(library) == {"toys/GRCh38": "1"}


def test_checking_can_be_stopped(library):
    def stop(*_):
        raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        verify(library, stop)
