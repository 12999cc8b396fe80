"""Ranks, shares at the top and their intervals: 95 %, bootstrapped over genes with all cases of a gene together."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from models.knowledge import Annotations

Score = Callable[[int, np.ndarray], np.ndarray]
DRAWS = 1000
TOPS = (1, 3, 5, 10)
NAMES = (*(f"top {k}" for k in TOPS), "MRR")


def rank_all(cases: pd.DataFrame, column: str, score: Score, notes: Annotations) -> np.ndarray:
    """1-based rank of the causal gene, ties sharing the middle place; infinity when it has no disease in `notes`."""
    ranks = np.full(len(cases), np.inf)
    for row, (gene, terms) in enumerate(zip(cases["gene"], cases[column], strict=True)):
        at = notes.gene_position.get(gene, -1)
        if at >= 0:
            scores = score(row, terms)
            ranks[row] = 1 + (scores > scores[at]).sum() + ((scores == scores[at]).sum() - 1) / 2
    return ranks


def measures(ranks: np.ndarray) -> np.ndarray:
    """By case: in the top 1, 3, 5, 10, and the reciprocal rank."""
    return np.stack([*(ranks <= k for k in TOPS), 1 / ranks], axis=1).astype(float)


def draws_by_gene(values: np.ndarray, genes: Sequence[str] | pd.Series) -> np.ndarray:
    """Means of DRAWS resamples of the genes."""
    codes, names = pd.factorize(np.asarray(genes, dtype=object))
    sums = np.stack([np.bincount(codes, values[:, k], len(names)) for k in range(values.shape[1])], axis=1)
    counts = np.bincount(codes, minlength=len(names))
    picks = np.random.default_rng(7).integers(0, len(names), (DRAWS, len(names)))
    return sums[picks].sum(axis=1) / counts[picks].sum(axis=1)[:, None]


def figures(ranks: np.ndarray, genes: pd.Series) -> str:
    values = measures(ranks)
    low, high = np.percentile(draws_by_gene(values, genes), [2.5, 97.5], axis=0)
    words = [f"{100 * m:.1f} ({100 * a:.1f}-{100 * b:.1f})" for m, a, b in zip(values.mean(0), low, high, strict=True)]
    return "".join(f"{text:>18s}" for text in words)


def heading(title: str) -> str:
    return f"\n{title:48s}" + "".join(f"{name:>18s}" for name in NAMES)


def difference(ours: np.ndarray, other: np.ndarray, genes: pd.Series) -> str:
    """Ours minus the other on the same rows, with intervals of the paired difference; points."""
    values = measures(ours) - measures(other)
    low, high = np.percentile(draws_by_gene(values, genes), [2.5, 97.5], axis=0)
    return ", ".join(
        f"{n} {100 * m:+.1f} ({100 * a:+.1f} to {100 * b:+.1f})"
        for n, m, a, b in zip(NAMES, values.mean(0), low, high, strict=True)
    )


def mcnemar(ours: np.ndarray, other: np.ndarray, depth: int) -> str:
    """Cases that only one of the two has within `depth`, and the exact two-sided p of the split."""
    mine, theirs = int(((ours <= depth) & (other > depth)).sum()), int(((ours > depth) & (other <= depth)).sum())
    p = binomtest(mine, mine + theirs).pvalue if mine + theirs else 1.0
    return f"top {depth}: only ours {mine}, only theirs {theirs}, McNemar exact p = {p:.2g}"
