"""SpliceAI as installed by a user who has it."""

import pytest

from models.case import State
from models.errors import InputError, WrongBuild
from models.knowledge import Library
from models.knowledge.positions.join import look_up
from tests.knowledge.golden_library import B37, B38, golden_library, install, offer_of, packed, spliceai
from tests.knowledge.positions.tables import alleles

NAME = "spliceai_scores.masked.snv.hg38.vcf"


def joined(*asked):
    return look_up(alleles(asked), [golden_library().current("spliceai", B38)])["spliceai"]


def test_the_largest_of_the_four_scores_counts_over_all_genes_at_the_place():
    found = joined(("1", 69091, "A", "G"), ("1", 69091, "A", "C"))
    assert found.columns["spliceai_delta_max"].tolist() == pytest.approx([0.92, 0.01])
    assert found.columns["spliceai_gene"].to_pylist() == ["OR4F5", "OR4F5"]


def test_an_insertion_that_was_not_computed_is_not_assessed():
    asked = [("1", 69092, "T", "TA"), ("1", 69092, "T", "TAAAAAAAAAAAAAA"), ("1", 500_000, "T", "A")]
    assert joined(*asked).state.tolist() == [State.NOT_ASSESSED, State.NOT_ASSESSED, State.ABSENT]


def test_masked_and_raw_scores_are_different_releases(tmp_path):
    assert golden_library().current("spliceai", B38).release.version == "1.3-masked"
    files = [packed(tmp_path, NAME.replace("masked", way), spliceai()) for way in ("masked", "raw")]
    with pytest.raises(InputError, match="cannot be mixed"):
        install(Library(tmp_path / "library"), "spliceai", B38, *files)


def test_a_table_of_another_build_is_refused(tmp_path):
    with pytest.raises(WrongBuild, match="GRCh38"):
        install(Library(tmp_path / "library"), "spliceai", B37, packed(tmp_path, NAME, spliceai()))


def test_it_is_brought_by_hand_with_the_way_said():
    offer = offer_of("spliceai", B38)
    assert not offer.fetch and offer.licence.must_accept and "spliceai_scores.masked.snv.hg38.vcf.gz" in offer.by_hand
