"""What reading goes on past, and what it says about it."""

import gzip

import pysam
import pytest

from models.case import Assembly, Severity
from models.errors import TooLarge, UnreadableFile
from models.intake.assembly import recognise_assembly
from models.intake.limits import Limits
from models.intake.vcf_header import read_header
from tests.intake.vcf_builder import a_record, a_vcf, read_bytes

TEXT = a_vcf(a_record(calls="GT 0/1"), a_record(pos=200, calls="GT 1/1"), samples=["S"])


def packed(content: bytes, how: str, folder) -> bytes:
    if how == "gzip":
        return gzip.compress(content)
    if how == "two gzip members":
        return gzip.compress(content[:40]) + gzip.compress(content[40:])
    if how == "bgzip":
        with pysam.BGZFile(str(folder / "b"), "wb") as out:
            out.write(content)
        return (folder / "b").read_bytes()
    return content


@pytest.mark.parametrize("how", ["plain", "gzip", "two gzip members", "bgzip"])
def test_a_file_reads_the_same_however_it_is_packed(tmp_path, how):
    table, _ = read_bytes(tmp_path, packed(TEXT.encode(), how, tmp_path))
    assert list(table.frame.pos_1based) == [100, 200]


@pytest.mark.parametrize("how", ["gzip", "bgzip"])
def test_a_packed_file_cut_short_is_refused(tmp_path, how):
    content = packed(TEXT.encode() * 1, how, tmp_path)
    with pytest.raises(UnreadableFile, match=r"cut short|damaged"):
        read_bytes(tmp_path, content[:-12])


def test_a_flipped_byte_in_the_packing_is_noticed(tmp_path):
    content = bytearray(packed(TEXT.encode(), "bgzip", tmp_path))
    content[40] ^= 0xFF
    with pytest.raises(UnreadableFile, match="damaged"):
        read_bytes(tmp_path, bytes(content))


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (lambda t: t.replace("\nchr1\t200", "\n\nchr1\t200"), "blank-line", 4),
        (lambda t: t.replace("\nchr1\t200", "\n##late=1\nchr1\t200"), "misplaced-header", 4),
        (lambda t: t.replace("\n", "\r\n"), "windows-line-ends", 3),
        (lambda t: t.replace("\t50\tPASS", "\tgood\tPASS", 1), "odd-quality", 3),
    ],
)
def test_what_does_not_change_a_variant_is_passed_over_and_pointed_out(tmp_path, change, code, line):
    table, findings = read_bytes(tmp_path, change(TEXT).encode())
    assert len(table) == 2
    assert [(f.where, f.severity is Severity.BLOCKING) for f in findings if f.code == code] == [
        (f"input.vcf, line {line}", False)
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.replace("chr1\t200", "chr1 200"), "line 4"),
        (lambda t: t.replace("\t200\t", "\t2x0\t"), "line 4.*POS"),
        (lambda t: t.replace("\t200\t.\tA", "\t200\t.\t"), "line 4.*REF"),
        (lambda t: t.replace("\t200\t.\tA\tG", "\t200\t.\tA\t"), "line 4.*ALT"),
        (lambda t: t.replace("\tGT\t1/1", "\tGT"), "line 4.*columns"),
        (lambda t: t.replace("#CHROM", "CHROM"), "#CHROM"),
        (lambda t: "", "empty"),
        (lambda t: "Dear colleague,", "not a VCF"),
        (lambda t: '{"id": 1}', "JSON"),
        (lambda t: t.replace("\tS\n", "\tS\tS\n"), "same name"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path, change, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_bytes(tmp_path, change(TEXT).encode())


def test_a_file_without_variants_is_an_empty_table(tmp_path):
    table, _ = read_bytes(tmp_path, a_vcf(samples=["S"]).encode())
    assert len(table) == 0


def test_the_last_line_needs_no_newline(tmp_path):
    assert len(read_bytes(tmp_path, TEXT.encode().rstrip(b"\n"))[0]) == 2


@pytest.mark.parametrize(("cap", "passes"), [(2, True), (1, False)])
def test_the_cap_on_records_holds_at_and_just_over(tmp_path, cap, passes):
    limits = Limits(records=cap)
    if passes:
        assert len(read_bytes(tmp_path, TEXT.encode(), limits=limits)[0]) == 2
    else:
        with pytest.raises(TooLarge, match="records"):
            read_bytes(tmp_path, TEXT.encode(), limits=limits)


@pytest.mark.parametrize(
    ("meta", "want", "reason"),
    [
        (["##contig=<ID=chr1,length=248956422>"], Assembly.GRCH38, "chr1 a length of 248,956,422"),
        (["##contig=<ID=1,length=249250621>"], Assembly.GRCH37, "249,250,621"),
        (["##reference=file:///ref/hg19.fa"], Assembly.GRCH37, "##reference"),
        (["##reference=GRCh38_full_analysis_set.fna"], Assembly.GRCH38, "##reference"),
        (["##contig=<ID=1,assembly=b37,length=5>"], Assembly.GRCH37, "##contig"),
        (["##contig=<ID=chrM,length=16569>"], Assembly.UNKNOWN, "no contig"),
        ([], Assembly.UNKNOWN, "no contig"),
    ],
)
def test_the_assembly_is_recognised_with_its_reason(meta, want, reason):
    guess = recognise_assembly(read_header(a_vcf(meta=meta).splitlines()))
    assert guess.assembly is want
    assert reason in guess.reason


def test_a_header_that_contradicts_itself_about_the_assembly_blocks(tmp_path):
    text = a_vcf(a_record(), meta=["##contig=<ID=chr1,length=248956422>", "##reference=hg19.fa"])
    _, findings = read_bytes(tmp_path, text.encode())
    assert [(f.code, f.severity) for f in findings] == [("assembly-contradiction", Severity.BLOCKING)]


@pytest.mark.parametrize("cut", range(1, len(TEXT), 7))
def test_no_record_is_lost_wherever_the_unpacked_chunks_end(cut):
    from models.intake.limits import LIMITS
    from models.intake.text_blocks import TextBlocks

    chunks = iter([TEXT[:cut].encode(), b"", TEXT[cut:].encode()])
    with TextBlocks(chunks, LIMITS) as text:
        header = list(text.header_lines())
        body = b"".join(block[:end].tobytes() for block, end in text.blocks())
    assert b"\n".join(header) + b"\n" + body == TEXT.encode()


def test_no_record_is_lost_when_the_header_ends_with_a_chunk():
    from models.intake.limits import LIMITS
    from models.intake.text_blocks import TextBlocks

    end = TEXT.index("chr1\t100")
    with TextBlocks(iter([TEXT[:end].encode(), TEXT[end:].encode()]), LIMITS) as text:
        assert len(list(text.header_lines())) == 2
        assert sum(end for _, end in text.blocks()) == len(TEXT) - end
