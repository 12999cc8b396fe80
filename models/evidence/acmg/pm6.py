"""PM6: de novo, parents assumed (weights: `de_novo`)."""

from models.evidence.acmg.criterion import Answer, Criterion
from models.evidence.acmg.de_novo import SOURCE, de_novo
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification


def judge(facts: Facts, panel: Specification | None) -> Answer:
    return de_novo(facts, panel, confirmed=False)


CRITERION = Criterion("PM6", "De novo, parents assumed", SOURCE, judge)
