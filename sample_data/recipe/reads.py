"""Small BAMs: simulated read pairs around a few sites, carrying the alleles of each person's haplotypes."""

import random
from array import array
from dataclasses import dataclass
from pathlib import Path

import pysam

from sample_data.recipe.bai import drop_linear_index
from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Member, Recipe
from sample_data.recipe.site import Site
from sample_data.recipe.table import CHROMOSOMES, chromosome_length, contig_name

READ_BASES = 150
FLANK_BASES = 300
DEPTH_READS = 26
DEPTH_MT_READS = 120
INSERT_MEAN, INSERT_SD = 290, 28
# Qualities in the bins of current instruments: high but for single weak bases, weaker towards the end of the read.
HIGH, MIDDLE, LOW = 37, 25, 11
ERROR_AT = {HIGH: 0.0005, MIDDLE: 0.006, LOW: 0.06}
WEAK_BASE_CHANCE = 0.015
LONGEST_WEAK_END_BASES = 30
GOLDEN = 0.6180339887498949  # steps of this share of a window fall evenly, over every second or third step too
DUPLICATE_CHANCE = 0.03


@dataclass(frozen=True)
class Locus:
    """A window, 1-based closed, and the sites in it."""

    chrom: str
    start: int
    end: int
    sites: tuple[Site, ...]


Haplotype = list[tuple[str, int | None]]  # base and its reference position, None for an inserted base


def loci(shown: list[Site], sites: list[Site], assembly: str) -> list[Locus]:
    """Windows around `shown`, merged where they overlap, with every sequence-resolved site inside."""
    windows: list[tuple[str, int, int]] = []
    for site in sorted(shown, key=lambda s: (CHROMOSOMES.index(s.chrom), s.pos)):
        length = chromosome_length(site.chrom, assembly)
        start, end = max(1, site.pos - FLANK_BASES), min(length, site.pos + FLANK_BASES)
        if windows and windows[-1][0] == site.chrom and start <= windows[-1][2]:
            windows[-1] = (site.chrom, windows[-1][1], end)
        else:
            windows.append((site.chrom, start, end))
    return [Locus(c, s, e, tuple(x for x in sites if _inside(x, c, s, e))) for c, s, e in windows]


def _inside(site: Site, chrom: str, start: int, end: int) -> bool:
    plain = not any(a.text.startswith(("<", "*")) for a in site.alts)
    return plain and site.chrom == chrom and start + 20 <= site.pos <= end - 20


class Simulator:
    """Writes one person's BAM; remembers how many reads showed each allele, so that the VCF can say the same."""

    def __init__(self, recipe: Recipe, genome: Genome) -> None:
        self.recipe, self.genome = recipe, genome
        self.counts: dict[tuple[str, str], tuple[int, ...]] = {}
        self._alignment_header = pysam.AlignmentHeader.from_dict(self._header(recipe.members[0]))

    def write(self, member: Member, places: list[Locus], folder: Path) -> Path:
        """`folder`/<sample>.bam with its index."""
        segments = [s for place in places for s in self._locus(member, place)]
        segments.sort(key=lambda s: (s.reference_id, s.reference_start, s.query_name, s.is_read2))
        path = folder / f"{member.sample}.bam"
        with pysam.AlignmentFile(str(path), "wb", header=self._header(member)) as out:
            for segment in segments:
                out.write(segment)
        pysam.index(str(path))
        drop_linear_index(folder / f"{path.name}.bai")
        return path

    def _header(self, member: Member) -> dict[str, object]:
        contigs = [
            {"SN": contig_name(c, self.recipe.chr_prefix), "LN": chromosome_length(c, self.recipe.assembly)}
            for c in CHROMOSOMES
        ]
        return {
            "HD": {"VN": "1.6", "SO": "coordinate"},
            "SQ": contigs,
            "RG": [{"ID": "1", "SM": member.sample, "PL": "ILLUMINA"}],
            "CO": ["Caseboard synthetic sample: simulated reads on a synthetic sequence, no real person"],
        }

    def _locus(self, member: Member, place: Locus) -> list[pysam.AlignedSegment]:
        rng = random.Random(f"reads of {member.sample} at {place.chrom}:{place.start}")
        copies = self._haplotypes(member, place)
        if not copies:
            return []
        tally = {site.key: [0] * (len(site.alts) + 1) for site in place.sites}
        depth = DEPTH_MT_READS if place.chrom == "MT" else DEPTH_READS * (0.6 if len(copies) == 1 else 1)
        span = place.end - place.start + 1 - INSERT_MEAN
        pairs = round(depth * span / (2 * READ_BASES) * rng.uniform(0.9, 1.12))
        made: list[pysam.AlignedSegment] = []
        first = rng.random()
        for number in range(max(4, pairs)):
            carried, haplotype = copies[number % len(copies)]
            drawn = {s.key: _in_turn(number, _pair_chance(s, member)) for s in place.sites if s.fractions}
            name = f"SYN:{place.chrom}:{place.start}:{number}"
            made += self._pair(place, (carried | drawn, haplotype), (first + number * GOLDEN) % 1, tally, name, rng)
        for site in place.sites:
            self.counts[(member.sample, site.key)] = tuple(tally[site.key])
        return made

    def _haplotypes(self, member: Member, place: Locus) -> list[tuple[dict[str, int], Haplotype]]:
        ploidy = max((len(s.calls[member.sample]) for s in place.sites), default=0)
        return [self._haplotype(member, place, copy) for copy in range(ploidy)]

    def _haplotype(self, member: Member, place: Locus, copy: int) -> tuple[dict[str, int], Haplotype]:
        carried = {
            s.key: (s.calls[member.sample] or (0,))[min(copy, len(s.calls[member.sample]) - 1)]
            for s in place.sites
            if not s.fractions
        }
        return carried, self._apply(place, carried)

    def _apply(self, place: Locus, carried: dict[str, int]) -> Haplotype:
        by_pos = {s.pos: (s, carried[s.key]) for s in place.sites if carried.get(s.key)}
        out: Haplotype = []
        pos = place.start
        while pos <= place.end:
            site, number = by_pos.get(pos, (None, 0))
            if site is None:
                out.append((self.genome.base(place.chrom, pos), pos))
                pos += 1
                continue
            text = site.alts[number - 1].text
            kept = min(len(text), len(site.ref))
            out += [(text[i], pos + i) for i in range(kept)]
            out += [(base, None) for base in text[kept:]]
            pos += len(site.ref)
        return out

    def _pair(
        self,
        place: Locus,
        copy: tuple[dict[str, int], Haplotype],
        along: float,
        tally: dict[str, list[int]],
        name: str,
        rng: random.Random,
    ) -> list[pysam.AlignedSegment]:
        carried, haplotype = copy
        drawn = any(carried[s.key] for s in place.sites if s.fractions)
        bad = {s.key for s in place.sites if s.quality == "artefact" and carried[s.key]}
        altered = self._apply(place, carried) if drawn else haplotype
        insert = max(READ_BASES + 10, round(rng.gauss(INSERT_MEAN, INSERT_SD)))
        start = int(along * max(1, len(haplotype) - insert))
        starts = (start, max(0, min(start + insert, len(haplotype)) - READ_BASES))
        sources = (haplotype if bad else altered, altered)  # an artefact shows on the reverse strand only
        pair = [
            self._segment(place, source[s : s + READ_BASES], reverse, bool(bad), name, rng)
            for s, source, reverse in zip(starts, sources, (False, True), strict=True)
        ]
        self._tally(place, carried, bad, pair, tally)
        return _mated(pair, rng.random() < 0.5, rng.random() < DUPLICATE_CHANCE)

    @staticmethod
    def _tally(
        place: Locus,
        alleles: dict[str, int],
        one_sided: set[str],
        pair: list[pysam.AlignedSegment],
        tally: dict[str, list[int]],
    ) -> None:
        for site in place.sites:
            over = [s.reference_start < site.pos - 1 and s.reference_end > site.pos + len(site.ref) for s in pair]
            shown = over[1] if site.key in one_sided else any(over)
            tally[site.key][alleles.get(site.key, 0) if shown else 0] += int(any(over))

    def _segment(
        self, place: Locus, piece: Haplotype, reverse: bool, bad: bool, name: str, rng: random.Random
    ) -> pysam.AlignedSegment:
        while piece[0][1] is None:
            piece = piece[1:]
        while piece[-1][1] is None:
            piece = piece[:-1]
        qualities = _qualities(len(piece), reverse, rng)
        bases = "".join(
            rng.choice("ACGT") if rng.random() < ERROR_AT[q] else base
            for (base, _), q in zip(piece, qualities, strict=True)
        )
        segment = pysam.AlignedSegment(self._alignment_header)
        segment.query_name = name
        segment.query_sequence = bases
        segment.query_qualities = array("B", qualities)
        segment.reference_id = CHROMOSOMES.index(place.chrom)
        segment.reference_start = (piece[0][1] or 1) - 1
        segment.cigartuples = _cigar(piece)
        segment.mapping_quality = rng.choice((4, 7, 12)) if bad else 60
        segment.is_reverse = reverse
        segment.set_tag("RG", "1")
        return segment


def _qualities(length: int, reverse: bool, rng: random.Random) -> list[int]:
    """Phred quality of each base as aligned: the end of a reverse read is on the left."""
    weak_from = length - rng.randrange(LONGEST_WEAK_END_BASES)
    made = [MIDDLE if i >= weak_from else HIGH for i in range(length)]
    for i in range(length):
        if rng.random() < WEAK_BASE_CHANCE:
            made[i] = LOW
    return made[::-1] if reverse else made


def _in_turn(number: int, share: float) -> int:
    """1 for `share` of the pairs, evenly spread, 0 for the others: no fraction is far off by chance."""
    return int((number + 1.5) * share) - int((number + 0.5) * share)


def _pair_chance(site: Site, member: Member) -> float:
    """Share of read pairs that show ALT 1; doubled for artefacts, of which only one mate shows it."""
    fraction = site.fractions[member.sample]
    return 2 * fraction if site.quality == "artefact" else fraction


def _cigar(piece: Haplotype) -> list[tuple[int, int]]:
    """Runs of match (0), insertion (1) and deletion (2)."""
    runs: list[list[int]] = []
    last: int | None = None
    for _, pos in piece:
        if pos is not None and last is not None and pos > last + 1:
            runs.append([2, pos - last - 1])
        kind = 1 if pos is None else 0
        if runs and runs[-1][0] == kind:
            runs[-1][1] += 1
        else:
            runs.append([kind, 1])
        last = pos if pos is not None else last
    return [(kind, length) for kind, length in runs]


def _mated(pair: list[pysam.AlignedSegment], forward_is_first: bool, duplicate: bool) -> list[pysam.AlignedSegment]:
    first, second = pair
    length = second.reference_end - first.reference_start
    for me, other, number, size in ((first, second, 1, length), (second, first, 2, -length)):
        me.is_paired = me.is_proper_pair = True
        me.is_read1, me.is_read2 = (number == 1) == forward_is_first, (number == 2) == forward_is_first
        me.mate_is_reverse = other.is_reverse
        me.next_reference_id, me.next_reference_start = other.reference_id, other.reference_start
        me.template_length = size
        me.is_duplicate = duplicate
    return pair
