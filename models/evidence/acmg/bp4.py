"""BP4: predicted to do no damage to the protein, nor to its splicing.

Missense by one predictor at ClinGen's calibrated strengths (`computed`), unless SpliceAI speaks against it; other
changes outside of canonical splice sites by SpliceAI at 0.1 or below, supporting (Walker 2023, PMID:37352859).
"""

from models.evidence.acmg.calibration import MISSENSE_SOURCE, SPLICE_SOURCE
from models.evidence.acmg.computed import missense_score, no_score, wanted_predictor
from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import unknown_effect
from models.evidence.acmg.specifications import MissenseTool, Specification
from models.evidence.acmg.splicing import benign_limit, splice_delta
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import effect_is_known, is_loss_of_function, kind_of

_BY_SPLICING_ALONE = frozenset({None, ProteinKind.SYNONYMOUS, ProteinKind.UNCLEAR})


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if not effect_is_known(facts):
        return unknown_effect()
    kind = kind_of(facts)
    if is_loss_of_function(facts) or kind not in {*_BY_SPLICING_ALONE, ProteinKind.MISSENSE}:
        return not_met("no predictor is calibrated for such a change")
    delta, limit = splice_delta(facts), benign_limit(panel)
    if delta is not None and delta > limit:
        return not_met(f"SpliceAI {delta:.2f} (limit {limit})", SPLICE_SOURCE)
    if kind is ProteinKind.MISSENSE:
        return _missense(facts, panel, "" if delta is None else f", SpliceAI {delta:.2f} (limit {limit})")
    if delta is None:
        return lacking("SpliceAI", "whether splicing is affected was not predicted", SPLICE_SOURCE)
    return met(Strength.SUPPORTING, f"SpliceAI {delta:.2f} (limit {limit})", SPLICE_SOURCE)


def _missense(facts: Facts, panel: Specification | None, splicing: str) -> Answer:
    if panel and panel.missense.tool is MissenseTool.NONE:
        return not_met("the panel does not use predictors of missense", panel.source)
    score = None if panel and panel.missense.tool is MissenseTool.OWN else missense_score(facts, panel)
    if score is None:
        return lacking(wanted_predictor(panel), no_score(facts, panel), panel.source if panel else "")
    said = score.against(score.benign) + (splicing or "; splicing not predicted")
    strength = score.says_benign
    return met(strength, said, score.source) if strength else not_met(said, score.source)


CRITERION = Criterion("BP4", "Predicted to do no damage", MISSENSE_SOURCE, judge)
