"""PM1: in a hot spot or a part of the protein that is critical and without benign variation.

Richards 2015 leaves open which parts those are; the expert panels name them. For a gene without a panel it is not
assessable: a domain alone is not a hot spot.
"""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import out_of_question
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.words import protein_of, residue_of

KINDS = frozenset({ProteinKind.MISSENSE, ProteinKind.IN_FRAME})


def judge(facts: Facts, panel: Specification | None) -> Answer:
    used = panel is None or panel.pm1_applies
    if out := out_of_question("PM1", facts, panel, used=used, kinds=KINDS, otherwise="neither missense nor in frame"):
        return out
    if panel is None:
        return lacking("a panel's critical regions", "no expert panel has named critical regions of this gene")
    if not panel.pm1_regions:
        return lacking("the panel's critical regions", "the panel's regions are not in our tables", panel.source)
    return _in_region(facts, panel)


def _in_region(facts: Facts, panel: Specification) -> Answer:
    change, residue = protein_of(facts), residue_of(facts)
    regions = [r for r in panel.pm1_regions if residue in r and r.only_new in ("", change.alt if change else "")]
    strengths = [r.strength for r in regions if r.strength is not None]
    if not strengths:
        return not_met(f"residue {residue} is in none of the panel's critical regions", panel.source)
    region = max(regions, key=lambda r: r.strength.value if r.strength else 0)
    where = f"residue {residue}, critical region {region.first} to {region.last}"
    return met(max(strengths, key=lambda s: s.value), where, panel.source)


CRITERION = Criterion("PM1", "In a hot spot or critical part of the protein", RICHARDS, judge)
