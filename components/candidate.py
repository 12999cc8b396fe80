"""The one variant on screen with everything the panels ask about it, gathered once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from components import phrases
from models.case import Person, Role
from models.evidence import GenePhenotype, TermMatch, explain_gene, fitting_diseases, heteroplasmy_of
from models.workup import Workup


@dataclass(frozen=True)
class Call:
    """One family member's call of the variant. depth, alt_reads, gq_phred: None when not delivered.

    genotype: as written in VCF ("0/1"), on mitochondrial DNA "heteroplasmy 31 %", "" when the person was
    not sequenced.
    """

    person: Person
    role: Role
    genotype: str
    depth_reads: int | None = None
    alt_reads: int | None = None
    gq_phred: int | None = None

    @property
    def carries(self) -> bool:
        """Whether the person was called with the variant."""
        on_mt = self.genotype.startswith(("heteroplasmy", "homoplasmic"))
        return on_mt or "1" in re.split(r"[/|]", self.genotype)


@dataclass(frozen=True)
class Candidate:
    """A ranked variant: its row of the file, its evidence, its family's calls, its gene's match.

    gene_facts: the gene's row of knowledge, empty when the gene is unknown there. disease: (id, label) of
    the disease of the gene that fits features and genotype best, ("", "") without one. other_disease: label of
    another that fits nearly as well, "" without one.
    """

    workup: Workup
    row: int
    rank: int
    gene: str
    variant: Mapping[str, Any]
    evidence: Mapping[str, Any]
    calls: tuple[Call, ...]
    matches: tuple[TermMatch, ...]
    gene_facts: Mapping[str, Any]
    disease: tuple[str, str] = ("", "")
    other_disease: str = ""

    @property
    def gene_was_sought(self) -> bool:
        """Whether anything could have named a gene at this position."""
        return phrases.gene_was_sought(self.workup.case.assembly, int(self.variant["gene_state"]))

    @property
    def match(self) -> GenePhenotype:
        """How well the gene explains the patient's features."""
        return self.workup.phenotype.of(self.gene)


def gather(workup: Workup, row: int) -> Candidate:
    """Gather the facts of `row`, which must be ranked."""
    evidence = workup.evidence.frame.loc[row].to_dict()
    gene = str(evidence["gene"])
    genes = workup.knowledge.genes.frame
    phenotype = workup.case.phenotype
    asked = bool(gene and phenotype.terms)
    diseases = fitting_diseases(gene, evidence, phenotype, workup.knowledge) if asked else ()
    disease = diseases[0] if diseases else ("", "")
    return Candidate(
        workup,
        row,
        workup.ranking.rank_of(row) or 0,
        gene,
        workup.case.variants.frame.loc[row].to_dict(),
        evidence,
        tuple(family_calls(workup, row)),
        tuple(explain_gene(phenotype, gene, workup.knowledge, disease[0])) if asked else (),
        genes.loc[gene].to_dict() if gene in genes.index else {},
        disease,
        diseases[1][1] if len(diseases) > 1 else "",
    )


def family_calls(workup: Workup, row: int) -> list[Call]:
    """Each person of the pedigree with their call, the proband first, then parents, siblings, others."""
    order = list(Role)
    family = workup.case.pedigree
    people = family.people or (family.proband,)
    calls = [_call(workup, row, person, family.role(person.id)) for person in people]
    return sorted(calls, key=lambda c: order.index(c.role))


def _call(workup: Workup, row: int, person: Person, role: Role) -> Call:
    at = workup.case.variants.sample_index(person.sample) if person.sample else -1
    if at < 0:
        return Call(person, role, "")
    calls = workup.case.variants.genotypes
    genotype = heteroplasmy_of(workup.case, at, row).split(" (")[0] or phrases.genotype(
        int(calls.alt_copies[row, at]),
        int(calls.called_copies[row, at]),
        int(calls.ploidy[row, at]),
        int(calls.haplotype[row, at]),
    )
    return Call(
        person,
        role,
        genotype,
        _given(calls.depth_reads[row, at]),
        _given(calls.alt_reads[row, at]),
        _given(calls.gq_phred[row, at]),
    )


def _given(value: Any) -> int | None:
    return int(value) if value >= 0 else None
