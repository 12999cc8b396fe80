"""Small made-up genomes and reads for tests: a reference slice and a BAM that carries given alleles.

reference = a_reference(folder, [("chr2", 166_012_345, "G")])
reads = some_reads(folder, "proband", reference, [("chr2", 166_012_345, "G", "A", 0.5)])
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pysam

from models.case import ReadsFile

SLICE_FLANK_BP = 2_000
LENGTHS = {"chr1": 248_956_422, "chr2": 242_193_529, "chr17": 83_257_441, "chrX": 156_040_895, "chrM": 16_569}


@dataclass(frozen=True)
class MadeReference:
    """slices: (contig, first base, bases)."""

    fasta: Path
    slices: tuple[tuple[str, int, str], ...]

    def base(self, contig: str, pos_1based: int) -> str:
        return next(b[pos_1based - s] for c, s, b in self.slices if c == contig and s <= pos_1based < s + len(b))


def a_reference(folder: Path, places: Sequence[tuple[str, int, str]]) -> MadeReference:
    """Random bases around each (contig, position, bases there), as slices in one FASTA."""
    dice, slices = random.Random(7), []
    for contig, pos, ref in places:
        start = max(1, pos - SLICE_FLANK_BP)
        bases = "".join(dice.choice("ACGT") for _ in range(pos - start + SLICE_FLANK_BP))
        at = pos - start
        slices.append((contig, start, bases[:at] + ref + bases[at + len(ref) :]))
    fasta = folder / "reference.fa"
    fasta.write_text("".join(f">{c}:{s}-{s + len(b) - 1} @len={LENGTHS[c]}\n{b}\n" for c, s, b in slices))
    return MadeReference(fasta, tuple(slices))


def some_reads(
    folder: Path,
    sample: str,
    reference: MadeReference,
    alleles: Sequence[tuple[str, int, str, str, float]],
    *,
    depth: int = 36,
    read_bp: int = 120,
    name: str = "read",
    md: bool = False,
) -> ReadsFile:
    """Reads over every slice; each (contig, pos, ref, alt, fraction) is carried by that share of them.

    md: with MD tags, as most aligners write them.
    """
    contigs = sorted({c for c, _, _ in reference.slices}, key=list(LENGTHS).index)
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": c, "LN": LENGTHS[c]} for c in contigs]}
    header["RG"] = [{"ID": "rg1", "SM": sample}]
    path, dice = folder / f"{sample}.bam", random.Random(sample)
    reads = []
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for contig, start, bases in reference.slices:
            step = max(1, read_bp // depth)
            for at in range(0, len(bases) - read_bp, step):
                reads.append((contigs.index(contig), start + at, bases[at : at + read_bp]))
        for number, (tid, pos, bases) in enumerate(sorted(reads)):
            read = _read(out.header, f"{name}{number}", tid, pos, bases)
            tag = _carry(read, contigs[tid], pos, alleles, dice)
            if md:
                read.set_tag("MD", tag)
            out.write(read)
    pysam.index(str(path))
    return ReadsFile(sample, path, path.with_suffix(".bam.bai"), f"{sample}.bam")


def _read(header: pysam.AlignmentHeader, name: str, tid: int, pos: int, bases: str) -> pysam.AlignedSegment:
    read = pysam.AlignedSegment(header)
    read.query_name, read.reference_id, read.reference_start = name, tid, pos - 1
    read.query_sequence = bases
    read.query_qualities = pysam.qualitystring_to_array("I" * len(bases))
    read.cigartuples, read.mapping_quality = [(0, len(bases))], 60
    read.flag = 16 if pos % 2 else 0
    return read


def _carry(
    read: pysam.AlignedSegment,
    contig: str,
    pos: int,
    alleles: Sequence[tuple[str, int, str, str, float]],
    dice: random.Random,
) -> str:
    """Write the first allele inside the read into it: substitution, insertion or deletion; its MD tag."""
    bases = read.query_sequence or ""
    for chrom, at, ref, alt, fraction in alleles:
        offset = at - pos
        if chrom != contig or not 3 <= offset < len(bases) - len(ref) - 3 or dice.random() >= fraction:
            continue
        new = bases[:offset] + alt + bases[offset + len(ref) :]
        read.query_sequence = new
        read.query_qualities = pysam.qualitystring_to_array("I" * len(new))
        shared = min(len(ref), len(alt))
        extra = len(alt) - len(ref)
        gap = [(1, extra)] if extra > 0 else [(2, -extra)] if extra < 0 else []
        head = offset + shared
        read.cigartuples = [(0, head), *gap, (0, len(new) - head - max(0, extra))]
        if extra:
            deleted = f"^{ref[shared:]}" if extra < 0 else ""
            return f"{head}{deleted}{len(new) - head - max(0, extra)}" if deleted else str(len(new) - extra)
        return f"{offset}{ref}{len(new) - offset - 1}"
    return str(len(bases))
