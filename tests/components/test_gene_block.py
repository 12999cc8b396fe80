"""The gene's lines: who says what, and an installed release beside the one the ranking uses."""

from dataclasses import replace

import pytest

from components.candidate import gather
from components.drawing import words
from components.evidence_panel import heading_tree, phenotype_tree
from components.gene_block import gencc_words, gene_rows
from models.case import Assembly, State
from models.knowledge import gencc, load_knowledge
from models.knowledge.constraint_display import OFFER as CONSTRAINT
from models.knowledge.library.installed import Library
from tests.builders_workup import a_workup, with_hand_made_matches
from tests.knowledge.gene_files import CONSTRAINT_V4, gencc_row, gencc_text, installed, write
from tests.knowledge.real import compiled_folder

SCN1A = 0


@pytest.fixture
def candidate(monkeypatch):
    with_hand_made_matches(monkeypatch)
    return gather(a_workup(), SCN1A)


def test_with_nothing_installed_the_block_is_as_short_as_ever(candidate):
    rows = dict(gene_rows(candidate))
    assert rows["Gene–disease validity"] == "Definitive"
    assert rows["LOEUF"] == "0.11"
    assert "GenCC" not in rows


def test_every_number_of_the_gene_names_its_release_and_date(candidate):
    facts = load_knowledge(compiled_folder()).genes.frame.loc["SCN1A"].to_dict()
    workup = replace(candidate.workup, knowledge=load_knowledge(compiled_folder()))
    source = dict(gene_rows(replace(candidate, workup=workup, gene_facts=facts)))["Source"]
    assert "gnomAD constraint 2.1.1 of 2019-03-06" in source
    assert "ClinGen gene-disease validity 2026-06-21;" in source
    assert "green genes 2026-03 of 2026-03-09" in source and "GenCC" not in source


def test_an_installed_release_stands_beside_with_its_name(candidate, tmp_path):
    library = Library(tmp_path / "library")
    installed(library, CONSTRAINT, write(tmp_path, "gnomad.v4.1.constraint_metrics.tsv", CONSTRAINT_V4))
    text = gencc_text(gencc_row("SCN1A", "1", "Definitive", "ClinGen"), gencc_row("SCN1A", "1", "Definitive", "Ambry"))
    installed(library, gencc.OFFER, write(tmp_path, "export", text))
    known = load_knowledge(compiled_folder(), library)
    now = replace(
        candidate,
        workup=replace(candidate.workup, knowledge=known),
        gene_facts=known.genes.frame.loc["SCN1A"].to_dict(),
    )
    rows = dict(gene_rows(now))
    assert rows["LOEUF"] == "0.07 (0.12 in gnomAD 4.1)"
    assert rows["GenCC"] == "Definitive for disease 1 (Ambry, ClinGen)"


def test_a_gene_nobody_submitted_says_so():
    assert gencc_words({"gencc": "", "gencc_disease": "", "gencc_submitters": ""}) == "no submission"


def test_a_gene_that_is_not_known_says_so(candidate):
    assert gene_rows(replace(candidate, gene_facts={})) == [("Gene", "not in the gene table")]
    assert gene_rows(replace(candidate, gene_facts={}, gene="")) == [("Gene", "none at this position")]


def test_where_no_table_and_no_file_could_name_a_gene_it_is_not_assessed(candidate):
    case = candidate.workup.case
    facts = replace(case.variants.facts, assembly=Assembly.GRCH37)
    on_37 = replace(
        candidate,
        workup=replace(candidate.workup, case=replace(case, variants=replace(case.variants, facts=facts))),
        variant={**candidate.variant, "gene_state": State.NOT_ASSESSED},
        gene_facts={},
        gene="",
    )
    assert gene_rows(on_37) == [("Gene", "not assessed")]
    assert "Gene not assessed" in words(heading_tree(on_37)) and "not assessed" in words(phenotype_tree(on_37))
