"""BS4: affected relatives do not carry it.

Richards 2015: strong, with the warning that one affected relative may be ill for another reason. So one weighs
supporting and two or more strong.
"""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength

STRONG_RELATIVES = 2


def judge(facts: Facts, panel: Specification | None) -> Answer:
    family = facts.family
    if not family.has_affected_relatives:
        return lacking("affected relatives", "no affected relative was sequenced")
    without = family.affected_without
    if not without:
        return not_met("every affected relative who was sequenced carries it")
    strength = Strength.STRONG if without >= STRONG_RELATIVES else Strength.SUPPORTING
    return met(strength, f"{without} affected relative{'' if without == 1 else 's'} without it")


CRITERION = Criterion("BS4", "Affected relatives do not carry it", RICHARDS, judge)
