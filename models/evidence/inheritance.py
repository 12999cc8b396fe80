"""How each variant fits a mode of inheritance in this family, from genotypes alone, three-valued.

MET: every genotype at hand agrees (a single patient has few genotypes to disagree). NOT_MET: some
genotype contradicts. NOT_ASSESSABLE: the genotype that would decide is missing or not reliable.
The proband counts as affected; incomplete penetrance is left to the reader, who sees the genotypes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.case import Genotypes, Sex
from models.evidence.family import Calls, Family, Member, calls_at
from models.evidence.quality import MIN_DEPTH_READS, MIN_GQ_PHRED, MIN_HAPLOID_DEPTH_READS
from models.evidence.regions import Copies
from models.evidence.types import Mode, VerdictCode

Mask = NDArray[np.bool_]
Codes = NDArray[np.int8]

# ALT reads in a parent who was called reference. From 5 % of the reads (and two reads) on, mosaicism
# or a missed call cannot be excluded: sequencing errors reach about 1 % a base, and 5 % is the lower
# end of parental mosaicism found at 30-40x (Rahbari 2016, Nat Genet 48:126). From 20 %, the lowest
# balance we accept for a heterozygous call, the parent carries it.
PARENT_SUSPECT_FRACTION = 0.05
PARENT_SUSPECT_READS = 2
PARENT_CARRIES_FRACTION = 0.20
# Mitochondrial ALT fraction from which a call is homoplasmic: the upper bound used by gnomAD's
# mitochondrial release (Laricchia 2022, Genome Res 32:569).
HOMOPLASMIC_FRACTION = 0.95


@dataclass(frozen=True, eq=False)
class FamilyCalls:
    """Calls of everyone sequenced at the rows in question."""

    rows: NDArray[np.intp]
    copies: Codes
    proband: Calls
    mother: Calls | None
    father: Calls | None
    relatives: tuple[tuple[Member, Calls], ...]
    sex: Sex

    @property
    def parents(self) -> tuple[Calls | None, Calls | None]:
        return self.mother, self.father

    @property
    def one_copy(self) -> Mask:
        """The proband has one copy of this place: X or Y in a male."""
        return self.one_copy_in(self.sex)

    def one_copy_in(self, sex: Sex) -> Mask:
        """A person of this sex has one copy of this place."""
        sexed: Mask = (self.copies == Copies.X) | (self.copies == Copies.Y)
        return sexed & (sex is Sex.MALE)


def family_calls(genotypes: Genotypes, family: Family, rows: NDArray[np.intp], copies: Codes) -> FamilyCalls:
    """Gather the family's calls at `rows`. Requires a sequenced proband."""
    if family.proband is None:
        raise ValueError("family_calls needs the proband's genotypes")
    calls = {m.column: calls_at(genotypes, m.column, rows) for m in (family.proband, *family.relatives)}
    return FamilyCalls(
        rows,
        copies,
        calls[family.proband.column],
        calls[family.mother.column] if family.mother else None,
        calls[family.father.column] if family.father else None,
        tuple((m, calls[m.column]) for m in family.relatives),
        family.sex,
    )


def three_valued(met: Mask, not_met: Mask) -> Codes:
    """NOT_MET wins over MET; neither is NOT_ASSESSABLE."""
    code = np.where(not_met, VerdictCode.NOT_MET, np.where(met, VerdictCode.MET, VerdictCode.NOT_ASSESSABLE))
    return code.astype(np.int8)


def surely_reference(calls: Calls, haploid: Mask) -> Mask:
    """Called reference with enough reads, where depth and GQ were written, and without ALT reads."""
    needed = np.where(haploid, MIN_HAPLOID_DEPTH_READS, MIN_DEPTH_READS)
    deep = (calls.depth_reads < 0) | (calls.depth_reads >= needed)
    confident = (calls.gq_phred < 0) | (calls.gq_phred >= MIN_GQ_PHRED)
    balance = np.nan_to_num(calls.balance_fraction)
    suspect = (balance >= PARENT_SUSPECT_FRACTION) & (calls.alt_reads >= PARENT_SUSPECT_READS)
    sure: Mask = calls.reference & deep & confident & ~suspect
    return sure


def seems_to_carry(calls: Calls) -> Mask:
    """Carries the allele, or was called reference with a heterozygote's share of ALT reads."""
    balance = np.nan_to_num(calls.balance_fraction)
    missed = calls.reference & (balance >= PARENT_CARRIES_FRACTION) & (calls.alt_reads >= PARENT_SUSPECT_READS)
    carries: Mask = calls.carries | missed
    return carries


def _nobody(f: FamilyCalls) -> Mask:
    return np.zeros(len(f.rows), dtype=bool)


def de_novo(f: FamilyCalls) -> Codes:
    """New in the patient: every parent who could have passed it on is surely reference.

    On a boy's X only the mother, on his Y only the father, on mitochondria only the mother decides;
    still, a father who carries the same allele speaks against it. A homozygous genotype is never de novo.
    """
    maternal_only = ((f.copies == Copies.X) & f.one_copy) | (f.copies == Copies.MITOCHONDRIAL)
    paternal_only = f.copies == Copies.Y
    mother_clear = surely_reference(f.mother, _nobody(f)) if f.mother else _nobody(f)
    father_clear = surely_reference(f.father, f.one_copy_in(Sex.MALE)) if f.father else _nobody(f)
    clear = (mother_clear | paternal_only) & (father_clear | maternal_only)
    mitochondrial = f.copies == Copies.MITOCHONDRIAL
    mother_carries = seems_to_carry(f.mother) & ~paternal_only if f.mother else _nobody(f)
    father_carries = seems_to_carry(f.father) & ~mitochondrial if f.father else _nobody(f)
    two_copies = f.proband.all_alt & (f.proband.ploidy == 2) & ~f.one_copy & ~mitochondrial & ~paternal_only
    unknown_sex = (f.copies == Copies.X) & (f.sex is Sex.UNKNOWN) & two_copies
    return three_valued(clear & ~unknown_sex, mother_carries | father_carries | (two_copies & ~unknown_sex))


def dominant(f: FamilyCalls) -> Codes:
    """One copy explains: everyone affected carries it, nobody unaffected does. Autosomes and PARs."""
    against, carrier_of_unknown_status, uncalled = _dominant_obstacles(f)
    return three_valued(~carrier_of_unknown_status & ~uncalled, against)


def dominant_if_affected(f: FamilyCalls) -> Mask:
    """Dominant is open for one reason only: a relative carries it of whom nobody said whether affected."""
    against, carrier_of_unknown_status, uncalled = _dominant_obstacles(f)
    return carrier_of_unknown_status & ~uncalled & ~against


def _dominant_obstacles(f: FamilyCalls) -> tuple[Mask, Mask, Mask]:
    """(what contradicts, a carrier of unknown status, a relative of known status without a call)."""
    applies = (f.copies == Copies.AUTOSOMAL) & ~(f.proband.all_alt & (f.proband.ploidy == 2))
    against, carrier_of_unknown_status, uncalled = ~applies, _nobody(f), _nobody(f)
    for member, calls in f.relatives:
        if member.is_affected:
            against |= calls.reference
        elif member.is_unaffected:
            against |= calls.carries
        else:
            carrier_of_unknown_status |= calls.carries
        uncalled |= ~calls.called & ~calls.carries & (member.is_affected or member.is_unaffected)
    return against, carrier_of_unknown_status, uncalled


def homozygous_recessive(f: FamilyCalls) -> Codes:
    """Two equal copies on an autosome or PAR, one from each parent.

    An unaffected relative with two copies, an affected one without, or parents who are both
    reference contradict. With one parent reference it takes a deletion or uniparental disomy: not assessable.
    """
    applies = (f.copies == Copies.AUTOSOMAL) & f.proband.all_alt & (f.proband.ploidy == 2)
    against, unclear = ~applies, _nobody(f)
    for member, calls in f.relatives:
        if member.is_affected:
            against |= calls.called & ~calls.all_alt
        elif member.is_unaffected:
            against |= calls.all_alt
    known = [p for p in f.parents if p]
    for parent in known:
        unclear |= ~parent.carries
    if len(known) == 2:
        against |= known[0].reference & known[1].reference
    return three_valued(~unclear, against)


def x_linked(f: FamilyCalls) -> Codes:
    """On X outside the PARs: hemizygous in a male; heterozygous or homozygous in a female.

    Unaffected males who carry it, and affected males who do not, contradict. For a female patient an
    unaffected carrier mother leaves skewed X inactivation open: not assessable.
    """
    against = f.copies != Copies.X
    unclear = np.full(len(f.rows), f.sex is Sex.UNKNOWN) & (f.proband.ploidy == 2)
    for member, calls in f.relatives:
        male, female = member.person.sex is Sex.MALE, member.person.sex is Sex.FEMALE
        if member.is_affected:
            against |= calls.reference & (male or f.sex is Sex.FEMALE)
        elif member.is_unaffected and male:
            against |= calls.carries
        elif member.is_unaffected and female:
            against |= calls.all_alt & (calls.ploidy == 2)
            unclear |= calls.carries & (f.sex is Sex.FEMALE)
        else:
            unclear |= calls.carries
    return three_valued(~unclear, against)


def mitochondrial(f: FamilyCalls) -> Codes:
    """On mitochondrial DNA, passed on by the mother.

    A mother called reference does not exclude it: heteroplasmy can be too low in her blood. An
    affected sibling without the variant contradicts.
    """
    against = f.copies != Copies.MITOCHONDRIAL
    unclear = ~seems_to_carry(f.mother) if f.mother else _nobody(f)
    for member, calls in f.relatives:
        if member.is_affected and calls is not f.father:
            against |= surely_reference(calls, _nobody(f))
    return three_valued(~unclear, against)


def single_variant_modes(f: FamilyCalls) -> dict[Mode, Codes]:
    """Verdict of every mode that one variant decides (all but compound heterozygous)."""
    return {
        Mode.DE_NOVO: de_novo(f),
        Mode.DOMINANT: dominant(f),
        Mode.HOMOZYGOUS_RECESSIVE: homozygous_recessive(f),
        Mode.X_LINKED: x_linked(f),
        Mode.MITOCHONDRIAL: mitochondrial(f),
    }
