"""What is asked of a server, what never is, and what a refusal says."""

import hashlib
import json

import pytest

from models.errors import InputError
from models.knowledge.library import Addressed, download, plain_get
from models.knowledge.library.plain_get import mirrored
from tests.knowledge.library import server as web
from tests.knowledge.library.server import CONTENT

fetch = download.download


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


@pytest.mark.parametrize("target", ["http://[x/toys.bin", "//", "http://host:port/x", ""])
def test_a_redirect_to_no_address_is_a_sentence(served, folder, patience, target):
    served.then("/toys.bin", *[web.status(302, Location=target)] * 20)
    with pytest.raises(InputError):
        fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience)


def test_the_body_of_a_redirect_is_never_read(served, folder, patience):
    def onward_and_on(handler, content):
        web.head(handler, 302, Location="/real.bin")
        web.pour(handler)

    served.put("/real.bin", CONTENT)
    served.then("/toys.bin", onward_and_on)
    assert fetch(Addressed(f"{served.base}/toys.bin"), folder, patience=patience).read_bytes() == CONTENT


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
    served.put("/k/sums/MD5SUMS", f"{hashlib.sha256(CONTENT).hexdigest()}  toys.bin".encode())
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
    assert told == {"address": address, "validator": web.etag_of(CONTENT), "is_accepted": True}
