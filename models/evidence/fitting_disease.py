"""Which disease of a gene to name beside a variant: the best fit among those its genotype can cause.

The features alone may point to a dominant disease of a gene that the patient carries on both copies. Only
what is named changes; the score of the gene knows no genotype and stays.
"""

from collections.abc import Mapping
from typing import Any

from models.case import Phenotype
from models.evidence.gene import MODES_OF_INHERITANCE
from models.evidence.phenotype import diseases_by_fit, scored_terms
from models.evidence.types import MODE_COLUMNS, Mode, VerdictCode
from models.knowledge import Knowledge
from models.knowledge.genes import HPO_MODES

# Terms of one patient are not independent: over a handful of them, two nats do not tell two diseases apart.
NEAR_NATS = 2.0
MOST_NAMED = 2


def fitting_diseases(
    gene: str, facts: Mapping[str, Any], phenotype: Phenotype, knowledge: Knowledge
) -> tuple[tuple[str, str], ...]:
    """(id, label) of the disease to name, and of the next when it fits nearly as well; () without one.

    facts: one row of VariantEvidence.frame. The best fit stands where no disease of the gene contradicts the
    genotype. Where one does, the inheritance tells them apart: the best that is stated to agree is named,
    else the best whose inheritance nobody states (Orphanet's rarely is).
    """
    notes, hpo = knowledge.annotations, knowledge.hpo
    at = notes.gene_position.get(knowledge.genes.current(gene), -1)
    if at < 0:
        return ()
    terms, carried = scored_terms(phenotype, hpo), modes_carried(facts)
    agrees = {int(d): _agrees(int(d), carried, knowledge) for d in notes.gene_diseases.of(at)}
    wanted = [d for d in agrees if agrees[d]] or [d for d in agrees if agrees[d] is None]
    among = wanted if wanted and False in agrees.values() else None
    fitting, scores = diseases_by_fit(at, terms, hpo, notes, among)
    near = fitting[scores >= scores[0] - NEAR_NATS][:MOST_NAMED]
    return tuple((notes.disease_ids[d], notes.disease_labels[d]) for d in near)


def modes_carried(facts: Mapping[str, Any]) -> frozenset[Mode]:
    """How this patient may be ill by this variant: its best mode, and the pair whose phase is open."""
    best = {Mode(str(facts["best_mode"]))} if facts["best_mode"] else set()
    pair = MODE_COLUMNS[Mode.COMPOUND_HETEROZYGOUS]
    if facts[pair] == VerdictCode.NOT_ASSESSABLE and facts["partner_phase"]:
        best.add(Mode.COMPOUND_HETEROZYGOUS)
    return frozenset(best)


def _agrees(disease: int, carried: frozenset[Mode], knowledge: Knowledge) -> bool | None:
    """None when nothing is known of the genotype, or HPO states no inheritance of the disease."""
    letters = _letters(disease, knowledge)
    if not carried or not letters:
        return None
    return any(carried & MODES_OF_INHERITANCE[letter] for letter in letters)


def _letters(disease: int, knowledge: Knowledge) -> set[str]:
    hpo, notes = knowledge.hpo, knowledge.annotations
    lineages = ((hpo.ids[t], *hpo.ancestors(hpo.ids[t])) for t in notes.inheritance.of(disease).tolist())
    return {
        letter for lineage in lineages for t in lineage if t in HPO_MODES for letter in HPO_MODES[t].split(";")
    } & MODES_OF_INHERITANCE.keys()
