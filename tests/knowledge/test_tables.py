"""The shipped tables are what their script makes from the public files."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from models.knowledge.source import TABLES, read_table
from models.knowledge.tables import build
from models.knowledge.tables.mitochondrion import MITOCHONDRIAL_GENES
from tests.shared_data import ROOT, shared

MAKERS = ("clingen_validity", "clingen_dosage", "panelapp", "gene2phenotype", "secondary_findings")


@pytest.fixture(scope="module")
def names():
    table = read_table("previous_symbols")
    return dict(zip(table["previous"], table["gene"], strict=True))


@pytest.mark.shared
@pytest.mark.parametrize("name", MAKERS)
def test_a_table_can_be_made_again(name, names):
    shared("gene")
    pd.testing.assert_frame_equal(getattr(build, name)(ROOT, names), read_table(name))


@pytest.mark.shared
def test_the_transcripts_can_be_made_again():
    shared("gene")
    made = build.transcripts(ROOT).drop(columns=["ensembl_gene", "ncbi_gene"])
    shipped = read_table("mane")
    plain = [c for c in made.columns if not c.startswith("exon_")]
    pd.testing.assert_frame_equal(made[plain], shipped[plain])
    assert made["exon_sizes"].map(list).tolist() == shipped["exon_sizes"].map(list).tolist()


def test_all_tables_together_stay_small():
    assert sum(t.stat().st_size for t in TABLES.glob("*.parquet")) < 3_000_000


def test_the_mitochondrion_has_its_37_genes():
    assert len({gene for gene, *_ in MITOCHONDRIAL_GENES}) == 37
    assert sum(codes for *_, codes in MITOCHONDRIAL_GENES) == 13
    assert all(1 <= start < end <= 16_569 for _, start, end, _, _ in MITOCHONDRIAL_GENES)


def test_knowledge_never_reads_the_script_that_made_its_tables():
    folder = Path(build.__file__).parents[1]
    imports = [
        node.module or ""
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]
    assert not [module for module in imports if module.endswith("tables.build")]
