"""What becomes of the alleles of a record."""

import pytest

from tests.intake.vcf_builder import a_record, a_vcf, read_bytes, read_text


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "want"),
    [
        (100, "A", "G", (100, "A", "G", "snv", 100)),
        (100, "a", "g", (100, "A", "G", "snv", 100)),
        (100, "AC", "GT", (100, "AC", "GT", "mnv", 101)),
        (100, "TAC", "TGC", (101, "A", "G", "snv", 101)),
        (100, "A", "AT", (100, "A", "AT", "insertion", 100)),
        (100, "AT", "A", (100, "AT", "A", "deletion", 101)),
        (100, "CAAA", "CA", (100, "CAA", "C", "deletion", 102)),
        (100, "CA", "CAAA", (100, "C", "CAA", "insertion", 100)),
        (100, "ATG", "CC", (100, "ATG", "CC", "delins", 102)),
        (100, "TTT", "TTT", (100, "T", "T", "snv", 100)),
    ],
)
def test_a_small_allele_is_trimmed_to_its_shortest_form_and_keeps_one_base(tmp_path, pos, ref, alt, want):
    row = read_text(tmp_path, a_vcf(a_record(pos=pos, ref=ref, alt=alt))).frame.iloc[0]
    assert (row.pos_1based, row.ref, row.alt, row.kind, row.end_1based) == want


def test_each_alt_of_a_record_becomes_its_own_row_in_file_order(tmp_path):
    frame = read_text(tmp_path, a_vcf(a_record(ref="CA", alt="C,CAA,TA,*"))).frame
    assert list(zip(frame.pos_1based, frame.ref, frame.alt, frame.kind, frame.alt_index, strict=True)) == [
        (100, "CA", "C", "deletion", 1),
        (100, "C", "CA", "insertion", 2),
        (100, "C", "T", "snv", 3),
        (100, "CA", "*", "spanning_deletion", 4),
    ]
    assert set(frame.line_number) == {3}


@pytest.mark.parametrize(
    ("alt", "info", "kind", "end"),
    [
        ("<NON_REF>", "END=500", "non_ref", 500),
        ("<*>", ".", "non_ref", 100),
        ("*", ".", "spanning_deletion", 100),
        ("<DEL>", "SVTYPE=DEL;END=900", "symbolic", 900),
        ("<DEL>", "SVTYPE=DEL;SVLEN=-800", "symbolic", 900),
        ("<DUP:TANDEM>", "SVLEN=50", "symbolic", 150),
        ("<CNV>", ".", "symbolic", 100),
        ("A[chr2:321682[", "SVTYPE=BND", "breakend", 100),
        ("]chr2:321681]A", "SVTYPE=BND", "breakend", 100),
        ("A.", ".", "breakend", 100),
        (".A", ".", "breakend", 100),
        (".", "END=300", "reference", 300),
    ],
)
def test_alleles_that_are_no_sequence_are_kept_labelled_and_say_where_they_end(tmp_path, alt, info, kind, end):
    row = read_text(tmp_path, a_vcf(a_record(alt=alt, info=info))).frame.iloc[0]
    assert (row.kind, row.alt, row.end_1based) == (kind, alt, end)


def test_an_allele_that_no_rule_allows_is_kept_and_pointed_out(tmp_path):
    table, findings = read_bytes(tmp_path, a_vcf(a_record(), a_record(pos=200, alt="A/T")).encode())
    assert list(table.frame.kind) == ["snv", "symbolic"]
    assert [(f.code, f.where) for f in findings if f.code == "odd-allele"] == [("odd-allele", "input.vcf, line 4")]


def test_chromosome_names_are_canonical_and_the_delivered_ones_are_remembered(tmp_path):
    table = read_text(tmp_path, a_vcf(a_record("chr1"), a_record("chrX"), a_record("chrM"), a_record("GL000220.1")))
    assert list(table.frame.chrom) == ["1", "X", "MT", "GL000220.1"]
    assert dict(table.facts.contigs) == {"1": "chr1", "X": "chrX", "MT": "chrM", "GL000220.1": "GL000220.1"}


def test_missing_columns_stay_missing_and_are_not_zero(tmp_path):
    row = read_text(tmp_path, a_vcf(a_record(qual=".", filter="."))).frame.iloc[0]
    assert row.qual_phred != row.qual_phred
    assert (row["filter"], row.record_id) == (".", "")


def test_a_thousand_alleles_are_read_and_one_more_is_refused(tmp_path):
    from models.errors import UnreadableFile

    alts = [f"A{'C' * i}" for i in range(1, 1002)]
    assert len(read_text(tmp_path, a_vcf(a_record(alt=",".join(alts[:1000]))))) == 1000
    with pytest.raises(UnreadableFile, match=r"line 3.*more ALT alleles"):
        read_text(tmp_path, a_vcf(a_record(alt=",".join(alts))))
