"""Mitochondrial variants are named and described as mitochondrial laboratories do."""

import pytest

from models.case import State
from models.evidence import assess_variants, change_name, heteroplasmy_of, where_is
from models.evidence.describe import family_words, frequency_words, mode_sentence
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing


def _melas(alt_reads: int, depth_reads: int, gt: str = "0/1", **more):
    facts = {"gene": "MT-TL1", "hgvs_c": "n.14A>G", "alt_reads": alt_reads, "depth_reads": depth_reads}
    return a_case(a_variant("chrM", 3243, "A", "G", proband=gt, **facts, **more), pedigree=a_single())


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "name"),
    [
        (3243, "A", "G", "m.3243A>G"),
        (5000, "A", "ACC", "m.5000_5001insCC"),
        (5000, "AC", "A", "m.5001del"),
        (5000, "ACC", "A", "m.5001_5002del"),
        (5000, "AC", "GT", "m.5000_5001delinsGT"),
    ],
)
def test_a_mitochondrial_change_is_named_on_the_mitochondrial_genome(pos, ref, alt, name):
    assert change_name(a_case(a_variant("MT", pos, ref, alt, proband="0/1", hgvs_c="n.14A>G")), 0) == name


def test_a_mitochondrial_name_of_the_file_is_kept():
    case = a_case(a_variant("MT", 8270, "CACCCCCTCT", "C", proband="0/1", hgvs_c="m.8271_8279del"))
    assert change_name(case, 0) == "m.8271_8279del"


def test_what_has_no_sequence_or_is_nuclear_has_no_mitochondrial_name():
    assert change_name(a_case(a_variant("MT", 100, "A", "<DEL>", proband="0/1")), 0) == "chrMT-100-A-<DEL>"
    assert change_name(a_case(a_variant("chr2", 100, "A", "C", proband="0/1", hgvs_c="c.1A>C")), 0) == "c.1A>C"


@pytest.mark.parametrize(
    ("alt_reads", "depth_reads", "words"),
    [
        (36, 98, "heteroplasmy 37 % (36 of 98 reads)"),
        (949, 1000, "heteroplasmy 95 % (949 of 1000 reads)"),
        (950, 1000, "homoplasmic 95 % (950 of 1000 reads)"),
        (951, 1000, "homoplasmic 95 % (951 of 1000 reads)"),
        (996, 1000, "homoplasmic 99.6 % (996 of 1000 reads)"),
        (4, 1000, "heteroplasmy 0.4 % (4 of 1000 reads)"),
        (40, 40, "homoplasmic 100 % (40 of 40 reads)"),
    ],
)
def test_heteroplasmy_is_given_as_the_share_of_reads(alt_reads, depth_reads, words):
    assert heteroplasmy_of(_melas(alt_reads, depth_reads), 0, 0) == words


@pytest.mark.parametrize(
    ("gt", "alt_reads", "words"),
    [
        ("0/0", 0, "not seen (0 of 40 reads)"),
        ("0/0", 2, "called without it, seen in 5 % (2 of 40 reads)"),
        ("./.", 0, "not called"),
        ("0/1", -1, "heteroplasmy, fraction not written"),
        ("1/1", -1, "homoplasmic by genotype"),
    ],
)
def test_a_low_share_in_a_mother_called_reference_is_not_hidden(gt, alt_reads, words):
    case = _melas(alt_reads, 40, gt)
    case.variants.genotypes.vaf_fraction[:] = float("nan")
    assert heteroplasmy_of(case, 0, 0) == words


def test_off_the_mitochondrion_there_is_no_heteroplasmy():
    assert heteroplasmy_of(a_case(a_variant("chr2", 100, "A", "C", proband="0/1")), 0, 0) == ""


def test_the_family_is_described_by_heteroplasmy_and_not_by_genotypes():
    case = a_case(a_variant("MT", 3243, "A", "G", proband="0/1", mother="0/1", depth_reads=100, alt_reads=31))
    assert family_words(case, 0)[:2] == (
        "patient heteroplasmy 31 % (31 of 100 reads)",
        "mother heteroplasmy 31 % (31 of 100 reads)",
    )
    assert "0/1" not in mode_sentence(case, assess_variants(case, knowing()), 0)


def test_its_frequency_is_not_assessed_by_nuclear_databases():
    case = _melas(36, 98, af_fraction=None, af_group_max_fraction=None)
    evidence = assess_variants(case, knowing())
    assert State(evidence.frame["frequency_state"].iloc[0]) is State.NOT_ASSESSED
    assert frequency_words(case, 0) == "not assessed"


def test_why_not_here_names_it_as_it_was_asked_for():
    case = _melas(36, 98)
    answer = where_is("m.3243A>G", case, assess_variants(case, knowing()), lambda row: 1)
    assert answer.sentence.startswith("MT-TL1 m.3243A>G (chrMT-3243-A-G)")
