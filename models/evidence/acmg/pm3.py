"""PM3: for a recessive disorder, found in trans with a pathogenic variant, or homozygous.

ClinGen SVI, "Recommendation for in trans criterion (PM3)", version 1.0 (2019): one patient counts 1 point when the
other variant is pathogenic or likely pathogenic and known to lie in trans; 0.5 (pathogenic) or 0.25 (likely) when the
phase is not known; 0.5 when homozygous, which says nothing of a variant that may be common. 0.5 points are supporting,
1 moderate. The other variant's class is ClinVar's of that variant, with at least one star.
"""

from models.case import Found, Zygosity
from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.de_novo import points_words, strength_of_points
from models.evidence.acmg.facts import Facts, Partner
from models.evidence.acmg.population import NOT_LOOKED_UP, highest_fraction
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.words import modes_of
from models.evidence.clinvar import KEEP_MIN_STARS, PATHOGENIC

SOURCE = "ClinGen SVI 2019, PM3 recommendation 1.0"
TRANS_POINTS = 1.0
UNKNOWN_PHASE_POINTS = {"P": 0.5, "LP": 0.25}
HOMOZYGOUS_POINTS = 0.5


def judge(facts: Facts, panel: Specification | None) -> Answer:
    modes = modes_of(facts, panel)
    if not modes:
        return lacking("the gene's inheritance", "whether a disorder of the gene is recessive is not known")
    if "AR" not in modes:
        whose = "the expert panel's disorder of the gene is not" if panel and panel.modes else ""
        return not_met(f"{whose or 'no known disorder of the gene is'} recessive")
    zygosity = facts.family.zygosity
    if not isinstance(zygosity, Found):
        return lacking("the patient's genotype", "nobody's genotype was looked at")
    if zygosity.value is Zygosity.HOMOZYGOUS:
        if highest_fraction(facts) is None:
            return lacking(*NOT_LOOKED_UP)
        return _by_points(HOMOZYGOUS_POINTS, "homozygous")
    partner = facts.family.partner
    return _with(partner.value) if isinstance(partner, Found) else not_met("no second hit in the gene")


def _with(partner: Partner) -> Answer:
    name = f"{partner.name} ({partner.clinvar_class or 'no class'} in ClinVar)"
    if partner.phase == "in cis":
        return not_met(f"{name} lies on the same copy")
    if partner.clinvar_class not in PATHOGENIC or partner.stars < KEEP_MIN_STARS:
        return not_met(f"{name}, the second hit, is not pathogenic")
    if partner.phase == "in trans":
        return _by_points(TRANS_POINTS, f"in trans with {name}")
    return _by_points(UNKNOWN_PHASE_POINTS[partner.clinvar_class], f"beside {name}, phase not known")


def _by_points(points: float, said: str) -> Answer:
    strength = strength_of_points(points)
    said = f"{said}: {points_words(points)}"
    return met(strength, said) if strength else not_met(f"{said}, limit 0.5")


CRITERION = Criterion("PM3", "In trans with a pathogenic variant, or homozygous", SOURCE, judge)
