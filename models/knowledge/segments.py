"""A chromosome painted with the most telling gene region at every base."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# Intronic bases beside an exon that count as splice region: SO:0001630 (3-8 bases into the intron)
# with the essential two before them (SO:0001574, SO:0001575).
SPLICE_BASES = 8
# Places in transcripts.REGIONS, most telling first.
CODING, SPLICE, RNA, UTR, INTRON, INTERGENIC = range(6)


@dataclass(frozen=True, eq=False)
class Segments:
    """Neighbouring stretches: stretch i covers start[i] up to the base before start[i + 1]."""

    start: NDArray[np.int32]
    gene: NDArray[np.int32]
    region: NDArray[np.int8]

    def best(self, start: NDArray[np.int32], end: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """(gene code, region) of the most telling stretch that each closed span touches."""
        first = np.searchsorted(self.start, start, side="right") - 1
        last = np.searchsorted(self.start, end, side="right") - 1
        at = first.copy()
        for row in np.flatnonzero(last > first):
            at[row] += int(np.argmin(self.region[first[row] : last[row] + 1]))
        return self.gene[at], self.region[at]


class Span(NamedTuple):
    """A stretch to paint, 1-based closed; region and gene are codes."""

    start: int
    end: int
    region: int
    gene: int


def paint(transcripts: pd.DataFrame, codes: dict[str, int], none: int) -> Segments:
    """Paint one chromosome's transcripts; `none` is the gene code of bases outside all genes.

    The least telling regions are painted first, so that the most telling one stays on top.
    """
    spans = [span for row in transcripts.itertuples() for span in _spans(row, codes[str(row.gene)])]
    spans.sort(key=lambda s: (-s.region, -s.gene))
    edges = np.unique(np.array([1, *(s.start for s in spans), *(s.end + 1 for s in spans)], dtype=np.int32))
    gene = np.full(len(edges), none, dtype=np.int32)
    region = np.full(len(edges), INTERGENIC, dtype=np.int8)
    first = np.searchsorted(edges, [s.start for s in spans])
    last = np.searchsorted(edges, [s.end + 1 for s in spans])
    for span, i, j in zip(spans, first, last, strict=True):
        gene[i:j], region[i:j] = span.gene, span.region
    changes = np.concatenate(([True], (gene[1:] != gene[:-1]) | (region[1:] != region[:-1])))
    return Segments(edges[changes], gene[changes], region[changes])


def _spans(row: Any, gene: int) -> list[Span]:
    """Every part of one transcript (a row of the table)."""
    starts = row.start_1based + np.asarray(row.exon_offsets)
    exons = [(int(s), int(s + n - 1)) for s, n in zip(starts, row.exon_sizes, strict=True)]
    outer = UTR if row.cds_start_1based else RNA
    parts = [Span(exons[0][0], exons[-1][1], INTRON, gene)]
    parts += [Span(start, end, outer, gene) for start, end in exons]
    for (_, before), (after, _) in pairwise(exons):
        near = min(SPLICE_BASES, after - before - 1)
        if near > 0:
            parts += [Span(before + 1, before + near, SPLICE, gene), Span(after - near, after - 1, SPLICE, gene)]
    coding = [(max(s, row.cds_start_1based), min(e, row.cds_end_1based)) for s, e in exons]
    return parts + [Span(low, high, CODING, gene) for low, high in coding if low <= high and row.cds_start_1based]
