"""The effect model's inputs: what is known of a change without frequency, database or patient.

The same columns are built from a patient's rows and from the labelled variants of training.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.ranking.features.base import Column, by_category
from models.ranking.features.effect_class import class_of_consequence
from models.ranking.residues import residue_changes

# name -> monotone direction for LightGBM. LOEUF and missense Z: gnomAD constraint (Karczewski et al.,
# Nature 2020;581:434): a lower LOEUF, a higher Z = the gene tolerates less.
DAMAGE_COLUMNS: Mapping[str, int] = {
    "effect_class": 1,
    "is_stop_gained": 0,
    "is_frameshift": 0,
    "is_splice_site": 0,
    "is_inframe": 0,
    "is_start_lost": 0,
    "is_polypyrimidine": 0,
    "length_change_bases": 0,
    "loeuf": -1,
    "missense_z": 1,
    "blosum62": -1,
    "hydropathy_change": 0,
    "volume_change": 0,
    "charge_change": 0,
    "from_glycine": 0,
    "from_cysteine": 0,
    "from_arginine": 0,
    "to_proline": 1,
    "grantham": 1,
}

_TERM_FLAGS = {
    "is_stop_gained": ("stop_gained",),
    "is_frameshift": ("frameshift",),
    "is_splice_site": ("splice_acceptor", "splice_donor_variant", "splice_donor&"),
    "is_inframe": ("inframe", "protein_altering"),
    "is_start_lost": ("start_lost", "initiator"),
    "is_polypyrimidine": ("polypyrimidine",),
}


def damage_matrix(
    consequence: pd.Series, length_change: NDArray[np.int_], hgvs_p: pd.Series, genes: pd.DataFrame
) -> NDArray[np.float32]:
    """One row a variant, columns in DAMAGE_COLUMNS order; NaN = not assessed.

    consequence: "&"-joined Sequence Ontology terms, "" = not assessed. length_change: len(alt) - len(ref).
    genes: columns loeuf and missense_z, aligned.
    """
    effect = by_category(consequence, class_of_consequence)
    known = ~np.isnan(effect)
    columns: dict[str, Column] = {"effect_class": effect}
    for name, parts in _TERM_FLAGS.items():
        columns[name] = by_category(consequence, lambda c, parts=parts: float(any(p in c + "&" for p in parts)))  # type: ignore[misc]
    columns["length_change_bases"] = np.clip(length_change, -30, 30).astype(np.float32)
    columns["loeuf"] = genes["loeuf"].to_numpy(dtype=np.float32, na_value=np.nan)
    columns["missense_z"] = genes["missense_z"].to_numpy(dtype=np.float32, na_value=np.nan)
    columns |= residue_changes(hgvs_p, where=known)
    return np.column_stack([columns[name] for name in DAMAGE_COLUMNS]).astype(np.float32)
