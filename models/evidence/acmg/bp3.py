"""BP3: an in-frame change in a repeat without known function (Richards 2015, supporting)."""

from models.case import Found
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import out_of_question
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import residue_of


def judge(facts: Facts, panel: Specification | None) -> Answer:
    used, kinds = panel is None or panel.bp3_applies, frozenset({ProteinKind.IN_FRAME})
    if out := out_of_question("BP3", facts, panel, used=used, kinds=kinds, otherwise="not an in-frame change"):
        return out
    return _by_region(facts, panel) if panel and panel.bp3_regions else _by_repeat(facts, panel)


def _by_region(facts: Facts, panel: Specification) -> Answer:
    residue = residue_of(facts)
    if any(residue in r for r in panel.bp3_regions):
        return met(Strength.SUPPORTING, f"residue {residue}, in a repeat that the panel names", panel.source)
    return not_met("in none of the repeats that the panel names", panel.source)


def _by_repeat(facts: Facts, panel: Specification | None) -> Answer:
    if not isinstance(facts.in_repeat, Found):
        return lacking("the reference sequence around it", "whether the place is a repeat is not known")
    if not facts.in_repeat.value:
        return not_met("not in a repeat")
    return met(Strength.SUPPORTING, "in frame, in a repeat", panel.source if panel else "")


CRITERION = Criterion("BP3", "In-frame change in a repeat", RICHARDS, judge)
