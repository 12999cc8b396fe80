"""Gene2Phenotype's file of all panels, in its words since 2024."""

import pytest

from models.errors import UnreadableFile
from models.knowledge import gene2phenotype
from models.knowledge.library.installed import Library
from tests.knowledge.gene_files import installed, write
from tests.shared_data import shared

HEAD = "g2p id,gene symbol,hgnc id,disease name,allelic requirement,confidence,panel,date of last review\n"
ROWS = (
    ("AARS", "biallelic_autosomal", "definitive", "2025-01-28 23:03:26+00:00"),
    ("AARS", "monoallelic_autosomal", "moderate", "2026-09-02 10:00:00+00:00"),
    ("SHOX", "monoallelic_PAR", "strong", ""),
    ("MECP2", "monoallelic_X_heterozygous", "definitive", ""),
    ("MECP2", "monoallelic_X_hemizygous", "strong", ""),
    ("MT-TL1", "mitochondrial", "definitive", ""),
    ("SRY", "monoallelic_Y_hemizygous", "definitive", ""),
    ("OR4F5", "biallelic_autosomal", "limited", ""),
    ("OR4F5", "", "definitive", ""),
)


def file(folder, rows=ROWS):
    text = "".join(f'G2P1,{g},1,"a disease, named",{r},{c},DD; Eye,{day}\n' for g, r, c, day in rows)
    return write(folder, "download", HEAD + text)


def test_the_installed_modes_answer_for_links_that_are_sure_enough(tmp_path):
    library = Library(tmp_path / "library")
    installed(library, gene2phenotype.OFFER, file(tmp_path))
    assert gene2phenotype.columns(library)["modes_g2p"].to_dict() == {
        "AARS1": "AD;AR",
        "SHOX": "AD",
        "MECP2": "XLD;XLR",
        "MT-TL1": "MT",
    }
    assert gene2phenotype.SOURCE.release(library).version == "2026-09-02"


@pytest.mark.parametrize(("confidence", "kept"), [("strong", True), ("moderate", True), ("limited", False)])
def test_a_link_counts_from_moderate_up(tmp_path, confidence, kept):
    path = file(tmp_path, [("SCN1A", "monoallelic_autosomal", confidence, "")])
    assert (len(gene2phenotype.from_all_panels(path, {})) == 1) is kept


def test_a_file_without_any_review_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="when its entries were reviewed"):
        gene2phenotype.release_of([file(tmp_path, ROWS[2:])])


@pytest.mark.shared
def test_a_panel_in_the_words_before_2024_is_refused():
    with pytest.raises(UnreadableFile, match="no column 'confidence'"):
        gene2phenotype.release_of([shared("gene/g2p/DDG2P.csv.gz")])
