import time

import numpy as np
import pytest

from models.knowledge import Region
from models.knowledge.segments import SPLICE_BASES
from tests.knowledge.real import knowledge


@pytest.fixture(scope="module")
def mane():
    return knowledge().transcripts


def at(mane, chrom, start, end=None):
    gene, region = mane.locate(np.array([chrom], dtype=object), np.array([start]), np.array([end or start]))
    return str(gene[0]), str(region[0])


# SCN1A is on the minus strand of chromosome 2; exon 166012109-166012282 (MANE Select NM_001165963.4).
EXON = (166_012_109, 166_012_282)


def test_the_bases_around_an_exon_are_told_apart(mane):
    assert at(mane, "2", EXON[0]) == ("SCN1A", "coding")
    assert at(mane, "2", EXON[1]) == ("SCN1A", "coding")
    assert at(mane, "2", EXON[0] - 1) == ("SCN1A", "splice")
    assert at(mane, "2", EXON[1] + 1) == ("SCN1A", "splice")


def test_the_splice_region_ends_after_eight_bases(mane):
    assert SPLICE_BASES == 8
    assert at(mane, "2", EXON[1] + 7) == ("SCN1A", "splice")
    assert at(mane, "2", EXON[1] + 8) == ("SCN1A", "splice")
    assert at(mane, "2", EXON[1] + 9) == ("SCN1A", "intron")


def test_untranslated_and_coding_bases_of_one_exon_are_told_apart(mane):
    model = mane.model("SCN1A")
    assert at(mane, "2", model.cds_start_1based)[1] == "coding"
    assert at(mane, "2", model.cds_start_1based - 1)[1] == "utr"
    assert at(mane, "2", model.cds_end_1based)[1] == "coding"
    assert at(mane, "2", model.cds_end_1based + 1)[1] == "utr"


def test_outside_all_genes_there_is_no_gene(mane):
    assert at(mane, "1", 1) == ("", "intergenic")
    assert at(mane, "1", 248_956_422) == ("", "intergenic")


def test_a_contig_we_do_not_know_has_no_gene(mane):
    assert at(mane, "GL000220.1", 100) == ("", "intergenic")


def test_a_deletion_takes_the_most_telling_region_it_touches(mane):
    assert at(mane, "2", EXON[0] - 500, EXON[0] - 9) == ("SCN1A", "intron")
    assert at(mane, "2", EXON[0] - 500, EXON[0] - 8) == ("SCN1A", "splice")
    assert at(mane, "2", EXON[0] - 500, EXON[0]) == ("SCN1A", "coding")


def test_an_end_before_the_start_is_taken_as_one_base(mane):
    assert at(mane, "2", EXON[0], EXON[0] - 100) == ("SCN1A", "coding")


@pytest.mark.parametrize(
    ("position", "gene", "region"), [(3243, "MT-TL1", "rna"), (8993, "MT-ATP6", "coding"), (11778, "MT-ND4", "coding")]
)
def test_mitochondrial_positions_have_their_genes(mane, position, gene, region):
    assert at(mane, "MT", position) == (gene, region)


def test_every_region_is_one_of_the_closed_set(mane):
    chrom = np.array(["7"] * 5000, dtype=object)
    position = np.linspace(1, 159_000_000, 5000).astype(np.int64)
    assert set(mane.locate(chrom, position, position)[1]) <= {r.value for r in Region}


def test_a_transcript_is_given_with_its_exons_in_order(mane):
    model = mane.model("SCN1A")
    assert (model.refseq, model.strand, model.chrom, model.mane_status) == ("NM_001165963.4", "-", "2", "MANE Select")
    assert EXON in model.exons
    assert all(a[1] < b[0] for a, b in zip(model.exons, model.exons[1:], strict=False))
    assert model.exons[0][0] <= model.cds_start_1based <= model.cds_end_1based <= model.exons[-1][1]


def test_a_gene_without_a_mane_transcript_has_none(mane):
    assert mane.model("XIST") is None


def test_mane_select_is_preferred_to_plus_clinical(mane):
    both = set(mane.table.loc[mane.table["mane_status"] == "MANE Plus Clinical", "gene"])
    assert len(both) > 50
    assert all(mane.model(gene).mane_status == "MANE Select" for gene in both)


@pytest.mark.slow
def test_a_hundred_thousand_positions_take_a_fifth_of_a_second(mane):
    rng = np.random.default_rng(0)
    chrom = np.array([str(c) for c in rng.integers(1, 23, 100_000)], dtype=object)
    position = rng.integers(1, 150_000_000, 100_000)
    mane.locate(chrom, position, position)
    start = time.process_time()
    mane.locate(chrom, position, position)
    assert time.process_time() - start < 0.2
