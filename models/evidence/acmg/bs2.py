"""BS2: seen in healthy adults with the genotype that should make them ill.

Richards 2015, for disorders of full penetrance at an early age. Panels say how many of gnomAD's homozygotes count as
such; otherwise gnomAD does not vouch for health, and only an unaffected relative with two copies speaks, at the weight
of supporting, since neither age nor penetrance is known here.
"""

from models.case import Found
from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met, of_panel
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.population import NOT_LOOKED_UP
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import is_recessive_only


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if panel and not panel.bs2_applies:
        return of_panel(panel, "BS2")
    relatives = facts.family.unaffected_homozygotes
    if relatives and is_recessive_only(facts, panel):
        return met(
            Strength.SUPPORTING, f"{relatives} unaffected relative with two copies; age and penetrance not known"
        )
    if panel and panel.bs2_counts and (panel.bs2_homozygotes_only or is_recessive_only(facts, panel)):
        return _by_count(facts, panel)
    return lacking("healthy adults of known penetrance", "gnomAD's people are not known to be healthy")


def _by_count(facts: Facts, panel: Specification) -> Answer:
    seen = facts.frequency.homozygotes
    if not isinstance(seen, Found):
        return lacking(*NOT_LOOKED_UP)
    reached = [(n, strength) for n, strength in panel.bs2_counts if seen.value >= n]
    if not reached:
        return not_met(f"{seen.value} homozygotes, limit {panel.bs2_counts[0][0]}", panel.source)
    needed, strength = reached[-1]
    return met(strength, f"{seen.value} homozygotes, limit {needed}", panel.source)


CRITERION = Criterion("BS2", "Seen in healthy adults with that genotype", RICHARDS, judge)
