"""The funnel: every row is counted at one step, and nothing leaves for what was not assessed."""

from dataclasses import replace

import numpy as np
import pytest

from models.case import Pedigree, Person
from models.evidence import assess_variants
from models.evidence.types import EVIDENCE_COLUMNS, Step
from tests.builders import a_case, a_single, a_variant
from tests.evidence.fakes import knowing


def _step(**facts):
    facts = {"proband": "0/1", **facts}
    chrom, alt = facts.pop("chrom", "chr1"), facts.pop("alt", "C")
    case = a_case(a_variant(chrom, 5000, "A", alt, **facts), pedigree=a_single())
    return Step(int(assess_variants(case, knowing()).left_at[0]))


def test_a_variant_the_patient_does_not_carry_leaves_as_not_carried():
    assert _step(proband="0/0") is Step.NOT_CARRIED


@pytest.mark.parametrize("genotype", ["./.", "./0"])
def test_a_place_without_a_complete_genotype_leaves_as_not_called(genotype):
    assert _step(proband=genotype) is Step.NOT_CALLED


def test_a_half_called_carrier_stays():
    assert _step(proband="./1") is Step.RANKED


def test_a_symbolic_allele_is_listed_but_not_scored():
    assert _step(alt="<DEL>") is Step.NOT_SEQUENCE_RESOLVED


def test_a_common_variant_leaves_even_with_a_severe_effect():
    facts = {"consequence": "stop_gained", "af_group_max_fraction": 0.3, "af_group_max_name": "eas"}
    assert _step(**facts) is Step.COMMON


@pytest.mark.parametrize(
    "consequence", ["intron_variant", "synonymous_variant", "intergenic_variant", "3_prime_UTR_variant"]
)
def test_a_variant_without_predicted_effect_leaves(consequence):
    assert _step(consequence=consequence) is Step.NO_PREDICTED_EFFECT


@pytest.mark.parametrize(("delta", "stays"), [(0.19, False), (0.2, True), (0.21, True)])
def test_spliceai_from_a_fifth_keeps_an_intronic_variant(delta, stays):
    step = _step(consequence="intron_variant", spliceai_delta_max=delta)
    assert (step is Step.RANKED) is stays


def test_nothing_leaves_for_an_effect_or_frequency_nobody_assessed():
    assert _step() is Step.RANKED


@pytest.mark.parametrize(
    ("brought_from", "others", "leaves"),
    [
        ("INFO/BCSQ consequence (bcftools csq 1.20)", "missense_variant", True),
        ("INFO/BCSQ consequence (bcftools csq 1.20)", None, False),
        ("INFO/CSQ Consequence (VEP 113)", "missense_variant", False),
    ],
)
def test_only_where_silence_means_intergenic_a_row_without_consequence_leaves(brought_from, others, leaves):
    case = a_case(
        a_variant("chr1", 100, "A", "C", proband="0/1", consequence=None),
        a_variant("chr1", 200, "A", "C", proband="0/1", consequence=others),
        pedigree=a_single(),
    )
    facts = replace(case.variants.facts, brought={"consequence": brought_from})
    case = replace(case, variants=replace(case.variants, facts=facts))
    assert (Step(int(assess_variants(case, knowing()).left_at[0])) is Step.NO_PREDICTED_EFFECT) is leaves


def test_a_mitochondrial_variant_stays_whatever_its_consequence():
    assert _step(chrom="MT", consequence="upstream_gene_variant") is Step.RANKED


@pytest.mark.parametrize(("stars", "stays"), [(0, False), (1, True)])
def test_clinvar_keeps_a_common_intronic_pathogenic_variant(stars, stays):
    step = _step(
        consequence="intron_variant",
        af_group_max_fraction=0.08,
        af_group_max_name="nfe",
        clinvar_significance="Pathogenic",
        clinvar_stars=stars,
    )
    assert (step is Step.RANKED) is stays


def test_a_conflicting_assertion_does_not_keep_a_common_variant():
    facts = {"clinvar_significance": "Conflicting classifications of pathogenicity", "clinvar_stars": 1}
    assert _step(af_group_max_fraction=0.08, af_group_max_name="nfe", **facts) is Step.COMMON


def test_every_row_is_counted_once_and_the_funnel_adds_up():
    case = a_case(
        a_variant("chr1", 100, "A", "C", proband="0/0"),
        a_variant("chr1", 200, "A", "C", proband="./."),
        a_variant("chr1", 300, "A", "<DUP>", proband="0/1"),
        a_variant("chr1", 400, "A", "C", proband="0/1", af_fraction=0.4),
        a_variant("chr1", 500, "A", "C", proband="0/1", consequence="intron_variant"),
        a_variant("chr1", 600, "A", "C", proband="0/1", consequence="missense_variant"),
        pedigree=a_single(),
    )
    evidence = assess_variants(case, knowing())
    assert [f.step for f in evidence.funnel] == [s for s in Step if s is not Step.RANKED]
    assert sum(f.left for f in evidence.funnel) + len(evidence.frame) == 6
    remaining = 6
    for step in evidence.funnel:
        remaining -= step.left
        assert step.remaining == remaining
    assert evidence.funnel[-1].remaining == len(evidence.frame) == 1
    assert evidence.frame.index.tolist() == [5]


def test_the_funnel_says_when_a_step_could_not_be_taken():
    evidence = assess_variants(a_case(a_variant("chr1", 100, "A", "C", proband="0/1")), knowing())
    words = {f.step: f.threshold for f in evidence.funnel}
    assert words[Step.COMMON] == "not applied: the file brings no population frequencies"
    assert words[Step.NO_PREDICTED_EFFECT] == "not applied: the file brings no predicted consequences"


def test_a_patient_without_a_sample_has_every_row_at_not_called():
    case = a_case(a_variant("chr1", 100, "A", "C", proband="0/1"))
    nobody = Pedigree("someone", (Person("someone"),))
    evidence = assess_variants(replace(case, pedigree=nobody), knowing())
    assert (evidence.left_at == Step.NOT_CALLED).all()
    assert list(evidence.frame.columns) == list(EVIDENCE_COLUMNS)


def test_an_empty_file_makes_empty_evidence():
    evidence = assess_variants(a_case(), knowing())
    assert len(evidence.left_at) == len(evidence.frame) == 0


def test_the_evidence_keeps_its_column_types():
    case = a_case(a_variant("chr1", 100, "A", "C", proband="0/1", gene="BRCA2", consequence="stop_gained"))
    frame = assess_variants(case, knowing(BRCA2="AD")).frame
    assert {c: str(frame[c].dtype) for c in frame} == dict(EVIDENCE_COLUMNS)
    assert not frame.isna()[[c for c in frame if c not in {"frequency_fraction"}]].any().any()
    assert np.isnan(frame["frequency_fraction"].iloc[0])
