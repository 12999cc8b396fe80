"""PS1: the same amino-acid change as an established pathogenic variant, by another change of the DNA.

Richards 2015: strong. For a likely pathogenic one, moderate, and at the same canonical splice site as a pathogenic
variant, supporting (Walker 2023, PMID:37352859, whose table 2 lets PS1 stand beside PVS1 at that weight). Not where
splicing is predicted to be affected. The neighbours are other variants in ClinVar, never the variant's own record.
"""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, met, not_met
from models.evidence.acmg.facts import Facts, Neighbour
from models.evidence.acmg.gate import MISSENSE, out_of_question
from models.evidence.acmg.neighbour_words import named, not_looked_up, pathogenic_neighbours
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.splicing import affects_splicing
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import at_most, place_known, protein_of, residue_of

SPLICE = "Walker 2023, PMID:37352859"


def judge(facts: Facts, panel: Specification | None) -> Answer:
    place = place_known(facts)
    at_site = bool(place and place.splice_sites)
    kinds = None if at_site else MISSENSE
    used = panel is None or panel.ps1_applies
    not_mine = "neither missense nor at a canonical splice site"
    if out := out_of_question("PS1", facts, panel, used=used, kinds=kinds, otherwise=not_mine):
        return out
    others = pathogenic_neighbours(facts)
    if others is None:
        return not_looked_up(facts)
    if at_site:
        return _same_site(others)
    if affects_splicing(facts):
        return not_met("splicing is predicted to be affected, so it is not the same change", SPLICE)
    return _same_change(facts, others, panel)


def _same_change(facts: Facts, others: tuple[Neighbour, ...], panel: Specification | None) -> Answer:
    mine = protein_of(facts)
    same = [n for n in others if mine and (n.change.first, n.change.alt) == (residue_of(facts), mine.alt)]
    if not same:
        return not_met("no other DNA change with this amino-acid change is pathogenic in ClinVar")
    best = Strength.STRONG if any(n.clinvar_class == "P" for n in same) else Strength.MODERATE
    limit = panel.ps1_maximum if panel else Strength.STRONG
    return met(at_most(best, limit), f"same amino-acid change: {named(same)}")


def _same_site(others: tuple[Neighbour, ...]) -> Answer:
    same = [n for n in others if n.splice_site and n.clinvar_class == "P"]
    if not same:
        return not_met("no other change of this splice site is pathogenic in ClinVar", SPLICE)
    return met(Strength.SUPPORTING, f"same splice site: {named(same)}", SPLICE)


CRITERION = Criterion("PS1", "Same amino-acid change as a pathogenic variant", RICHARDS, judge)
