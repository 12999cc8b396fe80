"""Generated files: our reader says the same as cyvcf2 (htslib), row for row and call for call."""

import re
from typing import Any

import cyvcf2
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.case import State, canonical_chrom
from tests.intake.vcf_builder import CSQ, a_record, a_vcf, read_text

META = [
    "##contig=<ID=chr1,length=248956422>", "##contig=<ID=chrX,length=156040895>",
    '##FILTER=<ID=LowQ,Description="x">', '##FILTER=<ID=q10,Description="x">', '##ALT=<ID=DEL,Description="x">',
    '##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="x">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">', '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">', '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">',
    CSQ.format("Allele|Consequence|SYMBOL|ALLELE_NUM"),
]  # fmt: skip
bases = st.text("ACGT", min_size=1, max_size=5)
alts = st.lists(bases | st.sampled_from(["*", "<DEL>", "A[chr1:500["]), min_size=1, max_size=4, unique=True)
counts = st.none() | st.integers(0, 5000)


def written(value: Any) -> str:
    return "." if value is None else str(value)


@st.composite
def genotypes(draw: Any, alleles: int) -> str:
    called = draw(st.lists(st.none() | st.integers(0, alleles), min_size=1, max_size=2))
    return draw(st.sampled_from("/|")).join(map(written, called))


@st.composite
def records(draw: Any, samples: int) -> str:
    ref, names = draw(bases), draw(alts)
    names = [n for n in names if n != ref] or ["<DEL>"]
    frequencies = draw(st.lists(st.none() | st.floats(0, 1, width=32), min_size=len(names), max_size=len(names)))
    genes = draw(st.lists(st.sampled_from(["TTN", "BRCA2", ""]), min_size=len(names), max_size=len(names)))
    info = [f"gnomAD_AF={','.join(map(written, frequencies))}"] if draw(st.booleans()) else []
    if draw(st.booleans()):
        info.append("CSQ=" + ",".join(f"x|missense_variant|{gene}|{i}" for i, gene in enumerate(genes, 1)))
    calls = ["GT:DP:AD:GQ"]
    for _ in range(samples):
        depths = ",".join(written(draw(counts)) for _ in range(len(names) + 1))
        calls.append(f"{draw(genotypes(len(names)))}:{written(draw(counts))}:{depths}:{written(draw(counts))}")
    return a_record(
        draw(st.sampled_from(["chr1", "chrX"])), draw(st.integers(1, 10**6)), ref, ",".join(names),
        ";".join(info) or ".", " ".join(calls), id=draw(st.sampled_from([".", "rs1", "rs1;rs2"])),
        qual=draw(st.sampled_from([".", "0", "31.5"])), filter=draw(st.sampled_from([".", "PASS", "LowQ", "LowQ;q10"])),
    )  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(records(3), min_size=1, max_size=12))
def test_a_generated_file_says_the_same_to_us_and_to_cyvcf2(tmp_path, lines):
    text = a_vcf(*lines, samples=["A", "B", "C"], meta=META)
    table = read_text(tmp_path, text)
    row = 0
    for record in cyvcf2.VCF(str(tmp_path / "input")):
        for number in range(1, len(record.ALT) + 1):
            assert_same_allele(table.frame.iloc[row], record, number)
            assert_same_annotation(table.frame.iloc[row], record, number)
            for sample in range(3):
                assert_same_call(table.genotypes, row, record, number, sample)
            row += 1
    assert row == len(table)


def assert_same_allele(ours: Any, record: Any, number: int) -> None:
    """The trimmed allele replaces the same bases by the same bases as the delivered one."""
    alt, shift = record.ALT[number - 1], ours.pos_1based - record.POS
    assert (ours.chrom, ours.alt_index) == (canonical_chrom(record.CHROM), number)
    assert (ours.record_id, set(ours["filter"].split(";"))) == (record.ID or "", set(record.FILTERS or ["."]))
    np.testing.assert_equal(float(ours.qual_phred), np.nan if record.QUAL is None else record.QUAL)
    if not re.fullmatch("[ACGT]+", alt):
        assert (ours.ref, ours.alt, shift) == (record.REF, alt, 0)
        return
    after = record.REF[shift + len(ours.ref) :]
    assert record.REF[:shift] + ours.ref + after == record.REF
    assert record.REF[:shift] + ours.alt + after == alt
    assert min(len(ours.ref), len(ours.alt)) == 1 or (ours.ref[0] != ours.alt[0] and ours.ref[-1] != ours.alt[-1])


def assert_same_annotation(ours: Any, record: Any, number: int) -> None:
    values = record.INFO.get("gnomAD_AF")
    one = values[number - 1] if isinstance(values, tuple) else values
    assert ours.af_state == (State.ABSENT if one is None else State.FOUND)
    np.testing.assert_equal(float(ours.af_fraction), np.nan if one is None else float(np.float32(one)))
    entries = (record.INFO.get("CSQ") or "").split(",")
    gene = next((e.split("|")[2] for e in entries if e.endswith(f"|{number}")), "")
    silent = State.ABSENT if record.INFO.get("CSQ") else State.NOT_ASSESSED
    assert (ours.gene, ours.gene_state) == (gene, State.FOUND if gene else silent)


def assert_same_call(calls: Any, row: int, record: Any, number: int, sample: int) -> None:
    alleles = [a for a in record.genotypes[sample][:-1] if a != -2]  # -2: htslib's padding of a haploid call
    called = [a for a in alleles if a >= 0]
    assert (calls.ploidy[row, sample], calls.called_copies[row, sample]) == (len(alleles), len(called))
    assert calls.alt_copies[row, sample] == (called.count(number) if called else -1)
    phased = record.genotypes[sample][-1] and len(alleles) == 2
    assert calls.haplotype[row, sample] == (sum(1 << i for i, a in enumerate(alleles) if a == number) if phased else 0)
    reads = record.format("AD")[sample]
    assert calls.alt_reads[row, sample] == max(int(reads[number]), -1)
    assert calls.gq_phred[row, sample] == max(int(record.format("GQ")[sample][0]), -1)
    depth, known = int(record.format("DP")[sample][0]), [int(r) for r in reads if r >= 0]
    assert calls.depth_reads[row, sample] == (depth if depth >= 0 else sum(known) if known else -1)
