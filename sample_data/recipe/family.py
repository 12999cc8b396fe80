"""Who inherits which chromosome from whom."""

import random
from dataclasses import dataclass, field

from sample_data.recipe.model import Member, Recipe
from sample_data.recipe.table import chromosome_length

CROSSOVER_CHANCE = 0.7


@dataclass(frozen=True)
class Transmission:
    """Which of a parent's two haplotypes a child got: `first` before the crossover, the other after it."""

    first: int
    crossover_pos: int

    def haplotype(self, pos: int) -> int:
        return self.first if pos < self.crossover_pos else 1 - self.first


@dataclass
class Family:
    """Founder haplotypes are numbered 0, 1 in each parent; children are mosaics of them.

    The proband's transmissions are fixed per chromosome; an affected sibling shares them on the
    chromosomes named in `shared`, so that a recessive answer segregates.
    """

    recipe: Recipe
    rng: random.Random
    shared: frozenset[str]
    _passed: dict[tuple[str, str, str], Transmission] = field(default_factory=dict)

    @property
    def members(self) -> tuple[Member, ...]:
        return self.recipe.members

    def sequenced(self) -> list[Member]:
        return [m for m in self.members if m.sample]

    def transmission(self, child: Member, parent_role: str, chrom: str) -> Transmission:
        same_as = "proband" if child.role == "sibling" and child.affected and chrom in self.shared else child.role
        key = (same_as, parent_role, chrom)
        if key not in self._passed:
            rng = random.Random(f"{self.recipe.slug} {key}")
            length = chromosome_length(chrom, self.recipe.assembly)
            crossover = rng.randrange(length) if rng.random() < CROSSOVER_CHANCE else length + 1
            self._passed[key] = Transmission(rng.randrange(2), crossover)
        return self._passed[key]

    def alleles(self, member: Member, chrom: str, pos: int, founders: dict[str, tuple[int, int]]) -> tuple[int, ...]:
        """Alleles of `member`, paternal first; one allele where haploid, none for a woman's Y.

        founders: "mother"/"father" -> allele on haplotype 0 and 1 (a father's X and Y use haplotype 0).
        """
        if chrom == "MT":
            return (founders["mother"][0],)
        if chrom == "Y":
            return (founders["father"][0],) if member.sex == "male" else ()
        if member.role in {"mother", "father"}:
            own = founders[member.role]
            return own[:1] if chrom == "X" and member.sex == "male" else own
        maternal = founders["mother"][self.transmission(member, "mother", chrom).haplotype(pos)]
        if chrom == "X" and member.sex == "male":
            return (maternal,)
        paternal_hap = 0 if chrom == "X" else self.transmission(member, "father", chrom).haplotype(pos)
        return (founders["father"][paternal_hap], maternal)

    def transmitted(self, parent_role: str, chrom: str, pos: int) -> int:
        """The haplotype of a parent that the proband carries at `pos`."""
        if parent_role == "father" and chrom in {"X", "Y"}:
            return 0
        proband = next(m for m in self.members if m.role == "proband")
        return 0 if chrom == "MT" else self.transmission(proband, parent_role, chrom).haplotype(pos)

    def is_autozygous(self, chrom: str, pos: int) -> bool:
        return any(r.chrom == chrom and r.start_1based <= pos <= r.end_1based for r in self.recipe.autozygous)
