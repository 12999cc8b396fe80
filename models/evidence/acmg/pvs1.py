"""PVS1: loss of function in a gene where loss of function causes the disorder.

Abou Tayoun 2018 (PMID:30192042): first whether loss of function is the mechanism (table 1), then how much is lost
(`lost_protein`). The mechanism is taken from the expert panel, from ClinGen's dosage score, or from the validity of
gene and disorder together with inheritance and constraint, one level lower for moderate validity as in table 1.
"""

from dataclasses import dataclass

from models.case import Found
from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met, of_panel
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import unknown_effect
from models.evidence.acmg.lost_protein import (
    Loss,
    deleted_exons,
    lost_site,
    lost_start,
    premature_stop,
    stop_residue,
    without_exons,
)
from models.evidence.acmg.place import Place
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import (
    effect_is_known,
    kind_of,
    modes_of,
    place_known,
    protein_of,
    terms_of_facts,
    weaker,
)

SOURCE = "Abou Tayoun 2018, PMID:30192042"
DOSAGE = "ClinGen dosage sensitivity"
# gnomAD 2.1.1: the most constrained genes (Karczewski 2020, Nature 581:434, PMID:32461654).
LOEUF_CONSTRAINED = 0.35
_LOSS_TERMS = {
    "stop_gained": ProteinKind.NONSENSE,
    "frameshift_variant": ProteinKind.FRAMESHIFT,
    "start_lost": ProteinKind.START_LOSS,
}
_SPLICE_TERMS = frozenset({"splice_donor_variant", "splice_acceptor_variant"})
_LOSS_KINDS = frozenset(_LOSS_TERMS.values())


@dataclass(frozen=True)
class Mechanism:
    """Loss of function causes the gene's disorder. steps: levels to take off. reason: why we think so."""

    reason: str
    source: str
    steps: int = 0


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if panel and not panel.pvs1_applies:
        return of_panel(panel, "PVS1")
    loss = loss_of(facts, panel)
    if isinstance(loss, Answer):
        return loss
    if loss.strength is None:
        return not_met(loss.reason, loss.source)
    mechanism = mechanism_of(facts, panel)
    if isinstance(mechanism, Answer):
        return mechanism
    strength = weaker(loss.strength, mechanism.steps)
    if strength is None:
        return not_met(f"{loss.reason}; {mechanism.reason}", mechanism.source)
    return met(strength, f"{loss.reason}; {mechanism.reason}", loss.source)


def loss_of(facts: Facts, panel: Specification | None) -> Loss | Answer:
    """What is lost of the protein, or why that is no question or cannot be told."""
    place, kind = place_known(facts), _kind(facts)
    if "transcript_ablation" in terms_of_facts(facts):
        return Loss(Strength.VERY_STRONG, "the whole transcript is deleted")
    if place and (gone := deleted_exons(place)):
        return _without(place, gone, panel)
    if place and place.splice_sites:
        loss = lost_site(place.coding, place.splice_sites[0], panel)
        return loss or lacking("RNA", "a splice site outside of the coding part, whose loss only RNA shows")
    if _SPLICE_TERMS & terms_of_facts(facts):
        return lacking("the exon's place", "a canonical splice site, whose exon is not known in MANE on this assembly")
    if kind in _LOSS_KINDS:
        return _stop(facts, place, panel)
    return not_met("not a loss-of-function change") if effect_is_known(facts) else unknown_effect()


def _kind(facts: Facts) -> ProteinKind | None:
    kind = kind_of(facts)
    if kind in _LOSS_KINDS:
        return kind
    return next((k for term, k in _LOSS_TERMS.items() if term in terms_of_facts(facts)), kind)


def _without(place: Place, gone: tuple[int, ...], panel: Specification | None) -> Loss:
    several = f"exons {gone[0]} to {gone[-1]}" if len(gone) > 1 else f"exon {gone[0]}"
    return without_exons(place.coding, gone, panel, f"deletion of {several} of {len(place.coding.exons)}")


def _stop(facts: Facts, place: Place | None, panel: Specification | None) -> Loss | Answer:
    """No start, or a premature stop, by the protein's name, else by where the change lies."""
    if _kind(facts) is ProteinKind.START_LOSS:
        return lost_start(panel)
    if place is None:
        return lacking("the transcript's exons", "MANE has no transcript with this position on this assembly")
    change = protein_of(facts)
    kind = _kind(facts) or ProteinKind.NONSENSE
    not_told = kind is ProteinKind.FRAMESHIFT and not (change and change.new_stop)
    return premature_stop(place.coding, stop_residue(facts, place), panel, at_least=not_told, change=kind.value)


def mechanism_of(facts: Facts, panel: Specification | None) -> Mechanism | Answer:
    """Whether loss of function causes disease in this gene."""
    if panel:
        return Mechanism("the panel uses PVS1 for this gene", panel.source)
    score = facts.gene_facts.haploinsufficiency
    recessive = "AR" in modes_of(facts, panel)
    if isinstance(score, Found):
        if score.value == 3:
            return Mechanism("ClinGen: sufficient evidence for haploinsufficiency", DOSAGE)
        if score.value == 30:
            return Mechanism("ClinGen: recessive disorder by loss of function", DOSAGE)
        if score.value == 2:
            return Mechanism("ClinGen: some evidence for haploinsufficiency", DOSAGE, steps=1)
        if not recessive:
            return not_met("ClinGen finds no sufficient evidence that losing one copy causes disease", DOSAGE)
    return _by_validity(facts, recessive)


def _by_validity(facts: Facts, recessive: bool) -> Mechanism | Answer:
    gene = facts.gene_facts
    if not isinstance(gene.validity, Found):
        return lacking(
            "evidence that loss of function causes disease", "neither ClinGen nor GenCC has assessed the gene"
        )
    validity, source = gene.validity.value, gene.validity.source
    if validity not in {"Definitive", "Strong", "Moderate"}:
        return not_met(f"gene and disorder: {validity.lower()} only", source)
    steps = int(validity == "Moderate")
    if recessive:
        return Mechanism(f"recessive disorder, {validity.lower()} validity", source, steps)
    if isinstance(gene.loeuf, Found) and gene.loeuf.value < LOEUF_CONSTRAINED:
        reason = f"{validity.lower()} validity, LOEUF {gene.loeuf.value:.2f} (limit {LOEUF_CONSTRAINED})"
        return Mechanism(reason, source, steps + 1)
    return lacking(
        "evidence that loss of function causes disease", "a dominant gene without ClinGen dosage score or constraint"
    )


CRITERION = Criterion("PVS1", "Loss of function where that causes disease", SOURCE, judge)
