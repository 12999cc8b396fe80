"""A case: all that arrived about one patient, parsed, immutable, named by its content."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from models.case.patient import Patient, Pedigree, Phenotype
from models.case.record import ClinicalRecord
from models.case.values import Assembly, Finding, Severity
from models.case.variants import VariantTable


@dataclass(frozen=True)
class ReadsFile:
    """Aligned reads of one sample: a BAM with its index, stored under our own names."""

    sample: str
    bam: Path
    bai: Path
    display_name: str = ""


@dataclass(frozen=True)
class ReferenceSlices:
    """A FASTA whose sequences are named "chr2:start-end" (1-based, closed), or whole contigs."""

    fasta: Path
    is_synthetic: bool = False


@dataclass(frozen=True, eq=False)
class Case:
    """One patient's case.

    `id` is opaque; `sha256` is over the content of every file of the case, and over what a person
    corrected since: whatever is kept under it belongs to this case as it now is. `reader_version` is of
    the reading that made it (models.intake.READER_VERSION), 0 when no file was read or it was not kept.
    """

    id: str
    sha256: str
    patient: Patient
    variants: VariantTable
    pedigree: Pedigree
    phenotype: Phenotype = Phenotype()
    record: ClinicalRecord = ClinicalRecord()
    reads: tuple[ReadsFile, ...] = ()
    reference: ReferenceSlices | None = None
    findings: tuple[Finding, ...] = ()
    reader_version: int = 0

    @property
    def assembly(self) -> Assembly:
        return self.variants.facts.assembly

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Findings that ranking must wait for."""
        return tuple(f for f in self.findings if f.severity is Severity.BLOCKING)

    def with_phenotype(self, phenotype: Phenotype) -> "Case":
        return replace(self, phenotype=phenotype)

    def with_parents_exchanged(self, because: Finding) -> "Case":
        """The case with mother and father each given the other's sample. because: who decided so, and why."""
        sha256 = hashlib.sha256(f"{self.sha256} parents exchanged: {because.sentence}".encode()).hexdigest()
        pedigree = self.pedigree.with_parents_exchanged()
        return replace(self, sha256=sha256, pedigree=pedigree, findings=(*self.findings, because))
