"""De novo evidence in points, for PS2 and PM6.

ClinGen SVI, "Recommendation for de novo criteria (PS2/PM6)", version 1.1 (2021), table 1: with both parents confirmed
a case counts 2 points when the phenotype is highly specific for the gene, 1 when it agrees but is not, 0.5 when many
genes cause it; assumed parents count half. 0.5 points are supporting, 1 moderate, 2 strong, 4 very strong. Caseboard
does not judge whether a phenotype is highly specific: a gene whose disorder explains at least half of the features
counts as consistent, any other as one of many.
"""

from models.case import Verdict
from models.evidence.acmg.criterion import Answer, lacking, met, not_met
from models.evidence.acmg.facts import Facts
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import is_recessive_only

SOURCE = "ClinGen SVI 2021, PS2/PM6 recommendation 1.1"
CONSISTENT_POINTS = 1.0
ONE_OF_MANY_POINTS = 0.5
ASSUMED_SHARE = 0.5
_STEPS = ((4.0, Strength.VERY_STRONG), (2.0, Strength.STRONG), (1.0, Strength.MODERATE), (0.5, Strength.SUPPORTING))


def strength_of_points(points: float) -> Strength | None:
    """None below half a point."""
    return next((s for limit, s in _STEPS if points >= limit), None)


def points_words(points: float) -> str:
    return f"{points:g} point{'' if points == 1 else 's'}"


def de_novo(facts: Facts, panel: Specification | None, *, confirmed: bool) -> Answer:
    """PS2 (confirmed parents) or PM6 (assumed)."""
    family = facts.family
    if family.de_novo is Verdict.NOT_MET:
        return not_met(family.de_novo_reason)
    if family.de_novo is Verdict.NOT_ASSESSABLE:
        return lacking("both parents' genotypes", family.de_novo_reason)
    if not facts.gene:
        return lacking("the gene", "de novo, but in which gene is not known")
    if is_recessive_only(facts, panel):
        return not_met("de novo, but every known disorder of the gene is recessive")
    if (family.parentage is Verdict.MET) is not confirmed:
        return not_met("both parents are confirmed by their genotypes: see PS2" if not confirmed else "see PM6")
    points = CONSISTENT_POINTS if family.phenotype_fits else ONE_OF_MANY_POINTS
    points *= 1.0 if confirmed else ASSUMED_SHARE
    fit = (
        "the gene explains half of the features or more"
        if family.phenotype_fits
        else "a phenotype that many genes cause"
    )
    said = f"de novo, {fit}: {points_words(points)}"
    strength = strength_of_points(points)
    return met(strength, said) if strength else not_met(f"{said}, limit 0.5")
