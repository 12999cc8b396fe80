"""The bases of a codon: where else an amino acid can be changed."""

from models.knowledge.effects.place import codon_positions
from tests.knowledge.effects.toy import mane, transcript

LONG = transcript(exons=((1, 100), (201, 300), (401, 500)), cds=(1, 480))


def test_a_codon_may_be_split_by_an_intron_on_either_strand():
    assert codon_positions(LONG, 34) == (100, 201, 202)
    reverse = transcript("-", exons=((1, 100), (201, 302)), cds=(1, 301))
    assert codon_positions(reverse, 1) == (301, 300, 299)
    assert codon_positions(reverse, 34) == (202, 201, 100)


def test_outside_of_the_reading_frame_there_is_no_codon():
    assert codon_positions(LONG, 0) == codon_positions(LONG, 95) == ()
    assert codon_positions(transcript(cds=(0, 0)), 1) == ()


def test_the_dravet_patients_stop_lies_in_codon_1645_of_scn1a():
    assert codon_positions(mane().model("SCN1A"), 1645) == (165_992_342, 165_992_341, 165_992_340)
