"""Exon, reading frame and the last junction: what a loss of function is judged by."""

from models.knowledge.effects.place import NMD_ESCAPE_BASES, codon_positions, nmd_predicted, position_in_transcript
from tests.knowledge.effects.toy import mane, transcript

LONG = transcript(exons=((1, 100), (201, 300), (401, 500)), cds=(1, 480))


def test_a_coding_base_knows_its_exon_codon_and_junction():
    place = position_in_transcript(LONG, 300)
    assert (place.exon, place.intron, place.exon_count) == (2, None, 3)
    assert (place.cds_position, place.cds_length, place.aa_position) == (200, 280, 67)
    assert place.bases_to_last_junction == 1
    assert not place.is_last_exon
    assert position_in_transcript(LONG, 401).is_last_exon


def test_an_intron_is_numbered_and_has_no_codon():
    for pos, name in ((301, "200+1"), (400, "201-1")):
        place = position_in_transcript(LONG, pos)
        assert (place.exon, place.intron, place.name) == (None, 2, name)
        assert place.cds_position is place.aa_position is place.bases_to_last_junction is None


def test_a_position_outside_is_not_in_the_transcript():
    assert position_in_transcript(LONG, 501) is None


def test_a_codon_may_be_split_by_an_intron_on_either_strand():
    assert codon_positions(LONG, 34) == (100, 201, 202)
    reverse = transcript("-", exons=((1, 100), (201, 302)), cds=(1, 301))
    assert codon_positions(reverse, 1) == (301, 300, 299)
    assert codon_positions(reverse, 34) == (202, 201, 100)
    assert codon_positions(LONG, 0) == codon_positions(LONG, 95) == ()


def test_a_stop_more_than_fifty_bases_before_the_last_junction_is_degraded():
    assert NMD_ESCAPE_BASES == 50
    assert nmd_predicted(LONG, 149) is True  # 52 bases before base 201
    assert nmd_predicted(LONG, 150) is True  # 51
    assert nmd_predicted(LONG, 151) is False  # 50: among the last 50 bases of the exon before the last
    assert nmd_predicted(LONG, 201) is False


def test_a_transcript_of_one_exon_escapes_decay_and_one_that_codes_nothing_has_no_answer():
    assert nmd_predicted(transcript(exons=((1, 300),), cds=(1, 300)), 10) is False
    assert nmd_predicted(transcript(cds=(0, 0)), 10) is None


def test_the_dravet_patients_stop_lies_in_the_last_exon_of_scn1a():
    place = position_in_transcript(mane().model("SCN1A"), 165_992_342)
    assert (place.name, place.aa_position, place.exon) == ("4933", 1645, place.exon_count)
