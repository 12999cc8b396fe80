"""How far apart two amino acids are, from HGVS protein names.

Hydropathy: Kyte & Doolittle, J Mol Biol 1982;157:105. Volume (cubic angstrom): Zamyatnin, Prog Biophys Mol
Biol 1972;24:107. Distances of pairs: models.evidence.residues.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.evidence.residues import BLOSUM62, RESIDUES, THREE_LETTERS, grantham_distance
from models.ranking.features.base import Column

_HYDROPATHY = np.array(
    [1.8, -4.5, -3.5, -3.5, 2.5, -3.5, -3.5, -0.4, -3.2, 4.5, 3.8, -3.9, 1.9, 2.8, -1.6, -0.8, -0.7, -0.9, -1.3, 4.2],
    dtype=np.float32,
)
_VOLUME = np.array(
    [88.6, 173.4, 114.1, 111.1, 108.5, 143.8, 138.4, 60.1, 153.2, 166.7, 166.7, 168.6, 162.9, 189.9, 112.7, 89.0,
     116.1, 227.8, 193.6, 140.0],
    dtype=np.float32,
)  # fmt: skip
_CHARGE = np.array([0, 1, 0, -1, 0, 0, -1, 0, 0.1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], dtype=np.float32)
# name -> monotone direction for LightGBM: a less alike pair never looks less damaging.
RESIDUE_COLUMNS: Mapping[str, int] = {
    "blosum62": -1,
    "grantham": 1,
    "hydropathy_change": 0,
    "volume_change": 0,
    "charge_change": 0,
    "hydropathy_before": 0,
    "hydropathy_after": 0,
    "volume_before": 0,
    "volume_after": 0,
    "from_glycine": 0,
    "from_cysteine": 0,
    "from_arginine": 0,
    "from_tryptophan": 0,
    "to_proline": 1,
}

_MISSENSE = r"p\.\(?([A-Z][a-z]{2})\d+([A-Z][a-z]{2})\)?$"
_ONE_LETTER = r"p\.\(?([A-Z])\d+([A-Z])\)?$"
_INDEX = {name: i for i, name in enumerate(THREE_LETTERS)} | {letter: i for i, letter in enumerate(RESIDUES)}


def _residues(hgvs_p: pd.Series) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Places in RESIDUES before and after, -1 where the name is not a substitution."""
    pair = hgvs_p.str.extract(_MISSENSE)
    if pair[0].isna().all():  # some pipelines write one letter
        pair = hgvs_p.str.extract(_ONE_LETTER)
    before, after = (pair[i].map(_INDEX).fillna(-1).to_numpy(dtype=int) for i in (0, 1))
    both = (before >= 0) & (after >= 0)
    return np.where(both, before, -1), np.where(both, after, -1)


def residue_changes(hgvs_p: pd.Series, where: NDArray[np.bool_]) -> dict[str, Column]:
    """RESIDUE_COLUMNS of the amino-acid substitution; NaN where there is none, or it is not named."""
    before, after = _residues(hgvs_p.reset_index(drop=True))
    named = (before >= 0) & where

    def only_named(values: NDArray[np.floating]) -> Column:
        return np.where(named, values, np.nan).astype(np.float32)

    return {
        "blosum62": only_named(BLOSUM62[before, after]),
        "grantham": only_named(grantham_distance(before, after)),
        "hydropathy_change": only_named(_HYDROPATHY[after] - _HYDROPATHY[before]),
        "volume_change": only_named(_VOLUME[after] - _VOLUME[before]),
        "charge_change": only_named(_CHARGE[after] - _CHARGE[before]),
        "hydropathy_before": only_named(_HYDROPATHY[before]),
        "hydropathy_after": only_named(_HYDROPATHY[after]),
        "volume_before": only_named(_VOLUME[before]),
        "volume_after": only_named(_VOLUME[after]),
        "from_glycine": only_named(before == RESIDUES.index("G")),
        "from_cysteine": only_named(before == RESIDUES.index("C")),
        "from_arginine": only_named(before == RESIDUES.index("R")),
        "from_tryptophan": only_named(before == RESIDUES.index("W")),
        "to_proline": only_named(after == RESIDUES.index("P")),
    }
