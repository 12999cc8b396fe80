"""PM5: another missense change at a residue where a different one is pathogenic.

Richards 2015: moderate. Likely pathogenic neighbours weigh supporting, two different pathogenic ones strong where the
panel allows that (its `maximum`). Not where splicing is predicted to be affected.
"""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, Neighbour, ProteinChange, ProteinKind
from models.evidence.acmg.gate import out_of_question
from models.evidence.acmg.neighbour_words import NOT_LOOKED_UP, named, pathogenic_neighbours
from models.evidence.acmg.specifications import Pm5Rules, Specification
from models.evidence.acmg.splicing import affects_splicing
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import at_most, protein_of
from models.evidence.residues import BLOSUM62, THREE_LETTERS, grantham_distance

GENERAL = Pm5Rules(Strength.MODERATE)


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if out := out_of_question("PM5", facts, panel, used=panel is None or panel.pm5 is not None):
        return out
    mine, others = protein_of(facts), pathogenic_neighbours(facts)
    if others is None or mine is None:
        return lacking(*NOT_LOOKED_UP)
    if affects_splicing(facts):
        return not_met("splicing is predicted to be affected, so the residue may not be what counts")
    rules = panel.pm5 if panel and panel.pm5 else GENERAL
    return _compare(mine, others, rules, panel.source if panel else "")


def _compare(mine: ProteinChange, others: tuple[Neighbour, ...], rules: Pm5Rules, source: str) -> Answer:
    near = [n for n in others if n.change.kind is ProteinKind.MISSENSE and n.change.first == mine.first]
    different = {n.change.alt: n for n in near if n.change.alt != mine.alt and _far_enough(mine, n.change, rules)}
    pathogenic = [n for n in different.values() if n.clinvar_class == "P"]
    likely = [] if rules.needs_pathogenic else [n for n in different.values() if n.clinvar_class == "LP"]
    if len(pathogenic) + len(likely) < rules.min_others:
        return not_met(f"no other missense change at residue {mine.first} is pathogenic in ClinVar", source)
    weights = (Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG)
    strength = weights[min(len(pathogenic), 2)]
    return met(at_most(strength, rules.maximum), f"same residue: {named([*pathogenic, *likely])}", source)


def _far_enough(mine: ProteinChange, other: ProteinChange, rules: Pm5Rules) -> bool:
    """The panel wants this change to be at least as far from the reference as the other one."""
    if not rules.distance:
        return True
    if not {mine.ref, mine.alt, other.ref, other.alt} <= set(THREE_LETTERS):
        return False
    here, there = _distance(mine, rules), _distance(other, rules)
    return here > there if rules.distance == "grantham_gt" else here >= there


def _distance(change: ProteinChange, rules: Pm5Rules) -> float:
    """Grantham's distance, or BLOSUM62 with its sign turned, so that more is further."""
    before, after = THREE_LETTERS.index(change.ref), THREE_LETTERS.index(change.alt)
    if rules.distance == "blosum_le":
        return -float(BLOSUM62[before, after])
    return round(float(grantham_distance(before, after)))  # type: ignore[arg-type]


CRITERION = Criterion("PM5", "Another change of the same residue is pathogenic", RICHARDS, judge)
