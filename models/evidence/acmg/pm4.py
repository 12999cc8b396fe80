"""PM4: the protein changes its length, in frame or by the loss of its stop.

Richards 2015: moderate, not in a repeat. Whether the place is a repeat must be known, unless a panel names the place.
"""

from models.case import Found
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met, of_panel
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import out_of_question
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import kind_of, protein_of, residue_of

KINDS = frozenset({ProteinKind.STOP_LOSS, ProteinKind.IN_FRAME})


def judge(facts: Facts, panel: Specification | None) -> Answer:
    used = panel is None or panel.pm4_applies
    not_mine = "neither in frame nor a lost stop"
    if out := out_of_question("PM4", facts, panel, used=used, kinds=KINDS, otherwise=not_mine):
        return out
    if kind_of(facts) is ProteinKind.STOP_LOSS:
        return _stop_loss(panel)
    return (_by_region(facts, panel) if panel else None) or _by_repeat(facts, panel)


def _by_region(facts: Facts, panel: Specification) -> Answer | None:
    """Where the panel names regions; None when the place decides nothing."""
    residue = residue_of(facts)
    here = next((r for r in panel.pm4_regions if residue in r), None)
    if here is None:
        return not_met("in none of the panel's regions", panel.source) if panel.pm4_only_regions else None
    where = f"residue {residue}, region {here.first} to {here.last}"
    if here.strength is None:
        return not_met(f"{where}, which the panel leaves out", panel.source)
    return met(here.strength, where, panel.source)


def _by_repeat(facts: Facts, panel: Specification | None) -> Answer:
    strength = _by_size(facts, panel)
    if not isinstance(facts.in_repeat, Found):
        return lacking("the reference sequence around it", "whether the place is a repeat is not known")
    if facts.in_repeat.value:
        return not_met("in a repeat")
    return met(strength, "in frame, not in a repeat", panel.source if panel else "")


def _stop_loss(panel: Specification | None) -> Answer:
    if panel and panel.pm4_stop_loss is None:
        return of_panel(panel, "PM4 for a lost stop")
    strength = panel.pm4_stop_loss if panel and panel.pm4_stop_loss else Strength.MODERATE
    return met(strength, "the stop codon is lost, the protein grows", panel.source if panel else "")


def _by_size(facts: Facts, panel: Specification | None) -> Strength:
    """Supporting for changes that the panel calls small."""
    change = protein_of(facts)
    most = panel.pm4_supporting_max_residues if panel else 0
    small = change is not None and change.first > 0 and change.last - change.first + 1 <= most
    return Strength.SUPPORTING if small else Strength.MODERATE


CRITERION = Criterion("PM4", "Protein length changed in frame, or stop lost", RICHARDS, judge)
