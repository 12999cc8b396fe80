"""What the labelled tables say about single variants: consequence, frequency, tolerated residues."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.evidence.residues import RESIDUES, THREE_LETTERS
from models.ranking.training.kept_out import KeptOut
from models.ranking.training.table_columns import TERM_OF

# Overall and by ancestry; the largest found stands for the group maximum.
_FREQUENCIES = ("af_exac", "af_tgp", "gnomad_af", "exac_af", "gnomad_popmax_af")


@dataclass(frozen=True, eq=False)
class Labelled:
    """variants: indexed by key; consequence (Sequence Ontology term) and af_fraction (NaN unknown, 0 looked
    up and absent). tolerated: HGVS names of benign substitutions, as often as they occur."""

    variants: pd.DataFrame
    tolerated: NDArray[np.object_]


def read_labelled(folder: Path, kept_out: KeptOut) -> Labelled:
    """Both tables of the `pathogenicity` folder, without the alleles kept out."""
    columns = ["key", "consequence", "label", "aa_ref", "aa_alt", *_FREQUENCIES]
    labelled = kept_out.rows(pd.read_parquet(folder / "train.parquet", columns=columns), "key", "looked_up_facts")
    people = pd.read_parquet(folder / "weak_population.parquet", columns=["key", "consequence", "gnomad_af"])
    people = kept_out.rows(people, "key", "looked_up_facts")
    both = pd.concat([labelled, people], ignore_index=True).drop_duplicates("key")
    frequency = both[list(_FREQUENCIES)].max(axis=1)
    variants = pd.DataFrame(
        {"consequence": both["consequence"].map(TERM_OF).to_numpy(), "af_fraction": frequency.to_numpy()},
        index=pd.Index(both["key"], name="key"),
    )
    long = dict(zip(RESIDUES, THREE_LETTERS, strict=True))
    benign = labelled[(labelled["label"] == 0) & labelled["aa_ref"].isin(long) & labelled["aa_alt"].isin(long)]
    names = "p." + benign["aa_ref"].map(long) + "1" + benign["aa_alt"].map(long)
    return Labelled(variants, names.to_numpy(dtype=object))
