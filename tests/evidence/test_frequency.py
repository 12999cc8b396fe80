"""Frequencies: which one counts, the 5 % threshold, and how numbers are written."""

import numpy as np
import pytest

from models.case import State
from models.evidence.frequency import covers_mitochondrion, frequency_columns, frequency_text, is_common
from tests.builders import a_table, a_variant


def _columns(**facts):
    frame = a_table(a_variant("chr1", 1000, "A", "C", **facts)).frame
    return frame, *frequency_columns(frame, {})


def _common(chrom="chr1", pos=1000, ref="A", alt="C", **facts):
    frame = a_table(a_variant(chrom, pos, ref, alt, **facts)).frame
    fraction, state, _ = frequency_columns(frame, {})
    return bool(is_common(frame, fraction, state, lambda rows: frame.iloc[rows])[0])


def test_the_group_maximum_counts_before_the_overall_frequency():
    _, fraction, state, origin = _columns(af_fraction=0.001, af_group_max_fraction=0.02, af_group_max_name="afr")
    assert fraction[0] == pytest.approx(0.02)
    assert State(state[0]) is State.FOUND
    assert origin[0] == "group maximum (afr)"


def test_the_overall_frequency_counts_where_groups_are_missing():
    _, fraction, _, origin = _columns(af_fraction=0.001)
    assert (fraction[0], origin[0]) == (pytest.approx(0.001), "overall")


def test_absent_from_the_reference_is_not_the_same_as_not_looked_up():
    _, fraction, state, _ = _columns(af_fraction=None)
    assert np.isnan(fraction[0])
    assert State(state[0]) is State.ABSENT
    assert State(_columns()[2][0]) is State.NOT_ASSESSED


@pytest.mark.parametrize(("fraction", "leaves"), [(0.0499, False), (0.05, True), (0.0501, True)])
def test_five_percent_is_the_stand_alone_benign_threshold(fraction, leaves):
    assert _common(af_group_max_fraction=fraction, af_group_max_name="nfe") is leaves


@pytest.mark.parametrize(("alleles", "leaves"), [(1999, False), (2000, True), (2001, True)])
def test_a_frequency_from_fewer_than_two_thousand_alleles_is_not_enough(alleles, leaves):
    assert _common(af_fraction=0.2, allele_count=alleles * 0.2, allele_number=alleles) is leaves


def test_nothing_is_common_without_a_frequency():
    assert not _common()
    assert not _common(af_fraction=None)


def test_the_published_exceptions_are_never_common():
    assert not _common("chr6", 26092913, "G", "A", af_group_max_fraction=0.06, af_group_max_name="nfe")
    assert not _common("chr6", 26093141, "G", "A", af_group_max_fraction=0.06, af_group_max_name="nfe")
    assert _common("chr6", 26092913, "G", "T", af_group_max_fraction=0.06, af_group_max_name="nfe")


def test_numbers_are_written_as_clinicians_write_them():
    assert frequency_text(State.FOUND, 1.2e-5, 3, 251_000, 0) == "AF 1.2e-05 (3/251,000, 0 hom)"
    assert frequency_text(State.FOUND, 0.12, group="afr") == "AF 0.12 in afr"
    assert frequency_text(State.ABSENT) == "absent from gnomAD"
    assert frequency_text(State.NOT_ASSESSED) == "not assessed"


def test_a_count_nobody_wrote_is_left_out_and_never_zero():
    assert frequency_text(State.FOUND, 0.001, homozygotes=float("nan")) == "AF 0.001"


# Mitochondrial DNA ------------------------------------------------------------------------------

NUCLEAR = {
    "af_fraction": "INFO/CSQ gnomADe_AF, INFO/CSQ gnomADg_AF (VEP 113)",
    "af_group_max_fraction": "largest of afr",
}


def _state_on(chrom, brought, **facts):
    return State(frequency_columns(a_table(a_variant(chrom, 3243, "A", "G", **facts)).frame, brought)[1][0])


def test_a_nuclear_database_does_not_say_that_a_mitochondrial_variant_is_unseen():
    assert _state_on("chrM", NUCLEAR, af_fraction=None, af_group_max_fraction=None) is State.NOT_ASSESSED
    assert _state_on("chr1", NUCLEAR, af_fraction=None, af_group_max_fraction=None) is State.ABSENT


@pytest.mark.parametrize(
    "field", ["INFO/AF_hom", "INFO/CSQ gnomAD_mt_AF_hom (VEP 113)", "INFO/gnomADm_AF_het", "INFO/gnomADmt_AF_hom"]
)
def test_a_mitochondrial_database_does(field):
    assert _state_on("chrM", {"af_fraction": f"INFO/gnomADe_AF, {field}"}, af_fraction=None) is State.ABSENT
    assert _state_on("chrM", {"af_fraction": field}, af_fraction=0.001) is State.FOUND


@pytest.mark.parametrize(
    "field",
    [
        "INFO/gnomAD_AF",
        "INFO/gnomAD_mid_AF",
        "INFO/gnomAD_max_AF",
        "INFO/ExAC_AF",
        "",
        "INFO/gnomAD_AF, release gnomad_mt_and_nuclear_v4.1.vcf.gz",
    ],
)
def test_a_nuclear_field_is_not_taken_for_a_mitochondrial_one(field):
    assert not covers_mitochondrion({"af_fraction": field})


def test_a_frequency_written_on_the_mitochondrial_record_itself_is_kept():
    assert _state_on("chrM", NUCLEAR, af_fraction=0.99) is State.FOUND
