"""What everything that can be installed must say before anybody downloads a byte."""

import gzip
import io
import random
import zipfile
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from models.case import Assembly
from models.errors import InputError
from models.knowledge import SOURCES, Library
from models.knowledge.library.catalogue import all_offers, to_provide
from models.knowledge.library.installed import is_plain_name, slot_of
from models.knowledge.library.obtain import Asked, obtain
from models.knowledge.library.plain_get import mirrored

OFFERS = all_offers(SOURCES)
every_offer = pytest.mark.parametrize("offer", OFFERS, ids=lambda o: slot_of(o.source, o.assembly))


def test_no_two_offers_share_a_place():
    places = [slot_of(o.source, o.assembly) for o in OFFERS]
    assert len(set(places)) == len(places) > 0


def test_an_offer_is_named_as_a_source_is_listed():
    keys = {o.source for s in SOURCES for o in s.offers}
    assert keys <= {s.key for s in SOURCES} | {"hpo"}


@every_offer
def test_an_offer_is_downloaded_from_its_owner_encrypted_or_says_how_to_provide_it(offer):
    assert offer.fetch or offer.by_hand
    for file in offer.fetch:
        assert urlsplit(file.address).scheme == "https" and is_plain_name(file.name)
        assert mirrored(file.address, "") == file.address
        assert not file.checksum_address or file.checksum_address.startswith("https://")
    assert len({file.name for file in offer.fetch}) == len(offer.fetch)
    assert to_provide(offer).endswith("--file PATH")


@every_offer
def test_an_offer_says_its_licence_where_to_read_it_and_its_size(offer):
    assert offer.licence.name.strip() and offer.licence.address.startswith("https://")
    assert all(file.size_bytes > 0 for file in offer.fetch)


@every_offer
def test_an_offers_source_and_build_may_name_a_folder(offer):
    assert is_plain_name(offer.source) and isinstance(offer.assembly, Assembly)


def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


NOISE = random.Random(1).randbytes(5_000)
HEAD = b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
NOT_THEIRS = {
    "empty.txt": b"",
    "noise.bin": NOISE,
    "page.html": b"<html>Sign in</html>",
    "zeros.txt": bytes(4_000),
    "one-line.txt": b"a" * 3_000_000,
    "latin-1.txt": "\u00e9\n".encode("latin-1") * 50,
    "header-only.vcf": HEAD,
    "header-only.vcf.gz": gzip.compress(HEAD),
    "empty.gz": gzip.compress(b""),
    "noise.gz": gzip.compress(NOISE),
    "cut.gz": gzip.compress(NOISE)[:-20],
    "elsewhere.zip": zipped("../../elsewhere.csv", "x,y\n1,2\n"),
    "nested.json": b'{"a":' * 2_000,
    "table.tsv": b"a\tb\n1\t2\n",
    "line-ends.tsv": b"\r\n\r\n",
    "no-day.vcf": b"##fileDate=2026-13-45\n",
    "no-day.obo": b"format-version: 1.2\ndata-version: hp/releases/2026-99-99\n",
    "quotes.csv": b'"open,\n' * 10,
}


@every_offer
def test_a_file_that_is_not_its_own_is_refused_in_a_sentence_and_nothing_is_installed(offer, tmp_path):
    library = Library(tmp_path / "knowledge")
    for name, content in NOT_THEIRS.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError) as refused:
            obtain(
                library, offer, Asked((tmp_path / name,), accepted_by="Dr Test"), at=datetime(2026, 11, 21, tzinfo=UTC)
            )
        assert refused.value.sentence, name
    assert library.installed() == ()
    assert not list(tmp_path.rglob("elsewhere.csv"))
