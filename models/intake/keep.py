"""Our own copies of reads and reference, under names of ours (SAFETY T8)."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from models.case import Finding, Pedigree, ReadsFile, ReferenceSlices, Severity
from models.intake.given import GivenFile, Kinds
from models.intake.recognise import FileKind


def _keep(file: GivenFile, work_dir: Path, name: str) -> Path:
    (work_dir / "files").mkdir(exist_ok=True, mode=0o700)
    kept = work_dir / "files" / name
    shutil.copyfile(file.path, kept)
    return kept


def keep_reads(
    kinds: Kinds, samples: Sequence[str], pedigree: Pedigree, work_dir: Path
) -> tuple[tuple[ReadsFile, ...], tuple[Finding, ...]]:
    """BAMs whose file name is a sample's, each with its index; others are named, not guessed.

    A single BAM of another name is taken for the patient's, and that is said.
    """
    indexes = {Path(f.display_name).name: f for f in kinds.get(FileKind.BAI, [])}
    kept, findings = [], []
    for number, bam in enumerate(kinds.get(FileKind.BAM, [])):
        name = Path(bam.display_name).name
        index = indexes.get(f"{name}.bai") or indexes.get(f"{Path(name).stem}.bai")
        only = pedigree.proband.sample if len(kinds[FileKind.BAM]) == 1 else ""
        sample = next((s for s in samples if Path(name).stem == s), only)
        if index is None or not sample:
            sentence = (
                "Reads without an index (.bai); add it to see them."
                if index is None
                else "Whose reads these are is not known; name the file like its sample in the VCF."
            )
            findings.append(Finding("reads-not-used", Severity.WARNING, sentence, bam.display_name))
            continue
        if Path(name).stem != sample:
            sentence = "These reads have no sample's name; they are shown as the patient's. Check that they are."
            findings.append(Finding("reads-assumed", Severity.WARNING, sentence, bam.display_name))
        stem = f"reads-{number}.bam"
        pair = _keep(bam, work_dir, stem), _keep(index, work_dir, f"{stem}.bai")
        kept.append(ReadsFile(sample, *pair, display_name=bam.display_name))
    return tuple(kept), tuple(findings)


def keep_reference(kinds: Kinds, work_dir: Path) -> ReferenceSlices | None:
    """The FASTA that was given, None without one."""
    fasta = kinds.one(FileKind.FASTA, "reference files")
    if fasta is None:
        return None
    with fasta.path.open("rb") as file:
        is_synthetic = b"synthetic" in file.read(4096).lower()
    return ReferenceSlices(_keep(fasta, work_dir, "reference.fa"), is_synthetic)
