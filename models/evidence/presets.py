"""The questions a reviewer asks of the whole list: which variants answer each one."""

from collections.abc import Collection, Mapping
from enum import Enum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.evidence.types import MODE_COLUMNS, Mode, VerdictCode


class Preset(str, Enum):
    """A named selection of the ranked variants, in the order shown."""

    ALL = "All"
    DE_NOVO = "De novo"
    RECESSIVE = "Recessive"
    DOMINANT = "Dominant"
    X_LINKED = "X-linked"
    MITOCHONDRIAL = "Mitochondrial"
    CLINVAR = "ClinVar P/LP"
    SECONDARY = "Secondary findings"


_MODES = {
    Preset.DE_NOVO: (Mode.DE_NOVO,),
    Preset.RECESSIVE: (Mode.HOMOZYGOUS_RECESSIVE, Mode.COMPOUND_HETEROZYGOUS),
    Preset.DOMINANT: (Mode.DOMINANT,),
    Preset.X_LINKED: (Mode.X_LINKED,),
    Preset.MITOCHONDRIAL: (Mode.MITOCHONDRIAL,),
}
REPORTED_PATHOGENIC = ("P", "LP")  # "Conflicting classifications" is never read as pathogenic


def select(frame: pd.DataFrame, secondary: Collection[int] | None) -> Mapping[Preset, NDArray[np.bool_]]:
    """One mask a preset over `frame` (EVIDENCE_COLUMNS). secondary: rows of the candidates for a secondary finding;
    None when the person did not agree that they are looked for, and then there is no such preset.

    DOMINANT keeps what a relative of unknown status carries: a parent who was never examined rules nothing out.
    """
    masks = {preset: _any_met(frame, modes) for preset, modes in _MODES.items()}
    masks[Preset.DOMINANT] |= frame["dominant_if_affected"].to_numpy(dtype=bool)
    masks[Preset.ALL] = np.ones(len(frame), dtype=bool)
    masks[Preset.CLINVAR] = frame["clinvar_class"].isin(REPORTED_PATHOGENIC).to_numpy()
    if secondary is not None:
        masks[Preset.SECONDARY] = frame.index.isin(list(secondary))
    return {preset: masks[preset] for preset in Preset if preset in masks}


def _any_met(frame: pd.DataFrame, modes: tuple[Mode, ...]) -> NDArray[np.bool_]:
    met = np.zeros(len(frame), dtype=bool)
    for mode in modes:
        met |= frame[MODE_COLUMNS[mode]].to_numpy() == VerdictCode.MET
    return met
