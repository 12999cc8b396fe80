"""How genotypes of a family speak for or against each mode; every verdict has three values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Affected, Pedigree, Person, Sex
from models.evidence import assess_variants
from models.evidence.types import VerdictCode
from tests.builders import a_case, a_single, a_trio, a_variant
from tests.evidence.fakes import knowing

MET, NOT_MET, OPEN = VerdictCode.MET, VerdictCode.NOT_MET, VerdictCode.NOT_ASSESSABLE
X_POS, PAR_POS = 30_000_000, 1_000_000


def _verdict(mode, *, chrom="chr1", pos=1000, pedigree=None, sex=Sex.FEMALE, **facts):
    case = a_case(a_variant(chrom, pos, "A", "C", **facts), pedigree=pedigree, sex=sex)
    return VerdictCode(int(assess_variants(case, knowing()).frame[mode].iloc[0]))


def _family(*people, proband_sex=Sex.FEMALE):
    me = Person("proband", proband_sex, Affected.AFFECTED, "father", "mother", "proband")
    return Pedigree("proband", (me, *people))


def _mother(affected=Affected.UNAFFECTED):
    return Person("mother", Sex.FEMALE, affected, sample="mother")


def _father(affected=Affected.UNAFFECTED):
    return Person("father", Sex.MALE, affected, sample="father")


def _sibling(name, affected, sex=Sex.FEMALE):
    return Person(name, sex, affected, "father", "mother", name)


# De novo ---------------------------------------------------------------------------------------


def test_a_variant_in_neither_parent_is_de_novo():
    assert _verdict("de_novo", proband="0/1", mother="0/0", father="0/0") is MET


@pytest.mark.parametrize(("mother", "father"), [("0/1", "0/0"), ("0/0", "0/1"), ("1/1", "0/0"), ("./1", "0/0")])
def test_a_variant_seen_in_a_parent_is_not_de_novo(mother, father):
    assert _verdict("de_novo", proband="0/1", mother=mother, father=father) is NOT_MET


def test_a_variant_seen_in_both_unaffected_parents_is_not_de_novo():
    assert _verdict("de_novo", proband="0/1", mother="0/1", father="0/1") is NOT_MET


def test_de_novo_cannot_be_said_without_both_parents():
    only_mother = _family(_mother())
    assert _verdict("de_novo", pedigree=only_mother, proband="0/1", mother="0/0") is OPEN
    assert _verdict("de_novo", pedigree=only_mother, proband="0/1", mother="0/1") is NOT_MET
    assert _verdict("de_novo", pedigree=a_single(), proband="0/1") is OPEN


def test_de_novo_cannot_be_said_where_a_parent_was_not_called():
    assert _verdict("de_novo", proband="0/1", mother="0/0", father="./.") is OPEN


@pytest.mark.parametrize(("depth", "expected"), [(9, OPEN), (10, MET), (11, MET)])
def test_de_novo_needs_ten_reads_in_each_parent(depth, expected):
    assert _verdict("de_novo", proband="0/1", mother="0/0", father="0/0", depth_reads=depth) is expected


@pytest.mark.parametrize(("gq", "expected"), [(19, OPEN), (20, MET), (21, MET)])
def test_de_novo_needs_confident_parents(gq, expected):
    assert _verdict("de_novo", proband="0/1", mother="0/0", father="0/0", gq_phred=gq) is expected


@pytest.mark.parametrize(
    ("alt_reads", "expected"), [(0, MET), (4, MET), (5, OPEN), (19, OPEN), (20, NOT_MET), (50, NOT_MET)]
)
def test_reads_with_the_variant_in_a_parent_called_reference_count(alt_reads, expected):
    facts = {"depth_reads": 100, "alt_reads": alt_reads}
    assert _verdict("de_novo", proband="0/1", mother="0/0", father="0/0", **facts) is expected


def test_a_single_read_in_a_parent_is_sequencing_error():
    facts = {"depth_reads": 12, "alt_reads": 1}
    assert _verdict("de_novo", proband="0/1", mother="0/0", father="0/0", **facts) is MET


def test_two_new_copies_at_once_are_no_de_novo_variant():
    assert _verdict("de_novo", proband="1/1", mother="0/0", father="0/0") is NOT_MET


def test_on_a_boys_x_only_the_mother_decides_de_novo():
    facts = {"chrom": "chrX", "pos": X_POS, "sex": Sex.MALE}
    assert _verdict("de_novo", **facts, proband="1/1", mother="0/0", father="./.") is MET
    assert _verdict("de_novo", **facts, proband="1", mother="0/1", father="0") is NOT_MET


# Dominant --------------------------------------------------------------------------------------


def test_a_single_patients_heterozygous_variant_fits_dominant():
    assert _verdict("dominant", pedigree=a_single(), proband="0/1") is MET
    assert _verdict("dominant", pedigree=a_single(), proband="1/1") is NOT_MET


def test_a_variant_of_an_unaffected_parent_is_not_dominant():
    assert _verdict("dominant", proband="0/1", mother="0/1", father="0/0") is NOT_MET


def test_a_variant_shared_with_the_affected_parent_is_dominant():
    family = _family(_mother(Affected.AFFECTED), _father())
    assert _verdict("dominant", pedigree=family, proband="0/1", mother="0/1", father="0/0") is MET
    assert _verdict("dominant", pedigree=family, proband="0/1", mother="0/0", father="0/0") is NOT_MET


def test_a_carrier_parent_of_unknown_affection_leaves_dominant_open():
    family = _family(_mother(Affected.UNKNOWN), _father())
    assert _verdict("dominant", pedigree=family, proband="0/1", mother="0/1", father="0/0") is OPEN


def test_an_affected_sibling_without_the_variant_refutes_dominant():
    family = _family(_mother(), _father(), _sibling("sister", Affected.AFFECTED))
    facts = {"proband": "0/1", "mother": "0/0", "father": "0/0"}
    assert _verdict("dominant", pedigree=family, **facts, sister="0/0") is NOT_MET
    assert _verdict("dominant", pedigree=family, **facts, sister="0/1") is MET


def test_an_uncalled_affected_relative_leaves_dominant_open():
    family = _family(_mother(), _father(), _sibling("sister", Affected.AFFECTED))
    assert _verdict("dominant", pedigree=family, proband="0/1", mother="0/0", father="0/0", sister="./.") is OPEN


# Recessive -------------------------------------------------------------------------------------


def test_two_copies_from_carrier_parents_are_recessive():
    assert _verdict("homozygous_recessive", proband="1/1", mother="0/1", father="0/1") is MET
    assert _verdict("homozygous_recessive", pedigree=a_single(), proband="1/1") is MET
    assert _verdict("homozygous_recessive", proband="0/1", mother="0/1", father="0/1") is NOT_MET


def test_an_unaffected_homozygous_parent_or_sibling_refutes_recessive():
    assert _verdict("homozygous_recessive", proband="1/1", mother="1/1", father="0/1") is NOT_MET
    family = _family(_mother(), _father(), _sibling("brother", Affected.UNAFFECTED, Sex.MALE))
    facts = {"proband": "1/1", "mother": "0/1", "father": "0/1"}
    assert _verdict("homozygous_recessive", pedigree=family, **facts, brother="1/1") is NOT_MET
    assert _verdict("homozygous_recessive", pedigree=family, **facts, brother="0/1") is MET


def test_an_affected_sibling_must_have_two_copies_too():
    family = _family(_mother(), _father(), _sibling("brother", Affected.AFFECTED, Sex.MALE))
    facts = {"proband": "1/1", "mother": "0/1", "father": "0/1"}
    assert _verdict("homozygous_recessive", pedigree=family, **facts, brother="1/1") is MET
    assert _verdict("homozygous_recessive", pedigree=family, **facts, brother="0/1") is NOT_MET


def test_one_reference_parent_leaves_deletion_or_disomy_open():
    assert _verdict("homozygous_recessive", proband="1/1", mother="0/1", father="0/0") is OPEN
    assert _verdict("homozygous_recessive", proband="1/1", mother="0/0", father="0/0") is NOT_MET
    assert _verdict("homozygous_recessive", proband="1/1", mother="0/1", father="./.") is OPEN


# X and mitochondria ----------------------------------------------------------------------------


@pytest.mark.parametrize("genotype", ["1", "0/1", "1/1"])
def test_a_boy_is_hemizygous_however_the_caller_wrote_it(genotype):
    case = a_case(a_variant("chrX", X_POS, "A", "C", proband=genotype, mother="0/1", father="0/0"), sex=Sex.MALE)
    frame = assess_variants(case, knowing()).frame
    assert frame["zygosity"].iloc[0] == "hemizygous"
    assert frame["x_linked"].iloc[0] == MET
    assert frame["homozygous_recessive"].iloc[0] == NOT_MET


def test_in_the_shared_ends_of_x_a_boy_has_two_copies():
    facts = {"chrom": "chrX", "pos": PAR_POS, "sex": Sex.MALE}
    assert _verdict("x_linked", **facts, proband="0/1", mother="0/1", father="0/0") is NOT_MET
    assert _verdict("homozygous_recessive", **facts, proband="1/1", mother="0/1", father="0/1") is MET


@pytest.mark.parametrize(
    ("pos", "expected"), [(2_781_479, NOT_MET), (2_781_480, MET), (155_701_382, MET), (155_701_383, NOT_MET)]
)
def test_the_shared_ends_of_x_on_grch38_end_where_the_consortium_says(pos, expected):
    assert (
        _verdict("x_linked", chrom="chrX", pos=pos, sex=Sex.MALE, proband="1/1", mother="0/1", father="0/0") is expected
    )


def test_an_unaffected_father_or_brother_who_carries_refutes_x_linked():
    facts = {"chrom": "chrX", "pos": X_POS, "sex": Sex.MALE}
    assert _verdict("x_linked", **facts, proband="1", mother="0/1", father="1") is NOT_MET
    family = _family(_mother(), _father(), _sibling("brother", Affected.UNAFFECTED, Sex.MALE), proband_sex=Sex.MALE)
    assert _verdict("x_linked", **facts, pedigree=family, proband="1", mother="0/1", father="0", brother="1") is NOT_MET
    assert _verdict("x_linked", **facts, pedigree=family, proband="1", mother="0/1", father="0", brother="0") is MET


def test_a_girl_with_an_unaffected_carrier_mother_stays_open_on_x():
    facts = {"chrom": "chrX", "pos": X_POS, "sex": Sex.FEMALE}
    assert _verdict("x_linked", **facts, proband="0/1", mother="0/1", father="0") is OPEN
    assert _verdict("x_linked", **facts, proband="0/1", mother="0/0", father="0") is MET


def test_without_the_patients_sex_x_linked_is_open():
    facts = {"chrom": "chrX", "pos": X_POS, "sex": Sex.UNKNOWN}
    assert _verdict("x_linked", **facts, pedigree=a_single(Sex.UNKNOWN), proband="1/1") is OPEN
    assert _verdict("x_linked", **facts, pedigree=a_single(Sex.UNKNOWN), proband="1") is MET


def test_a_mitochondrial_variant_comes_from_the_mother():
    assert _verdict("mitochondrial", chrom="chrM", proband="0/1", mother="0/1", father="0/0") is MET
    assert _verdict("mitochondrial", chrom="chrM", proband="0/1", mother="0/0", father="0/0") is OPEN
    assert _verdict("mitochondrial", proband="0/1", mother="0/1", father="0/0") is NOT_MET


@pytest.mark.parametrize(("alt_reads", "expected"), [(949, "heterozygous"), (950, "homozygous"), (951, "homozygous")])
def test_from_95_percent_of_the_reads_mitochondria_are_homoplasmic(alt_reads, expected):
    variant = a_variant("chrM", 3243, "A", "G", proband="0/1", depth_reads=1000, alt_reads=alt_reads)
    frame = assess_variants(a_case(variant, pedigree=a_single()), knowing()).frame
    assert frame["zygosity"].iloc[0] == expected


# Whatever the genotypes ------------------------------------------------------------------------

GENOTYPE = st.sampled_from(["0/0", "0/1", "1/1", "./.", "./1", "0|1", "1|0", "1", "0"])
CHROM = st.sampled_from([("chr1", 1000), ("chrX", X_POS), ("chrX", PAR_POS), ("chrY", 10_000_000), ("chrM", 3243)])
CARRIED = st.sampled_from(["0/1", "1/1", "1", "1|0", "./1"])


def _frame(place, sex, proband, mother, father):
    variant = a_variant(*place, "A", "C", proband=proband, mother=mother, father=father, gene="G1")
    return assess_variants(a_case(variant, sex=sex), knowing(G1="AR")).frame


@settings(max_examples=150, deadline=None)
@given(CHROM, st.sampled_from(list(Sex)), CARRIED, GENOTYPE, GENOTYPE)
def test_exchanging_the_parents_samples_never_makes_an_inherited_variant_de_novo(place, sex, proband, mother, father):
    if "1" in mother or "1" in father:
        exchanged = _frame(place, sex, proband, father, mother)["de_novo"].iloc[0]
        if place[0] == "chr1":
            assert exchanged == NOT_MET
        assert _frame(place, sex, proband, mother, father)["de_novo"].iloc[0] != MET or place[0] in {"chrY", "chrM"}


@settings(max_examples=150, deadline=None)
@given(CHROM, st.sampled_from(list(Sex)), CARRIED, GENOTYPE, GENOTYPE)
def test_a_missing_parent_genotype_never_proves_de_novo_on_autosomes(place, sex, proband, mother, father):
    if place[0] == "chr1" and "." in mother + father:
        assert _frame(place, sex, proband, mother, father)["de_novo"].iloc[0] != MET


@settings(max_examples=150, deadline=None)
@given(CHROM, st.sampled_from(list(Sex)), CARRIED, GENOTYPE, GENOTYPE)
def test_the_best_mode_is_always_a_mode_that_is_met(place, sex, proband, mother, father):
    row = _frame(place, sex, proband, mother, father).iloc[0]
    columns = ("de_novo", "dominant", "homozygous_recessive", "compound_heterozygous", "x_linked", "mitochondrial")
    assert all(row[c] in {0, 1, 2} for c in columns)
    assert (row["best_mode"] == "") == (not np.any([row[c] == MET for c in columns]))


def test_the_family_named_in_the_pedigree_decides_not_the_column_order():
    case = a_case(a_variant("chr1", 1, "A", "C", proband="0/1", mother="0/0", father="0/1"), pedigree=a_trio())
    assert assess_variants(case, knowing()).frame["de_novo"].iloc[0] == NOT_MET


@pytest.mark.parametrize(
    ("father_status", "mother", "father", "is_open_for_him_only"),
    [
        (Affected.UNKNOWN, "0/0", "0/1", True),
        (Affected.UNKNOWN, "0/0", "0/0", False),  # dominant is met
        (Affected.UNKNOWN, "0/1", "0/1", False),  # the unaffected mother contradicts
        (Affected.UNKNOWN, "./.", "0/1", False),  # the mother's call is missing too
        (Affected.UNAFFECTED, "0/0", "0/1", False),
        (Affected.AFFECTED, "0/0", "0/1", False),
    ],
)
def test_dominant_waits_only_for_the_examination_of_a_carrier_parent(
    father_status, mother, father, is_open_for_him_only
):
    family = _family(_mother(), _father(father_status))
    case = a_case(a_variant("chr3", 1000, "A", "C", proband="0/1", mother=mother, father=father), pedigree=family)
    assert bool(assess_variants(case, knowing()).frame["dominant_if_affected"].iloc[0]) is is_open_for_him_only
