"""What a file is: by its content and packing, never by its name."""

import gzip

import pysam
import pytest

from models.errors import UnreadableFile
from models.intake.inflate import unpack
from models.intake.sniff import BGZF_END, PEEK_BYTES, Content, Packing, is_complete_bgzf, packing_of, sniff
from tests.intake.vcf_builder import a_record, a_vcf

VCF = a_vcf(a_record()).encode()
CONTENTS = [
    (VCF, Content.VCF),
    (b"\xef\xbb\xbf" + VCF, Content.VCF),
    (b"#CHROM\tPOS\tID\n", Content.VCF),
    (b"##FileFormat=VCFv4.2\n", Content.VCF),
    (b"BCF\x02\x02" + b"\0" * 9, Content.BCF),
    (b"BAM\x01" + b"\0" * 9, Content.BAM),
    (b"BAI\x01" + b"\0" * 9, Content.BAM_INDEX),
    (b"TBI\x01" + b"\0" * 9, Content.TABIX_INDEX),
    (b"CRAM\x03\x00", Content.CRAM),
    (b' {"id": 1}', Content.JSON),
    (b"[]", Content.JSON),
    (b">chr1\nACGT\n", Content.FASTA),
    (b"#fam\nF1 P 0 0 1 2\nF1 M 0 0 2 1\n", Content.PED),
    (b"F1 P 0 0 7 2\n", Content.TEXT),
    (b"seizures since birth\n", Content.TEXT),
    (b"a\0b", Content.BINARY),
    (b"", Content.EMPTY),
    (b" \n\n", Content.EMPTY),
]


def as_is(path, text):
    path.write_bytes(text)


def as_gzip(path, text):
    path.write_bytes(gzip.compress(text))


def as_bgzip(path, text):
    with pysam.BGZFile(str(path), "wb") as file:
        file.write(text)


@pytest.mark.parametrize(
    ("pack", "packing"), [(as_is, Packing.PLAIN), (as_gzip, Packing.GZIP), (as_bgzip, Packing.BGZIP)]
)
@pytest.mark.parametrize(("text", "content"), CONTENTS)
def test_content_and_packing_are_told_from_the_bytes(tmp_path, text, content, pack, packing):
    path = tmp_path / "misleading.pdf"
    pack(path, text)
    assert sniff(path) == (content, packing)


def test_only_the_first_bytes_are_looked_at(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(b"x" * PEEK_BYTES + b"\0")
    assert sniff(path) == (Content.TEXT, Packing.PLAIN)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(UnreadableFile, match="choose it again"):
        sniff(tmp_path / "nowhere")


@pytest.mark.parametrize("kept", [17, 18, 30])
def test_a_truncated_gzip_is_known_for_what_it_is_and_refused_when_read(tmp_path, kept):
    path = tmp_path / "cut"
    path.write_bytes(gzip.compress(VCF)[:kept])
    assert sniff(path)[1] is Packing.GZIP
    with pytest.raises(UnreadableFile, match="cut short"):
        b"".join(unpack(path))


def test_gzip_damaged_from_the_start_is_one_sentence(tmp_path):
    path = tmp_path / "damaged"
    path.write_bytes(b"\x1f\x8b\x08\0" + b"\xff" * 40)
    with pytest.raises(UnreadableFile, match="damaged"):
        sniff(path)


def test_a_short_head_is_never_taken_for_bgzip():
    assert [packing_of(BGZF_END[:n]) for n in (0, 1, 2, 17, 18)] == [
        Packing.PLAIN, Packing.PLAIN, Packing.GZIP, Packing.GZIP, Packing.BGZIP,
    ]  # fmt: skip


def test_the_bgzf_end_marker_decides_whether_a_copy_is_whole(tmp_path):
    path = tmp_path / "whole"
    as_bgzip(path, VCF)
    whole = path.read_bytes()
    assert is_complete_bgzf(path) and b"".join(unpack(path)) == VCF
    for kept in (whole[: -len(BGZF_END)], whole[:-1], whole[:5], b""):
        path.write_bytes(kept)
        assert not is_complete_bgzf(path)
    path.write_bytes(whole[: -len(BGZF_END)])
    with pytest.raises(UnreadableFile, match="cut short"):
        b"".join(unpack(path))
