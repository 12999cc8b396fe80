"""A damage score for each variant of a table, as a file for others to measure.

`key` names the row; apart from it only what a variant is and what sources say of it is read. Labels, and
columns about how a row came into its table, are not among the columns we know, so they are never read.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from pyarrow.lib import ArrowInvalid
from pyarrow.parquet import read_schema

from models.errors import InputError
from models.evaluation.variant_score import score_table
from models.evaluation.variant_table import NEEDED, known_columns
from models.knowledge import load_knowledge
from models.ranking import load_scorer

Progress = Callable[[str], None]


def read_variants(table: Path) -> pd.DataFrame:
    """The columns we know of a Parquet table; raises InputError when it cannot be read or names no variants."""
    try:
        present = [name for name in read_schema(table).names if name in known_columns()]
        frame = pd.read_parquet(table, columns=present)
    except (OSError, ArrowInvalid) as fault:
        raise InputError("this is not a Parquet table that can be read; write it again.", table.name) from fault
    missing = [name for name in NEEDED if name not in frame]
    if missing:
        raise InputError(f"the table lacks {', '.join(missing)}; every variant needs them.", table.name)
    return frame.reset_index(drop=True)


def evaluate_variants(table: Path, out: Path, without_af: bool, progress: Progress = lambda _: None) -> None:
    """Write `key` and `score` (log-odds, higher = more damaging, comparable over all kinds of change), one row
    a row of `table`, in its order.

    without_af: judge without population frequencies. Raises InputError when the table cannot be used.
    """
    frame = read_variants(table)
    progress(f"{len(frame):,} variants")
    score = score_table(frame, load_knowledge(), load_scorer(), with_af=not without_af)
    pd.DataFrame({"key": frame["key"], "score": score}).to_parquet(out, index=False)
    progress(f"written to {out.name}")
