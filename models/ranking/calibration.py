"""From scores to probabilities, at the share of patients whose file holds the answer.

The answer is one of the listed candidates or none of them. Each candidate has the weight exp(slope x log-odds);
that none is the answer has a weight of its own, which depends on whether parents are sequenced and on whether the
file brings consequences. A pair is one candidate. Fitted by `python cli.py train` on published patients, each once
with its answer in the file and once with the answer taken out, weighted to PRIOR_FRACTION.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import IntegrityError

# Share of patients in whom an exome finds the answer: 0.36 (0.33-0.40), Clark et al., NPJ Genom Med 2018;3:16.
PRIOR_FRACTION = 0.36
# Candidates below these have no weight, in fitting and in use.
MOST_CANDIDATES = 200
# More likely than not is the least that may be called convincing.
LEAST_CONVINCING_FRACTION = 0.5
AMONG_FIRST = 10


@dataclass(frozen=True)
class Calibration:
    """slope: per log-odds. no_answer: log-weight that no candidate is the answer; with_parents and bare are added
    when both parents are sequenced (half for one) and when the file brings no consequence. convincing_fraction: the
    least probability of a convincing candidate. fewest_ranked, most_ranked: list lengths it was fitted on."""

    slope: float
    no_answer: float
    with_parents: float
    bare: float
    prior_fraction: float
    convincing_fraction: float
    fewest_ranked: int
    most_ranked: int

    def told(self) -> dict[str, float]:
        """As the manifest holds it."""
        return asdict(self)


def calibration_of(manifest: Mapping[str, Any]) -> Calibration:
    """The calibration that a verified manifest holds; raises IntegrityError when it holds none."""
    told = manifest.get("calibration")
    if not isinstance(told, dict) or set(told) != {f.name for f in fields(Calibration)}:
        raise IntegrityError("The model has no calibration; train it again with 'python cli.py train'.")
    return Calibration(**told)


def candidate_places(row: NDArray[np.int_], partner_row: NDArray[np.int_]) -> NDArray[np.int_]:
    """Places (0-based, best first) of the candidates of an ordered list: each row but a second hit right behind its
    partner, at most MOST_CANDIDATES."""
    is_second = np.zeros(len(row), dtype=bool)
    is_second[1:] = (partner_row[1:] == row[:-1]) & (partner_row[:-1] == row[1:])
    is_second[2:] &= ~is_second[1:-1]  # three in a row cannot be one pair
    return np.flatnonzero(~is_second)[:MOST_CANDIDATES]


def probabilities(
    log_odds: NDArray[np.float64], parents_sequenced: float, is_bare: bool, calibration: Calibration
) -> NDArray[np.float64]:
    """That no candidate is the answer, then that each candidate is; they add up to 1."""
    none = calibration.no_answer + calibration.with_parents * parents_sequenced / 2.0 + calibration.bare * is_bare
    weights = np.concatenate([[none], calibration.slope * log_odds])
    weights = np.exp(weights - weights.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)
