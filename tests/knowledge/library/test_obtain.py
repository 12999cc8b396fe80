"""Installing and updating from a server, from a mirror and from a person's own file."""

import gzip
from dataclasses import replace

import pytest

from models.case import Assembly
from models.errors import InputError, Stopped, UnreadableFile
from models.knowledge.library import Library
from models.knowledge.library.download import downloads_of
from models.knowledge.library.obtain import Asked, obtain, update_all
from models.knowledge.library.plain_get import Patience
from tests.knowledge.library import server as web
from tests.knowledge.library.toys import NOON, TERMS, offer, source, text_in_use, toy_file

PATIENCE = Patience(tries=2, connect_s=5, silence_s=10, pause=lambda _s: None)


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "knowledge")


def get(library, toys, **asked):
    return obtain(library, toys, Asked(**asked), at=NOON, patience=PATIENCE)


def updates(library, *sources, **asked):
    return list(update_all(library, sources, at=NOON, patience=PATIENCE, **asked))


def toys_at(served, text="1 2026-01-01 cat", path="/toys.txt", **more):
    return offer(fetch=[(served.put(path, text.encode()), len(text))], **more)


def test_a_source_is_downloaded_installed_and_its_downloads_are_tidied(served, library):
    toys = toys_at(served)
    installed = get(library, toys)
    assert text_in_use(library.folder) == "cat"
    assert installed.fetched == {f"{served.base}/toys.txt": web.etag_of(b"1 2026-01-01 cat")}
    assert not downloads_of(library, toys).exists()


def test_a_file_of_ones_own_needs_no_server(served, library, tmp_path):
    installed = get(library, toys_at(served), files=(toy_file(tmp_path, text="own"),))
    assert (text_in_use(library.folder), installed.fetched, served.requests) == ("own", {}, [])
    assert (tmp_path / "toys-1-own.txt").exists()


def test_a_file_of_ones_own_that_is_cut_short_is_refused_by_name(library, tmp_path):
    cut = tmp_path / "toys.txt.gz"
    cut.write_bytes(gzip.compress(b"1 2026-01-01 cat" * 100)[:-9])
    with pytest.raises(UnreadableFile, match=r"^toys\.txt\.gz: .*cut short"):
        get(library, offer(), files=(cut,))
    assert library.installed() == ()


def test_a_file_of_ones_own_that_may_not_be_read_is_refused_by_name(library, tmp_path, monkeypatch):
    def refuse(_path, _name):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("models.knowledge.library.obtain.check_whole", refuse)
    with pytest.raises(UnreadableFile, match=r"^toys-1-cat\.txt: It cannot be read: Permission denied\."):
        get(library, offer(), files=(toy_file(tmp_path),))


def test_terms_are_accepted_by_name_before_anything_is_asked_of_a_server(served, library):
    toys = toys_at(served, licence=TERMS)
    with pytest.raises(InputError, match="--accept-licence"):
        get(library, toys)
    assert served.requests == [] and not library.folder.exists()
    assert get(library, toys, accepted_by="Ada Lovelace").terms_accepted_by == "Ada Lovelace"


def test_terms_are_accepted_for_a_file_of_ones_own_too(library, tmp_path):
    with pytest.raises(InputError, match="--accept-licence"):
        get(library, offer(licence=TERMS), files=(toy_file(tmp_path),))


def test_what_nobody_can_download_says_how_to_provide_it(library):
    with pytest.raises(InputError, match=r"Ask for it\. Then: cli\.py knowledge install toys --build GRCh38 --file"):
        get(library, offer(by_hand="Ask for it."))


def test_a_build_that_fails_keeps_what_was_downloaded_for_the_next_try(served, library):
    def full(*_):
        raise OSError(28, "No space left on device")

    toys = toys_at(served)
    with pytest.raises(InputError, match="is full"):
        get(library, replace(toys, build=full))
    assert (downloads_of(library, toys) / "toys.txt").exists()
    get(library, toys)
    assert served.asked_ranges("/toys.txt") == [None, "bytes=16-"]  # 416: nothing was sent again


def test_stopping_a_download_changes_nothing_that_was_installed(served, library):
    get(library, toys_at(served))

    def stop(*_):
        raise Stopped("Stopped.")

    newer = toys_at(served, "2 2026-02-01 dog")
    with pytest.raises(Stopped):
        obtain(library, newer, Asked(), at=NOON, progress=stop, patience=PATIENCE)
    assert text_in_use(library.folder) == "cat"


def test_every_file_of_an_offer_is_fetched_in_order(served, library):
    one, two = served.put("/b/one.txt", b"1 2026-01-01 one"), served.put("/a/two.txt", b" two")
    get(library, offer(fetch=[(one, 16), (two, 4)]))
    assert library.current("toys", Assembly.GRCH38).file("table.txt").read_text().endswith(" two two")


def test_two_downloads_of_one_source_at_once_are_refused_in_a_sentence(served, library):
    toys = toys_at(served)
    said = []

    def again(*_):
        with pytest.raises(InputError) as refused:
            get(library, toys)
        said.append(refused.value.sentence)

    obtain(library, toys, Asked(), at=NOON, progress=again, patience=PATIENCE)
    assert said[0].startswith("Somebody else is downloading toys in ")
    assert text_in_use(library.folder) == "cat"


def test_an_update_takes_the_newer_release_and_keeps_the_old(served, library):
    toys = toys_at(served)
    get(library, toys)
    toys_at(served, "2 2026-02-01 dog")
    (updated,) = updates(library, source(toys))
    assert (updated.is_new, updated.was.release.version, updated.now.release.version) == (True, "1", "2")
    assert text_in_use(library.folder) == "dog"
    assert [i.release.version for i in library.installed()] == ["1", "2"]


def test_an_update_to_the_same_file_downloads_nothing(served, library):
    toys = toys_at(served)
    get(library, toys)
    served.then("/toys.txt", not_modified)
    (updated,) = updates(library, source(toys))
    assert (updated.is_new, updated.problem) == (False, "")
    assert served.requests[-1][1]["if-none-match"] == web.etag_of(b"1 2026-01-01 cat")
    assert len(served.requests) == 2


def not_modified(handler, content):
    web.head(handler, 304 if handler.headers["If-None-Match"] == web.etag_of(content) else 200)


def test_an_update_from_a_server_that_does_not_say_compares_the_releases(served, library):
    toys = toys_at(served)
    get(library, toys)
    (updated,) = updates(library, source(toys))
    assert (updated.is_new, len(library.copies())) == (False, 1)
    assert not downloads_of(library, toys).exists()


def test_an_update_fetches_nothing_where_the_address_names_the_version_in_use(served, library, tmp_path):
    """gnomAD's files, 190 GB, lie under release/4.1/; installed from one's own copy, the server's marks are unknown."""
    toys = toys_at(served, "4.1 2026-01-01 cat", path="/release/4.1/toys.txt")
    get(library, toys, files=(toy_file(tmp_path, "4.1"),))
    [done] = updates(library, source(toys))
    assert (done.is_new, done.problem, served.requests) == (False, "", [])


@pytest.mark.parametrize("path", ["/release/4.1.1/toys.txt", "/release/14.1/toys.txt", "/release/4.10/toys.txt"])
def test_an_address_that_names_another_version_is_asked(served, library, tmp_path, path):
    toys = toys_at(served, "4.2 2026-02-01 dog", path=path)
    get(library, toys, files=(toy_file(tmp_path, "4.1"),))
    assert [u.is_new for u in updates(library, source(toys))] == [True]


def test_a_server_with_an_older_release_changes_nothing(served, library):
    toys = toys_at(served, "2 2026-02-01 dog")
    get(library, toys)
    toys_at(served, "1 2026-01-01 cat")
    (updated,) = updates(library, source(toys))
    assert (updated.is_new, text_in_use(library.folder)) == (False, "dog")


def test_one_update_that_fails_does_not_stop_the_others(served, library):
    lost, good = toys_at(served, source="lost"), toys_at(served, path="/good.txt", source="good")
    for toys in (lost, good):
        get(library, toys)
    del served.files["/toys.txt"]
    served.put("/good.txt", b"2 2026-02-01 dog")
    first, second = updates(library, source(good, key="good"), source(lost, key="lost"))
    assert (first.was.source, first.is_new) == ("good", True)
    assert "not there (404)" in second.problem and library.current("lost", Assembly.GRCH38) == second.now


def test_an_update_of_what_a_person_provides_says_how(library, tmp_path):
    toys = offer(by_hand="Ask for it.")
    get(library, toys, files=(toy_file(tmp_path),))
    (updated,) = updates(library, source(toys))
    assert updated.by_hand.startswith("Ask for it. Then:") and not updated.is_new


def test_terms_once_accepted_hold_for_updates(served, library):
    toys = toys_at(served, licence=TERMS)
    get(library, toys, accepted_by="Ada Lovelace")
    toys_at(served, "2 2026-02-01 dog")
    (updated,) = updates(library, source(toys))
    assert updated.now.terms_accepted_by == "Ada Lovelace"


def test_what_is_not_offered_any_more_goes_on_working(served, library):
    get(library, toys_at(served))
    (updated,) = updates(library, source())
    assert "not offered any more" in updated.problem
    assert text_in_use(library.folder) == "cat"


def test_updating_what_is_not_installed_is_said(served, library):
    with pytest.raises(InputError, match="toys is not installed; see"):
        updates(library, source(toys_at(served)), key="toys")
    get(library, toys_at(served))
    with pytest.raises(InputError, match="not installed for GRCh37"):
        updates(library, source(toys_at(served)), key="toys", build="GRCh37")
    assert updates(library, key="toys", build="GRCh38")[0].was.source == "toys"


def test_nothing_installed_has_nothing_to_update(library):
    assert updates(library) == []


def test_a_mirror_serves_installs_and_updates(served, library):
    served.put("/k/pub/toys.txt", b"1 2026-01-01 cat")
    toys = offer(fetch=[("https://nowhere.invalid/pub/toys.txt", 16)])
    get(library, toys, mirror=f"{served.base}/k")
    served.put("/k/pub/toys.txt", b"2 2026-02-01 dog")
    assert updates(library, source(toys), mirror=f"{served.base}/k")[0].is_new
    assert {path for path, _, _ in served.requests} == {"/k/pub/toys.txt"}
