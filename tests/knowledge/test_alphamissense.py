"""AlphaMissense as installed."""

import pytest

from models.case import State
from models.errors import InputError, WrongBuild
from models.knowledge import Library
from models.knowledge.positions.join import look_up
from tests.knowledge.golden_library import B37, B38, alphamissense, golden_library, install, packed
from tests.knowledge.positions.tables import alleles

NAME = "AlphaMissense_hg38.tsv"


def joined(*asked):
    return look_up(alleles(asked), [golden_library().current("alphamissense", B38)])["alphamissense"]


def test_the_highest_score_of_several_transcripts_counts():
    assert joined(("1", 69095, "T", "C")).columns["alphamissense_score"][0] == pytest.approx(0.91)


def test_a_substitution_that_changes_no_amino_acid_is_absent_and_an_insertion_not_assessed():
    asked = [("1", 69096, "G", "T"), ("1", 69094, "G", "GT"), ("1", 69094, "GT", "CC"), ("2", 69096, "G", "T")]
    assert joined(*asked).state.tolist() == [State.ABSENT] + [State.NOT_ASSESSED] * 3


def test_a_table_of_another_build_is_refused(tmp_path):
    with pytest.raises(WrongBuild, match="hg19, not on hg38"):
        install(Library(tmp_path / "l"), "alphamissense", B38, packed(tmp_path, NAME, alphamissense("hg19")))
    with pytest.raises(WrongBuild, match="hg38, not on hg19"):
        install(Library(tmp_path / "l"), "alphamissense", B37, packed(tmp_path, NAME, alphamissense()))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (alphamissense().replace("am_pathogenicity", "score"), "no column am_pathogenicity"),
        (alphamissense().replace("0.3609", "1.2"), "line 7: The score is not between 0 and 1"),
        (alphamissense().replace("0.3609", "?"), "line 7: The score is not between 0 and 1"),
        (alphamissense() + "chr1\t69097\tA\n", "line 9: The line has fewer than 9 columns"),
        ("nothing", "no line that names the columns"),
        ("", "no line that names the columns"),
    ],
)
def test_what_is_no_alphamissense_is_refused_in_a_sentence_that_names_the_place(tmp_path, text, sentence):
    with pytest.raises(InputError, match=rf"AlphaMissense_hg38\.tsv.*{sentence}"):
        install(Library(tmp_path / "l"), "alphamissense", B38, packed(tmp_path, NAME, text))
