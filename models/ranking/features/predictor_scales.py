"""Published calibrations of predictors, as ACMG steps to show and as a line through them to rank by."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.ranking.features.base import Column


@dataclass(frozen=True)
class PredictorScale:
    """Published thresholds of one score, higher = more damaging.

    damaging: (score, points): that score or above earns the points. harmless: (score, points): that
    score or below. Both most extreme first; between them the score is indeterminate, 0 points.
    beyond: our own points past the published ones, to order by, never shown as points.
    """

    damaging: tuple[tuple[float, int], ...]
    harmless: tuple[tuple[float, int], ...]
    beyond: tuple[tuple[float, float], ...]

    def points(self, scores: Column) -> Column:
        """ACMG points of each score; NaN stays NaN."""
        given = np.zeros(len(scores), dtype=np.float32)
        for edge, worth in reversed(self.damaging):
            given[scores >= np.float32(edge)] = worth
        for edge, worth in reversed(self.harmless):
            given[scores <= np.float32(edge)] = worth
        return np.where(np.isnan(scores), np.nan, given).astype(np.float32)

    def evidence(self, scores: Column) -> Column:
        """Points on a straight line from threshold to threshold: never falls with the score; NaN stays NaN."""
        edges, worth = zip(*sorted((*self.damaging, *self.harmless, *self.beyond)), strict=True)
        return np.where(np.isnan(scores), np.nan, np.interp(scores, edges, worth)).astype(np.float32)


# Pejaver et al., Am J Hum Genet 2022;109:2163, table 2.
REVEL = PredictorScale(
    ((0.932, 4), (0.773, 2), (0.644, 1)),
    ((0.003, -8), (0.016, -4), (0.183, -2), (0.290, -1)),
    ((0.0, -9.0), (1.0, 5.0)),
)
CADD = PredictorScale(((28.1, 2), (25.3, 1)), ((0.15, -4), (17.3, -2), (22.7, -1)), ((0.0, -4.1), (60.0, 8.0)))
PRIMATEAI = PredictorScale(((0.867, 2), (0.790, 1)), ((0.362, -2), (0.483, -1)), ((0.0, -5.0), (1.0, 4.0)))
MPC = PredictorScale(((1.828, 2), (1.360, 1)), (), ((0.0, -1.0), (5.0, 6.0)))
POLYPHEN2 = PredictorScale(((0.999, 2), (0.978, 1)), ((0.009, -2), (0.113, -1)), ((0.0, -2.1), (1.0, 2.1)))
# SIFT falls with damage: its thresholds are those of 1 - SIFT here.
SIFT_REVERSED = PredictorScale(((1.0, 2), (0.999, 1)), ((0.673, -2), (0.920, -1)), ((0.0, -3.0),))
# Bergquist et al., Genet Med 2025;27:101402.
ALPHAMISSENSE = PredictorScale(
    ((0.990, 4), (0.906, 2), (0.792, 1)), ((0.070, -4), (0.099, -2), (0.169, -1)), ((0.0, -5.2), (1.0, 4.25))
)
# Walker et al., Am J Hum Genet 2023;110:1046 (ClinGen SVI splicing subgroup). Beyond: the recommended and the
# high-precision cut-off of its authors (Jaganathan et al., Cell 2019;176:535) as moderate and strong.
SPLICEAI = PredictorScale(((0.2, 1),), ((0.1, -1),), ((0.0, -1.5), (0.5, 2.0), (0.8, 4.0), (1.0, 6.0)))

# The two best on variants none of them has seen; together they stand for the residue.
LEADING: Mapping[str, PredictorScale] = {"revel": REVEL, "alphamissense": ALPHAMISSENSE}
# Asked only where neither is given. They look at what the effect model looks at too (conservation, residues),
# so half of what they say is counted.
OTHERS: Mapping[str, PredictorScale] = {
    "cadd": CADD,
    "primateai": PRIMATEAI,
    "mpc": MPC,
    "polyphen2": POLYPHEN2,
    "sift_reversed": SIFT_REVERSED,
}
OTHERS_WEIGHT = 0.5


def _mean(scores: Mapping[str, Column], of: Mapping[str, PredictorScale]) -> Column:
    """Mean of the calibrations given; NaN where none is."""
    said = np.array([of[name].evidence(values) for name, values in scores.items() if name in of], dtype=np.float32)
    if not len(said):
        return np.full(len(next(iter(scores.values()))), np.nan, dtype=np.float32)
    given = (~np.isnan(said)).sum(axis=0)
    total = np.nansum(said, axis=0)
    return np.where(given > 0, total / np.maximum(given, 1), np.nan).astype(np.float32)


def is_led(scores: Mapping[str, Column]) -> np.ndarray:
    """Whether a leading predictor is given, one truth value a row."""
    return ~np.isnan(_mean(scores, LEADING))


def missense_evidence(scores: Mapping[str, Column]) -> Column:
    """What predictors say of missense changes, in points; NaN where none is given.

    scores: by the names of LEADING and OTHERS, at least one. The mean of the leading ones, else OTHERS_WEIGHT
    x the mean of the others.
    """
    leading, others = _mean(scores, LEADING), _mean(scores, OTHERS)
    return np.where(np.isnan(leading), np.float32(OTHERS_WEIGHT) * others, leading).astype(np.float32)
