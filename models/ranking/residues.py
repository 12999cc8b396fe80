"""How far apart two amino acids are, from HGVS protein names.

BLOSUM62: Henikoff & Henikoff, PNAS 1992;89:10915. Hydropathy: Kyte & Doolittle, J Mol Biol 1982;157:105.
Volume (cubic angstrom): Zamyatnin, Prog Biophys Mol Biol 1972;24:107. Composition and polarity of the
Grantham distance: Grantham, Science 1974;185:862.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.ranking.features.base import Column

RESIDUES = "ARNDCQEGHILKMFPSTWYV"
THREE_LETTERS = [
    "Ala",
    "Arg",
    "Asn",
    "Asp",
    "Cys",
    "Gln",
    "Glu",
    "Gly",
    "His",
    "Ile",
    "Leu",
    "Lys",
    "Met",
    "Phe",
    "Pro",
    "Ser",
    "Thr",
    "Trp",
    "Tyr",
    "Val",
]
_BLOSUM62 = """
 4 -1 -2 -2  0 -1 -1  0 -2 -1 -1 -1 -1 -2 -1  1  0 -3 -2  0
-1  5  0 -2 -3  1  0 -2  0 -3 -2  2 -1 -3 -2 -1 -1 -3 -2 -3
-2  0  6  1 -3  0  0  0  1 -3 -3  0 -2 -3 -2  1  0 -4 -2 -3
-2 -2  1  6 -3  0  2 -1 -1 -3 -4 -1 -3 -3 -1  0 -1 -4 -3 -3
 0 -3 -3 -3  9 -3 -4 -3 -3 -1 -1 -3 -1 -2 -3 -1 -1 -2 -2 -1
-1  1  0  0 -3  5  2 -2  0 -3 -2  1  0 -3 -1  0 -1 -2 -1 -2
-1  0  0  2 -4  2  5 -2  0 -3 -3  1 -2 -3 -1  0 -1 -3 -2 -2
 0 -2  0 -1 -3 -2 -2  6 -2 -4 -4 -2 -3 -3 -2  0 -2 -2 -3 -3
-2  0  1 -1 -3  0  0 -2  8 -3 -3 -1 -2 -1 -2 -1 -2 -2  2 -3
-1 -3 -3 -3 -1 -3 -3 -4 -3  4  2 -3  1  0 -3 -2 -1 -3 -1  3
-1 -2 -3 -4 -1 -2 -3 -4 -3  2  4 -2  2  0 -3 -2 -1 -2 -1  1
-1  2  0 -1 -3  1  1 -2 -1 -3 -2  5 -1 -3 -1  0 -1 -3 -2 -2
-1 -1 -2 -3 -1  0 -2 -3 -2  1  2 -1  5  0 -2 -1 -1 -1 -1  1
-2 -3 -3 -3 -2 -3 -3 -3 -1  0  0 -3  0  6 -4 -2 -2  1  3 -1
-1 -2 -2 -1 -3 -1 -1 -2 -2 -3 -3 -1 -2 -4  7 -1 -1 -4 -3 -2
 1 -1  1  0 -1  0  0  0 -1 -2 -2  0 -1 -2 -1  4  1 -3 -2 -2
 0 -1  0 -1 -1 -1 -1 -2 -2 -1 -1 -1 -1 -2 -1  1  5 -2 -2  0
-3 -3 -4 -4 -2 -2 -3 -2 -2 -3 -2 -3 -1  1 -4 -3 -2 11  2 -3
-2 -2 -2 -3 -2 -1 -2 -3  2 -1 -1 -2 -1  3 -3 -2 -2  2  7 -1
 0 -3 -3 -3 -1 -2 -2 -3 -3  3  1 -2  1 -1 -2 -2  0 -3 -1  4
"""
BLOSUM62 = np.array(_BLOSUM62.split(), dtype=np.float32).reshape(20, 20)
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
_COMPOSITION = np.array(
    [0, 0.65, 1.33, 1.38, 2.75, 0.89, 0.92, 0.74, 0.58, 0, 0, 0.33, 0, 0, 0.39, 1.42, 0.71, 0.13, 0.20, 0],
    dtype=np.float32,
)
_POLARITY = np.array(
    [8.1, 10.5, 11.6, 13.0, 5.5, 10.5, 12.3, 9.0, 10.4, 5.2, 4.9, 11.3, 5.7, 5.2, 8.0, 9.2, 8.6, 5.4, 6.2, 5.9],
    dtype=np.float32,
)
_GRANTHAM_VOLUME = np.array(
    [31, 124, 56, 54, 55, 85, 83, 3, 96, 111, 111, 119, 105, 132, 32.5, 32, 61, 170, 136, 84], dtype=np.float32
)
# Grantham's weights of composition, polarity and volume, and the scale that makes the mean distance 100.
_ALPHA, _BETA, _GAMMA, _SCALE = 1.833, 0.1018, 0.000399, 50.723

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


def grantham_distance(before: NDArray[np.int_], after: NDArray[np.int_]) -> Column:
    """Grantham's distance of residues given by their place in RESIDUES."""
    squares = (
        _ALPHA * (_COMPOSITION[before] - _COMPOSITION[after]) ** 2
        + _BETA * (_POLARITY[before] - _POLARITY[after]) ** 2
        + _GAMMA * (_GRANTHAM_VOLUME[before] - _GRANTHAM_VOLUME[after]) ** 2
    )
    return np.asarray(_SCALE * np.sqrt(squares), dtype=np.float32)


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
