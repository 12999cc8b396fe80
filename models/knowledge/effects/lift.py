"""Alleles of GRCh37 on GRCh38, by a chain file: for display and for joining, always flagged.

An allele is lifted when all its reference bases lie in one ungapped block of the chain file and no other block
claims that place. On a reversed block REF and ALT are complemented. The
lifted REF is compared with the GRCh38 reference where that is installed: a place where the two assemblies have
different bases would otherwise turn the reference into a variant. The mitochondrion is not lifted: files called
GRCh37 hold two different sequences of it.

Format: UCSC Genome Browser, "Chain format". Positions inside are 0-based, half open.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.case import Assembly, canonical_chrom
from models.errors import UnreadableFile, WrongBuild
from models.intake.assembly import BOTH, LENGTHS_BASES
from models.knowledge.delivered import is_gzip
from models.knowledge.effects.genetic_code import reverse_complement
from models.knowledge.effects.reference import Agreement, Reference
from models.knowledge.positions.alleles import CONTIGS, Alleles

Ints = NDArray[np.int64]
_MT = CONTIGS.index("MT")


class Lift(IntEnum):
    """What became of an allele; `REASONS` says it in words."""

    LIFTED = 0
    NOT_SPELLED_OUT = 1
    NO_BLOCK = 2
    OVER_A_GAP = 3
    DISAGREES = 4
    MITOCHONDRIAL = 5
    UNKNOWN_BASES = 6


REASONS = {
    Lift.NOT_SPELLED_OUT: "the allele is not spelled out",
    Lift.NO_BLOCK: "this place of GRCh37 has no counterpart in GRCh38",
    Lift.OVER_A_GAP: "the allele's bases are not neighbours in GRCh38",
    Lift.DISAGREES: "GRCh38 has another base here than GRCh37",
    Lift.MITOCHONDRIAL: "files of GRCh37 hold two different mitochondrial sequences",
    Lift.UNKNOWN_BASES: "GRCh38 has an unknown base here",
}


@dataclass(frozen=True, eq=False)
class Chains:
    """Ungapped blocks, by contig (place in CONTIGS) and start. They never overlap.

    start, end: on GRCh37, 0-based half open. target, target_start: on GRCh38's forward strand; on a reversed block
    it is the block's last base that lies there.
    """

    contig: NDArray[np.uint8]
    start: Ints
    end: Ints
    target: NDArray[np.uint8]
    target_start: Ints
    is_reversed: NDArray[np.bool_]

    def block(self, contig: NDArray[np.uint8], at: Ints) -> Ints:
        """The block that holds each 0-based position, -1 for none."""
        key = self.contig.astype(np.int64) * (1 << 32) + self.start
        found = np.searchsorted(key, contig.astype(np.int64) * (1 << 32) + at, side="right") - 1
        inside = (found >= 0) & (self.contig[found] == contig) & (at < self.end[found])
        return np.where(inside, found, -1)


@dataclass(frozen=True, eq=False)
class Lifted:
    """alleles: on GRCh38; is_sequence is False where an allele was not lifted. outcome: a Lift for each row."""

    alleles: Alleles
    outcome: NDArray[np.int8]


def lifted(alleles: Alleles, chains: Chains, reference: Reference | None) -> Lifted:
    """The same alleles, row by row, on GRCh38. reference: of GRCh38, None where none is installed; a REF that
    GRCh38 does not have then goes unnoticed.

    An insertion or deletion on a reversed block keeps its anchor, which then stands behind it: `normalise` moves
    it. Raises WrongBuild unless the alleles are on GRCh37.
    """
    if alleles.assembly is not Assembly.GRCH37:
        raise WrongBuild(f"Only GRCh37 is lifted over; these variants are on {alleles.assembly.value}.")
    first = alleles.pos_1based.astype(np.int64) - 1
    last = first + pc.binary_length(alleles.ref).to_numpy(zero_copy_only=False) - 1
    at, until = chains.block(alleles.contig, first), chains.block(alleles.contig, last)
    outcome = np.select(
        [~alleles.is_sequence, alleles.contig == _MT, (at < 0) & (until < 0), at != until],
        [Lift.NOT_SPELLED_OUT, Lift.MITOCHONDRIAL, Lift.NO_BLOCK, Lift.OVER_A_GAP],
        Lift.LIFTED,
    ).astype(np.int8)
    there = _carried(alleles, chains, np.flatnonzero(outcome == Lift.LIFTED), at, first, last)
    if reference is not None:
        agreement = reference.agreement(there)
        judged = np.select(
            [agreement == Agreement.DIFFERS, agreement == Agreement.UNKNOWN],
            [Lift.DISAGREES, Lift.UNKNOWN_BASES],
            Lift.LIFTED,
        )
        outcome = np.where(outcome == Lift.LIFTED, judged, outcome).astype(np.int8)
        there = replace(there, is_sequence=outcome == Lift.LIFTED)
    return Lifted(there, outcome)


def _carried(alleles: Alleles, chains: Chains, rows: Ints, at: Ints, first: Ints, last: Ints) -> Alleles:
    """The alleles with `rows` on their blocks and everything else nowhere."""
    block = at[rows]
    turned = chains.is_reversed[block]
    along = np.where(turned, chains.end[block] - 1 - last[rows], first[rows] - chains.start[block])
    contig, pos = np.zeros(len(alleles), np.uint8), np.zeros(len(alleles), np.int32)
    contig[rows], pos[rows] = chains.target[block], chains.target_start[block] + along + 1
    ref, alt = (_complemented(column, rows[turned]) for column in (alleles.ref, alleles.alt))
    return Alleles(Assembly.GRCH38, contig, pos, ref, alt, contig > 0)


def _complemented(column: pa.LargeStringArray, rows: Ints) -> pa.LargeStringArray:
    """The column with `rows` read from the other strand."""
    if not len(rows):
        return column
    texts = column.to_pylist()
    for row in rows:
        texts[row] = reverse_complement(texts[row])
    return pa.array(texts, pa.large_string())


@lru_cache(maxsize=2)
def read_chains(path: Path) -> Chains:
    """The blocks of a chain file from GRCh37 to GRCh38, plain or gzip; what two chains claim is left out.

    Raises UnreadableFile with the line where it is damaged, WrongBuild for a chain file of other assemblies.
    """
    try:
        text = gzip.decompress(path.read_bytes()) if is_gzip(path) else path.read_bytes()
        lines = text.decode("ascii").splitlines()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as problem:
        raise UnreadableFile("It cannot be read to its end; fetch it again.", path.name) from problem
    blocks = np.array(list(_blocks(lines, path.name)), np.int64).reshape(-1, 6)
    if not len(blocks):
        raise UnreadableFile("It holds no chain between human chromosomes.", path.name)
    blocks = blocks[np.lexsort((blocks[:, 1], blocks[:, 0]))]
    contig, start, end, target, target_start, reverse = _claimed_once(blocks).T
    return Chains(contig.astype(np.uint8), start, end, target.astype(np.uint8), target_start, reverse.astype(np.bool_))


def _claimed_once(blocks: Ints) -> Ints:
    """The blocks, sorted by place, without those that overlap another: netted chain files have none."""
    key = blocks[:, 0] * (1 << 32)
    start, end = key + blocks[:, 1], key + blocks[:, 2]
    reach = np.maximum.accumulate(end)
    overlaps = np.zeros(len(blocks), np.bool_)
    overlaps[1:] |= start[1:] < reach[:-1]
    overlaps[:-1] |= end[:-1] > start[1:]
    return blocks[~overlaps]


def _blocks(lines: list[str], name: str) -> Iterator[tuple[int, int, int, int, int, int]]:
    """(contig, start, end, target contig, target start, reversed) of every ungapped block between chromosomes."""
    chain: _Chain | None = None
    at = there = 0
    for number, line in enumerate(lines, 1):
        fields, where = line.split(), f"{name} line {number}"
        if not fields or line.startswith("#"):
            continue
        try:
            if fields[0] == "chain":
                chain = _chain(fields, where)
                at, there = int(fields[5]), int(fields[10])
                continue
            size, gap, gap_there = (int(f) for f in (*fields, "0", "0")[:3])
            if chain is None or size <= 0:
                raise ValueError(line)
        except (IndexError, ValueError) as problem:
            raise UnreadableFile(
                "This is no line of a chain file; fetch it again.", f"{name} line {number}"
            ) from problem
        if chain.contig and chain.target and _MT not in (chain.contig, chain.target):
            target_start = chain.target_size - there - size if chain.is_reversed else there
            yield chain.contig, at, at + size, chain.target, target_start, int(chain.is_reversed)
        at, there = at + size + gap, there + size + gap_there


@dataclass(frozen=True)
class _Chain:
    """contig, target: places in CONTIGS, 0 for others."""

    contig: int
    target: int
    target_size: int
    is_reversed: bool


def _chain(fields: list[str], where: str) -> _Chain:
    if fields[4] != "+":
        raise ValueError(fields[4])
    names = [canonical_chrom(fields[i]) for i in (2, 7)]
    for chrom, told, assembly in zip(names, (fields[3], fields[8]), BOTH, strict=True):
        if chrom in LENGTHS_BASES and int(told) != LENGTHS_BASES[chrom][BOTH.index(assembly)]:
            raise WrongBuild(f"Chromosome {chrom} has not the length it has in {assembly.value}.", where)
    codes = [CONTIGS.index(chrom) if chrom in CONTIGS else 0 for chrom in names]
    return _Chain(codes[0], codes[1], int(fields[8]), fields[9] == "-")
