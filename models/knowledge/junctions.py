"""How far a change on GRCh38 is from the nearest splice junction of a MANE transcript."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.knowledge.transcripts import Transcripts

# Beyond this the distance says nothing more; also the reach of the search.
FARTHEST_BASES = 50


@dataclass(frozen=True, eq=False)
class _Junctions:
    """Of one chromosome, sorted by edge: last or first base of an exon, and on which side the intron lies."""

    edge: NDArray[np.int64]
    intron_side: NDArray[np.int64]
    is_donor: NDArray[np.bool_]


def _of_chromosome(rows: pd.DataFrame) -> _Junctions:
    starts, ends, forward = [], [], []
    for begin, offsets, sizes, strand in zip(
        rows["start_1based"], rows["exon_offsets"], rows["exon_sizes"], rows["strand"], strict=True
    ):
        first = np.sort(begin + np.asarray(offsets, dtype=np.int64))
        last = first + np.asarray(sizes, dtype=np.int64)[np.argsort(offsets)] - 1
        starts.append(first[1:])
        ends.append(last[:-1])
        forward.append(np.full(len(first) - 1, strand == "+"))
    start, end, plus = (np.concatenate(part) for part in (starts, ends, forward))
    edge = np.concatenate([start, end])
    side = np.concatenate([np.full(len(start), -1), np.full(len(end), 1)])
    donor = np.concatenate([~plus, plus])
    order = np.lexsort((side, edge))
    return _Junctions(edge[order], side[order], donor[order])


@lru_cache(maxsize=2)
def _junctions(transcripts: Transcripts) -> dict[str, _Junctions]:
    return {str(chrom): _of_chromosome(rows) for chrom, rows in transcripts.table.groupby("chrom")}


def _nearest(known: _Junctions, pos: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    right = np.clip(np.searchsorted(known.edge, pos), 1, len(known.edge) - 1)
    left = right - 1
    nearest = np.where(known.edge[right] - pos < pos - known.edge[left], right, left)
    into_intron = (pos - known.edge[nearest]) * known.intron_side[nearest]
    return into_intron.astype(np.float64), known.is_donor[nearest]


def junction_distance(
    transcripts: Transcripts, chrom: pd.Series, pos_1based: NDArray[np.int_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(bases into the intron, 1 donor or 0 acceptor) of the nearest junction of any MANE transcript.

    1, 2, ... are the first bases of the intron, 0 the exon's last base, -1, -2, ... further into the exon.
    NaN: no junction within FARTHEST_BASES, or a contig we do not know. Positions of GRCh37 must not be asked.
    """
    bases = np.full(len(chrom), np.nan, dtype=np.float32)
    donor = np.full(len(chrom), np.nan, dtype=np.float32)
    names = pd.Categorical(chrom)
    for code, name in enumerate(names.categories):
        known = _junctions(transcripts).get(str(name))
        if known is None or len(known.edge) < 2:
            continue
        rows = np.flatnonzero(names.codes == code)
        into, is_donor = _nearest(known, np.asarray(pos_1based, dtype=np.int64)[rows])
        near = np.abs(into) <= FARTHEST_BASES
        bases[rows] = np.where(near, into, np.nan)
        donor[rows] = np.where(near, is_donor, np.nan)
    return bases, donor
