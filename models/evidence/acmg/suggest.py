"""From facts to a suggested class: every criterion, nothing counted twice, then the points. The class is a human's."""

from collections.abc import Sequence

from models.evidence.acmg.combine import classify
from models.evidence.acmg.criterion import Criterion
from models.evidence.acmg.double_counting import settled
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import specification
from models.evidence.acmg.types import Suggestion


def suggest(facts: Facts, criteria: Sequence[Criterion] = ()) -> Suggestion:
    """What all criteria come to for one variant. criteria: CRITERIA unless others are given."""
    from models.evidence.acmg import CRITERIA  # the shop window lists the criteria, and imports this file

    panel = specification(facts.gene, facts.disease)
    results = settled((criterion(facts, panel) for criterion in criteria or CRITERIA), panel)
    suggested, points, sentence = classify(results, panel.panel if panel else "", facts.gene)
    return Suggestion(suggested, points, sentence, results)
