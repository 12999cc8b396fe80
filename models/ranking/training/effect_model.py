"""The effect model: is a change damaging, judged without frequency, databases or the patient?

Data: `pathogenicity/train.parquet` (labelled variants) and `weak_population.parquet` (people's
variants). Leaks closed: no provenance, frequency or third-party score column is read; loss-of-function
negatives come from the population table, because labelled ones are almost all pathogenic; negatives
are weighted to the mix a person carries; within a kind of change, every pattern of what is known and
what is missing has the same share of damaging weight, and blocks of columns are masked at random, so
that presence says nothing; folds split by gene family.
"""

from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.knowledge.junctions import junction_distance
from models.knowledge.transcripts import Transcripts
from models.ranking.damage import BLOCKS, DAMAGE_COLUMNS, ChangeFacts, damage_matrix
from models.ranking.features.effect_class import EffectClass
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.parameters import EFFECT, EFFECT_TREES, SEED
from models.ranking.training.table_columns import TABLE_GENE_COLUMNS, TERM_OF, gerp_score, protein_names

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
# A pattern with few damaging rows may not make one of them count for more than this many.
MOST_WEIGHT = 20.0
_PLACE = {name: i for i, name in enumerate(DAMAGE_COLUMNS)}
# Blocks whose presence comes from the collections that published the rows.
_PATTERN = ("into_intron_bases", "gerp_score", "blosum62")
_COLUMNS = ["key", "gene", "family", "chrom", "pos", "consequence", "label", "len_diff", "gerp_rs",
            *TABLE_GENE_COLUMNS.values()]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Changes:
    """Labelled changes: DAMAGE_COLUMNS matrix, label (1 damaging), weight, gene family, key."""

    matrix: NDArray[np.float32]
    label: NDArray[np.int8]
    weight: NDArray[np.float64]
    family: NDArray[np.object_]
    frame: pd.DataFrame


def _read(folder: Path, kept_out: KeptOut) -> pd.DataFrame:
    labelled = pd.read_parquet(folder / "train.parquet", columns=[*_COLUMNS, "aa_ref", "aa_alt", "rs_gerp"])
    people = pd.read_parquet(folder / "weak_population.parquet", columns=_COLUMNS)
    people = people[~people["key"].isin(labelled["key"])].assign(aa_ref=None, aa_alt=None, rs_gerp=np.nan)
    both = pd.concat([labelled, people[people["consequence"] != "missense"]], ignore_index=True)
    both = kept_out.rows(both, "key", "labelled_changes")
    return both[both["consequence"].isin(TERM_OF)].reset_index(drop=True)


def _pattern(matrix: NDArray[np.float32]) -> NDArray[np.int_]:
    """A number for each combination of blocks that is known."""
    known = ~np.isnan(matrix[:, [_PLACE[name] for name in _PATTERN]])
    return np.asarray(known @ (1 << np.arange(len(_PATTERN))), dtype=np.int_)


def _weights(label: NDArray[np.int8], matrix: NDArray[np.float32]) -> NDArray[np.float64]:
    """Positives one each on average; negatives of a class share what people carry of it. Within a class, each
    pattern of missing blocks has both in the same ratio. Both sides sum equal."""
    weight = np.ones(len(label), dtype=np.float64)
    effect, pattern, positive = matrix[:, _PLACE["effect_class"]], _pattern(matrix), label == 1
    for kind, carried in CARRIED.items():
        in_class = effect == kind
        for known in np.unique(pattern[in_class]):
            rows = in_class & (pattern == known)
            share = rows.sum() / in_class.sum()
            harmful, harmless = rows & positive, rows & ~positive
            weight[harmful] = min((in_class & positive).sum() * share / max(harmful.sum(), 1), MOST_WEIGHT)
            weight[harmless] = carried * share / max(harmless.sum(), 1)
    weight[~positive] *= weight[positive].sum() / weight[~positive].sum()
    return weight


def _mask(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Hide blocks at random: their absence must not speak."""
    generator = np.random.default_rng(SEED)
    masked = matrix.copy()
    for block in BLOCKS:
        hidden = generator.random(len(matrix)) < MASKED_FRACTION
        for name in block:
            masked[hidden, _PLACE[name]] = np.nan
    return masked


def labelled_changes(folder: Path, kept_out: KeptOut, transcripts: Transcripts) -> Changes:
    """Everything the effect model learns from, from the `pathogenicity` folder; never an allele kept out."""
    frame = _read(folder, kept_out)
    into_intron, donor = junction_distance(transcripts, frame["chrom"].astype("str"), frame["pos"].to_numpy())
    facts = ChangeFacts(
        consequence=frame["consequence"].map(TERM_OF).astype("category"),
        length_change_bases=frame["len_diff"].to_numpy(),
        hgvs_p=protein_names(frame["aa_ref"], frame["aa_alt"]),
        into_intron_bases=into_intron,
        is_donor_side=donor,
        genes=frame[list(TABLE_GENE_COLUMNS.values())].set_axis(list(TABLE_GENE_COLUMNS), axis=1),
        gerp_score=gerp_score(frame["gerp_rs"].to_numpy(np.float32), frame["rs_gerp"].to_numpy(np.float32)),
    )
    matrix = damage_matrix(facts)
    label = frame["label"].to_numpy(dtype=np.int8)
    return Changes(matrix, label, _weights(label, matrix), frame["family"].to_numpy(dtype=object), frame)


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
