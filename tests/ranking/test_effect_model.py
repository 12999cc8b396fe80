"""The shipped effect model keeps the directions of medicine, whatever else is known of a change."""

import numpy as np
import pytest

from models.ranking import LightGbmScorer
from models.ranking.damage import DAMAGE_COLUMNS

RANGES = {
    "effect_class": (0, 7),
    "loeuf": (0, 2),
    "missense_z": (-5, 8),
    "missense_oe": (0, 2),
    "gerp_score": (-12, 6.2),
    "blosum62": (-4, 3),
    "to_proline": (0, 1),
    "grantham": (5, 215),
}
DIRECTED = [name for name, direction in DAMAGE_COLUMNS.items() if direction]


def test_every_directed_column_is_checked() -> None:
    assert set(DIRECTED) == set(RANGES)


@pytest.mark.parametrize("name", DIRECTED)
def test_a_worse_change_never_looks_less_damaging(name: str, scorer: LightGbmScorer) -> None:
    generator = np.random.default_rng(11)
    changes = np.column_stack(
        [generator.uniform(*RANGES.get(c, (0, 1)), 60) for c in DAMAGE_COLUMNS]
    ).astype(np.float32)  # fmt: skip
    changes[generator.random(changes.shape) < 0.3] = np.nan
    place, scores = list(DAMAGE_COLUMNS).index(name), []
    for value in np.linspace(*RANGES[name], 20, dtype=np.float32):
        changes[:, place] = value
        scores.append(scorer.damage(changes))
    assert (np.diff(np.array(scores), axis=0) * DAMAGE_COLUMNS[name] >= -1e-6).all()
