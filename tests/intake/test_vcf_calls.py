"""Genotypes, depths and qualities in the dialects of the callers."""

# ruff: noqa: E501 (VCF text reads better in one line)
import numpy as np
import pytest

from models.errors import UnreadableFile
from tests.intake.vcf_builder import a_record, a_vcf, read_bytes, read_text

FIELDS = ("alt_copies", "called_copies", "ploidy", "haplotype")


def calls_of(folder, format_and_sample: str, *, alt: str = "G", ref: str = "A", meta=(), rows: int = 1):
    table = read_text(folder, a_vcf(a_record(ref=ref, alt=alt, calls=format_and_sample), samples=["S"], meta=meta))
    assert len(table) == rows
    return table.genotypes


@pytest.mark.parametrize(
    ("gt", "want"),
    [
        ("0/1", (1, 2, 2, 0)),
        ("1/1", (2, 2, 2, 0)),
        ("0/0", (0, 2, 2, 0)),
        ("./.", (-1, 0, 2, 0)),
        (".", (-1, 0, 1, 0)),
        ("./1", (1, 1, 2, 0)),
        ("0/.", (0, 1, 2, 0)),
        ("1", (1, 1, 1, 0)),
        ("0", (0, 1, 1, 0)),
        ("0|1", (1, 2, 2, 2)),
        ("1|0", (1, 2, 2, 1)),
        ("1|1", (2, 2, 2, 3)),
        ("|0|1", (1, 2, 2, 2)),
        ("/0/1", (1, 2, 2, 0)),
        ("0/1/1", (2, 3, 3, 0)),
    ],
)
def test_a_genotype_says_copies_calls_ploidy_and_phase(tmp_path, gt, want):
    calls = calls_of(tmp_path, f"GT {gt}")
    assert tuple(int(getattr(calls, f)[0, 0]) for f in FIELDS) == want


def test_each_allele_of_a_compound_genotype_counts_its_own_copies(tmp_path):
    calls = calls_of(tmp_path, "GT:AD:DP 1|2:1,20,30:51", alt="C,G", rows=2)
    assert calls.alt_copies[:, 0].tolist() == [1, 1]
    assert calls.haplotype[:, 0].tolist() == [1, 2]
    assert calls.alt_reads[:, 0].tolist() == [20, 30]


@pytest.mark.parametrize(
    ("caller", "call", "meta", "want"),
    [
        ("GATK", "GT:AD:DP:GQ:PL 0/1:18,22:40:99:400,0,380", (), (99, 40, 22, 0.55)),
        ("DeepVariant", "GT:GQ:DP:AD:VAF:PL 0/1:51:40:18,22:0.56:50,0,60", (), (51, 40, 22, 0.56)),
        ("DRAGEN", "GT:AD:AF:DP:F1R2:GQ 0/1:18,22:0.550:40:9,9:48", (), (48, 40, 22, 0.55)),
        ("Strelka2 germline", "GT:GQ:GQX:DP:AD 0/1:60:30:40:18,22", (), (60, 40, 22, 0.55)),
        ("Strelka2 indel", "GT:GQ:DPI:AD 0/1:60:40:18,22", (), (60, 40, 22, 0.55)),
        ("Strelka somatic", "DP:AU:CU:GU:TU 40:18,19:0,0:22,23:0,0", (), (-1, 40, 22, 0.55)),
        ("Clair3 + GLnexus", "GT:DP:AD:GQ:PL:RNC 0/1:40:18,22:20:20,0,30:..", (), (20, 40, 22, 0.55)),
        ("freebayes", "GT:DP:RO:QR:AO:QA:GL 0/1:40:18:600:22:700:-50,0,-40", (), (-1, 40, 22, 0.55)),
        ("VarScan", "GT:GQ:DP:RD:AD:FREQ 0/1:90:40:18:22:55%",
         ('##FORMAT=<ID=AD,Number=1,Type=Integer,Description="Depth of variant-supporting bases">',), (90, 40, 22, 0.55)),
        ("VarDict", "GT:DP:VD:AF 0/1:40:22:0.55", (), (-1, 40, 22, 0.55)),
        ("Platypus", "GT:GQ:NR:NV 0/1:99:40:22", (), (99, 40, 22, 0.55)),
        ("SomaticSniper", "GT:DP4:GQ 0/1:10,8,12,10:77", (), (77, 40, 22, 0.55)),
        ("Sniffles", "GT:GQ:DR:DV 0/1:60:18:22", (), (60, 40, 22, 0.55)),
        ("Manta", "GT:GQ:PR:SR 0/1:99:10,12:8,10", (), (99, 40, 22, 0.55)),
        ("no depth at all", "GT 0/1", (), (-1, -1, -1, np.nan)),
        ("missing values", "GT:AD:DP:GQ ./.:.:.:.", (), (-1, -1, -1, np.nan)),
        ("trailing fields dropped", "GT:AD:DP:GQ 0/1:18,22", (), (-1, 40, 22, 0.55)),
    ],
)  # fmt: skip
def test_depth_and_quality_are_found_in_the_dialect_of(tmp_path, caller, call, meta, want):
    calls = calls_of(tmp_path, call, meta=meta)
    assert (calls.gq_phred[0, 0], calls.depth_reads[0, 0], calls.alt_reads[0, 0]) == want[:3]
    np.testing.assert_allclose(calls.vaf_fraction[0, 0], want[3], rtol=1e-5)


def test_a_percentage_is_never_taken_for_a_fraction(tmp_path):
    assert calls_of(tmp_path, "GT:FREQ 0/1:0.5%").vaf_fraction[0, 0] == pytest.approx(0.005)
    assert np.isnan(calls_of(tmp_path, "GT:AF 0/1:55").vaf_fraction[0, 0])


def test_phase_sets_come_from_ps_and_from_gatks_local_phasing(tmp_path):
    phased = calls_of(tmp_path, "GT:PS 0|1:123456")
    assert (phased.phase_set[0, 0], phased.haplotype[0, 0]) == (123456, 2)
    local = calls_of(tmp_path, "GT:PGT:PID 0/1:1|0:5000_A_G")
    assert (local.phase_set[0, 0], local.haplotype[0, 0]) == (5000, 1)


def test_chosen_samples_are_read_in_the_order_asked_for(tmp_path):
    text = a_vcf(a_record(calls="GT 0/1 0/0 1/1"), samples=["A", "B", "C"])
    table = read_text(tmp_path, text, ["C", "A"])
    assert table.samples == ("C", "A")
    assert table.genotypes.alt_copies.tolist() == [[2, 1]]
    assert table.facts.samples_in_file == ("A", "B", "C")
    with pytest.raises(UnreadableFile, match="not in this file"):
        read_text(tmp_path, text, ["D"])


def test_a_file_without_samples_has_no_genotypes_but_all_its_variants(tmp_path):
    table = read_text(tmp_path, a_vcf(a_record(), a_record(pos=200)))
    assert (len(table), table.samples, table.genotypes.alt_copies.shape) == (2, (), (2, 0))


def test_a_record_without_sample_columns_has_missing_genotypes_and_is_pointed_out(tmp_path):
    text = a_vcf(a_record(calls="GT:DP 0/1:30"), a_record(pos=200), samples=["S"])
    table, findings = read_bytes(tmp_path, text.encode())
    assert table.genotypes.alt_copies[:, 0].tolist() == [1, -1]
    assert table.genotypes.depth_reads[:, 0].tolist() == [30, -1]
    assert "no-calls" in {f.code for f in findings}


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("GT 0/2", "allele that the record does not have"),
        ("GT 0/A", "genotype"),
        ("GT 0//1", "genotype"),
        ("GT:DP 0/1:3:4", "more fields"),
        ("GT 0/1 0/1", "number of columns"),
    ],
)
def test_a_call_that_means_nothing_is_refused_with_its_line(tmp_path, call, sentence):
    with pytest.raises(UnreadableFile, match=f"line 4.*{sentence}"):
        read_text(tmp_path, a_vcf(a_record(calls="GT 0/1"), a_record(pos=200, calls=call), samples=["S"]))
