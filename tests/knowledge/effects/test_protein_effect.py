"""Proteins are named as HGVS names them and VEP writes it."""

import pytest

from models.knowledge.effects.genetic_code import MITOCHONDRIAL, STANDARD
from models.knowledge.effects.protein_effect import ReadingFrame, protein_effect

# Short published stretches of coding sequence, with the published names of changes in them.
GJB2 = "ATGGATTGGGGCACGCTGCAGACGATCCTGGGGGGTGTGAACAAACACTCCACC"
BRCA1 = (
    "ATGGATTTATCTGCTCTTCGCGTTGAAGAAGTACAAAATGTCATTAATGCTATGCAGAAAATCTTAGAGTGTCCCATCTGTCTGGAGTTGATCAAGGAACCTGTC"
    "TCCACAAAGTGTGACCACATATTTTGC"
)
CFTR = "ATG" + "GCA" * 504 + "ATCATCTTTGGTGTT"  # residues 506 to 510


def frame(coding, utr="", code=STANDARD, **how):
    return ReadingFrame(coding + utr, len(coding), code, **how)


def effect(coding, at, deleted, inserted="", utr="", **how):
    """Of a change at c.`at`, counted from 1, in a reading frame that ends with its stop."""
    return protein_effect(frame(coding, utr, **how), at - 1, deleted, inserted)


def test_published_names_of_published_changes():
    assert effect(GJB2 + "TAA", 35, 1).name == "p.Gly12ValfsTer2"
    assert effect(GJB2 + "TAA", 30, 1).name == "p.Gly12ValfsTer2"
    assert effect(BRCA1 + "TAA", 68, 2).name == "p.Glu23ValfsTer17"
    assert effect(CFTR + "TAA", 1521, 3).name == "p.Phe508del"
    assert effect(CFTR + "TAA", 1519, 3).name == "p.Ile507del"


#          1  2  3  4  5  6  7  8  9
PROTEIN = "ATGAAACGTTGGTGGTGGGAAGCTTTTTAA"  # Met Lys Arg Trp Trp Trp Glu Ala Phe Ter
UTR = "CAGTAGGG"


@pytest.mark.parametrize(
    ("at", "deleted", "inserted", "name", "terms"),
    [
        (4, 1, "C", "p.Lys2Gln", "missense_variant"),
        (6, 1, "G", "p.Lys2=", "synonymous_variant"),
        (6, 2, "GA", "p.Arg3Ser", "missense_variant"),
        (6, 4, "GCGC", "p.Lys2_Arg3=", "synonymous_variant"),
        (5, 5, "GGTTT", "p.Lys2_Arg3delinsArgPhe", "missense_variant"),
        (12, 1, "A", "p.Trp4Ter", "stop_gained"),
        (10, 3, "", "p.Trp6del", "inframe_deletion"),
        (10, 6, "", "p.Trp5_Trp6del", "inframe_deletion"),
        (5, 3, "", "p.Lys2_Arg3delinsSer", "inframe_deletion"),
        (10, 0, "TGG", "p.Trp6dup", "inframe_insertion"),
        (7, 0, "AAACGT", "p.Lys2_Arg3insLysArg", "inframe_insertion"),
        (19, 0, "CAC", "p.Trp6_Glu7insHis", "inframe_insertion"),
        (20, 0, "CCA", "p.Glu7delinsAlaLys", "inframe_insertion"),
        (19, 0, "CACTAGCAC", "p.Trp6_Glu7insHisTer", "inframe_insertion stop_gained"),
        (19, 3, "CACTAG", "p.Glu7delinsHisTer", "protein_altering_variant stop_gained"),
        (19, 3, "TAGCAC", "p.Glu7Ter", "protein_altering_variant stop_gained"),
        (19, 3, "CACCAC", "p.Glu7delinsHisHis", "protein_altering_variant"),
        (4, 1, "", "p.Lys2AsnfsTer?", "frameshift_variant"),
        (10, 0, "A", "p.Trp4MetfsTer?", "frameshift_variant"),
        (10, 0, "TAGT", "p.Trp4Ter", "frameshift_variant stop_gained"),
        (28, 1, "C", "p.Ter10GlnextTer2", "stop_lost"),
        (30, 1, "G", "p.Ter10=", "stop_retained_variant"),
        (28, 3, "TGA", "p.Ter10=", "stop_retained_variant"),
        (28, 1, "", "p.Ter10AsnextTer?", "frameshift_variant stop_lost"),
        (25, 6, "GCATGA", "p.Phe9Ala", "missense_variant"),
        (25, 4, "TAGC", "p.Phe9Ter", "stop_gained"),
        (1, 1, "G", "p.Met1?", "start_lost"),
        (2, 1, "", "p.Met1?", "start_lost"),
        (3, 0, "G", "p.Lys2GlufsTer?", "frameshift_variant"),
    ],
)
def test_a_change_of_the_reading_frame_is_named(at, deleted, inserted, name, terms):
    found = effect(PROTEIN, at, deleted, inserted, UTR)
    assert found.name == name
    assert " ".join(sorted(found.terms)) == terms


def test_a_frame_without_its_stop_or_with_one_inside_or_unknown_bases_is_not_named():
    for broken in ("ATGAAA", "ATGTAAAAATAA", "ATGNAATAA", "ATGAATAA"):
        found = effect(broken, 4, 1, "C")
        assert (found.name, found.terms) == ("", {"coding_sequence_variant"})


def test_selenocysteine_is_read_where_a_tga_stands_inside():
    coding = "ATGTGACGTCGTTAA"
    assert effect(coding, 4, 3).name == "p.Sec2del"
    assert effect(coding, 4, 1, "C").name == "p.Sec2Arg"
    assert effect(coding, 7, 3).name == "p.Arg4del"


def test_the_mitochondrion_reads_its_own_code_and_stops_that_only_the_tail_completes():
    mitochondrial = {"code": MITOCHONDRIAL, "completed": True}
    assert effect("ATATGACCTT", 4, 3, **mitochondrial).name == "p.Trp2del"
    assert effect("ATATGACCTT", 10, 1, "C", **mitochondrial).name == ""
