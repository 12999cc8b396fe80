"""PP1: the variant goes with the disease in the family.

Jarvik & Browning 2016 (Am J Hum Genet 98:1077, PMID:27236918): by chance alone a variant is shared with probability
1/2 for each meiosis; 1/8 is supporting, 1/16 moderate, 1/32 strong in one family. Each affected relative who carries
it counts one meiosis, the fewest that can separate two relatives. Recessive disorders need both variants followed: a
human's task.
"""

from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import is_dominant_or_x_linked

SOURCE = "Jarvik & Browning 2016, PMID:27236918"
MEIOSES = ((5, Strength.STRONG), (4, Strength.MODERATE), (3, Strength.SUPPORTING))


def judge(facts: Facts, panel: Specification | None) -> Answer:
    family = facts.family
    if not family.has_affected_relatives:
        return lacking("affected relatives", "no affected relative was sequenced")
    if family.affected_without:
        return not_met("an affected relative does not carry it: see BS4")
    if not is_dominant_or_x_linked(facts, panel):
        return lacking("both variants followed through the family", "not only dominant or X-linked disorders")
    carriers = family.affected_carriers
    said = f"{carriers} affected relative{'' if carriers == 1 else 's'} carr{'ies' if carriers == 1 else 'y'} it"
    strength = next((s for needed, s in MEIOSES if carriers >= needed), None)
    return met(strength, f"{said}, limit 3") if strength else not_met(f"{said}, limit 3")


CRITERION = Criterion("PP1", "Goes with the disease in the family", SOURCE, judge)
