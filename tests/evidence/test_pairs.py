"""Second hits in one gene: phase from parents, from phased genotypes, or unknown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Affected, Pedigree, Person, Sex
from models.evidence import assess_variants
from models.evidence.pairs import MAX_CANDIDATES_PER_GENE
from models.evidence.types import VerdictCode
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing

MET, NOT_MET, OPEN = VerdictCode.MET, VerdictCode.NOT_MET, VerdictCode.NOT_ASSESSABLE
MISSENSE = {"gene": "CFTR", "consequence": "missense_variant"}


def _hit(pos, proband="0/1", mother="0/0", father="0/0", **facts):
    return a_variant("chr7", pos, "A", "C", proband=proband, mother=mother, father=father, **{**MISSENSE, **facts})


def _frame(*hits, pedigree=None, sex=Sex.FEMALE):
    return assess_variants(a_case(*hits, pedigree=pedigree, sex=sex), knowing(CFTR="AR")).frame


def _pair(*hits, **more):
    frame = _frame(*hits, **more)
    first = frame.iloc[0]
    return VerdictCode(int(first["compound_heterozygous"])), first["partner_phase"], int(first["partner_row"])


def test_one_variant_from_each_parent_is_a_pair_in_trans():
    frame = _frame(_hit(100, mother="0/1"), _hit(200, father="0/1"))
    assert frame["compound_heterozygous"].tolist() == [MET, MET]
    assert frame["partner_row"].tolist() == [1, 0]
    assert frame["partner_phase"].tolist() == ["in trans", "in trans"]
    assert frame["best_mode"].tolist() == ["recessive, compound heterozygous"] * 2
    assert frame["gene_mode_fit"].tolist() == [MET, MET]


def test_two_variants_from_one_parent_are_in_cis_and_no_pair():
    assert _pair(_hit(100, mother="0/1"), _hit(200, mother="0/1")) == (NOT_MET, "in cis", 1)


def test_a_new_variant_and_an_inherited_one_have_unknown_phase():
    assert _pair(_hit(100, mother="0/1"), _hit(200)) == (OPEN, "unknown", 1)


def test_a_variant_both_parents_carry_has_unknown_origin():
    assert _pair(_hit(100, mother="0/1", father="0/1"), _hit(200, mother="0/1")) == (OPEN, "unknown", 1)


def test_a_single_patients_pair_has_unknown_phase():
    assert _pair(_hit(100), _hit(200), pedigree=a_single()) == (OPEN, "unknown", 1)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0|1", "1|0", (MET, "in trans")),
        ("0|1", "0|1", (NOT_MET, "in cis")),
    ],
)
def test_phased_genotypes_of_one_set_decide_where_parents_are_missing(first, second, expected):
    other = _hit(300, "1|0", phase_set=7, gene="OTHER")
    hits = (_hit(100, first, phase_set=7), _hit(200, second, phase_set=7), other)
    assert _pair(*hits, pedigree=a_single())[:2] == expected


def test_phased_genotypes_of_two_sets_say_nothing_about_each_other():
    assert _pair(_hit(100, "0|1", phase_set=7), _hit(200, "1|0", phase_set=9), pedigree=a_single())[:2] == (
        OPEN,
        "unknown",
    )


def test_a_tool_that_writes_every_call_as_phased_proves_nothing():
    assert _pair(_hit(100, "0|1"), _hit(200, "0|1"), pedigree=a_single())[:2] == (OPEN, "unknown")


def test_parents_and_reads_that_disagree_leave_the_phase_unknown():
    hits = (_hit(100, "0|1", mother="0/1"), _hit(200, "0|1", father="0/1"), _hit(300, "1|0", gene="OTHER"))
    assert _pair(*hits)[:2] == (OPEN, "unknown")


def test_with_one_parent_sequenced_what_she_surely_lacks_came_from_the_other():
    mother_only = Pedigree(
        "proband",
        (
            Person("proband", Sex.FEMALE, Affected.AFFECTED, "", "mother", "proband"),
            Person("mother", Sex.FEMALE, Affected.UNAFFECTED, sample="mother"),
        ),
    )
    assert _pair(_hit(100, mother="0/1"), _hit(200), pedigree=mother_only)[:2] == (MET, "in trans")
    unsure = _hit(200, mother="0/0", gq_phred=5)
    assert _pair(_hit(100, mother="0/1"), unsure, pedigree=mother_only)[:2] == (OPEN, "unknown")


def test_an_unaffected_sibling_with_both_variants_refutes_the_pair():
    def family(affected):
        return Pedigree(
            "proband",
            (
                Person("proband", Sex.FEMALE, Affected.AFFECTED, "father", "mother", "proband"),
                Person("mother", Sex.FEMALE, Affected.UNAFFECTED, sample="mother"),
                Person("father", Sex.MALE, Affected.UNAFFECTED, sample="father"),
                Person("sister", Sex.FEMALE, affected, "father", "mother", "sister"),
            ),
        )

    both = (_hit(100, mother="0/1", sister="0/1"), _hit(200, father="0/1", sister="0/1"))
    one = (_hit(100, mother="0/1", sister="0/1"), _hit(200, father="0/1", sister="0/0"))
    assert _pair(*both, pedigree=family(Affected.UNAFFECTED))[0] is NOT_MET
    assert _pair(*both, pedigree=family(Affected.AFFECTED))[0] is MET
    assert _pair(*one, pedigree=family(Affected.AFFECTED))[0] is NOT_MET
    assert _pair(*one, pedigree=family(Affected.UNAFFECTED))[0] is MET


@pytest.mark.parametrize(("fraction", "pairs"), [(0.0099, True), (0.01, False), (0.011, False)])
def test_second_hits_are_rarer_than_one_percent(fraction, pairs):
    second = _hit(200, father="0/1", af_group_max_fraction=fraction, af_group_max_name="nfe")
    assert (_pair(_hit(100, mother="0/1"), second)[0] is MET) is pairs


def test_a_more_common_second_hit_counts_when_clinvar_asserts_it():
    facts = {"af_group_max_fraction": 0.02, "af_group_max_name": "nfe"}
    asserted = {"clinvar_significance": "Pathogenic", "clinvar_stars": 2}
    assert _pair(_hit(100, mother="0/1"), _hit(200, father="0/1", **facts, **asserted))[0] is MET


def test_the_partner_shown_is_the_one_in_trans_then_the_most_severe():
    frame = _frame(
        _hit(100, mother="0/1"),
        _hit(200, mother="0/1", consequence="stop_gained"),
        _hit(300, father="0/1"),
        _hit(400, father="0/1", consequence="frameshift_variant"),
    )
    assert frame["partner_row"].iloc[0] == 3


def test_variants_of_two_genes_are_no_pair():
    assert _pair(_hit(100, mother="0/1"), _hit(200, father="0/1", gene="OTHER")) == (NOT_MET, "", -1)


def test_without_a_gene_a_pair_cannot_be_assessed():
    without = a_variant(
        "chr7", 100, "A", "C", proband="0/1", mother="0/1", father="0/0", consequence="missense_variant"
    )
    case = a_case(without, _hit(200, father="0/1"))
    frame = assess_variants(case, knowing()).frame
    assert VerdictCode(int(frame["compound_heterozygous"].iloc[0])) is OPEN


def test_a_homozygous_variant_and_a_boys_x_are_no_pair():
    assert _pair(_hit(100, "1/1", mother="0/1", father="0/1"), _hit(200, father="0/1"))[0] is NOT_MET
    on_x = [
        a_variant("chrX", 30_000_000 + i, "A", "C", proband="0/1", mother="0/1", father="0/0", **MISSENSE)
        for i in (0, 9)
    ]
    assert _pair(*on_x, sex=Sex.MALE)[0] is NOT_MET


def test_unannotated_variants_pair_only_in_coding_or_splice_regions_of_a_located_gene():
    hits = [
        a_variant("chr7", p, "A", "C", proband="0/1", mother=m, father=f)
        for p, m, f in ((100, "0/1", "0/0"), (200, "0/0", "0/1"), (900, "0/0", "0/1"))
    ]
    known = knowing(("CFTR", "7", 1, 250, "coding"), ("CFTR", "7", 800, 950, "intron"), CFTR="AR")
    frame = assess_variants(a_case(*hits), known).frame
    assert frame["gene"].tolist() == ["CFTR"] * 3
    assert frame["gene_origin"].tolist() == ["MANE overlap"] * 3
    assert frame["compound_heterozygous"].tolist() == [MET, MET, NOT_MET]


def test_a_gene_full_of_variants_is_capped_and_the_rest_stay_open():
    hits = [_hit(100 + i, mother="0/1") for i in range(MAX_CANDIDATES_PER_GENE)]
    last = _hit(900, father="0/1", consequence="splice_region_variant")
    frame = _frame(*hits, last)
    assert VerdictCode(int(frame["compound_heterozygous"].iloc[-1])) is OPEN
    assert VerdictCode(int(_frame(*hits[1:], last)["compound_heterozygous"].iloc[-1])) is MET


PARENT = st.sampled_from(["0/0", "0/1", "1/1", "./."])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(PARENT, PARENT), min_size=2, max_size=5))
def test_cis_pairs_never_count_and_partners_share_the_gene(parents):
    frame = _frame(*(_hit(100 + i, mother=m, father=f) for i, (m, f) in enumerate(parents)))
    for row in frame.itertuples():
        assert not (row.partner_phase == "in cis" and row.compound_heterozygous != NOT_MET)
        assert not (row.compound_heterozygous == MET and row.partner_phase != "in trans")
        assert row.partner_row != row.Index
        if row.partner_row >= 0:
            assert frame.loc[row.partner_row, "gene"] == row.gene


@settings(max_examples=100, deadline=None)
@given(PARENT, PARENT, PARENT, PARENT)
def test_exchanging_both_parents_keeps_the_phase(m1, f1, m2, f2):
    straight = _pair(_hit(100, mother=m1, father=f1), _hit(200, mother=m2, father=f2))
    exchanged = _pair(_hit(100, mother=f1, father=m1), _hit(200, mother=f2, father=m2))
    assert straight == exchanged
