"""One number for how damaging a variant is, over all kinds of change: learned part plus published calibrations.

The learned part is the shipped effect model. What was not trained on is added as log-odds on fixed, documented
scales that only rise (predictors) or only fall (frequency) and run straight between their steps.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.evaluation.variant_table import change_facts, largest_frequency, predictor_scores
from models.knowledge import Knowledge
from models.ranking.damage import DAMAGE_COLUMNS, damage_matrix
from models.ranking.features.base import Column
from models.ranking.features.calibrated import LOG_ODDS_PER_POINT
from models.ranking.features.effect_class import EffectClass
from models.ranking.features.predictor_scales import SPLICEAI, is_led, missense_evidence
from models.ranking.types import DamageModel

# Where a leading predictor speaks, the effect model looks at the same residue in the same gene: half of what it
# says is counted, a plain shrinkage of two opinions that overlap.
SHARED_WEIGHT = 0.5
# log10 frequency -> points. Not seen: PM2 at supporting strength (ClinGen SVI 2020). From 1e-4 the points fall
# through BS1 (strong, -4) between 1e-3 and 1e-2 and past BA1 (stand-alone, -8) below 5 % (Richards et al.,
# Genet Med 2015;17:405); the shape between was chosen on the labelled tables, frequencies being free for all.
FREQUENCY_POINTS = ((-6.0, 1.0), (-5.0, 0.5), (-4.0, 0.0), (-3.0, -2.5), (-2.0, -6.0), (-1.3, -10.0), (0.0, -12.0))
_UNSEEN_FRACTION = 1e-7
_EFFECT = list(DAMAGE_COLUMNS).index("effect_class")


def frequency_evidence(fraction: Column) -> Column:
    """Points of an allele frequency: falls as it grows; 0 = looked up and absent, NaN stays NaN."""
    exponents, points = zip(*FREQUENCY_POINTS, strict=True)
    told = np.interp(np.log10(np.maximum(fraction, _UNSEEN_FRACTION)), exponents, points)
    return np.where(np.isnan(fraction), np.nan, told).astype(np.float32)


def combined_score(
    damage_log_odds: Column, effect: Column, is_missense: NDArray[np.bool_], scores: dict[str, Column]
) -> NDArray[np.float64]:
    """Log-odds of effect model and predictors; only the model's where no predictor applies.

    effect: EffectClass of each row. scores: predictor_scores. Missense scores judge only missense; SpliceAI's
    silence speaks only against changes that could act through splicing alone.
    """
    missense = np.where(is_missense, missense_evidence(scores), np.nan)
    splice = SPLICEAI.evidence(scores["spliceai"])
    splice = np.where((splice > 0) | (effect <= EffectClass.SPLICE_REGION), splice, np.nan)
    evidence = np.nan_to_num(np.fmax(missense, splice))
    weight = np.where(is_missense & is_led(scores), SHARED_WEIGHT, 1.0)
    return np.asarray(weight * damage_log_odds + LOG_ODDS_PER_POINT * evidence, dtype=np.float64)


def score_table(
    frame: pd.DataFrame, knowledge: Knowledge, scorer: DamageModel, with_af: bool = True
) -> NDArray[np.float64]:
    """One log-odds a row, higher = more damaging. Any column but the needed ones may be absent or empty."""
    facts = change_facts(frame, knowledge)
    matrix = damage_matrix(facts)
    is_missense = facts.consequence.str.contains("missense").to_numpy(dtype=bool)
    score = combined_score(scorer.damage(matrix), matrix[:, _EFFECT], is_missense, predictor_scores(frame))
    if with_af:
        score = score + LOG_ODDS_PER_POINT * np.nan_to_num(frequency_evidence(largest_frequency(frame)))
    return score
