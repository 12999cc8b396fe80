"""One transcript as HGVS counts it: from a base of the genome to a position of the spliced transcript and back."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from models.knowledge.types import TranscriptModel


@dataclass(frozen=True)
class Place:
    """Where a base lies. anchor: 0-based position in the spliced transcript of the base, or of the exon edge
    it is named from. into_intron: 0 in an exon, +n counted downstream from the anchor, -n upstream.
    exon: 1-based, in the order of the transcript; of the anchor. The middle of an intron of odd length
    counts from the exon before it (HGVS)."""

    anchor: int
    into_intron: int
    exon: int


@dataclass(frozen=True, eq=False)
class Spliced:
    """A transcript in its own direction.

    exons: (first, last) 1-based genomic positions, in the transcript's order and direction, so first > last
    on the reverse strand. starts: 0-based spliced position of each exon's first base. coding: first and last
    spliced position of the reading frame, stop codon included; None for a transcript that codes no protein.
    """

    model: TranscriptModel
    exons: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    length: int
    coding: tuple[int, int] | None

    @property
    def is_forward(self) -> bool:
        return self.model.strand == "+"

    @property
    def cds_length(self) -> int:
        return self.coding[1] - self.coding[0] + 1 if self.coding else 0

    def place(self, pos_1based: int) -> Place | None:
        """Where a genomic position lies; None outside of the transcript."""
        first, last = self.exons[0][0], self.exons[-1][1]
        if not min(first, last) <= pos_1based <= max(first, last):
            return None
        sign = 1 if self.is_forward else -1
        at = bisect_right(self.exons, sign * pos_1based, key=lambda e: sign * e[0]) - 1
        along = sign * (pos_1based - self.exons[at][0])
        beyond = sign * (pos_1based - self.exons[at][1])
        if beyond <= 0:
            return Place(self.starts[at] + along, 0, at + 1)
        before = sign * (self.exons[at + 1][0] - pos_1based)
        if beyond <= before:
            return Place(self.starts[at + 1] - 1, beyond, at + 1)
        return Place(self.starts[at + 1], -before, at + 2)

    def genomic(self, spliced: int) -> int:
        """Genomic position of a 0-based spliced position, which must lie in the transcript."""
        if not 0 <= spliced < self.length:
            raise ValueError(f"{self.model.refseq} has no base {spliced}")
        at = bisect_right(self.starts, spliced) - 1
        along = spliced - self.starts[at]
        return self.exons[at][0] + (along if self.is_forward else -along)

    def cds_position(self, place: Place) -> int | None:
        """1-based position in the reading frame, None outside of it."""
        if self.coding is None or place.into_intron or not self.coding[0] <= place.anchor <= self.coding[1]:
            return None
        return place.anchor - self.coding[0] + 1

    def name(self, place: Place) -> str:
        """ "123", "123+5", "124-7", "-18" or "*44"; counted from the first base where nothing is coded."""
        number = self._number(place.anchor)
        return f"{number}{place.into_intron:+d}" if place.into_intron else number

    def _number(self, spliced: int) -> str:
        if self.coding is None:
            return str(spliced + 1)
        start, end = self.coding
        if spliced > end:
            return f"*{spliced - end}"
        return str(spliced - start + 1 if spliced >= start else spliced - start)


def lay_out(model: TranscriptModel) -> Spliced:
    """A transcript model laid out in its own direction."""
    forward = model.strand == "+"
    exons = model.exons if forward else tuple((end, start) for start, end in reversed(model.exons))
    ends = tuple(accumulate(abs(last - first) + 1 for first, last in exons))
    starts = (0, *ends[:-1])
    layout = Spliced(model, exons, starts, ends[-1], None)
    if not model.cds_start_1based:
        return layout
    edges = (layout.place(model.cds_start_1based), layout.place(model.cds_end_1based))
    low, high = sorted(place.anchor for place in edges if place)
    return Spliced(model, exons, starts, ends[-1], (low, high))


spliced = lru_cache(maxsize=4096)(lay_out)
