"""What every knowledge source must say and do. To add a source: a file, and its line in SOURCES."""

import ast
import re
import socket
from datetime import date
from pathlib import Path

import pytest

import models.knowledge as shop_window
from models.case import Absent, Found, NotAssessed
from models.knowledge import SOURCES, Library
from models.knowledge.source import TABLES
from tests.knowledge.golden_library import golden_knowledge, golden_library
from tests.knowledge.real import knowledge

every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.key)
# With nothing installed a source either ships with Caseboard or can only be installed.
SHIPPED = tuple(s for s in SOURCES if s.release(Library(Path("/nonexistent"))) is not None)
shipped_source = pytest.mark.parametrize("source", SHIPPED, ids=lambda s: s.key)
installable_source = pytest.mark.parametrize("source", [s for s in SOURCES if s.offers], ids=lambda s: s.key)
# Those that can only be installed are asked in a library of small releases that we wrote, where it has them.
GOLDEN = tuple(s for s in SOURCES if s not in SHIPPED and s.release(golden_library()) is not None)
known_source = pytest.mark.parametrize("source", [*SHIPPED, *GOLDEN], ids=lambda s: s.key)
absent_source = pytest.mark.parametrize("source", [s for s in SOURCES if s not in SHIPPED], ids=lambda s: s.key)


def asked(source):
    """The knowledge in which the source's examples are looked up."""
    return golden_knowledge() if source in GOLDEN else knowledge()


def test_sources_is_a_literal_tuple_in_the_shop_window():
    tree = ast.parse(Path(shop_window.__file__).read_text(encoding="utf-8"))
    (assigned,) = [n.value for n in tree.body if isinstance(n, ast.AnnAssign) and n.target.id == "SOURCES"]
    assert isinstance(assigned, ast.Tuple) and len(assigned.elts) == len(SOURCES)


def test_no_two_sources_share_a_key():
    assert len({s.key for s in SOURCES}) == len(SOURCES)


@known_source
def test_a_source_names_its_release_licence_citation_and_address(source):
    release = source.release(asked(source).library)
    assert release.key == source.key
    assert all((release.name, release.version, release.licence, release.citation))
    assert 2000 <= date.fromisoformat(release.released_on).year < 2100
    assert release.address.startswith("https://")
    assert re.search(r"PMID:\d+|\.org", release.citation)


@every_source
def test_a_source_says_what_it_answers_in_which_unit_and_what_missing_means(source):
    assert source.question.endswith("?")
    assert source.unit and source.missing


@absent_source
def test_a_source_that_is_not_here_can_be_installed_and_until_then_is_not_assessed(source):
    assert source.offers
    assert isinstance(source.found.answer, Found)
    assert isinstance(source.look_up(knowledge(), source.found.query), NotAssessed)


@installable_source
def test_what_can_be_installed_says_where_it_is_under_which_licence_and_how_large(source):
    for offer in source.offers:
        assert offer.source == source.key
        assert offer.licence.name and offer.licence.address.startswith("https://")
        assert offer.fetch or offer.by_hand
        assert all(f.address.startswith("https://") and f.size_bytes > 0 for f in offer.fetch)
    assert len({o.assembly for o in source.offers}) == len(source.offers)


@known_source
def test_a_source_gives_its_golden_answer(source):
    assert isinstance(source.found.answer, Found)
    assert source.look_up(asked(source), source.found.query) == source.found.answer


@every_source
def test_a_source_tells_absent_or_not_assessed_from_a_value(source):
    assert isinstance(source.missed.answer, Absent | NotAssessed)
    assert source.look_up(asked(source), source.missed.query) == source.missed.answer


@known_source
def test_a_found_value_names_where_it_came_from(source):
    found = source.look_up(asked(source), source.found.query)
    assert found.source == source.release(asked(source).library).name


@every_source
def test_a_source_is_asked_offline(source, monkeypatch):
    def refuse(*_args, **_more):
        raise AssertionError("a source must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    source.look_up(asked(source), source.found.query)


@shipped_source
def test_a_source_is_described_beside_the_tables_or_ships_with_a_dependency(source):
    described = (TABLES / "README.md").read_text(encoding="utf-8")
    assert source.release(knowledge().library).name in described
    assert source.release(knowledge().library).version in described or source.key.startswith("hpo")


def test_every_shipped_table_is_described():
    described = (TABLES / "README.md").read_text(encoding="utf-8")
    assert [t.name for t in TABLES.glob("*.parquet") if t.name not in described] == []
