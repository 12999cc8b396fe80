"""BP7: silent, or deep in an intron, and splicing is predicted to be unaffected.

Walker 2023 (PMID:37352859), supporting: synonymous, or at +7 and beyond or -21 and beyond, with SpliceAI at 0.1 or
below; conservation is not asked for then. Panels may set other limits, and some want the base not to be conserved.
"""

from models.case import Found
from models.evidence.acmg.calibration import SPLICE_SOURCE
from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import unknown_effect
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.splicing import benign_limit, splice_delta
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import effect_is_known, kind_of, place_known, terms_of_facts

DONOR_BASES = 7
ACCEPTOR_BASES = 21


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if not effect_is_known(facts):
        return unknown_effect()
    what = _silent(facts, panel)
    if isinstance(what, Answer):
        return what
    source = panel.source if panel else ""
    delta, limit = splice_delta(facts), benign_limit(panel)
    if delta is None:
        return lacking("SpliceAI", f"{what}, but whether splicing is affected was not predicted")
    said = f"{what}, SpliceAI {delta:.2f} (limit {limit})"
    if delta > limit:
        return not_met(said, source)
    if panel and panel.bp7_phylop is not None:
        return _conserved(said, panel.bp7_phylop, facts, panel)
    return met(Strength.SUPPORTING, said, source)


def _silent(facts: Facts, panel: Specification | None) -> str | Answer:
    """ "synonymous", "intronic at +12", or why it is neither."""
    if kind_of(facts) is ProteinKind.SYNONYMOUS or "synonymous_variant" in terms_of_facts(facts):
        return "synonymous"
    place = place_known(facts)
    if place is None and "intron_variant" in terms_of_facts(facts):
        return lacking("the transcript's exons", "how deep in the intron it lies is not known on this assembly")
    if place is None or not place.in_intron:
        return not_met("neither synonymous nor in an intron")
    at = place.intron_distance_bases
    donor = panel.bp7_intron_donor_bases if panel else DONOR_BASES
    acceptor = panel.bp7_intron_acceptor_bases if panel else ACCEPTOR_BASES
    if -acceptor < at < donor:
        return not_met(f"at {at:+d}, limits +{donor} and -{acceptor}")
    return f"intronic at {at:+d}"


def _conserved(said: str, limit: float, facts: Facts, panel: Specification) -> Answer:
    phylop = facts.predictors.phylop
    if not isinstance(phylop, Found):
        return lacking("phyloP", f"{said}; the panel wants the base not to be conserved", panel.source)
    said = f"{said}, phyloP {phylop.value:.2f} (limit {limit})"
    return not_met(said, panel.source) if phylop.value >= limit else met(Strength.SUPPORTING, said, panel.source)


CRITERION = Criterion("BP7", "Silent or deep intronic, splicing unaffected", SPLICE_SOURCE, judge)
