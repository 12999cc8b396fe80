"""BP1: a kind of change that is not how this gene causes disease.

Richards 2015 (supporting) has missense where only truncation causes disease; some panels turn it around. Only a panel
can say so of a gene.
"""

from models.evidence.acmg.criterion import RICHARDS, Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import MISSENSE, out_of_question
from models.evidence.acmg.specifications import Specification
from models.evidence.acmg.splicing import affects_splicing, benign_limit, splice_delta
from models.evidence.acmg.words import kind_of, residue_of

_TARGETS = {
    "missense": frozenset({ProteinKind.MISSENSE}),
    "truncating": frozenset({ProteinKind.NONSENSE, ProteinKind.FRAMESHIFT}),
    "any": frozenset({ProteinKind.MISSENSE, ProteinKind.SYNONYMOUS, ProteinKind.IN_FRAME}),
}


def judge(facts: Facts, panel: Specification | None) -> Answer:
    kinds = _TARGETS.get(panel.bp1, MISSENSE) if panel else MISSENSE
    used = panel is None or panel.bp1 in _TARGETS
    not_mine = f"BP1 is for {panel.bp1} changes here" if panel else "not missense"
    if out := out_of_question("BP1", facts, panel, used=used, kinds=kinds, otherwise=not_mine):
        return out
    if panel is None:
        return lacking("a panel's word", "no expert panel says that missense does not cause this gene's disorder")
    return _by_panel(facts, panel)


def _by_panel(facts: Facts, panel: Specification) -> Answer:
    if affects_splicing(facts):
        return not_met("splicing is predicted to be affected", panel.source)
    residue = residue_of(facts)
    if any(residue in r for r in panel.bp1_outside):
        return not_met(f"residue {residue} is in a part where the panel does not use BP1", panel.source)
    delta = splice_delta(facts)
    if panel.bp1 == "any" and delta is None:
        return lacking("SpliceAI", "the panel wants splicing to be unaffected", panel.source)
    if delta is not None and delta > benign_limit(panel):
        return not_met(f"SpliceAI {delta:.2f}, limit {benign_limit(panel)}", panel.source)
    kind = kind_of(facts)
    return met(panel.bp1_strength, f"{kind.value if kind else ''}, outside the parts that matter", panel.source)


CRITERION = Criterion("BP1", "Not the kind of change that causes this disorder", RICHARDS, judge)
