"""Call quality: each threshold just under, at and over; a silent caller is never punished."""

import dataclasses

import numpy as np
import pytest

from models.evidence import assess_variants
from models.evidence.types import Step, VerdictCode
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing


def _quality(gt="0/1", chrom="chr1", sex=None, without=(), **facts):
    variant = a_variant(chrom, 40_000_000, "A", "C", proband=gt, **facts)
    case = a_case(variant, pedigree=a_single(sex) if sex else a_single())
    case = _without(case, without)
    frame = assess_variants(case, knowing()).frame
    return VerdictCode(int(frame["quality"].iloc[0]))


def _without(case, fields):
    empty = {"gq_phred": -1, "depth_reads": -1, "alt_reads": -1, "vaf_fraction": np.nan}
    arrays = {f: np.full_like(getattr(case.variants.genotypes, f), empty[f]) for f in fields}
    genotypes = dataclasses.replace(case.variants.genotypes, **arrays)
    return dataclasses.replace(case, variants=dataclasses.replace(case.variants, genotypes=genotypes))


EVERYTHING = ("gq_phred", "depth_reads", "alt_reads", "vaf_fraction")


@pytest.mark.parametrize(("gq", "good"), [(19, False), (20, True), (21, True)])
def test_genotype_quality_twenty(gq, good):
    assert (_quality(gq_phred=gq) is VerdictCode.MET) is good


@pytest.mark.parametrize(("depth", "good"), [(9, False), (10, True), (11, True)])
def test_ten_reads(depth, good):
    assert (_quality(depth_reads=depth) is VerdictCode.MET) is good


@pytest.mark.parametrize(("depth", "good"), [(4, False), (5, True), (6, True)])
def test_five_reads_are_enough_for_a_haploid_call(depth, good):
    assert (_quality("1", depth_reads=depth) is VerdictCode.MET) is good


@pytest.mark.parametrize(("alt_reads", "good"), [(19, False), (20, True), (21, True), (80, True), (81, False)])
def test_heterozygous_balance_between_a_fifth_and_four_fifths(alt_reads, good):
    assert (_quality(depth_reads=100, alt_reads=alt_reads) is VerdictCode.MET) is good


def test_a_homozygous_call_with_half_the_reads_is_doubtful():
    assert _quality("1/1", depth_reads=40, alt_reads=20) is VerdictCode.NOT_MET


def test_a_caller_that_writes_no_measures_is_not_punished():
    assert _quality(without=EVERYTHING) is VerdictCode.NOT_ASSESSABLE
    assert _quality(without=("gq_phred",)) is VerdictCode.MET


def test_a_call_its_own_caller_filtered_is_doubtful_but_stays():
    assert _quality(filter="VQSRTrancheSNP99.90to100.00") is VerdictCode.NOT_MET


def test_heteroplasmy_has_no_balance_limits():
    assert _quality(chrom="MT", depth_reads=1000, alt_reads=30) is VerdictCode.MET


@pytest.mark.parametrize(
    ("facts", "leaves"),
    [
        ({"filter": "LowQual", "depth_reads": 4}, True),
        ({"filter": "LowQual", "depth_reads": 5, "alt_reads": 3}, False),
        ({"filter": "PASS", "depth_reads": 4}, False),
        ({"filter": ".", "depth_reads": 4}, False),
        ({"filter": "LowQual", "gq_phred": 2}, True),
        ({"filter": "LowQual", "gq_phred": 3}, False),
        ({"filter": "LowQual", "alt_reads": 1}, True),
        ({"filter": "LowQual", "alt_reads": 2}, False),
    ],
)
def test_only_a_rejected_call_without_reads_leaves(facts, leaves):
    case = a_case(a_variant("chr1", 100, "A", "C", proband="0/1", **facts), pedigree=a_single())
    left = assess_variants(case, knowing()).left_at[0]
    assert (Step(left) is Step.LOW_QUALITY) is leaves


def test_a_rejected_call_without_any_measure_stays():
    case = _without(
        a_case(a_variant("chr1", 100, "A", "C", proband="0/1", filter="LowQual"), pedigree=a_single()), EVERYTHING
    )
    assert Step(assess_variants(case, knowing()).left_at[0]) is Step.RANKED
