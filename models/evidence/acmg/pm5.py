"""PM5: another missense change at a residue where a different one is pathogenic.

Richards 2015: moderate. Likely pathogenic neighbours weigh supporting, two different pathogenic ones strong where the
panel allows that (its `maximum`). Some panels also use it for truncating changes, supporting. Not where splicing is
predicted to be affected.
"""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, Neighbour, ProteinChange, ProteinKind
from models.evidence.acmg.gate import MISSENSE, out_of_question
from models.evidence.acmg.lost_protein import leads_to_decay, stop_residue
from models.evidence.acmg.neighbour_words import named, not_looked_up, pathogenic_neighbours
from models.evidence.acmg.specification_types import Pm5Rules, Specification, Truncating
from models.evidence.acmg.splicing import affects_splicing
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import at_most, kind_of, place_known, protein_of, residue_of
from models.evidence.residues import BLOSUM62, THREE_LETTERS, grantham_distance

GENERAL = Pm5Rules(Strength.MODERATE)
TRUNCATING = frozenset({ProteinKind.NONSENSE, ProteinKind.FRAMESHIFT})


def judge(facts: Facts, panel: Specification | None) -> Answer:
    rules = panel.pm5 if panel and panel.pm5 else GENERAL
    kinds = (MISSENSE if rules.missense else frozenset()) | (TRUNCATING if rules.truncating else frozenset())
    used = panel is None or panel.pm5 is not None
    not_mine = "not missense" if kinds == MISSENSE else "not a change that the panel has PM5 for"
    if out := out_of_question("PM5", facts, panel, used=used, kinds=kinds, otherwise=not_mine):
        return out
    source = panel.source if panel else ""
    if rules.truncating and kind_of(facts) in TRUNCATING:
        return _truncating(facts, rules.truncating, source)
    mine, others = protein_of(facts), pathogenic_neighbours(facts)
    if others is None or mine is None:
        return not_looked_up(facts)
    if affects_splicing(facts):
        return not_met("splicing is predicted to be affected, so the residue may not be what counts")
    return _compare(mine, residue_of(facts), others, rules, source)


def _truncating(facts: Facts, rule: Truncating, source: str) -> Answer:
    place = place_known(facts)
    if place is None:
        return lacking("the transcript's exons", "where in the protein it stops is not known", source)
    residue = stop_residue(facts, place)
    said = f"truncating, stop at residue {residue}"
    too_early, too_late = residue < rule.first, bool(rule.before) and residue >= rule.before
    if too_early or too_late:
        return not_met(f"{said}, outside of where the panel counts it", source)
    if rule.needs_decay and not leads_to_decay(place.coding, 3 * residue - 2):
        return not_met(f"{said}, where no decay is predicted", source)
    return met(Strength.SUPPORTING, f"{said}, where the panel counts it", source)


def _compare(mine: ProteinChange, residue: int, others: tuple[Neighbour, ...], rules: Pm5Rules, source: str) -> Answer:
    """residue: of MANE, as the neighbours are numbered; the variant's own name may be of another transcript."""
    near = [n for n in others if n.change.kind is ProteinKind.MISSENSE and n.change.first == residue]
    different = {n.change.alt: n for n in near if n.change.alt != mine.alt and _far_enough(mine, n.change, rules)}
    likely = [] if rules.needs_pathogenic else [n for n in different.values() if n.clinvar_class == "LP"]
    pathogenic = [n for n in different.values() if n.clinvar_class == "P"]
    if len(pathogenic) + len(likely) < rules.min_others:
        return not_met(f"no other missense change at residue {residue} is pathogenic in ClinVar", source)
    full = len(pathogenic) + (len(likely) if rules.likely_weighs_full else 0)
    strength = (Strength.SUPPORTING, Strength.MODERATE, Strength.STRONG)[min(full, 2)]
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
