"""Where a change lies in a coding transcript: exon, coding position, distance to the splice sites.

Coding positions count along the transcript: 1 is the A of the start codon, 0 and below the 5' UTR, above
`cds_length_bases` the 3' UTR. The transcript's exons are those of MANE on GRCh38, so positions must be too.
"""

from dataclasses import dataclass, replace

from models.knowledge.effects.spliced import spliced
from models.knowledge.types import TranscriptModel

CANONICAL_SPLICE_BASES = 2  # the GT and the AG of an intron (Abou Tayoun 2018, PMID:30192042)


@dataclass(frozen=True)
class Coding:
    """A coding transcript. exons: (first, last) coding position of each, in the order of transcription.

    cds_length_bases: with the stop codon.
    """

    exons: tuple[tuple[int, int], ...]
    cds_length_bases: int

    @property
    def protein_length(self) -> int:
        """Residues, without the stop."""
        return self.cds_length_bases // 3 - 1

    @property
    def last_junction(self) -> int:
        """Coding position of the last base before the last exon; 0 or below when no intron follows the start."""
        return self.exons[-1][0] - 1

    def coding_bases(self, exon: int) -> int:
        """Coding bases of an exon, 1-based."""
        first, last = self.exons[exon - 1]
        return max(0, min(last, self.cds_length_bases) - max(first, 1) + 1)


@dataclass(frozen=True)
class Point:
    """One base. cds: coding position, in an intron that of the nearer exon's edge; offset: +1 is the first
    base after that exon, -1 the last before it, 0 in the exon. exon: 1-based."""

    exon: int
    cds: int
    offset: int


@dataclass(frozen=True)
class SpliceSite:
    """A canonical splice site that is changed. exon: the exon it borders, skipped when the site is lost."""

    is_donor: bool
    exon: int


@dataclass(frozen=True)
class Place:
    """The bases a change touches, first and last in the order of transcription.

    An insertion touches the two bases it lies between.
    """

    coding: Coding
    first: Point
    last: Point
    splice_sites: tuple[SpliceSite, ...]

    @property
    def in_coding(self) -> bool:
        """Both ends lie in coding sequence of exons."""
        return all(p.offset == 0 and 1 <= p.cds <= self.coding.cds_length_bases for p in (self.first, self.last))

    @property
    def in_intron(self) -> bool:
        return self.first.offset != 0 and self.last.offset != 0

    @property
    def intron_distance_bases(self) -> int:
        """Bases to the nearer exon, signed as HGVS writes it: +7 after a donor, -4 before an acceptor; 0 in an exon."""
        return min((self.first.offset, self.last.offset), key=abs)

    @property
    def residues(self) -> tuple[int, int]:
        """First and last residue touched; of an intron's base, the residue at the exon's edge."""
        low, high = sorted((self.first.cds, self.last.cds))
        return (max(low, 1) + 2) // 3, (max(high, 1) + 2) // 3

    @property
    def touches_start_codon(self) -> bool:
        low, high = sorted((self.first.cds, self.last.cds))
        return self.first.offset == 0 == self.last.offset and low <= 3 and high >= 1


def coding_of(model: TranscriptModel) -> Coding | None:
    """The coding layout of a transcript; None when it codes no protein."""
    layout = spliced(model)
    if layout.coding is None:
        return None
    first = layout.coding[0]
    ends = (*layout.starts[1:], layout.length)
    spans = tuple((start - first + 1, end - first) for start, end in zip(layout.starts, ends, strict=True))
    return Coding(spans, layout.cds_length)


def place_of(model: TranscriptModel, pos_1based: int, ref: str, alt: str) -> Place | None:
    """Where an allele lies in `model`; None outside of it, or when it codes no protein."""
    coding = coding_of(model)
    low, high, is_between = touched_bases(pos_1based, ref, alt)
    if coding is None or high < model.exons[0][0] or low > model.exons[-1][1]:
        return None
    low, high = max(low, model.exons[0][0]), min(high, model.exons[-1][1])
    points = [_point(model, p) for p in (low, high)]
    first, last = points if model.strand == "+" else reversed(points)
    return Place(coding, first, last, tuple(_sites(model, low, high, whole=is_between)))


def agreed(by_position: Place, by_name: Place) -> Place:
    """One change placed twice: as its file aligns it, and as HGVS names it, moved along equal bases.

    Both leave the same sequence behind, so a splice site that one of them leaves alone is intact.
    """
    sites = tuple(s for s in by_name.splice_sites if s in by_position.splice_sites)
    return replace(by_name, splice_sites=sites) if len(by_position.splice_sites) > len(sites) else by_position


def touched_bases(pos_1based: int, ref: str, alt: str) -> tuple[int, int, bool]:
    """(first, last, whether it is an insertion between the two) of the reference bases an allele changes."""
    shared = 0
    while shared < min(len(ref), len(alt)) and ref[shared] == alt[shared]:
        shared += 1
    tail = 0
    while tail < min(len(ref), len(alt)) - shared and ref[-1 - tail] == alt[-1 - tail]:
        tail += 1
    first, last = pos_1based + shared, pos_1based + len(ref) - 1 - tail
    return (last, first, True) if last < first else (first, last, False)


def _point(model: TranscriptModel, position: int) -> Point:
    layout = spliced(model)
    at = layout.place(position)
    if at is None or layout.coding is None:
        raise ValueError(f"{model.refseq} has no position {position}")
    return Point(at.exon, at.anchor - layout.coding[0] + 1, at.into_intron)


def _sites(model: TranscriptModel, low: int, high: int, *, whole: bool) -> list[SpliceSite]:
    """Canonical sites that a span of bases touches. whole: an insertion counts only inside a site."""
    found, exons, forward = [], len(model.exons), model.strand == "+"
    for i, (start, end) in enumerate(model.exons):
        number = i + 1 if forward else exons - i
        sides = (
            (start - CANONICAL_SPLICE_BASES, start - 1, not forward),
            (end + 1, end + CANONICAL_SPLICE_BASES, forward),
        )
        for left, right, is_donor in sides:
            is_end_of_transcript = number == (exons if is_donor else 1)
            inside = left <= low and high <= right if whole else low <= right and high >= left
            if inside and not is_end_of_transcript:
                found.append(SpliceSite(is_donor, number))
    return found
