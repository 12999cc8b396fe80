"""BP2: on the same copy as a pathogenic variant (Richards 2015, supporting).

Its other half, in trans with a pathogenic variant of a fully penetrant dominant disorder, needs the penetrance: a
human's task.
"""

from models.case import Found
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.clinvar import KEEP_MIN_STARS, PATHOGENIC


def judge(facts: Facts, panel: Specification | None) -> Answer:
    partner = facts.family.partner
    if not isinstance(facts.family.zygosity, Found):
        return lacking("the patient's genotype", "nobody's genotype was looked at")
    if not facts.gene:
        return lacking("the gene", "in which gene to look for another variant is not known")
    if not isinstance(partner, Found):
        return not_met("no second variant in the gene")
    other = partner.value
    pathogenic = other.clinvar_class in PATHOGENIC and other.stars >= KEEP_MIN_STARS
    if other.phase == "in cis" and pathogenic:
        return met(Strength.SUPPORTING, f"on the same copy as {other.name} ({other.clinvar_class} in ClinVar)")
    if other.phase == "unknown" and pathogenic:
        return lacking("the phase", f"whether {other.name} lies on the same copy is not known")
    return not_met("no pathogenic variant on the same copy")


CRITERION = Criterion("BP2", "On the same copy as a pathogenic variant", RICHARDS, judge)
