"""At which place of a ranked list does the reader meet the answer?

One variant: its place. A pair: the place of the hit that stands higher, because the list shows each hit with its
partner and sends the reader on to it; but only when both hits are in the list, for half a pair is no answer.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.ranking.ranking import best_order

# Equal scores are put in random order: spiked rows come first in their table and would win every tie.
SHUFFLE_LOG_ODDS = 1e-7


@dataclass(frozen=True)
class Placement:
    """first, last: 1-based places of the answer's hits (equal for a single variant); None = not in the list."""

    first: int | None
    last: int | None

    @property
    def rank(self) -> float:
        """The place that counts; infinite when the answer left the funnel."""
        return np.inf if self.first is None else float(self.first)


def place_of_answer(
    is_causal: NDArray[np.bool_], hits: int, log_odds: NDArray[np.float64], evidence: pd.DataFrame, seed: int
) -> Placement:
    """Where the answer stands when rows are ordered as the product orders them; ties in an order drawn from `seed`.

    hits: how many variants the answer has. evidence: the ranked rows, with the columns that order pairs.
    """
    if not hits or is_causal.sum() < hits:
        return Placement(None, None)
    drawn = np.random.default_rng(seed).random(len(log_odds))
    order = best_order(log_odds + SHUFFLE_LOG_ODDS * drawn, evidence)
    places = np.flatnonzero(is_causal[order]) + 1
    return Placement(int(places[0]), int(places[-1]))
