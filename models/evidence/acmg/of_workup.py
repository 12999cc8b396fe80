"""The suggestion for one ranked variant of a case that was worked up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from models.case import Case, Finding, NotAssessed
from models.errors import IntegrityError
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.from_row import facts_of_row
from models.evidence.acmg.neighbours import neighbours_of
from models.evidence.acmg.repeats import repeat_at
from models.evidence.acmg.specifications import specified_genes
from models.evidence.acmg.suggest import suggest
from models.evidence.acmg.types import Suggestion
from models.evidence.fitting_disease import fitting_diseases
from models.evidence.types import PhenotypeEvidence, VariantEvidence
from models.knowledge import Knowledge


class WorkedUp(Protocol):
    """The part of models.workup.Workup that a suggestion rests on."""

    @property
    def case(self) -> Case: ...

    @property
    def knowledge(self) -> Knowledge: ...

    @property
    def evidence(self) -> VariantEvidence: ...

    @property
    def phenotype(self) -> PhenotypeEvidence: ...

    @property
    def findings(self) -> Sequence[Finding]: ...


def suggestion_of(workup: WorkedUp, row: int, disease: str | None = None) -> Suggestion:
    """What the criteria come to for a ranked row. disease: the gene's that fits best, None: not asked yet."""
    case, knowledge = workup.case, workup.knowledge
    gene = str(workup.evidence.frame.at[row, "gene"])
    facts = facts_of_row(
        row,
        case,
        workup.evidence,
        knowledge,
        disease=_disease(workup, row, gene) if disease is None else disease,
        findings=workup.findings,
        match=workup.phenotype.of(gene),
    )
    return suggest(_surrounded(facts, knowledge))


def _surrounded(facts: Facts, knowledge: Knowledge) -> Facts:
    """With what installed releases say of the place. A damaged one is said where its answer is missing."""
    model = knowledge.transcripts.model(facts.gene) if facts.gene else None
    try:
        near = neighbours_of(facts, model, knowledge.installed)
        return replace(facts, neighbours=near, in_repeat=repeat_at(facts.allele, knowledge.installed))
    except IntegrityError as damaged:
        return facts.beside(NotAssessed(str(damaged)))


def _disease(workup: WorkedUp, row: int, gene: str) -> str:
    """The gene's disease that fits the patient best, asked only where panels may differ by it; "" otherwise."""
    if gene not in specified_genes() or not workup.case.phenotype.terms:
        return ""
    found = workup.evidence.frame.loc[row].to_dict()
    diseases = fitting_diseases(gene, found, workup.case.phenotype, workup.knowledge)
    return diseases[0][1] if diseases else ""
