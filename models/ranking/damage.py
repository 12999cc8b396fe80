"""The effect model's inputs: what is known of a change without frequency, database or patient.

The same columns are built from a patient's rows, from a table of variants and from the labelled variants
of training.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.ranking.features.base import Column, by_category
from models.ranking.features.effect_class import class_of_consequence
from models.ranking.residues import RESIDUE_COLUMNS, residue_changes

# name -> monotone direction for LightGBM, where the direction is medicine. LOEUF, missense Z and
# observed/expected missense: gnomAD constraint (Karczewski et al., Nature 2020;581:434): a lower LOEUF or
# ratio, a higher Z = the gene tolerates less. GERP++ rejected substitutions (Davydov et al., PLoS Comput
# Biol 2010;6:e1001025): higher = the base is conserved.
KIND_COLUMNS: Mapping[str, int] = {
    "effect_class": 1,
    "is_stop_gained": 0,
    "is_frameshift": 0,
    "is_splice_site": 0,
    "is_inframe": 0,
    "is_start_lost": 0,
    "is_polypyrimidine": 0,
    "length_change_bases": 0,
}
SITE_COLUMNS: Mapping[str, int] = {"into_intron_bases": 0, "is_donor_side": 0}
GENE_COLUMNS: Mapping[str, int] = {
    "loeuf": -1,
    "missense_z": 1,
    "missense_oe": -1,
    "cds_length_bases": 0,
    "listed_dominant": 0,
    "listed_recessive": 0,
    "listed_x_linked": 0,
}
CONSERVATION_COLUMNS: Mapping[str, int] = {"gerp_score": 1}
DAMAGE_COLUMNS: Mapping[str, int] = {
    **KIND_COLUMNS,
    **SITE_COLUMNS,
    **GENE_COLUMNS,
    **CONSERVATION_COLUMNS,
    **RESIDUE_COLUMNS,
}
# What one source brings or leaves out together; each is hidden at random in training.
BLOCKS: tuple[tuple[str, ...], ...] = (
    tuple(SITE_COLUMNS),
    ("loeuf", "missense_z", "missense_oe", "cds_length_bases"),
    ("listed_dominant", "listed_recessive", "listed_x_linked"),
    tuple(CONSERVATION_COLUMNS),
    tuple(RESIDUE_COLUMNS),
)

_TERM_FLAGS = {
    "is_stop_gained": ("stop_gained",),
    "is_frameshift": ("frameshift",),
    "is_splice_site": ("splice_acceptor", "splice_donor_variant", "splice_donor&"),
    "is_inframe": ("inframe", "protein_altering"),
    "is_start_lost": ("start_lost", "initiator"),
    "is_polypyrimidine": ("polypyrimidine",),
}


@dataclass(frozen=True, eq=False)
class ChangeFacts:
    """One row a change, all aligned; NaN and "" = not assessed.

    consequence: "&"-joined Sequence Ontology terms. length_change_bases: len(alt) - len(ref). hgvs_p: HGVS
    protein names. into_intron_bases, is_donor_side: knowledge.junctions. genes: GENE_COLUMNS (others are
    not read). gerp_score: GERP++ rejected substitutions.
    """

    consequence: pd.Series
    length_change_bases: NDArray[np.int_]
    hgvs_p: pd.Series
    into_intron_bases: Column
    is_donor_side: Column
    genes: pd.DataFrame
    gerp_score: Column


def damage_matrix(changes: ChangeFacts) -> NDArray[np.float32]:
    """One row a change, columns in DAMAGE_COLUMNS order; NaN = not assessed."""
    effect = by_category(changes.consequence, class_of_consequence)
    known = ~np.isnan(effect)
    columns: dict[str, Column] = {"effect_class": effect}
    for name, parts in _TERM_FLAGS.items():
        columns[name] = by_category(
            changes.consequence,
            lambda c, parts=parts: float(any(p in c + "&" for p in parts)),  # type: ignore[misc]
        )
    columns["length_change_bases"] = np.clip(changes.length_change_bases, -30, 30).astype(np.float32)
    columns["into_intron_bases"], columns["is_donor_side"] = changes.into_intron_bases, changes.is_donor_side
    for name in GENE_COLUMNS:
        columns[name] = changes.genes[name].to_numpy(dtype=np.float32, na_value=np.nan)
    columns["gerp_score"] = changes.gerp_score
    columns |= residue_changes(changes.hgvs_p, where=known)
    return np.column_stack([columns[name] for name in DAMAGE_COLUMNS]).astype(np.float32)
