"""Small VCF texts that read like a sentence, and reading them in this process."""

from collections.abc import Sequence
from pathlib import Path

from models.case import Finding, Severity, VariantTable, check_contract
from models.case.table_file import read_table
from models.intake.limits import LIMITS, Limits
from models.intake.vcf_read import read_to_file

CSQ = '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: {}">'


def a_record(
    chrom: str = "chr1", pos: int = 100, ref: str = "A", alt: str = "G", info: str = ".", calls: str = "", **more: str
) -> str:
    """One line; `calls` is FORMAT and samples separated by blanks ("GT:DP 0/1:30")."""
    fixed = [chrom, str(pos), more.get("id", "."), ref, alt, more.get("qual", "50"), more.get("filter", "PASS"), info]
    return "\t".join([*fixed, *calls.split()])


def a_vcf(*records: str, samples: Sequence[str] = (), meta: Sequence[str] = (), version: str = "4.2") -> str:
    """A whole file; FORMAT stands there when there are samples."""
    columns = [
        "#CHROM",
        "POS",
        "ID",
        "REF",
        "ALT",
        "QUAL",
        "FILTER",
        "INFO",
        *(["FORMAT", *samples] if samples else []),
    ]
    return "\n".join([f"##fileformat=VCFv{version}", *meta, "\t".join(columns), *records]) + "\n"


def read_bytes(
    folder: Path, content: bytes, samples: list[str] | None = None, limits: Limits = LIMITS
) -> tuple[VariantTable, tuple[Finding, ...]]:
    """Read `content` in this process (the child is tested by itself)."""
    path = folder / "input"
    path.write_bytes(content)
    said = read_to_file(path, limits, folder / "out.arrow", display_name="input.vcf", samples=samples)
    table = read_table(folder / "out.arrow")
    check_contract(table)
    findings = tuple(Finding(f["code"], Severity(f["severity"]), f["sentence"], f["where"]) for f in said)
    return table, findings


def read_text(folder: Path, text: str, samples: list[str] | None = None) -> VariantTable:
    return read_bytes(folder, text.encode(), samples)[0]
