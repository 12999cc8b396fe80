"""What everything that can be installed must say before anybody downloads a byte."""

from urllib.parse import urlsplit

import pytest

from models.case import Assembly
from models.knowledge import SOURCES
from models.knowledge.library.catalogue import all_offers, to_provide
from models.knowledge.library.installed import is_plain_name, slot_of
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
