"""The family as the genotype arrays know it: who was sequenced, and what each carries at some rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.case import Affected, Case, Genotypes, Person, Role, Sex


@dataclass(frozen=True)
class Member:
    """A sequenced family member. column: place in the genotype arrays."""

    person: Person
    role: Role
    column: int

    @property
    def is_affected(self) -> bool:
        """Stated affected. The proband is the reason for testing and counts as affected always."""
        return self.role is Role.PROBAND or self.person.affected is Affected.AFFECTED

    @property
    def is_unaffected(self) -> bool:
        return self.role is not Role.PROBAND and self.person.affected is Affected.UNAFFECTED


@dataclass(frozen=True)
class Family:
    """Sequenced members, the proband first. proband None: the patient's genotypes were not read."""

    proband: Member | None
    mother: Member | None
    father: Member | None
    others: tuple[Member, ...]
    sex: Sex

    @property
    def relatives(self) -> tuple[Member, ...]:
        """Everyone sequenced except the proband."""
        return tuple(m for m in (self.mother, self.father, *self.others) if m)


def family_of(case: Case) -> Family:
    """Match the pedigree with the samples that were read.

    A patient without a pedigree entry for the only sample read is that sample.
    """
    pedigree, table = case.pedigree, case.variants
    members = {
        p.id: Member(p, pedigree.role(p.id), table.sample_index(p.sample))
        for p in (pedigree.proband, *pedigree.people)
        if p.sample and table.sample_index(p.sample) >= 0
    }
    me = pedigree.proband
    if me.id not in members and not me.sample and len(table.samples) == 1 and not members:
        members[me.id] = Member(me, Role.PROBAND, 0)
    mother, father = members.get(me.mother_id), members.get(me.father_id)
    core = {me.id, me.mother_id, me.father_id}
    others = tuple(m for pid, m in members.items() if pid not in core)
    sex = me.sex if me.sex is not Sex.UNKNOWN else case.patient.sex
    return Family(members.get(me.id), mother, father, others, sex)


@dataclass(frozen=True, eq=False)
class Calls:
    """One person's calls at some rows. Numbers are -1, vaf_fraction NaN, where the caller wrote nothing.

    called: every allele of the genotype was called. carries: at least one copy of this ALT.
    """

    copies: NDArray[np.int8]
    called: NDArray[np.bool_]
    carries: NDArray[np.bool_]
    haplotype: NDArray[np.int8]
    phase_set: NDArray[np.int32]
    ploidy: NDArray[np.int8]
    gq_phred: NDArray[np.int16]
    depth_reads: NDArray[np.int32]
    alt_reads: NDArray[np.int32]
    vaf_fraction: NDArray[np.float32]

    @property
    def reference(self) -> NDArray[np.bool_]:
        """Called, without this ALT."""
        answer: NDArray[np.bool_] = self.called & (self.copies == 0)
        return answer

    @property
    def all_alt(self) -> NDArray[np.bool_]:
        """Every allele called is this ALT: homozygous, or haploid."""
        answer: NDArray[np.bool_] = self.carries & self.called & (self.copies == self.ploidy)
        return answer

    @property
    def balance_fraction(self) -> NDArray[np.float32]:
        """ALT reads of all reads, else the caller's own allele fraction; NaN when neither was written."""
        known = (self.depth_reads > 0) & (self.alt_reads >= 0)
        from_reads = self.alt_reads / np.maximum(self.depth_reads, 1)
        balance: NDArray[np.float32] = np.where(known, from_reads, self.vaf_fraction).astype(np.float32)
        return balance


def calls_at(genotypes: Genotypes, column: int, rows: NDArray[np.intp]) -> Calls:
    """The calls of the sample in `column` at `rows`."""
    copies, called, ploidy = (getattr(genotypes, n)[rows, column] for n in ("alt_copies", "called_copies", "ploidy"))
    return Calls(
        copies,
        (copies >= 0) & (called == ploidy) & (ploidy > 0),
        copies > 0,
        genotypes.haplotype[rows, column],
        genotypes.phase_set[rows, column],
        ploidy,
        genotypes.gq_phred[rows, column],
        genotypes.depth_reads[rows, column],
        genotypes.alt_reads[rows, column],
        genotypes.vaf_fraction[rows, column],
    )
