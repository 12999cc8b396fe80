"""Files are recognised by what is in them."""

import gzip

import pytest

from models.intake.recognise import FileKind, recognise

VCF = b"##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (VCF, "a.txt", FileKind.VCF),
        (gzip.compress(VCF, mtime=0), "upload", FileKind.VCF),
        (b"garbage", "a.vcf", FileKind.VCF),
        (b"\x1f\x8bbroken", "a.vcf.gz", FileKind.VCF),
        (b"\x1f\x8bbroken", "a.gz", FileKind.UNKNOWN),
        (b'{"subject": {}}', "a", FileKind.JSON),
        (b"F1 kid dad mum 1 2\n", "family.txt", FileKind.PED),
        (b"HP:0001250\nHP:0001263 delay\n", "a.txt", FileKind.TERMS),
        (b"Dear colleague,\nthe seizures (HP:0001250) began\nat six months.\n", "a.txt", FileKind.NOTE),
        (b"Dear colleague,\n", "a.docx", FileKind.UNKNOWN),
        (b">chr2:1-10\nACGT\n", "ref.fa", FileKind.FASTA),
        (b"CRAM\x03\x00", "a.bam", FileKind.CRAM),
        (b"\x00\x01\x02", "a.txt", FileKind.UNKNOWN),
        (b"", "a.txt", FileKind.UNKNOWN),
    ],
)
def test_a_file_is_recognised_by_its_content(tmp_path, content, name, kind):
    path = tmp_path / "given"
    path.write_bytes(content)
    assert recognise(path, name) is kind
