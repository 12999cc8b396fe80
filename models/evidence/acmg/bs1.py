"""BS1: more common than the disorder allows.

Richards 2015 names no number: it depends on the disorder. Panels give one. Where none does, 1 % is used for disorders
that are dominant or X-linked (the default of InterVar, Li & Wang 2017, PMID:28132688); recessive disorders have
pathogenic alleles above 1 % (CFTR p.Phe508del, SERPINA1 Z), so there a human must say what is expected.
"""

from models.evidence.acmg.ba1 import is_exception
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met, of_panel
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.population import NOT_LOOKED_UP, compared_fraction, enough_alleles
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import frequency_words, is_dominant_or_x_linked
from models.evidence.frequency import fraction_text

GENERAL_FRACTION = 0.01
GENERAL_SOURCE = "Li & Wang 2017, PMID:28132688"


def judge(facts: Facts, panel: Specification | None) -> Answer:
    fraction = compared_fraction(facts, panel)
    if fraction is None:
        return lacking(*NOT_LOOKED_UP)
    said = frequency_words(facts)
    if is_exception(facts):
        return not_met(f"{said}, but a published exception of BA1")
    if panel:
        return _by_panel(fraction, said, facts, panel)
    if fraction < GENERAL_FRACTION:
        return not_met(f"{said}, limit {fraction_text(GENERAL_FRACTION)}", GENERAL_SOURCE)
    if not is_dominant_or_x_linked(facts, panel):
        return lacking("the disorder's expected frequency", f"{said}; recessive alleles may reach that", GENERAL_SOURCE)
    return _met(Strength.STRONG, f"{said}, limit {fraction_text(GENERAL_FRACTION)}", GENERAL_SOURCE, facts)


def _by_panel(fraction: float, said: str, facts: Facts, panel: Specification) -> Answer:
    strong, supporting = panel.frequency.bs1_fraction, panel.frequency.bs1_supporting_fraction
    if strong is None and supporting is None:
        return of_panel(panel, "BS1")
    if strong is not None and fraction >= strong:
        return _met(Strength.STRONG, f"{said}, limit {fraction_text(strong)}", panel.source, facts)
    if supporting is not None and fraction >= supporting:
        return _met(Strength.SUPPORTING, f"{said}, limit {fraction_text(supporting)}", panel.source, facts)
    lowest = min(f for f in (strong, supporting) if f is not None)
    return not_met(f"{said}, limit {fraction_text(lowest)}", panel.source)


def _met(strength: Strength, reason: str, source: str, facts: Facts) -> Answer:
    if not enough_alleles(facts):
        return lacking("a larger population", f"{reason}, but in fewer than 2,000 alleles", source)
    return met(strength, reason, source)


CRITERION = Criterion("BS1", "More common than the disorder allows", RICHARDS, judge)
