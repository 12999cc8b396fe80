"""Downloads against a real server on this machine: whole or not accepted, gone on with where they stopped."""

import gzip
import hashlib
import io
import json
import random
import threading
import zipfile
from dataclasses import replace

import pysam
import pytest

from models.errors import InputError, Stopped, UnreadableFile
from models.knowledge.library import Addressed, Library, download, plain_get
from models.knowledge.library.download import download_offer, downloads_of
from models.knowledge.library.plain_get import Patience, mirrored
from tests.knowledge.library import server as web
from tests.knowledge.library.toys import offer

CONTENT = random.Random(7).randbytes(300_000)
fetch = download.download


@pytest.fixture
def served():
    with web.serving() as made:
        yield made


@pytest.fixture
def waits():
    """The pauses that were made, in seconds; none of them is waited for."""
    return []


@pytest.fixture
def patience(waits):
    return Patience(tries=4, connect_s=5, silence_s=10, pause=waits.append)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "downloads"


def names(folder):
    return sorted(p.name for p in folder.iterdir() if p.name != "lock")


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
    served.then("/toys.bin", lambda h, c: drop_dated(h, c), web.dated)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin") == [None, "bytes=1000-"]
    assert served.requests[1][1]["if-range"].endswith("GMT")


def drop_dated(handler, content):
    web.head(handler, 200, Content_Length=len(content), Last_Modified=dated_header(content))
    handler.wfile.write(content[:1000])


def dated_header(content):
    from email.utils import formatdate

    return formatdate(1_700_000_000 + len(content), usegmt=True)


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
    impatient = replace(patience, silence_s=0.2)
    assert fetch(Addressed(address), folder, patience=impatient).read_bytes() == CONTENT
    assert served.asked_ranges("/toys.bin") == [None, "bytes=1000-"]
    until.set()


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
    served.then("/toys.bin", web.drop_after(100_000), lambda h, c: web.send(h, served.files["/toys.bin"]))
    served.then("/toys.bin")

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


@pytest.mark.parametrize("note", ["", "{", "[]", '{"address": 1}', "null", '{"other": "x"}'])
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


# Refusals


@pytest.mark.parametrize(
    ("code", "said"), [(404, "not there"), (410, "any more"), (403, "refused"), (401, "refused"), (418, "not given")]
)
def test_a_refusal_is_a_sentence_at_once(served, folder, patience, code, said):
    served.then("/toys.bin", web.status(code))
    with pytest.raises(InputError, match=rf"^toys\.bin: the file is .*{said}.*\({code}\) at 127\.0\.0\.1\.$"):
        fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience)
    assert len(served.requests) == 1


@pytest.mark.parametrize("code", [500, 502, 503, 429])
def test_a_server_in_trouble_is_asked_again_and_then_said(served, folder, patience, waits, code):
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", *[web.status(code)] * 3)
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT
    assert waits == [1.0, 2.0, 4.0]
    served.then("/other.bin", *[web.status(code)] * 4)
    with pytest.raises(InputError, match=rf"answers {code}, 4 times in a row"):
        fetch(Addressed(f"{served.base}/other.bin"), folder, patience=patience)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/toys.bin",
        "//127.0.0.1/toys.bin",
        "toys.bin",
        "http:///toys.bin",
        "http://[::1/toys.bin",
        "http://host:port/toys.bin",
        "http://me:secret@127.0.0.1/toys.bin",
        "",
    ],
)
def test_only_plain_http_addresses_are_asked(folder, patience, address):
    with pytest.raises(InputError, match="address") as refused:
        fetch(Addressed(address), folder, patience=patience)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("name", ["", "..", ".hidden", "%2e%2e%2fx", "a b", "a\\b", "x" * 81])
def test_an_address_whose_last_part_is_no_plain_name_is_not_asked(served, folder, patience, name):
    with pytest.raises(InputError):
        fetch(Addressed(f"{served.base}/pub/{name}"), folder, patience=patience)
    assert served.requests == [] and not folder.exists()


def test_a_query_is_asked_but_no_part_of_the_name(served, folder, patience):
    address = served.put("/files/toys.bin?download=1", CONTENT)
    assert fetch(Addressed(address), folder, patience=patience).name == "toys.bin"


# Redirects


def test_a_redirect_is_followed_and_the_range_goes_with_it(served, folder, patience):
    served.put("/real/other-name.bin", CONTENT)
    served.then("/toys.bin", *[web.status(302, Location="/real/other-name.bin")] * 2)
    served.then("/real/other-name.bin", web.drop_after(1000))
    path = fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience)
    assert (path.name, path.read_bytes()) == ("toys.bin", CONTENT)
    assert served.asked_ranges("/real/other-name.bin") == [None, "bytes=1000-"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://a:b@127.0.0.1/x", "data:,x"])
def test_a_redirect_away_from_http_is_not_followed(served, folder, patience, target):
    served.then("/toys.bin", web.status(302, Location=target))
    with pytest.raises(InputError, match="Only addresses like https"):
        fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience)


def test_a_circle_of_redirects_ends_in_a_sentence(served, folder, patience):
    served.then("/toys.bin", *[web.status(302, Location="/toys.bin")] * 20)
    with pytest.raises(InputError, match="without an end"):
        fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience)
    assert len(served.requests) == 6


class Redirecting:
    """What an https server's redirect looks like to us; there is no certificate to be had for a test."""

    is_redirect, headers = True, {"location": "http://127.0.0.1/toys.bin"}

    def close(self):
        pass


def test_an_encrypted_address_never_leads_to_an_unencrypted_one(folder, patience, monkeypatch):
    asked = []
    monkeypatch.setattr(plain_get, "_ask", lambda _s, address, _p: asked.append(address) or Redirecting())
    with pytest.raises(InputError, match="not encrypted"):
        fetch(Addressed("https://toys.example.org/toys.bin"), folder, patience=patience)
    assert asked == ["https://toys.example.org/toys.bin"]


# Is it whole?


def md5(content):
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


LISTS = {
    "md5": f"{md5(CONTENT)}  toys.bin\n",
    "sha256": f"{sha256(CONTENT)}  toys.bin\n",
    "binary-mark": f"{md5(CONTENT)} *toys.bin",
    "upper-case": f"{md5(CONTENT).upper()}  toys.bin\r\n",
    "bare": f"{md5(CONTENT)}\n",
    "another-name-alone": f"{md5(CONTENT)}  /panfs/ftp/toys_20261110.bin\n",
    "list": f"{md5(b'')}  other.bin\n{md5(CONTENT)}  ./pub/toys.bin\n{md5(b'x')}  xtoys.bin\n",
    "bsd": f"MD5 (toys.bin) = {md5(CONTENT)}\nMD5 (other.bin) = {md5(b'')}\n",
    "with-words": f"# checksums of release 7\n\n{sha256(CONTENT)}  toys.bin\n{sha256(b'')}  other.bin\n",
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_a_published_checksum_that_matches_is_accepted(served, folder, patience, listed):
    sums = served.put("/CHECKSUMS", listed.encode())
    wanted = Addressed(served.put("/toys.bin", CONTENT), checksum_address=sums)
    assert fetch(wanted, folder, patience=patience).read_bytes() == CONTENT


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
def test_a_checksum_that_differs_deletes_what_came_and_says_so(served, folder, patience, listed):
    sums = served.put("/CHECKSUMS", listed.encode())
    wanted = Addressed(served.put("/toys.bin", CONTENT[:-1] + b"?"), checksum_address=sums)
    with pytest.raises(UnreadableFile, match=r"^toys\.bin: .*checksum differs.*deleted"):
        fetch(wanted, folder, patience=patience)
    assert names(folder) == []


@pytest.mark.parametrize(
    "listed",
    ["", "no checksum\n", f"{md5(CONTENT)}  a.bin\n{md5(CONTENT)}  b.bin\n", "12345 678 toys.bin\n", "<html></html>"],
    ids=["empty", "words", "others", "sum-of-another-kind", "a-page"],
)
def test_a_list_that_does_not_name_the_file_accepts_nothing(served, folder, patience, listed):
    wanted = Addressed(served.put("/toys.bin", CONTENT), checksum_address=served.put("/SUMS", listed.encode()))
    with pytest.raises(UnreadableFile, match=r"does not name toys\.bin"):
        fetch(wanted, folder, patience=patience)


def test_two_checksums_for_one_name_accept_nothing(served, folder, patience):
    listed = f"{md5(CONTENT)}  a/toys.bin\n{md5(b'')}  b/toys.bin\n".encode()
    wanted = Addressed(served.put("/toys.bin", CONTENT), checksum_address=served.put("/SUMS", listed))
    with pytest.raises(UnreadableFile, match="does not name"):
        fetch(wanted, folder, patience=patience)


def test_a_published_checksum_that_is_not_there_accepts_nothing_and_keeps_the_part(served, folder, patience):
    wanted = Addressed(served.put("/toys.bin", CONTENT), checksum_address=f"{served.base}/SUMS")
    with pytest.raises(InputError, match=r"not there \(404\)"):
        fetch(wanted, folder, patience=patience)
    assert (folder / "toys.bin.part").read_bytes() == CONTENT
    served.put("/SUMS", md5(CONTENT).encode())
    fetch(wanted, folder, patience=patience)
    assert served.asked_ranges("/toys.bin") == [None, "bytes=300000-"]


def test_a_checksum_server_in_trouble_is_asked_again(served, folder, patience):
    wanted = Addressed(
        served.put("/toys.bin", CONTENT), checksum_address=served.put("/toys.bin.md5", md5(CONTENT).encode())
    )
    served.then("/toys.bin.md5", web.status(503), web.drop_after(3))
    assert fetch(wanted, folder, patience=patience).read_bytes() == CONTENT


def test_a_list_of_checksums_without_an_end_is_refused(served, folder, patience):
    wanted = Addressed(served.put("/toys.bin", CONTENT), checksum_address=served.put("/SUMS", b""))
    served.then("/SUMS", web.endless)
    with pytest.raises(InputError, match="too long to be one"):
        fetch(wanted, folder, patience=patience)


VCF = b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" + b"1\t100\t.\tA\tC\t.\t.\t.\n" * 9000


def bgzip(tmp_path, content):
    path = tmp_path / "bgzipped"
    with pysam.BGZFile(str(path), "wb") as file:
        file.write(content)
    return path.read_bytes()


def test_a_packed_file_is_accepted_when_it_can_be_read_to_its_end(served, folder, patience, tmp_path):
    for number, packed in enumerate([gzip.compress(VCF), bgzip(tmp_path, VCF), gzip.compress(VCF) * 2]):
        path = fetch(Addressed(served.put(f"/{number}.vcf.gz", packed)), folder, patience=patience)
        assert path.read_bytes() == packed


@pytest.mark.parametrize("kind", ["gzip", "bgzip", "bgzip-without-its-end-mark", "half-a-block"])
@pytest.mark.parametrize("name", ["toys.vcf.gz", "toys.vcf.bgz"])
def test_a_packed_file_that_is_cut_short_is_not_accepted(served, folder, patience, tmp_path, kind, name):
    whole = gzip.compress(VCF) if kind == "gzip" else bgzip(tmp_path, VCF)
    cut = {"gzip": -9, "bgzip": -200, "bgzip-without-its-end-mark": -28, "half-a-block": -29}[kind]
    with pytest.raises(UnreadableFile, match=rf"^{name}: .*(cut short|damaged)"):
        fetch(Addressed(served.put(f"/{name}", whole[:cut])), folder, patience=patience)
    assert names(folder) == []


@pytest.mark.parametrize("at", [40, 300, -12])
def test_a_packed_file_with_a_changed_byte_is_not_accepted(served, folder, patience, at):
    packed = bytearray(gzip.compress(VCF))
    packed[at] ^= 0xFF
    with pytest.raises(UnreadableFile):
        fetch(Addressed(served.put("/toys.vcf.gz", bytes(packed))), folder, patience=patience)


def test_a_page_in_place_of_a_packed_file_is_not_accepted(served, folder, patience):
    with pytest.raises(UnreadableFile, match="a page instead"):
        fetch(Addressed(served.put("/toys.vcf.gz", b"<html>Sign in</html>")), folder, patience=patience)


def test_a_wrong_content_length_never_passes_a_cut_file_as_whole(served, folder, patience):
    packed = gzip.compress(VCF)
    address = served.put("/toys.vcf.gz", packed)
    served.then("/toys.vcf.gz", web.announce(len(packed) - 100))
    with pytest.raises(UnreadableFile, match="cut short"):
        fetch(Addressed(address), folder, patience=patience)
    served.then("/toys.vcf.gz", *[web.announce(len(packed) + 100)] * 5)
    with pytest.raises(InputError, match="the connection was lost, 4 times in a row"):
        fetch(Addressed(address), folder, patience=patience)


@pytest.mark.parametrize("length", ["-5", "abc", "9" * 5000, "1e3", "٣"])
def test_a_content_length_that_is_no_number_is_not_believed(served, folder, patience, length):
    address = served.put("/toys.bin", CONTENT)
    raw = length.encode("utf-8").decode("latin-1")
    served.then("/toys.bin", lambda h, c: (web.head(h, 200, Content_Length=raw), h.wfile.write(c)))
    assert fetch(Addressed(address), folder, patience=patience).read_bytes() == CONTENT


def zipped(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../toys.csv", content)
    return out.getvalue()


def test_an_archive_is_read_through_and_never_unpacked_beside_itself(served, folder, patience, tmp_path):
    path = fetch(Addressed(served.put("/toys.zip", zipped(VCF))), folder, patience=patience)
    assert path.read_bytes() == zipped(VCF)
    assert not list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize("damage", ["cut", "changed", "no archive"])
def test_a_damaged_archive_is_not_accepted(served, folder, patience, damage):
    content = bytearray(zipped(VCF))
    if damage == "changed":
        content[60] ^= 0xFF
    content = {"cut": content[:-30], "changed": content, "no archive": b"<html>"}[damage]
    with pytest.raises(UnreadableFile, match="archive"):
        fetch(Addressed(served.put("/toys.zip", bytes(content))), folder, patience=patience)
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


def test_two_downloads_of_one_file_at_once_are_refused_in_a_sentence(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)

    def again(*_):
        fetch(Addressed(address), folder, patience=patience)

    with pytest.raises(InputError, match=r"Somebody else is downloading toys\.bin"):
        fetch(Addressed(address), folder, progress=again, patience=patience)


def test_the_files_of_the_two_builds_do_not_meet(tmp_path):
    from models.case import Assembly

    library = Library(tmp_path)
    assert downloads_of(library, offer()) != downloads_of(library, offer(Assembly.GRCH37))


# A mirror


@pytest.mark.parametrize(
    ("mirror", "asked"),
    [
        ("", "https://ftp.example.org/pub/x/toys.vcf.gz"),
        ("https://mirror.example.org", "https://mirror.example.org/pub/x/toys.vcf.gz"),
        ("http://10.0.0.1:8080/knowledge", "http://10.0.0.1:8080/knowledge/pub/x/toys.vcf.gz"),
        ("http://10.0.0.1:8080/knowledge/", "http://10.0.0.1:8080/knowledge/pub/x/toys.vcf.gz"),
    ],
)
def test_a_mirror_has_the_same_path_below_its_base(mirror, asked):
    assert mirrored("https://ftp.example.org/pub/x/toys.vcf.gz", mirror) == asked


def test_a_mirror_keeps_the_query_of_an_address():
    assert mirrored("https://a.example.org/f/x?download=1", "http://m/k") == "http://m/k/f/x?download=1"


@pytest.mark.parametrize(
    "mirror", ["file:///srv", "mirror", "http://me:secret@host", "http://host/x?y", "http://host/#f"]
)
def test_a_mirror_that_is_no_base_address_is_refused(mirror):
    with pytest.raises(InputError, match="like https://host/path"):
        mirrored("https://a.example.org/x", mirror)


def test_a_mirror_is_asked_for_the_file_and_its_checksum_and_nobody_else_is(served, folder, patience):
    served.put("/k/pub/toys.bin", CONTENT)
    served.put("/k/sums/MD5SUMS", f"{md5(CONTENT)}  toys.bin".encode())
    wanted = Addressed("https://nowhere.invalid/pub/toys.bin", 0, "https://elsewhere.invalid/sums/MD5SUMS")
    assert fetch(wanted, folder, mirror=f"{served.base}/k", patience=patience).read_bytes() == CONTENT
    assert [path for path, _, _ in served.requests] == ["/k/pub/toys.bin", "/k/sums/MD5SUMS"]


# What a request holds


def test_a_request_says_nothing_but_the_address(served, folder, patience, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    address = served.put("/toys.bin", CONTENT)
    served.then("/toys.bin", web.status(302, Location="/toys.bin", Set_Cookie="who=ada"), web.drop_after(10))
    fetch(Addressed(address), folder, patience=patience)
    allowed = {"host", "user-agent", "accept", "accept-encoding", "connection", "range", "if-range"}
    for path, headers, _raw in served.requests:
        assert path == "/toys.bin"
        assert set(headers) <= allowed
        assert (headers["user-agent"], headers["accept-encoding"]) == ("caseboard", "identity")
    assert len(served.requests) == 3


def test_a_proxy_of_the_environment_is_used_and_its_exceptions_are_kept(served, folder, patience, monkeypatch):
    monkeypatch.setenv("http_proxy", served.base)
    monkeypatch.setenv("no_proxy", "")
    served.files["http://toys.example.invalid/toys.bin"] = CONTENT
    assert fetch(Addressed("http://toys.example.invalid/toys.bin"), folder, patience=patience).read_bytes() == CONTENT
    monkeypatch.setenv("no_proxy", "toys.example.invalid")
    with pytest.raises(InputError, match="no connection"):
        fetch(Addressed("http://toys.example.invalid/other.bin"), folder, patience=patience)


def test_the_note_beside_a_file_holds_its_address_and_the_servers_mark_only(served, folder, patience):
    address = served.put("/toys.bin", CONTENT)
    fetch(Addressed(address), folder, patience=patience)
    told = json.loads((folder / "toys.bin.part.json").read_text())
    assert told == {"address": address, "validator": web.etag_of(CONTENT)}
