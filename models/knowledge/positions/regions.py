"""Calling regions as a BED file or a Picard interval list, plain or gzipped: where a source looked."""

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from models.case import Kind, canonical_chrom
from models.errors import UnreadableFile
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.positions.coverage import Coverage, of_intervals

_BED, _INTERVALS = (".bed",), (".interval_list", ".intervals")
_NO_REGION = "This is not a region (contig, start, end); choose the calling regions as their owner delivers them."


def is_regions(file: Path) -> bool:
    """By name: the formats have no marks of their own."""
    return _bare(file).endswith(_BED + _INTERVALS)


def read_regions(files: Sequence[Path], kinds: tuple[Kind, ...], contigs: set[int]) -> Coverage:
    """All regions of the files on these contigs: elsewhere nobody looked, whatever the regions say.

    A BED counts from 0 and leaves its end out, an interval list counts from 1 and has its end in. Raises
    UnreadableFile, naming file and line, for a line that is no region and for regions of no known contig.
    """
    rows = [row for file in files for row in _regions(file)]
    if not any(contig for contig, _, _ in rows):
        raise UnreadableFile("None of these regions is on a chromosome.", ", ".join(file.name for file in files))
    contig, start, end = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    some = np.isin(contig, sorted(contigs - {0}))
    return of_intervals(contig[some].astype(np.uint8), start[some], end[some], kinds)


def _bare(file: Path) -> str:
    return file.name.lower().removesuffix(".gz").removesuffix(".bgz")


def _regions(file: Path) -> Iterator[tuple[int, int, int]]:
    from_zero = 1 if _bare(file).endswith(_BED) else 0
    with gzip.open(file, "rt") if file.suffix in (".gz", ".bgz") else file.open() as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip() and not line.startswith(("#", "@", "track", "browser")):
                    yield _region(line, from_zero, f"{file.name}, line {number}")
        except (EOFError, UnicodeDecodeError, gzip.BadGzipFile) as problem:
            raise UnreadableFile("The regions are cut short or damaged; copy the file again.", file.name) from problem


def _region(line: str, from_zero: int, where: str) -> tuple[int, int, int]:
    columns = line.split()
    if len(columns) < 3 or not (columns[1].isdigit() and columns[2].isdigit()):
        raise UnreadableFile(_NO_REGION, where)
    chrom, start, end = canonical_chrom(columns[0]), int(columns[1]) + from_zero, int(columns[2])
    if start > end:
        raise UnreadableFile(_NO_REGION, where)
    return CONTIGS.index(chrom) if chrom in CONTIGS else 0, start, end
