"""The questions a reviewer asks of the whole list: which variants answer each one."""

import re
from collections.abc import Mapping
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
_REFUSED = re.compile(
    r"secondary findings?\s*:?\s*(no|declined|refused|not wanted)\b"
    r"|\b(no|not|without|declin\w+|refus\w+)\b[^.;:]{0,40}\bsecondary findings?\b",
    re.IGNORECASE,
)
REPORTED_PATHOGENIC = ("P", "LP")  # "Conflicting classifications" is never read as pathogenic


def may_show_secondary(consent: str) -> bool:
    """False when the patient said no ("secondary findings: no", "declined secondary findings"); true otherwise.

    ACMG SF asks for consent before these genes are looked at; nothing said is not a no.
    """
    return not _REFUSED.search(consent)


def select(frame: pd.DataFrame, genes: pd.DataFrame) -> Mapping[Preset, NDArray[np.bool_]]:
    """One mask a preset over `frame` (EVIDENCE_COLUMNS). genes: knowledge indexed by symbol.

    SECONDARY is the ACMG secondary-findings gene list and a ClinVar P or LP class: the list asks for
    known pathogenic variants (Miller 2023, ACMG SF v3.2), so predictions alone do not enter it. DOMINANT
    keeps what a relative of unknown status carries: a parent who was never examined rules nothing out.
    """
    reported = frame["clinvar_class"].isin(REPORTED_PATHOGENIC).to_numpy()
    listed = genes.index[genes["secondary_finding"].to_numpy(dtype=bool)]
    masks = {preset: _any_met(frame, modes) for preset, modes in _MODES.items()}
    masks[Preset.DOMINANT] |= frame["dominant_if_affected"].to_numpy(dtype=bool)
    masks[Preset.ALL] = np.ones(len(frame), dtype=bool)
    masks[Preset.CLINVAR] = reported
    masks[Preset.SECONDARY] = reported & frame["gene"].isin(listed).to_numpy()
    return {preset: masks[preset] for preset in Preset}


def _any_met(frame: pd.DataFrame, modes: tuple[Mode, ...]) -> NDArray[np.bool_]:
    met = np.zeros(len(frame), dtype=bool)
    for mode in modes:
        met |= frame[MODE_COLUMNS[mode]].to_numpy() == VerdictCode.MET
    return met
