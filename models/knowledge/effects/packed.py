"""A genome at two bits a base, mapped into memory: any base of any row of a case in a moment.

A FASTA compressed in blocks answers one span in a third of a millisecond, so a hundred thousand scattered
rows would take half a minute. Here they are one array look-up. Two files beside the FASTA:

    bases.2bit     four bases a byte, A C G T = 0 1 2 3, the contigs one after the other, each on a new byte
    bases.npz      contig (place in CONTIGS), length, first (base of the file at which it starts), and the
                   runs of unknown bases: unknown_start, unknown_end (half open, bases of the file)
"""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import IntegrityError
from models.knowledge.effects.genetic_code import BASES, CODE_OF_LETTER, UNKNOWN_BASE
from models.knowledge.positions.alleles import CONTIGS

BASES_FILE, INDEX_FILE = "bases.2bit", "bases.npz"
CHUNK_BASES = 1 << 22  # a multiple of four
LETTERS = np.frombuffer((BASES + "N").encode(), np.uint8)
_SHIFTS = np.array([0, 2, 4, 6], np.uint8)


@dataclass(frozen=True, eq=False)
class Packed:
    """One genome. first, length: by contig code (place in CONTIGS), length 0 for a contig it does not have."""

    packed: NDArray[np.uint8]
    first: NDArray[np.int64]
    length: NDArray[np.int64]
    unknown_start: NDArray[np.int64]
    unknown_end: NDArray[np.int64]

    def codes(self, contig: NDArray[np.uint8], pos_1based: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The base at each place, as BASES numbers it; UNKNOWN_BASE where it is not known."""
        pos = pos_1based.astype(np.int64)
        inside = (pos >= 1) & (pos <= self.length[contig])
        at = np.where(inside, self.first[contig] + pos - 1, 0)
        code = (self.packed[at >> 2] >> ((at & 3) * 2).astype(np.uint8)) & 3
        run = np.searchsorted(self.unknown_start, at, side="right") - 1
        unknown = (run >= 0) & (at < self._ends[run])
        return np.where(inside & ~unknown, code, UNKNOWN_BASE).astype(np.uint8)

    def bases(self, contig: int, start_1based: int, end_1based: int) -> str:
        """Bases of a closed span, N where they are not known."""
        low, high = max(1, start_1based), min(end_1based, int(self.length[contig]))
        if low > high:
            return "N" * max(0, end_1based - start_1based + 1)
        first = int(self.first[contig]) + low - 1
        last = first + high - low
        quads = self.packed[first >> 2 : (last >> 2) + 1]
        codes = ((quads[:, None] >> _SHIFTS) & 3).ravel()[first & 3 : (first & 3) + last - first + 1]
        run = int(np.searchsorted(self.unknown_end, first, side="right"))
        while run < len(self.unknown_start) and self.unknown_start[run] <= last:
            codes[max(0, self.unknown_start[run] - first) : self.unknown_end[run] - first] = UNKNOWN_BASE
            run += 1
        known: str = LETTERS[codes].tobytes().decode("ascii")
        return "N" * (low - start_1based) + known + "N" * (end_1based - high)

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        return np.append(self.unknown_end, 0)  # for the place -1, before the first run


def write_packed(lengths: dict[str, int], bases: Callable[[str, int, int], str], folder: Path) -> Iterator[str]:
    """Write both files; yields each contig's name before it is read. bases: (contig, start, end) 0-based, half open.

    lengths: of the contigs to keep, by their names in CONTIGS.
    """
    first, runs, at = np.zeros(len(CONTIGS), np.int64), [], 0
    length = np.array([lengths.get(name, 0) for name in CONTIGS], np.int64)
    with (folder / BASES_FILE).open("wb") as out:
        for code in np.flatnonzero(length):
            yield CONTIGS[code]
            first[code] = at
            for start in range(0, length[code], CHUNK_BASES):
                text = bases(CONTIGS[code], start, min(start + CHUNK_BASES, int(length[code])))
                codes = CODE_OF_LETTER[np.frombuffer(text.encode("ascii"), np.uint8)]
                runs.append(_unknown_runs(codes) + at + start)
                out.write(_pack(codes).tobytes())
            at += -(-int(length[code]) // 4) * 4
    unknown_start, unknown_end = _joined(np.concatenate([np.empty((0, 2), np.int64), *runs]))
    np.savez(folder / INDEX_FILE, first=first, length=length, unknown_start=unknown_start, unknown_end=unknown_end)


def read_packed(bases_file: Path, index_file: Path) -> Packed:
    """Map a written genome. Raises IntegrityError when the two files do not fit together."""
    try:
        with np.load(index_file, allow_pickle=False) as told:
            arrays = {name: told[name] for name in ("first", "length", "unknown_start", "unknown_end")}
        packed = np.asarray(
            np.memmap(bases_file, np.uint8, mode="r")
        )  # a plain view: a tenth of a memmap's cost a slice
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as problem:
        raise IntegrityError("The installed reference is damaged; run: cli.py knowledge verify") from problem
    if len(arrays["length"]) != len(CONTIGS) or len(packed) * 4 < int((arrays["first"] + arrays["length"]).max()):
        raise IntegrityError("The installed reference is damaged; run: cli.py knowledge verify")
    return Packed(packed, **arrays)


def _pack(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    padded = np.zeros(-(-len(codes) // 4) * 4, np.uint8)
    np.bitwise_and(codes, 3, out=padded[: len(codes)])
    four = padded.reshape(-1, 4)
    packed = four[:, 0] | (four[:, 1] << 2) | (four[:, 2] << 4) | (four[:, 3] << 6)
    return packed.astype(
        np.uint8, copy=False
    )  # four columns, not a reduction: nine times as fast, and a genome has three thousand million bases


def _unknown_runs(codes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """(start, end) of each run of unknown bases, half open."""
    edges = np.diff(np.concatenate(([0], codes == UNKNOWN_BASE, [0])).astype(np.int8))
    return np.column_stack([np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)]).astype(np.int64)


def _joined(runs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Runs that touch (they were read in pieces) as one."""
    starts = np.concatenate(([True], runs[1:, 0] > runs[:-1, 1])) if len(runs) else np.zeros(0, np.bool_)
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(runs)) - 1 if len(first) else first
    return runs[first, 0], runs[last, 1]
