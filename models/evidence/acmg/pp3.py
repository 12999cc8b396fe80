"""PP3: predicted to damage the protein or its splicing.

Missense by one predictor at ClinGen's calibrated strengths (`computed`); splicing by SpliceAI from 0.2 on, supporting
(Walker 2023, PMID:37352859). Of the two the stronger. Not for canonical splice sites, stops and frameshifts: PVS1
counts what is predicted of those.
"""

from models.evidence.acmg.calibration import MISSENSE_SOURCE, SPLICE_SOURCE, SPLICEAI_PP3_DELTA
from models.evidence.acmg.computed import missense_score, no_score, wanted_predictor
from models.evidence.acmg.criterion import Answer, Criterion, lacking, met, not_met
from models.evidence.acmg.facts import Facts, ProteinKind
from models.evidence.acmg.gate import unknown_effect
from models.evidence.acmg.specifications import MissenseTool, Specification
from models.evidence.acmg.splicing import benign_limit, splice_delta
from models.evidence.acmg.types import Strength
from models.evidence.acmg.words import at_most, effect_is_known, is_loss_of_function, kind_of


def judge(facts: Facts, panel: Specification | None) -> Answer:
    if not effect_is_known(facts):
        return unknown_effect()
    if is_loss_of_function(facts):
        return not_met("its effect is counted by PVS1")
    missense, splice = _missense(facts, panel), _splice(facts, panel)
    answers = [a for a in (missense, splice) if a is not None]
    best = max((a for a in answers if a.strength), key=lambda a: a.strength.value if a.strength else 0, default=None)
    return best or next((a for a in answers if a.lacking), None) or answers[0]


def _missense(facts: Facts, panel: Specification | None) -> Answer | None:
    """None for anything but missense."""
    if kind_of(facts) is not ProteinKind.MISSENSE:
        return None
    if panel and panel.missense.tool is MissenseTool.NONE:
        return not_met("the panel does not use predictors of missense", panel.source)
    score = None if panel and panel.missense.tool is MissenseTool.OWN else missense_score(facts, panel)
    if score is None:
        return lacking(wanted_predictor(panel), no_score(facts, panel), panel.source if panel else "")
    strength = score.says_pathogenic
    if strength is None:
        return not_met(score.against(score.pathogenic), score.source)
    cap = panel.missense.cap if panel and panel.missense.cap else Strength.STRONG
    return met(at_most(strength, cap), score.against(score.pathogenic), score.source)


def _splice(facts: Facts, panel: Specification | None) -> Answer:
    """Where the panel takes a higher delta for harmless still, that goes first: PP3 and BP4 never both hold."""
    delta = splice_delta(facts)
    if delta is None:
        return lacking("SpliceAI", "whether splicing is affected was not predicted", SPLICE_SOURCE)
    said = f"SpliceAI {delta:.2f} (limit {SPLICEAI_PP3_DELTA})"
    if delta < SPLICEAI_PP3_DELTA or delta <= benign_limit(panel):
        return not_met(said, SPLICE_SOURCE)
    return met(Strength.SUPPORTING, said, SPLICE_SOURCE)


CRITERION = Criterion("PP3", "Predicted to do damage", MISSENSE_SOURCE, judge)
