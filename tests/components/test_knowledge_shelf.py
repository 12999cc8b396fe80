"""What the Knowledge screen says of each source: shipped, installed, older than what ships, kept, damaged."""

from datetime import date

import pytest

from components.drawing import words
from components.knowledge_actions import button_words, licence_words, option, size_words, wanted_files
from components.knowledge_shelf import age_of, files_at, gain, is_writable, recommended, shelf
from components.knowledge_table import left_alone, missing, old_ones, origin, table
from models.errors import IntegrityError
from models.knowledge import SOURCES, clingen_dosage, clingen_validity, hpo_offer, panelapp
from models.knowledge.ageing import AGELESS
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import DOSAGE, VALIDITY, installed, write
from tests.knowledge.test_hpo_offer import release_files

TODAY = date(2026, 11, 21)


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


def slot(library, key, build=""):
    return next(s for s in shelf(library) if s.source.key == key and s.build == build)


def validity(folder, library, day):
    return installed(library, clingen_validity.OFFER, write(folder, "download", VALIDITY.format(day=day)))


def test_every_source_has_its_place_on_the_shelf(library):
    assert {s.source.key for s in shelf(library)} == {s.key for s in SOURCES}
    assert len({s.id for s in shelf(library)}) == len(shelf(library))


def test_with_nothing_installed_what_ships_is_marked_so(library):
    one = slot(library, "clingen_validity")
    assert one.origin == origin(one) == "ships with Caseboard"
    assert one.release == clingen_validity.RELEASE
    assert slot(library, "gencc").origin == "not installed"
    assert slot(library, "gencc").release is None


def test_an_installed_release_says_when_it_came_how_large_it_is_and_who_accepted(tmp_path, library):
    validity(tmp_path, library, "2026-10-01")
    one = slot(library, "clingen_validity")
    assert one.is_installed and origin(one).startswith("installed 21 Nov 2026, ")
    said = words(table([one], TODAY))
    assert "2026-10-01" in said and "51 days" in said and "accepted by Test" in said


def test_a_release_older_than_what_ships_is_told_and_not_used(tmp_path, library):
    installed(library, clingen_dosage.OFFER, write(tmp_path, "list.tsv", DOSAGE.format(day="9 Nov,2024")))
    one = slot(library, "clingen_dosage")
    assert one.is_left_alone and not one.is_installed
    assert one.release == clingen_dosage.RELEASE
    assert "2024-11-09 is older than the one that ships" in left_alone(one)


def test_the_releases_kept_beside_the_one_in_use_come_newest_first(tmp_path, library):
    for day in ("2026-08-01", "2026-09-01", "2026-10-01"):
        validity(tmp_path, library, day)
    one = slot(library, "clingen_validity")
    assert one.installed.release.version == "2026-10-01"
    assert [k.release.version for k in one.kept] == ["2026-09-01", "2026-08-01"]


def test_the_annotations_follow_an_installed_hpo(tmp_path, library):
    installed(library, hpo_offer.OFFER, *release_files(tmp_path))
    one = slot(library, "hpo_annotations")
    assert (one.release.version, origin(one)) == ("2026-09-01", "installed with its ontology")
    assert one.offer is None


def test_a_damaged_release_is_told_and_the_others_stay(tmp_path, library):
    (validity(tmp_path, library, "2026-10-01").folder / "release.json").write_text("{")
    one = slot(library, "clingen_validity")
    assert "damaged; install it again" in one.problem
    assert one.installed is None and slot(library, "panelapp").problem == ""


def test_a_damaged_list_is_an_error_of_its_own(library):
    library.folder.mkdir()
    (library.folder / "current.json").write_text("{")
    with pytest.raises(IntegrityError, match="list of releases in use is damaged"):
        shelf(library)


@pytest.mark.parametrize(("today", "old"), [(date(2027, 6, 21), False), (date(2027, 6, 22), True)])
def test_a_release_more_than_a_year_behind_is_old(library, today, old):
    one = slot(library, "clingen_validity")  # 2026-06-21
    assert one.is_old(today) is old
    assert age_of(one, today).endswith(", old") is old


def test_for_what_is_old_the_way_to_a_newer_one_is_said(library):
    installable, shipped = old_ones(shelf(library), TODAY)
    assert installable.startswith("Older than a year; look for a newer release: Human Phenotype Ontology, HPO")
    assert "ACMG SF list" in shipped and "Caseboard itself" in shipped


def test_what_is_not_installed_is_named_as_not_assessed(library):
    said = missing(shelf(library))
    assert "GenCC gene-disease validity" in said and "PanelApp" not in said
    assert said.count("ClinVar") == 1 and "GRCh37" not in said.replace("GRCh37 reference", "")
    assert missing([s for s in shelf(library) if s.release]) == ""


def test_what_does_not_age_is_never_called_old(library):
    for key in AGELESS & {s.source.key for s in shelf(library)}:
        assert not any(s.is_old(date(2036, 1, 1)) for s in shelf(library) if s.source.key == key)
    assert age_of(slot(library, "constraint"), TODAY) == "7.7 years"


def test_what_gains_most_is_recommended_first_and_grch37_last(library):
    order = [(s.source.key, s.build) for s in recommended(shelf(library))]
    assert order[:2] == [("reference", "GRCh38"), ("clinvar", "GRCh38")]
    builds = [build for _, build in order]
    assert builds == sorted(builds, key=lambda build: build == "GRCh37")


def test_what_is_installed_is_not_recommended_again(tmp_path, library):
    validity(tmp_path, library, "2026-10-01")
    assert "clingen_validity" not in {s.source.key for s in recommended(shelf(library))}


def test_everything_that_can_be_installed_says_its_gain_its_size_and_its_terms(library):
    for one in recommended(shelf(library)):
        assert gain(one) and size_words(one) and one.size and option(one)
        assert "https://" in licence_words(one.offer)
        assert one.name.count(one.build) == 1 if one.build else True


def test_size_and_host_are_said_before_a_download(library):
    assert size_words(slot(library, "hpo")) == "3 files, 67 MB, from github.com"
    assert "Save panels from" in size_words(slot(library, "panelapp"))


def test_a_begun_download_says_what_is_here(library):
    one = slot(library, "hpo")
    assert button_words(one, 0) == "Install · 67 MB"
    assert button_words(one, 40_000_000) == "Go on · 40 MB are here"


def test_for_a_site_without_a_network_the_addresses_are_named(library):
    assert "releases/latest/download/phenotype.hpoa" in wanted_files(slot(library, "hpo").offer)
    many = wanted_files(slot(library, "gnomad_exomes", "GRCh38").offer)
    assert len(many.splitlines()) == 24 and all(line.startswith("https://") for line in many.splitlines())
    assert wanted_files(panelapp.OFFER) == panelapp.OFFER.by_hand


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("os.access", lambda place, _mode: asked.append(place) or False)
    assert not is_writable(Library(tmp_path / "a" / "b"))
    assert asked == [tmp_path]


def test_paths_are_taken_one_a_line_and_a_folder_stands_for_its_files(tmp_path):
    for name in ("b.txt", "a.txt"):
        write(tmp_path, name, "x")
    (tmp_path / "inner").mkdir()
    other = write(tmp_path / "inner", "c d.txt", "x")
    assert files_at(f'\n {tmp_path} \n"{other}"\n') == (tmp_path / "a.txt", tmp_path / "b.txt", other)
    assert files_at("") == ()
