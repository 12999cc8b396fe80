"""Where a change lies in its transcript, on both strands, as coordinates and as names tell it."""

import pytest

from models.case import Found
from models.evidence.acmg.from_record import place_by_name
from models.evidence.acmg.lost_protein import deleted_exons
from models.evidence.acmg.place import SpliceSite, agreed, coding_of, place_of, touched_bases
from tests.knowledge.effects.toy import mane, transcript

# TOY: exons 11-20, 31-45, 61-90 on chromosome 1; coding from 14 to 70.
FORWARD, BACKWARD = transcript("+"), transcript("-")


def test_coding_positions_count_from_the_start_codon_along_the_transcript():
    assert coding_of(FORWARD).exons == ((-2, 7), (8, 22), (23, 52))
    assert coding_of(FORWARD).cds_length_bases == 32
    assert coding_of(BACKWARD).exons == ((-19, 10), (11, 25), (26, 35))


@pytest.mark.parametrize(("position", "cds", "offset"), [(14, 1, 0), (20, 7, 0), (21, 7, 1), (30, 8, -1), (13, 0, 0)])
def test_a_base_has_its_coding_position_and_its_distance_into_the_intron(position, cds, offset):
    place = place_of(FORWARD, position, "A", "C")
    assert (place.first.cds, place.first.offset) == (cds, offset)


@pytest.mark.parametrize(
    ("position", "sites"),
    [
        (20, ()), (21, (SpliceSite(True, 1),)), (22, (SpliceSite(True, 1),)), (23, ()),
        (28, ()), (29, (SpliceSite(False, 2),)), (30, (SpliceSite(False, 2),)), (10, ()),
    ],
)  # fmt: skip
def test_only_the_first_two_bases_beside_an_exon_are_its_splice_site(position, sites):
    if position == 10:
        assert place_of(FORWARD, position, "A", "C") is None
    else:
        assert place_of(FORWARD, position, "A", "C").splice_sites == sites


def test_on_the_reverse_strand_the_donor_lies_at_the_lower_end():
    assert place_of(BACKWARD, 60, "A", "C").splice_sites == (SpliceSite(True, 1),)
    assert place_of(BACKWARD, 46, "A", "C").splice_sites == (SpliceSite(False, 2),)


@pytest.mark.parametrize(
    ("ref", "alt", "expected"),
    [("A", "C", (5, 5, False)), ("AC", "A", (6, 6, False)), ("A", "AT", (5, 6, True)), ("ACT", "AGT", (6, 6, False))],
)
def test_the_anchor_base_of_an_indel_is_not_touched(ref, alt, expected):
    assert touched_bases(5, ref, alt) == expected


def test_an_insertion_behind_an_exon_leaves_its_donor_alone_and_one_inside_does_not():
    assert place_of(FORWARD, 20, "A", "AT").splice_sites == ()
    assert place_of(FORWARD, 21, "A", "AT").splice_sites == (SpliceSite(True, 1),)


def test_a_site_that_one_of_two_equal_spellings_leaves_alone_is_intact():
    by_position, by_name = place_of(FORWARD, 20, "AGTA", "A"), place_by_name("c.7+4_7+6del", FORWARD)
    assert by_position.splice_sites and isinstance(by_name, Found)
    assert agreed(by_position, by_name.value).splice_sites == ()


def test_a_name_of_manes_transcript_gives_the_same_place_as_the_coordinates():
    assert place_by_name("c.7+1G>A", FORWARD).value == place_of(FORWARD, 21, "G", "A")
    assert place_by_name("c.-1G>A", FORWARD).value == place_of(FORWARD, 13, "G", "A")
    assert place_by_name("c.*3G>A", FORWARD).value == place_of(FORWARD, 73, "G", "A")


def test_a_name_that_does_not_fit_the_exons_is_not_placed():
    assert not isinstance(place_by_name("c.5+1G>A", FORWARD), Found)
    assert not isinstance(place_by_name("c.999G>A", FORWARD), Found)


@pytest.mark.parametrize(("start", "end", "exons"), [(25, 50, (2,)), (31, 45, (2,)), (32, 50, ()), (1, 200, (1, 2, 3))])
def test_the_exons_wholly_inside_a_deletion_are_deleted(start, end, exons):
    assert deleted_exons(place_of(FORWARD, start, "N" * (end - start + 1), "")) == exons


def test_the_shipped_transcript_of_pah_is_laid_out_as_published():
    coding = coding_of(mane().model("PAH"))
    assert len(coding.exons) == 13 and coding.protein_length == 452 and coding.last_junction == 1315
