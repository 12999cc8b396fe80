"""95 % intervals by resampling genes: patients with the same gene are not independent."""

from collections.abc import Callable

import numpy as np

RESAMPLES = 1000
SEED = 5


def interval_of(statistic: Callable[[np.ndarray], float], genes: np.ndarray) -> tuple[float, float]:
    """Interval of a statistic that takes how often each row was drawn; genes: of each row."""
    generator = np.random.default_rng(SEED)
    names, code = np.unique(genes, return_inverse=True)
    values = []
    for _ in range(RESAMPLES):
        times = np.bincount(generator.integers(0, len(names), len(names)), minlength=len(names))
        values.append(statistic(times[code].astype(float)))
    low, high = np.nanpercentile(values, (2.5, 97.5))
    return float(low), float(high)


def share(hits: np.ndarray, genes: np.ndarray) -> str:
    """ "83.0 (77–88)": percent of the rows that are hits; "–" without rows."""
    if not len(hits):
        return "–"
    found = np.asarray(hits, dtype=float)

    def drawn(times: np.ndarray) -> float:
        return float(np.average(found, weights=times)) if times.any() else float("nan")

    low, high = interval_of(drawn, genes)
    return f"{100 * found.mean():.1f} ({100 * low:.0f}–{100 * high:.0f})"
