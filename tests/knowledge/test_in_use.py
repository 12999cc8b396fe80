"""Shipped or installed: the newer answers, and a release that is not what was installed answers nothing."""

from dataclasses import replace

import pytest

from models.case import Assembly
from models.errors import IntegrityError
from models.knowledge import clingen_validity, load_knowledge
from models.knowledge.in_use import is_older, release_in_use, table_in_use
from models.knowledge.library.install import switch
from models.knowledge.library.installed import Installed, Library
from models.knowledge.load import releases_in_use
from tests.knowledge.gene_files import VALIDITY, installed, write
from tests.knowledge.real import compiled_folder, knowledge

SHIPPED = clingen_validity.RELEASE  # 2026-06-21


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library")


def validity(folder, library, day):
    return installed(library, clingen_validity.OFFER, write(folder, "download", VALIDITY.format(day=day)))


@pytest.mark.parametrize(("day", "older"), [("2026-06-20", True), ("2026-06-21", False), ("2026-06-22", False)])
def test_only_a_release_older_than_the_shipped_one_is_left_alone(tmp_path, library, day, older):
    release = validity(tmp_path, library, day).release
    assert is_older(release, SHIPPED) is older
    assert release_in_use(library, SHIPPED) == (SHIPPED if older else release)
    assert (len(table_in_use(library, SHIPPED)) > 1000) is older


def test_going_back_to_an_earlier_installed_release_changes_what_answers(tmp_path, library):
    validity(tmp_path, library, "2026-08-01")
    validity(tmp_path, library, "2026-10-01")
    assert release_in_use(library, SHIPPED).version == "2026-10-01"
    switch(library, "clingen_validity/any", "2026-08-01")
    assert release_in_use(library, SHIPPED).version == "2026-08-01"


def test_the_gene_table_and_the_list_of_releases_follow_what_is_installed(tmp_path, library):
    validity(tmp_path, library, "2026-10-01")
    known = load_knowledge(compiled_folder(), library)
    assert known.genes.frame.at["OR4F5", "validity"] == "Limited"
    assert [r.version for r in known.releases if r.key == "clingen_validity"] == ["2026-10-01"]
    assert [i.slot for i in known.installed] == ["clingen_validity/any"]
    assert knowledge().genes.frame.at["OR4F5", "validity"] == ""


def test_training_sees_only_what_ships(monkeypatch, tmp_path, library):
    validity(tmp_path, library, "2026-10-01")
    monkeypatch.setenv("CASEBOARD_KNOWLEDGE", str(library.folder))
    assert load_knowledge(compiled_folder()).genes.frame.at["OR4F5", "validity"] == ""


def test_an_installed_table_changed_afterwards_is_refused(tmp_path, library):
    path = validity(tmp_path, library, "2026-10-01").file("clingen_validity.parquet")
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(IntegrityError, match="damaged; install it again"):
        clingen_validity.columns(library)


def test_a_source_with_positions_is_listed_once_a_build(tmp_path, library):
    one = validity(tmp_path, library, "2026-10-01")
    builds: list[Installed] = [replace(one, assembly=build) for build in (Assembly.GRCH37, Assembly.GRCH38)]
    listed = [r for r in releases_in_use(library, builds) if r.key == "clingen_validity"]
    assert [(r.version, r.assembly) for r in listed] == [("2026-10-01", "GRCh37"), ("2026-10-01", "GRCh38")]
