"""Read a VCF or BCF into a variant table: what the rest of the house calls."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.case import Assembly, Finding, Severity, VariantTable
from models.case.table_file import TABLE_FILE, read_table
from models.intake import vcf_task
from models.intake.child import run_in_child
from models.intake.limits import LIMITS, Limits


@dataclass(frozen=True)
class VcfPeek:
    """What a VCF's header says, before its records are read. contigs: as delivered, in file order."""

    samples: tuple[str, ...]
    assembly: Assembly
    assembly_reason: str
    contigs: tuple[str, ...]


def read_variants(
    path: Path,
    *,
    display_name: str,
    samples: Sequence[str] | None = None,
    assembly: Assembly | None = None,
    limits: Limits = LIMITS,
    work_dir: Path,
) -> tuple[VariantTable, tuple[Finding, ...]]:
    """The variants of `samples` (None: all of the file), read in a limited child process.

    assembly: what a person said, when the file does not say; a file that says otherwise gives a
    finding. work_dir: where the table file is made; the table stays mapped to it.
    Raises UnreadableFile or TooLarge with one sentence and the line.
    """
    out = work_dir / TABLE_FILE
    # In a dictionary, which run_in_child does not look into for addresses: these are shown, never opened.
    asked = {
        "display_name": display_name,
        "samples": list(samples) if samples is not None else None,
        "assembly": assembly.value if assembly else None,
    }
    said = run_in_child(
        vcf_task.read, _local(path), asked, asdict(limits), str(out.resolve()),
        limits=limits, display_name=display_name,
    )  # fmt: skip
    return read_table(out), tuple(_finding(values) for values in said)


def peek_vcf(path: Path, *, display_name: str = "", limits: Limits = LIMITS) -> VcfPeek:
    """Samples and assembly by the header alone. Raises UnreadableFile or TooLarge."""
    said = run_in_child(vcf_task.peek, _local(path), asdict(limits), limits=limits, display_name=display_name)
    return VcfPeek(tuple(said["samples"]), Assembly(said["assembly"]), said["reason"], tuple(said["contigs"]))


def check_vcf(path: Path, *, display_name: str = "", limits: Limits = LIMITS) -> tuple[Finding, ...]:
    """Judge a VCF strictly by its version of the specification; see models.intake.check.

    Returns what is odd but allowed. Raises UnreadableFile, naming the line, or TooLarge.
    """
    said = run_in_child(
        vcf_task.check,
        _local(path),
        {"display_name": display_name},
        asdict(limits),
        limits=limits,
        display_name=display_name,
    )
    return tuple(_finding(values) for values in said)


def _local(path: Path) -> str:
    """An absolute path: htslib never takes one that starts with "/" for an address."""
    return str(path.resolve())


def _finding(values: dict[str, Any]) -> Finding:
    return Finding(values["code"], Severity(values["severity"]), values["sentence"], values["where"])
