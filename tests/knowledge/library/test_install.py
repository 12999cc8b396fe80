"""Installing, switching and removing releases."""

import json

import pytest

from models.case import Assembly
from models.errors import InputError, IntegrityError, Stopped, WrongBuild
from models.knowledge.library import Library, install_files, remove, switch
from tests.knowledge.library.toys import NOON, offer, release_of, text_in_use, toy_file


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "knowledge")


def install(library, tmp_path, version="1", text="cat", day="2026-01-01", **more):
    return install_files(library, offer(**more), [toy_file(tmp_path, version, day, text)], at=NOON)


def folders_of(library):
    return sorted(p.relative_to(library.folder).as_posix() for p in library.copies())


def test_an_installed_release_is_in_use_and_says_what_it_is(library, tmp_path):
    made = install(library, tmp_path)
    found = library.current("toys", Assembly.GRCH38)
    assert found == made
    assert (found.label, found.slot, found.installed_at) == ("Toys 1", "toys/GRCh38", "2026-11-21T12:00:00+00:00")
    assert set(found.files) == {"table.txt", "parts/one.txt"} and all(len(h) == 64 for h in found.files.values())
    assert found.size_bytes == sum(found.file(name).stat().st_size for name in found.files)
    assert library.in_use() == library.installed() == (found,)


def test_a_release_of_one_build_never_answers_for_the_other(library, tmp_path):
    install(library, tmp_path)
    assert library.current("toys", Assembly.GRCH37) is None
    assert library.current("toys") is None


def test_the_name_of_who_accepted_the_terms_is_kept(library, tmp_path):
    made = install_files(library, offer(), [toy_file(tmp_path)], at=NOON, accepted_by="Ada Lovelace")
    assert library.current("toys", Assembly.GRCH38).terms_accepted_by == made.terms_accepted_by == "Ada Lovelace"


def test_a_newer_release_takes_over_and_the_older_is_kept_to_go_back_to(library, tmp_path):
    install(library, tmp_path, "1", "cat")
    install(library, tmp_path, "2", "dog")
    assert text_in_use(library.folder) == "dog"
    assert [i.release.version for i in library.installed()] == ["1", "2"]
    assert switch(library, "toys/GRCh38", "1").release.version == "1"
    assert text_in_use(library.folder) == "cat"


def test_going_to_a_release_that_is_not_there_names_those_that_are(library, tmp_path):
    install(library, tmp_path)
    with pytest.raises(InputError, match=r"installed are: 1\."):
        switch(library, "toys/GRCh38", "7")
    with pytest.raises(InputError, match=r"installed are: none\."):
        switch(library, "toys/GRCh37", "1")
    assert text_in_use(library.folder) == "cat"


def test_the_same_version_again_replaces_it_and_leaves_one_copy(library, tmp_path):
    for text in ("cat", "dog", "owl"):
        install(library, tmp_path, "1", text)
        assert text_in_use(library.folder) == text
        assert len(library.copies()) == 1
    assert [i.release.version for i in library.installed()] == ["1"]


def test_a_damaged_release_is_mended_by_installing_it_again(library, tmp_path):
    made = install(library, tmp_path)
    (made.folder / "release.json").write_text("{")
    with pytest.raises(IntegrityError, match="install it again"):
        library.current("toys", Assembly.GRCH38)
    install(library, tmp_path)
    assert text_in_use(library.folder) == "cat"
    assert len(library.copies()) == 1


def test_a_damaged_release_that_is_not_in_use_hides_no_other(library, tmp_path):
    (install(library, tmp_path, "1").folder / "release.json").unlink()
    install(library, tmp_path, "2")
    assert [i.release.version for i in library.installed()] == ["2"]


def test_the_release_in_use_is_removed_only_when_asked_and_the_newest_other_takes_over(library, tmp_path):
    for version, text, day in (("1", "cat", "2026-01-01"), ("2", "dog", "2026-03-01"), ("3", "owl", "2026-02-01")):
        install(library, tmp_path, version, text, day)
    with pytest.raises(InputError, match="--in-use"):
        remove(library, "toys/GRCh38", "3")
    assert text_in_use(library.folder) == "owl"
    assert remove(library, "toys/GRCh38", "3", even_in_use=True).release.version == "2"
    assert text_in_use(library.folder) == "dog"
    assert remove(library, "toys/GRCh38", "1").release.version == "2"
    assert remove(library, "toys/GRCh38", "2", even_in_use=True) is None
    assert (text_in_use(library.folder), folders_of(library)) == (None, [])


def test_a_damaged_release_can_be_removed(library, tmp_path):
    made = install(library, tmp_path, "1")
    install(library, tmp_path, "2", "dog")
    (made.folder / "release.json").write_text("{")
    remove(library, "toys/GRCh38", "1")
    assert folders_of(library) == ["releases/toys/GRCh38/2"]


def test_a_build_that_fails_changes_nothing_and_leaves_nothing(library, tmp_path):
    def wrong(_paths, folder, _progress):
        (folder / "half.txt").write_text("half")
        raise WrongBuild("This table is of GRCh37.", "toys.txt")

    install(library, tmp_path, "1", "cat")
    with pytest.raises(WrongBuild):
        install(library, tmp_path, "2", "dog", build=wrong)
    assert text_in_use(library.folder) == "cat"
    assert folders_of(library) == ["releases/toys/GRCh38/1"]
    assert not (library.folder / "releases" / ".unfinished").exists()


def test_stopping_changes_nothing(library, tmp_path):
    def stop(_doing, share):
        if share == 1.0:
            raise Stopped("Stopped.")

    install(library, tmp_path, "1", "cat")
    with pytest.raises(Stopped):
        install_files(library, offer(), [toy_file(tmp_path, "2", text="dog")], at=NOON, progress=stop)
    assert text_in_use(library.folder) == "cat"


@pytest.mark.parametrize("made", ["nothing", "a link", "release.json"])
def test_what_is_no_table_is_not_installed(library, tmp_path, made):
    def odd(_paths, folder, _progress):
        if made == "a link":
            (folder / "table.txt").symlink_to("/etc/hostname")
        if made == "release.json":
            (folder / "release.json").write_text("{}")

    with pytest.raises(IntegrityError, match="nothing was installed"):
        install(library, tmp_path, build=odd)
    assert folders_of(library) == []


@pytest.mark.parametrize(
    "version", ["../../x", "..", ".", ".hidden", "a/b", "a\\b", "a:b", "1~2", "-rf", "ü", "\x1b[2J", "v" * 4096, ""]
)
def test_a_version_that_would_lead_elsewhere_is_refused(library, tmp_path, version):
    named = offer()
    named = type(named)(**{**named.__dict__, "release_of": lambda p: release_with(p, version)})
    with pytest.raises(InputError, match="cannot be used as a name") as refused:
        install_files(library, named, [toy_file(tmp_path)], at=NOON)
    assert version == "" or len(version) < 3 or version not in str(refused.value)
    assert not library.folder.exists()


def release_with(paths, version):
    told = release_of(paths)
    return type(told)(**{**told.__dict__, "version": version})


@pytest.mark.parametrize("version", ["a\nb", "a b", "1\n"])
def test_a_version_with_a_line_break_or_a_blank_is_refused(library, tmp_path, version):
    test_a_version_that_would_lead_elsewhere_is_refused(library, tmp_path, version)


@pytest.mark.parametrize("length", [80, 81])
def test_a_version_is_at_most_eighty_characters_long(library, tmp_path, length):
    if length <= 80:
        assert install(library, tmp_path, "v" * length).release.version == "v" * length
    else:
        with pytest.raises(InputError, match="cannot be used as a name"):
            install(library, tmp_path, "v" * length)


@pytest.mark.parametrize("name", ["../../elsewhere", "..", "/etc", "a/../..", "", 7, None])
def test_a_list_in_use_that_leads_elsewhere_is_damaged(library, tmp_path, name):
    install(library, tmp_path)
    (library.folder / "current.json").write_text(json.dumps({"toys/GRCh38": name}))
    with pytest.raises(IntegrityError, match="verify --repair"):
        library.current("toys", Assembly.GRCH38)


@pytest.mark.parametrize(
    "text", ["[]", "null", "3", "{", "", '{"../x/GRCh38": "1"}', '{"toys/hg19": "1"}', "[" * 99_999, "\udcff"]
)
def test_a_list_in_use_that_is_no_list_of_ours_is_damaged(library, tmp_path, text):
    install(library, tmp_path)
    (library.folder / "current.json").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(IntegrityError, match="verify --repair"):
        library.in_use()


def test_no_file_or_a_file_that_is_not_there_is_said(library, tmp_path):
    with pytest.raises(InputError, match="--file"):
        install_files(library, offer(), [], at=NOON)
    with pytest.raises(InputError, match=r"^gone\.txt: no such file"):
        install_files(library, offer(), [tmp_path / "gone.txt"], at=NOON)


def test_nothing_installed_is_nothing_and_no_error(library):
    assert (library.current("toys"), library.in_use(), library.installed()) == (None, (), ())
    assert not library.folder.exists()
