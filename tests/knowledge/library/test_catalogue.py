"""What can be installed, what a person must do first, and how the terminal says it."""

import io
from datetime import date

import pytest

from models.case import Assembly
from models.errors import InputError
from models.knowledge.library import Library, install_files
from models.knowledge.library.catalogue import (
    accepted,
    all_offers,
    entries,
    offer_of,
    only_version,
    size_text,
    slot_of_installed,
    to_provide,
)
from models.knowledge.library.terminal import ProgressLine, age_text, listing
from models.knowledge.types import Release
from tests.knowledge.library.toys import NOON, TERMS, offer, source, toy_file

ADDRESS = [("https://toys.example.org/toys.txt", 190_000_000)]
BOTH = source(offer(fetch=ADDRESS), offer(Assembly.GRCH37, fetch=ADDRESS))
HANDED = source(offer(Assembly.UNKNOWN, by_hand="Ask the Toy Consortium.", source="handed"), key="handed")
SHIPPED = Release("shipped", "Shipped toys", "7", "2026-01-10", "CC0", "Toy et al.", "https://toys.example.org")
SOURCES = (BOTH, HANDED, source(key="shipped", shipped=SHIPPED))
TODAY = date(2026, 11, 21)


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "knowledge")


def test_an_offer_is_found_by_source_and_build():
    assert offer_of(SOURCES, "toys", "GRCh37").assembly is Assembly.GRCH37
    assert offer_of(SOURCES, "handed").source == "handed"
    assert offer_of(SOURCES, "handed", "GRCh38").source == "handed"  # it holds for every build
    assert len(all_offers(SOURCES)) == 3


def test_a_build_is_asked_for_and_never_guessed():
    with pytest.raises(InputError, match="say which: --build GRCh38 or --build GRCh37"):
        offer_of(SOURCES, "toys")


@pytest.mark.parametrize(
    ("typed", "said"), [("toy", "Did you mean toys"), ("zzz", r"of that name\. There are: handed, toys")]
)
def test_a_name_that_is_none_is_answered_with_those_there_are(typed, said):
    with pytest.raises(InputError, match=said):
        offer_of(SOURCES, typed)


def test_terms_that_must_be_accepted_are_shown_with_address_size_and_how():
    with pytest.raises(InputError) as refused:
        accepted(offer(licence=TERMS, fetch=ADDRESS), "")
    for told in (TERMS.name, TERMS.address, "190 MB to download", "--accept-licence"):
        assert told in refused.value.sentence


@pytest.mark.parametrize("by", ["", " ", "\n\t"])
def test_an_empty_name_accepts_nothing(by):
    with pytest.raises(InputError, match="--accept-licence"):
        accepted(offer(licence=TERMS), by)


def test_a_name_accepts_and_nobody_is_named_where_nobody_has_to():
    assert accepted(offer(licence=TERMS), "  Ada   Lovelace ") == "Ada Lovelace"
    assert accepted(offer(), "Ada Lovelace") == ""


@pytest.mark.parametrize(("length", "fine"), [(199, True), (200, True), (201, False)])
def test_a_name_is_at_most_two_hundred_characters_long(length, fine):
    if fine:
        assert accepted(offer(licence=TERMS), "A" * length) == "A" * length
    else:
        with pytest.raises(InputError, match="at most 200"):
            accepted(offer(licence=TERMS), "A" * length)


def test_a_name_cannot_write_to_the_terminal():
    with pytest.raises(InputError, match="must be text"):
        accepted(offer(licence=TERMS), "Ada\x1b[2J")


def test_what_nobody_can_download_says_how_to_provide_it():
    assert to_provide(HANDED.offers[0]) == ("Ask the Toy Consortium. Then: cli.py knowledge install handed --file PATH")
    assert "--build GRCh38 --file PATH" in to_provide(offer(by_hand="Ask."))
    assert size_text(HANDED.offers[0]) == "you provide the file"


def test_the_entries_tell_shipped_from_installed_from_not_assessed(library, tmp_path):
    install_files(library, BOTH.offers[0], [toy_file(tmp_path, "1")], at=NOON)
    install_files(library, BOTH.offers[0], [toy_file(tmp_path, "2", "2026-02-01")], at=NOON)
    there, other_build, handed, shipped = entries(SOURCES, library)
    assert (there.answers.version, there.installed.release.version) == ("2", "2")
    assert [i.release.version for i in there.kept] == ["1"]
    assert (other_build.answers, other_build.installed, other_build.kept) == (None, None, ())
    assert (handed.answers, handed.offer.source) == (None, "handed")
    assert (shipped.offer, shipped.answers) == (None, SHIPPED)


def test_the_list_names_folder_size_licence_release_date_age_and_what_is_kept(library, tmp_path):
    for version, day in (("1", "2026-01-01"), ("2", "2026-11-10")):
        install_files(library, BOTH.offers[0], [toy_file(tmp_path, version, day)], at=NOON)
    assert listing(SOURCES, library, TODAY) == [
        f"Folder: {library.folder}",
        "",
        "toys: Which toy is this?",
        "  GRCh38 in use: Toys 2 of 2026-11-10 (11 days old), 35 bytes, installed 2026-11-21",
        "    also installed: 1",
        "    to install: 190 MB to download; licence: CC0 1.0",
        "  GRCh37 not installed: not assessed",
        "    to install: 190 MB to download; licence: CC0 1.0",
        "",
        "handed: Which toy is this?",
        "  not installed: not assessed",
        "    to install: you provide the file; licence: CC0 1.0",
        "",
        "shipped: Which toy is this?",
        "  in use: Shipped toys 7 of 2026-01-10 (10 months old), shipped with Caseboard",
    ]


def test_an_installed_release_older_than_what_ships_is_told_from_the_one_in_use(library, tmp_path):
    toys = offer(Assembly.UNKNOWN, source="shipped", licence=TERMS)
    install_files(library, toys, [toy_file(tmp_path, "1", "2020-01-01")], at=NOON)
    newer_ships = source(toys, key="shipped", shipped=SHIPPED)
    newer_ships = type(newer_ships)(**{**newer_ships.__dict__, "release": lambda _library: SHIPPED})
    assert listing([newer_ships], library, TODAY)[3:] == [
        "  in use: Shipped toys 7 of 2026-01-10 (10 months old), shipped; newer than the installed Toys 1",
        "    to install: you provide the file; licence: Terms of the Toy Consortium (to be accepted by name)",
    ]


def test_a_list_of_nothing_says_where_it_would_be(library):
    assert listing([], library, TODAY) == [f"Folder: {library.folder} (nothing installed yet)"]


def test_what_is_installed_is_named_by_source_and_build(library, tmp_path):
    with pytest.raises(InputError, match="installed is: nothing"):
        slot_of_installed(library, "toys")
    install_files(library, BOTH.offers[0], [toy_file(tmp_path)], at=NOON)
    slot = slot_of_installed(library, "toys")
    assert (slot, slot_of_installed(library, "toys", "GRCh38"), only_version(library, slot)) == (slot, slot, "1")
    install_files(library, BOTH.offers[1], [toy_file(tmp_path)], at=NOON)
    install_files(library, BOTH.offers[0], [toy_file(tmp_path, "2")], at=NOON)
    with pytest.raises(InputError, match="--build GRCh37 or --build GRCh38"):
        slot_of_installed(library, "toys")
    with pytest.raises(InputError, match="--release 1 or --release 2"):
        only_version(library, slot)
    for name in ("../..", "", "toys/GRCh38", "*"):
        with pytest.raises(InputError, match="installed is: toys/GRCh37, toys/GRCh38"):
            slot_of_installed(library, name)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "0 days"), (1, "1 day"), (89, "89 days"), (90, "3 months"), (729, "24 months"), (730, "2.0 years")],
)
def test_an_age_reads_as_people_say_it(days, said):
    assert age_text(days) == said


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_one_line_on_a_terminal_and_gone_at_the_end(monkeypatch):
    monkeypatch.setattr("models.knowledge.library.terminal.time.monotonic", lambda: 7.0)
    stream = Terminal()
    line = ProgressLine(stream)
    line("Downloading toys.txt: 1 of 2 kB", 0.5)
    line("Downloading toys.txt: 2 of 2 kB", 1.0)  # too soon to be written
    line.close()
    assert stream.getvalue() == "\r\x1b[2KDownloading toys.txt: 1 of 2 kB (50%)\r\x1b[2K"


def test_progress_elsewhere_is_a_line_for_each_step():
    stream = io.StringIO()
    line = ProgressLine(stream)
    for done in range(5):
        line(f"Downloading toys.txt: {done} kB", done / 5)
    line("Building", None)
    line.close()
    assert stream.getvalue() == "Downloading toys.txt\nBuilding\n"
