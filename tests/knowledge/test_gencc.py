"""GenCC: strongest classification with who gave it, and a word when it is not installed."""

import pytest

from models.case import Absent, Found, NotAssessed
from models.errors import UnreadableFile
from models.knowledge import gencc, load_knowledge
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import gencc_row, gencc_text, installed, write
from tests.knowledge.real import compiled_folder, knowledge

ROWS = (
    gencc_row("SCN1A", "1", "Strong", "Orphanet"),
    gencc_row("SCN1A", "1", "Definitive", "ClinGen", day="2026-10-12"),
    gencc_row("SCN1A", "1", "Definitive", "Ambry Genetics"),
    gencc_row("SCN1A", "2", "Limited", "ClinGen"),
    gencc_row("AARS", "3", "Supportive", "Orphanet"),
    gencc_row("AARS", "4", "Limited", "ClinGen"),
    gencc_row("OR4F5", "5", "Refuted Evidence", "ClinGen"),
)


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path / "library")
    installed(library, gencc.OFFER, write(tmp_path, "submissions-export-tsv", gencc_text(*ROWS)))
    return library


def test_the_strongest_classification_answers_with_those_who_gave_it(library):
    found = gencc.columns(library)
    assert found.loc["SCN1A"].tolist() == ["Definitive", "disease 1", "Ambry Genetics;ClinGen"]
    assert found.loc["AARS1", "gencc"] == "Supportive"
    assert found.loc["OR4F5", "gencc"] == "Refuted Evidence"


def test_the_release_is_the_day_of_the_last_submission(library):
    assert gencc.release(library).version == "2026-10-12"


def test_a_gene_is_found_absent_or_not_assessed(library):
    known = load_knowledge(compiled_folder(), library)
    assert gencc.look_up(known, "SCN1A") == Found("Definitive", gencc.NAME) == gencc.SOURCE.found.answer
    assert gencc.look_up(known, "BRCA2") == Absent(gencc.NAME)
    assert isinstance(gencc.look_up(knowledge(), "SCN1A"), NotAssessed)


def test_gencc_changes_nothing_that_the_ranking_reads(library):
    known, shipped = load_knowledge(compiled_folder(), library).genes.frame, knowledge().genes.frame
    ranked = [c for c in shipped.columns if c not in gencc.COLUMNS]
    assert known[ranked].equals(shipped[ranked])


def test_the_export_with_commas_is_read_as_well(tmp_path):
    text = gencc_text(*ROWS).replace("\t", ",")
    assert len(gencc.from_official(write(tmp_path, "export.csv", text), {})) == 5


def test_one_broken_row_in_a_hundred_is_left_out_and_two_are_refused(tmp_path):
    good = [gencc_row(f"GENE{i}", str(i), "Moderate", "ClinGen") for i in range(99)]
    broken = gencc_row("GENE99", "99", "a shifted field", "ClinGen")
    assert len(gencc.from_official(write(tmp_path, "one", gencc_text(*good, broken)), {})) == 99
    with pytest.raises(UnreadableFile, match="2 of its 101 rows"):
        gencc.from_official(write(tmp_path, "two", gencc_text(*good, broken, broken)), {})


def test_a_row_with_too_many_fields_counts_as_broken(tmp_path):
    good = [gencc_row(f"GENE{i}", str(i), "Moderate", "ClinGen") for i in range(9)]
    with pytest.raises(UnreadableFile, match="1 of its 10 rows"):
        gencc.from_official(write(tmp_path, "x", gencc_text(*good, good[0] + "\tmore")), {})


def test_an_export_cut_short_is_refused(tmp_path):
    text = gencc_text(*ROWS)
    for end in (-5, -20, -35, -60):
        with pytest.raises(UnreadableFile, match="fetch it again"):
            gencc.from_official(write(tmp_path, "x", text[:end]), {})
