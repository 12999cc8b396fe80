"""Whose words may stand for a group: a number is never changed here, only which feature is quoted.

A de novo variant in a dominant gene has no second hit and needs none; saying so as a reason, for or
against, misleads. What was not assessed is no reason either, but may be said beside a number.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.ranking.features import FEATURES
from models.ranking.features.calibrated import CLINVAR, PREDICTORS, TELLING_POINTS
from models.ranking.features.databases import DISEASE_GENE
from models.ranking.features.effect import DAMAGE, HIGH_DAMAGE, MODERATE_DAMAGE
from models.ranking.features.inheritance import (
    BOTH_COPIES,
    COMPOUND,
    DE_NOVO,
    DOMINANT,
    GENE_FIT,
    HOMOZYGOUS,
    MITOCHONDRIAL,
    PARENTS,
    PARTNER_PHASE,
    WEAKER_CLASS,
    WEAKER_DAMAGE,
    X_LINKED,
)
from models.ranking.features.phenotype import BEHIND_BEST, EXPLAINED, RANK
from models.ranking.types import Voice

_MODES = tuple(f.name for f in (DE_NOVO, DOMINANT, HOMOZYGOUS, COMPOUND, X_LINKED, MITOCHONDRIAL))
_SECOND_HIT = tuple(f.name for f in (PARTNER_PHASE, WEAKER_CLASS, WEAKER_DAMAGE))
# Without a known gene these could not be looked up, whatever number the model was given.
GENE_BOUND = frozenset({DISEASE_GENE.name, EXPLAINED.name, RANK.name, BEHIND_BEST.name})
# Who was sequenced, and that a nuclear variant is not mitochondrial, say nothing about a variant.
_NEVER = frozenset({PARENTS.name, MITOCHONDRIAL.name})


def met_modes(values: Mapping[str, float]) -> frozenset[str]:
    """Names of the mode features that are met, unless none of them fits the gene."""
    return frozenset(m for m in _MODES if values[m] == 1.0) if values[GENE_FIT.name] != 0.0 else frozenset()


def beside_the_point(values: Mapping[str, float]) -> frozenset[str]:
    """Inheritance features that say nothing about a variant whose family meets a mode that suits the gene.

    With such a mode, the others need not be met; a second hit matters only when the mode is the compound
    one; one copy is enough unless both are needed. Without one, all of them are reasons.
    """
    met = met_modes(values)
    if not met:
        return _NEVER
    silent = {*_NEVER, *_MODES} - met
    if COMPOUND.name not in met:
        silent.update(_SECOND_HIT)
    if values[BOTH_COPIES.name] == 0.0:
        silent.add(BOTH_COPIES.name)
    return frozenset(silent)


def voices(row: NDArray[np.float32], has_gene: bool = True) -> dict[str, Voice]:
    """The voice of each feature, by name, for one row of the feature matrix."""
    values = {f.name: float(row[i]) for i, f in enumerate(FEATURES)}
    silent, first = beside_the_point(values), met_modes(values) | _asserted(values)
    unsure = _unsure(values) | (frozenset() if has_gene else GENE_BOUND)
    return {
        name: Voice.UNASSESSED if name in unsure else _voice(value, name in silent, name in first)
        for name, value in values.items()
    }


def _asserted(values: Mapping[str, float]) -> frozenset[str]:
    """ClinVar's pathogenic and likely pathogenic are always named."""
    return frozenset({CLINVAR.name}) if values[CLINVAR.name] > 0 else frozenset()


def _unsure(values: Mapping[str, float]) -> frozenset[str]:
    """Our own model's expectation is no reason when it is middling, or a calibrated predictor says otherwise."""
    damage, predictors = values[DAMAGE.name], values[PREDICTORS.name]
    contradicted = (damage >= HIGH_DAMAGE and predictors <= -TELLING_POINTS) or (
        damage < MODERATE_DAMAGE and predictors >= TELLING_POINTS
    )
    return frozenset({DAMAGE.name}) if contradicted or MODERATE_DAMAGE <= damage < HIGH_DAMAGE else frozenset()


def _voice(value: float, is_silent: bool, is_met_mode: bool) -> Voice:
    if is_silent:
        return Voice.SILENT
    if np.isnan(value):
        return Voice.UNASSESSED
    return Voice.FIRST if is_met_mode else Voice.USUAL
