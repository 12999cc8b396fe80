"""Predicted effect: what the change does to the product of the gene."""

import numpy as np

from models.ranking.features.base import Column, Direction, Feature, Inputs
from models.ranking.features.effect_class import WORDS, EffectClass, effect_class
from models.ranking.types import Group

DAMAGE_RANGE = 8.0
# Words only, for people: log-odds at which the effect model calls damage high or moderate.
HIGH_DAMAGE, MODERATE_DAMAGE = 2.0, -1.5


def _class(inputs: Inputs) -> Column:
    return effect_class(inputs.variants, inputs.region)


def _damage(inputs: Inputs) -> Column:
    return inputs.damage_log_odds


def _class_words(value: float) -> str:
    return "effect not assessed" if np.isnan(value) else WORDS[EffectClass(round(value))]


def _damage_words(value: float) -> str:
    if np.isnan(value):
        return "damage not predicted"
    strength = "high" if value >= HIGH_DAMAGE else "medium" if value >= MODERATE_DAMAGE else "low"
    return f"{strength} damage expected from the kind of change and the gene (Caseboard's own model)"


EFFECT_CLASS = Feature(
    name="effect_class",
    group=Group.EFFECT,
    label="Kind of change",
    how="eight ordered classes of the most severe consequence; by position and length where none is annotated",
    low=0.0,
    high=float(max(EffectClass)),
    missing="neither a consequence nor a transcript at this position",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_class,
    words=_class_words,
)

DAMAGE = Feature(
    name="damage_log_odds",
    group=Group.EFFECT,
    label="Damage expected by Caseboard's model",
    how="log-odds of the effect model: kind of change, distance to the splice junction, amino-acid change, "
    "conservation (GERP), gene constraint and lists; no frequency, no ClinVar",
    low=-DAMAGE_RANGE,
    high=DAMAGE_RANGE,
    missing="the file brings no consequence, or the change is in a mitochondrial RNA",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_damage,
    words=_damage_words,
)
