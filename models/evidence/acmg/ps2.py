"""PS2: de novo, both parents confirmed by their genotypes (weights: `de_novo`)."""

from models.evidence.acmg.criterion import Answer, Criterion
from models.evidence.acmg.de_novo import SOURCE, de_novo
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification


def judge(facts: Facts, panel: Specification | None) -> Answer:
    return de_novo(facts, panel, confirmed=True)


CRITERION = Criterion("PS2", "De novo, parents confirmed", SOURCE, judge)
