"""Of each reported variant the report names the one who answered for it, not everybody who was asked."""

from types import SimpleNamespace

import pytest

from models.errors import IntegrityError
from models.knowledge.annotate import annotate, mane_in_use, quiet
from models.reporting import answered
from models.reporting.answered import answered_by
from tests.builders import a_table, a_variant
from tests.knowledge.annotate.releases import a_clinvar, a_library

INSTALLED = "ClinVar 2026-11-10 (installed)"
OWN = "clinvar_significance"
ROWS = (
    a_variant("chr2", 100, "A", "G", clinvar_significance="Benign", gene="TTN"),
    a_variant("chr2", 101, "A", "G", clinvar_significance="Benign", gene="TTN"),
    a_variant("chr7", 5, "A", "G", clinvar_significance="Benign", gene="TTN"),
)


@pytest.fixture
def knowledge(tmp_path):
    library = a_library(tmp_path)
    a_clinvar(library, "2026-11-10", ("2", 100, "A", "G", "Likely_pathogenic", 2))
    return SimpleNamespace(installed=library.in_use(), transcripts=None, releases=())


def filled(knowledge):
    return annotate(a_table(*ROWS), knowledge.installed, mane_in_use(knowledge), quiet).table


def test_where_the_installed_release_looked_it_answered_and_where_not_the_file_did(knowledge) -> None:
    table = filled(knowledge)
    assert table.facts.brought[OWN] == f"{INSTALLED}; else test"
    assert [answered_by(table, knowledge, row)[OWN] for row in range(3)] == [INSTALLED, INSTALLED, "test"]
    assert answered_by(table, knowledge, 0)["gene"] == "test"


def test_with_nothing_installed_the_file_answered(knowledge) -> None:
    assert answered_by(a_table(*ROWS), knowledge, 0)[OWN] == "test"


def test_a_release_damaged_since_names_all_who_were_asked(knowledge, monkeypatch) -> None:
    def damaged(*_: object) -> None:
        raise IntegrityError("a byte was changed")

    table = filled(knowledge)
    monkeypatch.setattr(answered, "annotate", damaged)
    assert answered_by(table, knowledge, 0)[OWN] == f"{INSTALLED}; else test"
