"""What part a file plays in a case: its content decides; its name only between kinds of plain text."""

from enum import Enum
from pathlib import Path

from models.errors import UnreadableFile
from models.intake.hpo_terms import parse_terms
from models.intake.sniff import PEEK_BYTES, Content, sniff

_LINES_LOOKED_AT = 50  # enough to tell a list of terms from a letter that mentions one


class FileKind(Enum):
    VCF = "variants (VCF or BCF)"
    PED = "pedigree"
    JSON = "JSON"
    TERMS = "HPO terms"
    NOTE = "clinical note"
    BAM = "aligned reads (BAM)"
    BAI = "index of reads"
    VCF_INDEX = "index of variants"
    CRAM = "CRAM"
    FASTA = "reference sequence"
    UNKNOWN = "not recognised"


_KIND_OF_CONTENT = {
    Content.VCF: FileKind.VCF,
    Content.BCF: FileKind.VCF,
    Content.BAM: FileKind.BAM,
    Content.BAM_INDEX: FileKind.BAI,
    Content.TABIX_INDEX: FileKind.VCF_INDEX,
    Content.CRAM: FileKind.CRAM,
    Content.JSON: FileKind.JSON,
    Content.PED: FileKind.PED,
    Content.FASTA: FileKind.FASTA,
}
_VCF_NAMES = (".vcf", ".vcf.gz", ".vcf.bgz", ".bcf")


def recognise(path: Path, display_name: str) -> FileKind:
    """The kind of one file. A damaged file named like a VCF counts as one: its reader says what is
    wrong with it."""
    name = display_name.lower()
    try:
        content, _ = sniff(path)
    except UnreadableFile:
        return FileKind.VCF if name.endswith(_VCF_NAMES) else FileKind.UNKNOWN
    if name.endswith(_VCF_NAMES):
        return FileKind.VCF
    if name.endswith((".csi", ".fai", ".gzi")):
        return FileKind.VCF_INDEX
    if content is Content.TEXT:
        return FileKind.PED if name.endswith((".ped", ".fam")) else _kind_of_text(path, name)
    return _KIND_OF_CONTENT.get(content, FileKind.UNKNOWN)


def _kind_of_text(path: Path, name: str) -> FileKind:
    with path.open("rb") as file:
        text = file.read(PEEK_BYTES).decode("utf-8", "replace")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")][:_LINES_LOOKED_AT]
    with_id = sum(bool(parse_terms(line, "")[0].terms) for line in lines)
    if lines and with_id * 2 >= len(lines):
        return FileKind.TERMS
    return FileKind.NOTE if name.endswith((".txt", ".md", ".text")) else FileKind.UNKNOWN
