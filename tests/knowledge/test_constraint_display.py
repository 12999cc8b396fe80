"""An installed constraint release is shown beside the one the ranking uses, and never in its place."""

import numpy as np
import pytest

from models.case import Absent, Found
from models.errors import UnreadableFile
from models.knowledge import constraint_display, load_knowledge
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import CONSTRAINT_V2, CONSTRAINT_V4, installed, write
from tests.knowledge.real import compiled_folder, knowledge
from tests.shared_data import shared


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path / "library")
    installed(library, constraint_display.OFFER, write(tmp_path, "gnomad.v4.1.constraint_metrics.tsv", CONSTRAINT_V4))
    return library


def test_the_ranking_keeps_the_numbers_it_was_trained_on_whatever_is_installed(library):
    known, shipped = load_knowledge(compiled_folder(), library), knowledge()
    trained_on = ["loeuf", "pli", "missense_z", "missense_oe", "cds_length_bases"]
    assert known.genes.frame[trained_on].equals(shipped.genes.frame[trained_on])
    assert known.genes.frame.at["SCN1A", "loeuf_shown"] == np.float32(0.12)
    assert {r.version for r in known.releases if "constraint" in r.key} == {"2.1.1", "4.1"}


def test_the_mane_select_transcript_of_ensembl_stands_for_the_gene(library):
    found = constraint_display.columns(library)
    assert found.loc["AARS1", "loeuf_shown"] == np.float32(1.156)
    assert "OR4F5" not in found.index  # no estimate is not a number


def test_a_gene_without_estimate_is_absent(library):
    known = load_knowledge(compiled_folder(), library)
    assert constraint_display.look_up(known, "SCN1A") == Found("0.12", constraint_display.NAME)
    assert constraint_display.look_up(known, "OR4F5") == Absent(constraint_display.NAME)


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("gnomad.v4.1.constraint_metrics.tsv", CONSTRAINT_V4, "4.1"),
        ("gnomad.v4.0.constraint_metrics.tsv", CONSTRAINT_V4, "4.0"),
        ("constraint.tsv", CONSTRAINT_V4, "4.1"),
        ("gnomad.v2.1.1.lof_metrics.by_gene.txt", CONSTRAINT_V2, "2.1.1"),
        ("constraint.tsv", CONSTRAINT_V2, "2.1.1"),
    ],
)
def test_the_release_follows_from_columns_and_name(tmp_path, name, text, version):
    assert constraint_display.release_of([write(tmp_path, name, text)]).version == version


@pytest.mark.parametrize("name", ["gnomad.v9.0.constraint.tsv", "gnomad.v2.1.1.lof_metrics.txt"])
def test_a_release_that_name_and_columns_do_not_agree_on_is_refused(tmp_path, name):
    with pytest.raises(UnreadableFile, match="not known to this version"):
        constraint_display.release_of([write(tmp_path, name, CONSTRAINT_V4)])


def test_another_table_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match=r"not gnomAD's constraint table"):
        constraint_display.release_of([write(tmp_path, "x.tsv", "gene\ttranscript\nA\tB\n")])


@pytest.mark.shared
def test_a_real_slice_of_4_1_gives_one_row_a_gene():
    path = shared("gene/scout_reduced/gnomad.v4.1.constraint_metrics_reduced.tsv.gz")
    table = constraint_display.from_official(path, {}).set_index("gene")
    assert table.index.is_unique and len(table) > 200
    assert f"{table.at['AAGAB', 'loeuf_shown']:.2f}" == constraint_display.SOURCE.found.answer.value
    assert table["pli_shown"].dropna().between(0, 1).all()
