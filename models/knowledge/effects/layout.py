"""All transcripts as flat arrays: which ones a row touches, and where in them, by the hundred thousand.

The same answers as `spliced.Spliced` gives for one transcript, which the tests hold it to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Assembly
from models.errors import WrongBuild
from models.knowledge.effects.spliced import Spliced, lay_out
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.transcripts import Transcripts
from models.knowledge.types import TranscriptModel

# A change this close to a transcript is told as upstream or downstream of it. Source: VEP's default distance.
NEARBY_BASES = 5000
# Larger than any position: keeps transcripts apart in one sorted array of (transcript, position).
_SPAN = 1 << 32
_MIRROR = 1 << 30
NOT_CODING = -1

Ints = NDArray[np.int64]


class Places(NamedTuple):
    """`spliced.Place` as columns. exon counts from 0. edge: bases to the nearer end of the exon that is a splice
    junction, 0 on the exon's last or first base; large where there is none."""

    anchor: Ints
    into_intron: Ints
    exon: Ints
    edge: Ints


class Pairs(NamedTuple):
    """Rows with the transcripts they touch or lie near."""

    row: Ints
    transcript: Ints


@dataclass(frozen=True, eq=False)
class Layout:
    """A set of transcripts. Per transcript: contig (place in CONTIGS), forward, start and end, order (0 is taken
    first where two are equally telling), coding_first and coding_last (NOT_CODING). Per exon, in the order of
    the transcripts: owner, head and tail (genomic, counted in the transcript's direction), spliced."""

    assembly: Assembly
    plans: tuple[Spliced, ...]
    contig: NDArray[np.uint8]
    forward: NDArray[np.bool_]
    start: Ints
    end: Ints
    order: Ints
    coding_first: Ints
    coding_last: Ints
    first_exon: Ints
    exon_count: Ints
    head: Ints
    tail: Ints
    spliced: Ints

    def places(self, transcript: Ints, pos: Ints) -> Places:
        """Where positions that lie in their transcripts are."""
        along = self._along(transcript, pos)
        at = np.searchsorted(self._head_key, transcript * _SPAN + along, side="right") - 1
        beyond = along - self.tail[at]
        inside = beyond <= 0
        following = np.where(inside, at, np.minimum(at + 1, len(self.head) - 1))
        before = self.head[following] - along
        upstream = inside | (beyond <= before)
        size = self.tail - self.head
        anchor = np.where(upstream, self.spliced[at] + np.minimum(along - self.head[at], size[at]), 0)
        anchor = np.where(upstream, anchor, self.spliced[following])
        into = np.where(inside, 0, np.where(upstream, beyond, -before))
        exon = np.where(upstream, at, following) - self.first_exon[transcript]
        return Places(anchor, into, exon, np.where(inside, self._edge(transcript, at, along), _MIRROR))

    def genomic(self, transcript: Ints, spliced: Ints) -> Ints:
        """Genomic positions of spliced ones that lie in their transcripts."""
        at = np.searchsorted(self._spliced_key, transcript * _SPAN + spliced, side="right") - 1
        along = self.head[at] + spliced - self.spliced[at]
        return np.where(self.forward[transcript], along, _MIRROR - along)

    def pairs(self, contig: NDArray[np.uint8], start: Ints, end: Ints) -> Pairs:
        """Each row with every transcript that its closed span touches or comes within NEARBY_BASES of."""
        found = [self._pairs_on(code, np.flatnonzero(contig == code), start, end) for code in np.unique(contig)]
        rows = np.concatenate([np.zeros(0, np.int64), *(p.row for p in found)])
        transcripts = np.concatenate([np.zeros(0, np.int64), *(p.transcript for p in found)])
        by_row = np.argsort(rows, kind="stable")
        return Pairs(rows[by_row], transcripts[by_row])

    def check(self, assembly: Assembly) -> None:
        """Raise WrongBuild unless alleles of `assembly` may be placed here."""
        if assembly is not self.assembly:
            raise WrongBuild(
                f"The variants are on {assembly.value} and the transcripts on {self.assembly.value}; "
                "lift the variants over first."
            )

    def _along(self, transcript: Ints, pos: Ints) -> Ints:
        return np.where(self.forward[transcript], pos, _MIRROR - pos)

    def _edge(self, transcript: Ints, exon: Ints, along: Ints) -> Ints:
        rank = exon - self.first_exon[transcript]
        to_head = np.where(rank > 0, along - self.head[exon], _MIRROR)
        to_tail = np.where(rank < self.exon_count[transcript] - 1, self.tail[exon] - along, _MIRROR)
        return np.minimum(to_head, to_tail)

    def _pairs_on(self, code: int, rows: Ints, start: Ints, end: Ints) -> Pairs:
        edges, listed = self._stretches.get(int(code), (np.zeros(0, np.int64), []))
        if not len(edges):
            return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64))
        first = np.searchsorted(edges, start[rows], side="right") - 1
        last = np.searchsorted(edges, end[rows], side="right") - 1
        size = np.array([len(of) for of in listed])
        flat = np.fromiter(chain.from_iterable(listed), np.int64)
        begins = np.cumsum(size) - size
        one = np.flatnonzero(first == last)
        count = size[first[one]]
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        row, transcript = np.repeat(rows[one], count), flat[np.repeat(begins[first[one]], count) + within]
        many = np.flatnonzero(first != last)
        spans = [sorted(set(chain.from_iterable(listed[first[i] : last[i] + 1]))) for i in many]
        wide = np.repeat(rows[many], [len(s) for s in spans])
        return Pairs(
            np.concatenate([row, wide]), np.concatenate([transcript, np.fromiter(chain.from_iterable(spans), np.int64)])
        )

    @cached_property
    def _stretches(self) -> dict[int, tuple[Ints, list[list[int]]]]:
        """By contig: where the set of transcripts nearby changes, and the sets."""
        return {int(code): self._stretches_on(np.flatnonzero(self.contig == code)) for code in np.unique(self.contig)}

    def _stretches_on(self, transcripts: Ints) -> tuple[Ints, list[list[int]]]:
        low, high = self.start[transcripts] - NEARBY_BASES, self.end[transcripts] + NEARBY_BASES
        edges = np.unique(np.concatenate(([-_MIRROR], low, high + 1)))
        listed: list[list[int]] = [[] for _ in edges]
        ranges = zip(transcripts, np.searchsorted(edges, low), np.searchsorted(edges, high + 1), strict=True)
        for transcript, first, last in ranges:
            for at in range(first, last):
                listed[at].append(int(transcript))
        return edges, listed

    @cached_property
    def by_symbol(self) -> Ints:
        """Place of each transcript's gene in the order of symbols."""
        return np.unique([plan.model.gene for plan in self.plans], return_inverse=True)[1]

    @cached_property
    def _owner(self) -> Ints:
        return np.repeat(np.arange(len(self.plans)), self.exon_count)

    @cached_property
    def _head_key(self) -> Ints:
        return self._owner * _SPAN + self.head

    @cached_property
    def _spliced_key(self) -> Ints:
        return self._owner * _SPAN + self.spliced


@lru_cache(maxsize=4)
def layout_of(transcripts: Transcripts) -> Layout:
    """MANE laid out, MANE Select before Plus Clinical."""
    models = tuple(models_of(transcripts.table))
    return laid_out(models, [int(m.mane_status == "MANE Plus Clinical") for m in models], Assembly.GRCH38)


def models_of(table: pd.DataFrame) -> Iterator[TranscriptModel]:
    """The rows of a transcript table (models.knowledge.tables.build.transcripts)."""
    for row in table.itertuples():
        first = (row.start_1based + row.exon_offsets).tolist()
        exons = tuple(sorted((a, a + n - 1) for a, n in zip(first, row.exon_sizes.tolist(), strict=True)))
        yield TranscriptModel(
            str(row.gene),
            str(row.chrom),
            str(row.strand),
            str(row.refseq),
            str(row.ensembl),
            str(row.mane_status),
            exons,
            int(row.cds_start_1based),
            int(row.cds_end_1based),
        )


def laid_out(models: tuple[TranscriptModel, ...], order: list[int], assembly: Assembly) -> Layout:
    """Any transcripts of one assembly. order: which is taken first where two are equally telling."""
    plans = tuple(lay_out(m) for m in models)
    forward = np.array([p.is_forward for p in plans], np.bool_)
    count = np.array([len(p.exons) for p in plans], np.int64)
    edges = np.array(list(chain.from_iterable(p.exons for p in plans)), np.int64).reshape(-1, 2)
    along = np.where(np.repeat(forward, count)[:, None], edges, _MIRROR - edges)
    coding = np.array([p.coding or (NOT_CODING, NOT_CODING) for p in plans], np.int64).reshape(-1, 2)
    return Layout(
        assembly,
        plans,
        np.array([CONTIGS.index(m.chrom) if m.chrom in CONTIGS else 0 for m in models], np.uint8),
        forward,
        np.array([m.exons[0][0] for m in models], np.int64),
        np.array([m.exons[-1][1] for m in models], np.int64),
        np.array(order, np.int64),
        coding[:, 0],
        coding[:, 1],
        np.cumsum(count) - count,
        count,
        along[:, 0],
        along[:, 1],
        np.array(list(chain.from_iterable(p.starts for p in plans)), np.int64),
    )
