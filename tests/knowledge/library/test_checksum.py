"""A file is accepted only when it is whole: its published checksum, else its packing read to the end."""

import gzip
import hashlib
import io
import zipfile
from dataclasses import replace

import pysam
import pytest

from models.errors import InputError, UnreadableFile
from models.knowledge.library import Addressed, download
from tests.knowledge.library import server as web
from tests.knowledge.library.server import CONTENT, names

fetch = download.download


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


def test_a_whole_file_is_checked_once_while_the_server_says_it_is_the_same(served, folder, patience, monkeypatch):
    checked = []
    monkeypatch.setattr(download, "check_whole", lambda path, name: checked.append(path.read_bytes()))
    wanted = Addressed(served.put("/toys.bin", CONTENT))
    for _ in range(3):
        fetch(wanted, folder, patience=patience)
    assert checked == [CONTENT]
    served.put("/toys.bin", b"newer")
    fetch(wanted, folder, patience=patience)
    assert checked == [CONTENT, b"newer"]


def test_a_file_that_was_never_checked_is_checked_when_it_is_found_complete(served, folder, patience):
    cut = gzip.compress(VCF)[:-9]
    wanted = Addressed(served.put("/toys.vcf.gz", cut), checksum_address=f"{served.base}/SUMS")
    with pytest.raises(InputError, match="404"):
        fetch(wanted, folder, patience=patience)
    with pytest.raises(UnreadableFile, match="cut short"):
        fetch(replace(wanted, checksum_address=""), folder, patience=patience)
