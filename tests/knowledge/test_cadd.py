"""CADD as installed by a user who has it."""

import pytest

from models.case import State
from models.errors import InputError, UnreadableFile, WrongBuild
from models.knowledge import Library
from models.knowledge.positions.join import look_up
from tests.knowledge.golden_library import B37, B38, cadd, golden_library, install, offer_of, packed
from tests.knowledge.positions.tables import alleles

INDELS = cadd().split("#Chrom")[0] + "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n1\t10002\tA\tAT\t0.1\t12.3\n"


def joined(library, *asked):
    return look_up(alleles(asked), [library.current("cadd", B38)])["cadd"]


def test_an_insertion_has_a_score_only_where_one_was_computed(tmp_path):
    library = Library(tmp_path / "library")
    files = packed(tmp_path, "snv.tsv.gz", cadd()), packed(tmp_path, "gnomad.genomes.r4.0.indel.tsv.gz", INDELS)
    install(library, "cadd", B38, *files)
    found = joined(library, ("1", 10002, "A", "AT"), ("1", 10002, "A", "AG"), ("1", 10002, "A", "C"))
    assert found.state.tolist() == [State.FOUND, State.NOT_ASSESSED, State.FOUND]
    assert found.columns["cadd_phred"][[0, 2]].tolist() == pytest.approx([12.3, 8.63])


def test_build_and_version_are_those_of_the_first_line(tmp_path):
    assert golden_library().current("cadd", B38).release.version == "1.7"
    with pytest.raises(WrongBuild, match=r"snv\.tsv: This table is on GRCh38, not on GRCh37"):
        install(Library(tmp_path / "library"), "cadd", B37, packed(tmp_path, "snv.tsv", cadd()))
    with pytest.raises(UnreadableFile, match="does not say which CADD"):
        install(Library(tmp_path / "library"), "cadd", B38, packed(tmp_path, "snv.tsv", cadd("Scores")))


def test_files_of_two_versions_are_not_mixed(tmp_path):
    files = packed(tmp_path, "a.tsv", cadd()), packed(tmp_path, "b.tsv", cadd("CADD GRCh38-v1.6"))
    with pytest.raises(InputError, match=r"1\.6 and 1\.7"):
        install(Library(tmp_path / "library"), "cadd", B38, *files)


def test_it_is_brought_by_hand_and_its_licence_has_to_be_accepted():
    offer = offer_of("cadd", B38)
    assert not offer.fetch and offer.licence.must_accept and "cadd.gs.washington.edu" in offer.by_hand
