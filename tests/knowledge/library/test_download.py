"""Downloads that break off, against a real server on this machine: gone on with, never glued together."""

import gzip
import threading
from dataclasses import replace

import pytest

from models.case import Assembly
from models.errors import InputError, Stopped, UnreadableFile
from models.knowledge.library import Addressed, Library, download
from models.knowledge.library.download import download_offer, downloads_of
from tests.knowledge.library import server as web
from tests.knowledge.library.server import CONTENT, names
from tests.knowledge.library.toys import offer

fetch = download.download


# Whole files


def test_a_file_arrives_as_it_lies_on_the_server(served, folder, patience):
    path = fetch(Addressed(served.put("/pub/toys.bin", CONTENT)), folder, patience=patience)
    assert (path, path.read_bytes()) == (folder / "toys.bin", CONTENT)
    assert names(folder) == ["toys.bin", "toys.bin.part.json"]


def test_progress_tells_bytes_and_share_up_to_the_end(served, folder, patience):
    told = []
    fetch(Addressed(served.put("/toys.bin", CONTENT)), folder, progress=lambda *p: told.append(p), patience=patience)
    shares = [share for _, share in told if share is not None]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert ("Downloading toys.bin: 300 kB of 300 kB", 1.0) in told


@pytest.mark.parametrize("answer", [web.without_length, web.chunked(100_000, 150_000, 50_000), web.weakly_tagged])
def test_a_server_that_says_little_of_a_file_still_gives_it(served, folder, patience, answer):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", answer)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT


def test_a_packed_file_is_not_unpacked_on_the_way(served, folder, patience):
    packed = gzip.compress(b"##fileformat=VCFv4.2\n" * 100)
    address = served.put("/toys.vcf.gz", packed)
    served.then(
        "/toys.vcf.gz",
        lambda h, c: (web.head(h, 200, Content_Encoding="gzip", Content_Length=len(c)), h.wfile.write(c)),
    )
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == packed


# Connections that break


def test_a_dropped_connection_is_gone_on_with_where_it_broke(served, folder, patience, waits):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", web.drop_after(100_000), web.drop_after(100_000))
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin") == [None, "bytes=100000-", "bytes=200000-"]
    assert waits == [1.0, 1.0]  # each brought something: no longer pauses


def test_a_server_known_by_date_only_is_gone_on_with_too(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", drop_dated, web.dated)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin") == [None, "bytes=1000-"]
    assert served.requests[1][1]["if-range"].endswith("GMT")


def drop_dated(handler, content):
    web.head(handler, 200, Content_Length=len(content), Last_Modified=web.date_of(content))
    handler.wfile.write(content[:1000])


@pytest.mark.parametrize("answer", [web.without_validator, web.ignore_range], ids=["nothing-known", "range-ignored"])
def test_what_cannot_be_gone_on_with_is_fetched_from_its_beginning(served, folder, patience, answer):
    address = served.put("/toys.bin", CONTENT)
    first = announced_without_tag if answer is web.without_validator else web.drop_after(1000)
    served.then("/toys.bin", first, answer)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT


def announced_without_tag(handler, content):
    web.head(handler, 200, Content_Length=len(content))
    handler.wfile.write(content[:1000])


def test_a_connection_that_stays_lost_is_a_sentence_and_what_came_is_kept_for_the_next_try(
    served, folder, patience, waits
):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", web.drop_after(100_000), *[web.drop_after(0)] * 3)
    with pytest.raises(InputError, match=r"^toys\.bin: the connection was lost, 4 times in a row; 100 kB are kept"):
        fetch(Addressed(address), folder, patience=patience)
    assert waits == [1.0, 2.0, 4.0]
    assert names(folder) == ["toys.bin.part", "toys.bin.part.json"]
    served.next_answers.clear()
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin")[-1] == "bytes=100000-"


def test_a_server_that_never_gets_further_than_it_was_ends_in_a_sentence(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", *[web.announce(len(CONTENT), body=CONTENT[:5000])] * 9)
    with pytest.raises(InputError, match=r"4 times in a row; 5\.0 kB are kept"):
        fetch(Addressed(address), folder, patience=patience)
    assert len(served.requests) == 4


def test_a_chunked_body_without_its_end_is_not_whole(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", web.chunked(1000, finished=False))
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin") == [None, "bytes=1000-"]


def test_nobody_listening_is_a_sentence_without_the_address(folder, patience):
    with pytest.raises(InputError, match=r"^toys\.bin: no connection to 127\.0\.0\.1, 4 times in a row"):
        fetch(Addressed("http://127.0.0.1:9/toys.bin"), folder, patience=patience)


def test_a_server_that_falls_silent_counts_as_lost(served, folder, patience):
    address, until = served.put("/toys.bin", CONTENT), threading.Event()
    served.then("/toys.bin", web.silent_after(1000, until))
    impatient = replace(patience, silence_s=1.0)
    assert fetch(Addressed(address), folder, patience=impatient).read_bytes() == CONTENT
    until.set()
    # On a busy machine the good answer may take long enough to count as lost too; it is gone on with as well.
    assert served.asked_ranges("/toys.bin")[:2] == [None, "bytes=1000-"]


def test_a_slow_body_can_be_stopped_at_once_and_is_kept(served, folder, patience):
    address, until = served.put("/toys.bin", CONTENT), threading.Event()
    served.then("/toys.bin", web.silent_after(1000, until))

    def stop(doing, _share):
        raise Stopped("Stopped.")

    with pytest.raises(Stopped):
        fetch(Addressed(address), folder, progress=stop, patience=patience)
    until.set()
    assert (folder / "toys.bin.part").stat().st_size == 1000
    fetch(Addressed(address), folder, patience=patience)
    assert served.asked_ranges("/toys.bin") == [None, "bytes=1000-"]


# Servers that change their mind


def test_a_file_that_changed_between_two_parts_is_never_glued_together(served, folder, patience):
    address, newer = served.put("/toys.bin", CONTENT), CONTENT[::-1]
    served.then("/toys.bin", web.drop_after(100_000))

    def publish(doing, _share):
        if "trying again" in doing:
            served.files["/toys.bin"] = newer

    assert fetch(Addressed(address), folder, progress=publish, patience=patience).read_bytes() == newer


def test_a_server_that_goes_on_with_another_file_under_another_tag_is_noticed(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)

    def blindly(handler, content):  # honours Range without looking at If-Range
        start = int(handler.headers["Range"][6:-1])
        told = f"bytes {start}-{len(content) - 1}/{len(content)}"
        web.head(handler, 206, Content_Length=len(content) - start, Content_Range=told, ETag='"another"')
        handler.wfile.write(b"x" * (len(content) - start))

    served.then("/toys.bin", web.drop_after(1000), blindly)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT


@pytest.mark.parametrize("told", ["bytes 5-9/10", "bytes 999999-999999/300000", "nonsense", "bytes */300000", ""])
def test_a_part_that_does_not_fit_is_not_written(served, folder, patience, told):
    address = served.put("/toys.bin", CONTENT)

    def astray(handler, _content):
        web.head(handler, 206, Content_Length=5, Content_Range=told)
        handler.wfile.write(b"astra")

    served.then("/toys.bin", web.drop_after(1000), astray)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT


def test_a_part_nobody_asked_for_is_not_a_file(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", *[web.status(206, Content_Range="bytes 0-0/1")] * 4)
    with pytest.raises(InputError, match="another file, 4 times in a row"):
        fetch(Addressed(address), folder, patience=patience)


def test_a_whole_file_is_asked_for_again_but_not_fetched_again_while_it_is_the_same(served, folder, patience):
    wanted = Addressed(served.put("/toys.bin", CONTENT))
    fetch(wanted, folder, patience=patience)
    assert fetch(wanted, folder, patience=patience).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin") == [None, "bytes=300000-"]
    served.put("/toys.bin", b"newer")
    assert fetch(wanted, folder, patience=patience).read_bytes() == b"newer"


def test_what_another_server_sent_is_not_gone_on_with(served, folder, patience):
    served.put("/a/toys.bin", CONTENT)
    served.then("/a/toys.bin", *[web.drop_after(1000)] + [web.drop_after(0)] * 4)
    with pytest.raises(InputError):
        fetch(Addressed(f"{served.base}/a/toys.bin"), folder, patience=patience)
    path = fetch(Addressed(served.put("/b/toys.bin", CONTENT[::-1])), folder, patience=patience)
    assert path.read_bytes() == CONTENT[::-1]
    assert served.asked_ranges("/b/toys.bin") == [None]


@pytest.mark.parametrize("note", ["", "{", "[]", '{"address": 1}', "null", '{"other": "x"}', "[" * 99_999])
def test_a_damaged_note_beside_a_part_means_from_the_beginning(served, folder, patience, note):
    folder.mkdir()
    (folder / "toys.bin.part").write_bytes(b"old")
    (folder / "toys.bin.part.json").write_text(note)
    assert fetch(Addressed(served.put("/toys.bin", CONTENT)), folder, patience=patience).read_bytes() == CONTENT


def test_more_than_was_announced_for_a_part_is_not_written_past_the_end(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)

    def too_long(handler, content):
        told = f"bytes 1000-{len(content) - 1}/{len(content)}"
        web.head(handler, 206, Content_Range=told, ETag=web.etag_of(content))
        handler.wfile.write(content)

    served.then("/toys.bin", web.drop_after(1000), too_long)
    with pytest.raises(UnreadableFile, match="more than it announced"):
        fetch(Addressed(address), folder, patience=patience)
    assert names(folder) == []


# Limits


def test_a_body_without_an_end_is_stopped_at_the_cap(served, folder, patience, monkeypatch):
    monkeypatch.setattr(download, "_ENDLESS_BYTES", 1_000_000)
    served.then("/toys.bin", web.endless)
    with pytest.raises(UnreadableFile, match="more than it announced"):
        fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience)
    assert names(folder) == []


@pytest.mark.parametrize(("over", "accepted"), [(-1, True), (0, True), (1, False)])
def test_the_cap_on_a_body_without_a_length(served, folder, patience, monkeypatch, over, accepted):
    monkeypatch.setattr(download, "_ENDLESS_BYTES", len(CONTENT) - over)
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", web.without_length)
    if accepted:
        fetch(Addressed(address), folder, patience=patience)
    else:
        with pytest.raises(UnreadableFile):
            fetch(Addressed(address), folder, patience=patience)


@pytest.mark.parametrize(("free", "accepted"), [(299_999, False), (300_000, True), (300_001, True)])
def test_a_disk_too_small_for_what_the_server_announces_is_said_before_a_byte_is_written(
    served, folder, patience, monkeypatch, free, accepted
):
    address = served.put("/toys.bin", CONTENT)
    monkeypatch.setattr(download, "free_bytes", lambda _folder: free)
    if accepted:
        fetch(Addressed(address), folder, patience=patience)
    else:
        with pytest.raises(InputError, match=r"is full: about 300 kB needed") as refused:
            fetch(Addressed(address), folder, patience=patience)
        assert str(folder) in str(refused.value)
        assert names(folder) == []


@pytest.mark.parametrize(("free", "accepted"), [(2_999, False), (3_000, True)])
def test_a_disk_too_small_for_the_whole_offer_is_said_before_anything_is_asked(
    served, tmp_path, patience, monkeypatch, free, accepted
):
    library = Library(tmp_path / "knowledge")
    toys = offer(fetch=[(served.put("/a.txt", b"a"), 1_000), (served.put("/b.txt", b"b"), 2_000)])
    monkeypatch.setattr(download, "free_bytes", lambda _folder: free)
    if accepted:
        assert [p.name for p in download_offer(library, toys, patience=patience)] == ["a.txt", "b.txt"]
    else:
        with pytest.raises(InputError, match=r"about 3\.0 kB needed"):
            download_offer(library, toys, patience=patience)
        assert served.requests == []


def test_the_files_of_the_two_builds_do_not_meet(tmp_path):
    library = Library(tmp_path)
    assert downloads_of(library, offer()) != downloads_of(library, offer(Assembly.GRCH37))
