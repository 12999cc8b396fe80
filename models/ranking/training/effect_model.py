"""The effect model: is a change damaging, judged without frequency, databases or the patient?

Data: `pathogenicity/train.parquet` (labelled variants) and `weak_population.parquet` (people's
variants). Leaks closed: no provenance, frequency or third-party score column is read; loss-of-function
negatives come from the population table, because labelled ones are almost all pathogenic; negatives
are weighted to the mix a person carries; constraint and residue columns are masked at random together,
so that their presence says nothing; folds split by gene family.
"""

from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.ranking.damage import DAMAGE_COLUMNS, damage_matrix
from models.ranking.features.effect_class import EffectClass
from models.ranking.residues import RESIDUES, THREE_LETTERS
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.parameters import EFFECT, EFFECT_TREES, SEED

TERM_OF = {
    "frameshift": "frameshift_variant",
    "inframe_indel": "inframe_deletion",
    "intergenic": "intergenic_variant",
    "intron": "intron_variant",
    "missense": "missense_variant",
    "noncoding_exon": "non_coding_transcript_exon_variant",
    "splice_acceptor": "splice_acceptor_variant",
    "splice_donor": "splice_donor_variant",
    "splice_region": "splice_region_variant",
    "start_lost": "start_lost",
    "stop_gained": "stop_gained",
    "stop_lost": "stop_lost",
    "synonymous": "synonymous_variant",
    "up_downstream": "upstream_gene_variant",
    "utr3": "3_prime_UTR_variant",
    "utr5": "5_prime_UTR_variant",
}
# How many rare (< 1 %) variants of each class one person carries in coding sequence and its edges, as a
# weight for negatives. Orders of magnitude from gnomAD (Karczewski et al., Nature 2020;581:434) and
# 1000 Genomes (Nature 2015;526:68); only their ratios matter.
CARRIED = {
    EffectClass.LOSS_OF_FUNCTION: 15.0,
    EffectClass.START_OR_STOP_LOST: 2.0,
    EffectClass.PROTEIN_CHANGE: 250.0,
    EffectClass.SPLICE_REGION: 40.0,
    EffectClass.SYNONYMOUS: 200.0,
    EffectClass.NONCODING: 400.0,
    EffectClass.OUTSIDE: 400.0,
}
MASKED_FRACTION = 0.15
_CONSTRAINT = [list(DAMAGE_COLUMNS).index(c) for c in ("loeuf", "missense_z")]
_RESIDUE = [i for i, c in enumerate(DAMAGE_COLUMNS) if i >= list(DAMAGE_COLUMNS).index("blosum62")]
_COLUMNS = ["key", "gene", "family", "consequence", "label", "len_diff", "loeuf", "mis_z"]


@dataclass(frozen=True, eq=False)
class Changes:
    """Labelled changes: DAMAGE_COLUMNS matrix, label (1 damaging), weight, gene family, key."""

    matrix: NDArray[np.float32]
    label: NDArray[np.int8]
    weight: NDArray[np.float64]
    family: NDArray[np.object_]
    frame: pd.DataFrame


def _protein_names(frame: pd.DataFrame) -> pd.Series:
    """HGVS names of the substitutions, so that training goes through the same parser as a patient."""
    long = dict(zip(RESIDUES, THREE_LETTERS, strict=True))
    before, after = frame["aa_ref"].map(long), frame["aa_alt"].map(long)
    return ("p." + before + "1" + after).fillna("").astype("str")


def _read(folder: Path, kept_out: KeptOut) -> pd.DataFrame:
    labelled = pd.read_parquet(folder / "train.parquet", columns=[*_COLUMNS, "aa_ref", "aa_alt"])
    people = pd.read_parquet(folder / "weak_population.parquet", columns=_COLUMNS)
    people = people[~people["key"].isin(labelled["key"])].assign(aa_ref=None, aa_alt=None)
    both = pd.concat([labelled, people[people["consequence"] != "missense"]], ignore_index=True)
    both = kept_out.rows(both, "key", "labelled_changes")
    both = both[both["consequence"].isin(TERM_OF)].reset_index(drop=True)
    return both.rename(columns={"mis_z": "missense_z"})


def _weights(label: NDArray[np.int8], effect: NDArray[np.float32]) -> NDArray[np.float64]:
    """Positives one each; negatives of a class share what people carry of it. Both sides sum equal."""
    weight = np.ones(len(label), dtype=np.float64)
    for kind, carried in CARRIED.items():
        rows = (label == 0) & (effect == kind)
        weight[rows] = carried / max(rows.sum(), 1)
    negative = label == 0
    weight[negative] *= (~negative).sum() / weight[negative].sum()
    return weight


def _mask(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Hide constraint and residue blocks at random: their absence must not speak."""
    generator = np.random.default_rng(SEED)
    masked = matrix.copy()
    for block in (_CONSTRAINT, _RESIDUE):
        hidden = generator.random(len(matrix)) < MASKED_FRACTION
        for column in block:
            masked[hidden, column] = np.nan
    return masked


def labelled_changes(folder: Path, kept_out: KeptOut) -> Changes:
    """Everything the effect model learns from, from the `pathogenicity` folder; never an allele kept out."""
    frame = _read(folder, kept_out)
    terms = frame["consequence"].map(TERM_OF).astype("category")
    matrix = damage_matrix(terms, frame["len_diff"].to_numpy(), _protein_names(frame), frame)
    # Missense negatives and positives differ in how often residues are named; drop the unnamed.
    unnamed = (frame["consequence"] == "missense").to_numpy() & np.isnan(matrix[:, _RESIDUE[0]])
    keep = ~unnamed
    matrix, frame = matrix[keep], frame[keep].reset_index(drop=True)
    label = frame["label"].to_numpy(dtype=np.int8)
    weight = _weights(label, matrix[:, 0])
    return Changes(matrix, label, weight, frame["family"].to_numpy(dtype=object), frame)


def fit_effect(changes: Changes, rows: NDArray[np.bool_] | None = None) -> lightgbm.Booster:
    """The effect model, on the chosen rows (all when None)."""
    chosen = np.ones(len(changes.label), dtype=bool) if rows is None else rows
    data = lightgbm.Dataset(
        _mask(changes.matrix[chosen]),
        changes.label[chosen],
        weight=changes.weight[chosen],
        feature_name=list(DAMAGE_COLUMNS),
    )
    settings = {**EFFECT, "monotone_constraints": list(DAMAGE_COLUMNS.values())}
    return lightgbm.train(settings, data, num_boost_round=EFFECT_TREES)
