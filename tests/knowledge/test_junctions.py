"""Distance to the splice junctions of MANE transcripts, on both strands."""

import numpy as np
import pandas as pd
import pytest

from models.knowledge.junctions import FARTHEST_BASES, junction_distance
from models.knowledge.transcripts import Transcripts
from tests.knowledge.real import knowledge


def two_exons(strand: str) -> Transcripts:
    """Exons 1,000-1,099 and 2,000-2,099 of chromosome 7, and a gene of one exon on chromosome 8."""
    rows = {
        "chrom": ["7", "8"],
        "strand": [strand, "+"],
        "start_1based": [1_000, 500],
        "exon_offsets": [np.array([0, 1_000]), np.array([0])],
        "exon_sizes": [np.array([100, 100]), np.array([50])],
    }
    return Transcripts(pd.DataFrame(rows), {}, np.array([""], dtype=object))


def distance(strand: str, pos_1based: int, chrom: str = "7") -> tuple[float, float]:
    bases, donor = junction_distance(two_exons(strand), pd.Series([chrom]), np.array([pos_1based]))
    return float(bases[0]), float(donor[0])


@pytest.mark.parametrize(
    ("strand", "pos_1based", "bases", "is_donor"),
    [
        ("+", 1_099, 0, 1),
        ("+", 1_100, 1, 1),
        ("+", 1_104, 5, 1),
        ("+", 1_097, -2, 1),
        ("+", 1_999, 1, 0),
        ("+", 2_000, 0, 0),
        ("-", 1_100, 1, 0),
        ("-", 1_995, 5, 1),
    ],
)
def test_bases_are_counted_from_the_exons_edge_into_the_intron(
    strand: str, pos_1based: int, bases: float, is_donor: float
) -> None:
    assert distance(strand, pos_1based) == (bases, is_donor)


def test_a_transcripts_outer_ends_are_no_junctions() -> None:
    assert np.isnan(distance("+", 999)).all()
    assert np.isnan(distance("+", 2_100)).all()


def test_deep_in_the_intron_nothing_is_said() -> None:
    assert distance("+", 1_099 + FARTHEST_BASES)[0] == FARTHEST_BASES
    assert np.isnan(distance("+", 1_100 + FARTHEST_BASES)).all()


@pytest.mark.parametrize("chrom", ["8", "GL000220.1"])
def test_a_chromosome_without_junctions_is_not_assessed(chrom: str) -> None:
    assert np.isnan(distance("+", 510, chrom)).all()


def test_a_published_acceptor_variant_is_one_base_into_the_intron() -> None:
    """CFTR c.1585-1G>A, chr7:117587738 on GRCh38."""
    bases, donor = junction_distance(knowledge().transcripts, pd.Series(["7"]), np.array([117_587_738]))
    assert (bases[0], donor[0]) == (1, 0)
