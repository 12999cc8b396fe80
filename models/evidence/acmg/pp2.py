"""PP2: missense in a gene where missense is a common cause and benign missense rare.

Richards 2015, supporting. Where a panel has decided, so it is. Elsewhere missense depletion stands for it: gnomAD's
missense z of at least 3.09 (significantly constrained: Lek 2016, Nature 536:285, PMID:27535533), in a gene whose
disorders are dominant or X-linked with at least moderate validity.
"""

from models.case import Found
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.gate import out_of_question
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import is_dominant_or_x_linked

MISSENSE_Z = 3.09
CONSTRAINT = "Lek 2016, PMID:27535533"
ESTABLISHED = frozenset({"Definitive", "Strong", "Moderate"})


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if out := out_of_question("PP2", facts, panel, used=panel is None or panel.pp2_applies):
        return out
    if panel:
        return met(Strength.SUPPORTING, "missense, and the panel uses PP2 for this gene", panel.source)
    return _by_constraint(facts)


def _by_constraint(facts: Facts) -> Answer:
    gene = facts.gene_facts
    if not isinstance(gene.missense_z, Found):
        return lacking("gnomAD constraint", "how well the gene tolerates missense is not known", CONSTRAINT)
    said = f"missense z {gene.missense_z.value:.2f}, limit {MISSENSE_Z}"
    if gene.missense_z.value < MISSENSE_Z:
        return not_met(said, CONSTRAINT)
    if not isinstance(gene.validity, Found) or gene.validity.value not in ESTABLISHED:
        return lacking("an established disorder of the gene", f"{said}, but gene and disorder are not established")
    if not is_dominant_or_x_linked(facts, None):
        return not_met(f"{said}, but not every disorder of the gene is dominant or X-linked", CONSTRAINT)
    return met(Strength.SUPPORTING, said, CONSTRAINT)


CRITERION = Criterion("PP2", "Missense in a gene that hardly tolerates it", RICHARDS, judge)
