"""Keep what training made, so that the benchmark need not spike every training case again."""

from dataclasses import fields
from pathlib import Path

import numpy as np

from models.ranking.training.calibrate import Judged
from models.ranking.training.ranker_model import Rows

_KINDS = {"rows": Rows, "judged": Judged}


def save_rows(rows: Rows, judged: Judged, path: Path) -> None:
    """Write both to an .npz."""
    columns = {
        f"{kind}.{name}": v for kind, kept in (("rows", rows), ("judged", judged)) for name, v in vars(kept).items()
    }
    np.savez_compressed(path, **columns)


def load_rows(path: Path) -> tuple[Rows, Judged]:
    """What `save_rows` wrote."""
    with np.load(path, allow_pickle=False) as kept:
        rows, judged = (of(**{f.name: kept[f"{kind}.{f.name}"] for f in fields(of)}) for kind, of in _KINDS.items())
    return rows, judged
