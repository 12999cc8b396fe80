"""Where a source looked, and for which kinds of alleles: what makes "absent" differ from "not assessed".

coverage.parquet   contig (place in CONTIGS), start_1based, end_1based (closed), sorted and disjoint;
                   in its metadata the kinds of alleles the source describes, e.g. "snv,deletion"
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from models.case import Kind
from models.errors import IntegrityError
from models.knowledge.positions.key import CONTIG_SHIFT, KINDS, POSITION_END, POSITION_SHIFT, Keyed

COVERAGE_FILE = "coverage.parquet"
_KINDS_KEY = b"kinds"


@dataclass(frozen=True, eq=False)
class Coverage:
    """contig, start_1based, end_1based: intervals, sorted and disjoint. kinds: alleles that are described.

    A row outside of it, or of another kind, is NOT_ASSESSED unless the source has it nevertheless.
    """

    contig: NDArray[np.uint8]
    start_1based: NDArray[np.int64]
    end_1based: NDArray[np.int64]
    kinds: tuple[Kind, ...]

    def holds(self, keyed: Keyed) -> NDArray[np.bool_]:
        """Rows of a described kind whose every reference base lies in one interval."""
        described = np.array([*(kind in self.kinds for kind in KINDS), False])  # the last answers for kind -1
        starts = _place(self.contig, self.start_1based)
        first = keyed.key >> np.uint64(POSITION_SHIFT)
        interval = np.searchsorted(starts, first, "right") - 1
        ends = np.append(_place(self.contig, self.end_1based), np.uint64(0))  # the last answers for interval -1
        last = first + (keyed.ref_length - 1).astype(np.uint64)
        inside: NDArray[np.bool_] = described[keyed.kind] & (last <= ends[interval])
        return inside


def whole_contigs(contigs: Iterable[int], kinds: tuple[Kind, ...]) -> Coverage:
    """A source that looked everywhere on these contigs (places in CONTIGS)."""
    codes = np.array(sorted(set(contigs) - {0}), np.uint8)
    return Coverage(codes, np.ones(len(codes), np.int64), np.full(len(codes), POSITION_END - 1, np.int64), kinds)


def of_intervals(
    contig: NDArray[np.uint8],
    start_1based: NDArray[np.int64],
    end_1based: NDArray[np.int64],
    kinds: tuple[Kind, ...],
    gap_bases: int = 0,
) -> Coverage:
    """Intervals in any order, merged where they overlap, touch or lie at most `gap_bases` apart."""
    order = np.lexsort((start_1based, contig))
    contig, start, end = contig[order], start_1based[order], end_1based[order]
    reached = _running_end(contig, end)
    begins = np.ones(len(contig), np.bool_)
    begins[1:] = (contig[1:] != contig[:-1]) | (start[1:] > reached[:-1] + gap_bases + 1)
    at = np.flatnonzero(begins)
    lasts = np.append(at[1:], len(contig))[: len(at)] - 1
    return Coverage(contig[at], start[at], reached[lasts], kinds)


def write_coverage(coverage: Coverage, folder: Path) -> None:
    table = pa.table(
        {"contig": coverage.contig, "start_1based": coverage.start_1based, "end_1based": coverage.end_1based}
    )
    kinds = ",".join(kind.value for kind in coverage.kinds).encode()
    pq.write_table(table.replace_schema_metadata({_KINDS_KEY: kinds}), folder / COVERAGE_FILE, compression="zstd")


def read_coverage(file: Path) -> Coverage:
    """Raises IntegrityError when the file is not one of ours."""
    try:
        table = pq.read_table(file)
        kinds = tuple(Kind(k) for k in (table.schema.metadata or {})[_KINDS_KEY].decode().split(",") if k)
        contig, start, end = (table[name].to_numpy() for name in ("contig", "start_1based", "end_1based"))
        return Coverage(contig, start, end, kinds)
    except (OSError, KeyError, ValueError) as problem:
        raise IntegrityError(f"{file.name} of a release is damaged; run: cli.py knowledge verify") from problem


def _place(contig: NDArray[np.uint8], pos_1based: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Contig and position as the upper 33 bits of a key."""
    return contig.astype(np.uint64) << np.uint64(CONTIG_SHIFT - POSITION_SHIFT) | pos_1based.astype(np.uint64)


def _running_end(contig: NDArray[np.uint8], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """The furthest end reached so far on each contig; rows are sorted by contig."""
    offset = contig.astype(np.int64) * POSITION_END * 2
    furthest: NDArray[np.int64] = np.maximum.accumulate(end + offset) - offset if len(end) else end
    return furthest
