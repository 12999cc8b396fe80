"""One amino acid for another, codon by codon."""

import pytest

from models.case import Allele, Assembly
from models.knowledge.effects.protein import ProteinChange, protein_change
from tests.knowledge.effects.toy import Sequence, transcript

# ATG TGG CGA | TGA TAA : Met Trp Arg Sec Ter, with an intron inside the third codon
TOY = transcript(exons=((1, 8), (13, 22)), cds=(1, 19))
SEQUENCE = Sequence("ATGTGGCG" + "GTAG" + "ATGATAAGGG")


def change(pos, ref, alt, model=TOY, sequence=SEQUENCE):
    return protein_change(model, Allele(Assembly.GRCH38, model.chrom, pos, ref, alt), sequence)


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "name"),
    [
        (4, "T", "C", "p.Trp2Arg"),
        (6, "G", "A", "p.Trp2Ter"),
        (13, "A", "G", "p.Arg3="),
        (7, "CG", "TT", "p.Arg3Leu"),
        (1, "A", "G", "p.Met1?"),
        (16, "A", "T", "p.Sec4Cys"),
    ],
)
def test_a_substitution_is_named_as_vep_names_it(pos, ref, alt, name):
    assert change(pos, ref, alt).hgvs_p == name


def test_a_lost_stop_is_an_extension():
    assert change(17, "T", "C").hgvs_p == "p.Ter5GlnextTer?"


def test_what_is_no_substitution_within_one_codon_has_no_change():
    assert change(9, "G", "A") is None  # intron
    assert change(6, "GC", "AA") is None  # two codons
    assert change(6, "G", "GA") is None
    assert change(20, "G", "A") is None  # 3' UTR


def test_a_reference_that_disagrees_or_is_not_known_gives_no_change():
    assert change(4, "A", "C") is None
    assert change(4, "T", "C", sequence=Sequence("ATGTGNCG")) is None


def test_the_reverse_strand_reads_the_other_bases():
    reverse = transcript("-", exons=((1, 9),), cds=(1, 9))  # ATG CGG TAA
    assert change(5, "C", "A", reverse, Sequence("TTACCGCAT")) == ProteinChange("R", 2, "L")


def test_the_mitochondrion_has_its_own_code():
    gene = transcript(exons=((1, 9),), cds=(1, 9), chrom="MT")  # ATA TGA TAA
    sequence = Sequence("ATATGATAA", chrom="MT")
    assert change(6, "A", "G", gene, sequence).hgvs_p == "p.Trp2="
    assert change(4, "T", "A", gene, sequence).hgvs_p == "p.Trp2Ter"
