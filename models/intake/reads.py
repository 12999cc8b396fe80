"""Cuts a patient's aligned reads down to what the genome browser shows.

The answer is one small, sorted, indexed BAM, whatever the size of the file it came from. It holds
positions, bases and qualities and nothing that names anyone: read names become numbers, the header
keeps the contigs only, and of the tags a few numbers stay. Duplicates, failed and secondary
alignments are left out. CRAM is not read: decoding it needs a reference that may be fetched from
the net.
"""

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pysam

from models.case import ReadsFile
from models.errors import InputError, UnreadableFile
from models.intake.child import run_in_child
from models.intake.limits import GIB, LIMITS, MIB
from models.intake.md_tags import remembered_stretches
from models.intake.regions import Region, drawn_name, merged

# Files up to this size are sent whole, so that every variant of a small case has its reads.
WHOLE_FILE_BYTES = 2_000_000
# Mean depth above which a stretch is thinned. A few hundred reads fill the pane many times over.
DEPTH_CAP_READS = 150
# Whatever the depth, no more records than these are looked at in one stretch.
SCAN_CAP_RECORDS = 500_000
# Tags with a whole number and a meaning on screen: edit distance, haplotype, phase set, mate's quality.
_KEPT_TAGS = ("NM", "HP", "PS", "MQ")
# Cutting takes a second; a file that needs a hundred times that is not one to wait for.
LIMITS_OF_READS = replace(LIMITS, cpu_seconds=120, wall_seconds=180.0, memory_bytes=4 * GIB, output_bytes=256 * MIB)
_LEFT_OUT = pysam.FUNMAP | pysam.FSECONDARY | pysam.FQCFAIL | pysam.FDUP


@dataclass(frozen=True)
class ReadsExcerpt:
    """A small BAM and its index (CSI: a .bai is often larger than the reads), as bytes.

    whole: every read of the file is in it. thinned: in how many stretches reads were left out
    because they were deeper than DEPTH_CAP_READS. contigs: drawn name -> length in bases.
    fasta: the reference as the reads' MD tags remember it, b"" when they do not.
    """

    bam: bytes
    index: bytes
    reads: int
    whole: bool
    thinned: int
    contigs: dict[str, int]
    fasta: bytes = b""


def excerpts(
    files: Sequence[ReadsFile], regions: Sequence[Region], *, depth_cap: int = DEPTH_CAP_READS
) -> tuple[ReadsExcerpt | InputError, ...]:
    """The reads of each file that touch `regions`, or all of a small file's; an error in its place otherwise.

    One limited child process reads them all; when a file brings it down, each is read in its own.
    """
    places = [[r.chrom, r.start_1based, r.end_1based] for r in regions]
    paths = [(str(f.bam.resolve()), str(f.bai.resolve())) for f in files]
    with TemporaryDirectory() as folder:
        try:
            answers = run_in_child(cut_all, paths, places, depth_cap, folder, limits=LIMITS_OF_READS)
        except InputError as stopped:
            if len(files) <= 1:
                return (stopped,) * len(files)
            return tuple(e for f in files for e in excerpts((f,), regions, depth_cap=depth_cap))
        return tuple(_taken(Path(folder) / f"{at}.bam", answer) for at, answer in enumerate(answers))


def _taken(made: Path, answer: dict[str, Any]) -> ReadsExcerpt | InputError:
    if "refused" in answer:
        return UnreadableFile(answer["refused"])
    index, fasta = made.with_suffix(".bam.csi"), made.with_suffix(".fa")
    return ReadsExcerpt(made.read_bytes(), index.read_bytes(), **answer, fasta=fasta.read_bytes())


def cut_all(paths: list[list[str]], places: list[list[Any]], depth_cap: int, folder: str) -> list[dict[str, Any]]:
    """In the child: write "0.bam", "1.bam" ... and their indexes into `folder`; the facts of each."""
    regions = merged(Region(*p) for p in places)
    return [_answered(bam, bai, regions, depth_cap, Path(folder) / f"{at}.bam") for at, (bam, bai) in enumerate(paths)]


def _answered(bam: str, bai: str, regions: Sequence[Region], depth_cap: int, made: Path) -> dict[str, Any]:
    try:
        return _cut(bam, bai, regions, depth_cap, made)
    except InputError as refused:
        return {"refused": refused.sentence}
    except (OSError, ValueError):
        return {"refused": "The reads could not be opened; give a sorted BAM together with its own index (.bai)."}


def _cut(bam: str, bai: str, regions: Sequence[Region], depth_cap: int, made: Path) -> dict[str, Any]:
    whole = Path(bam).stat().st_size <= WHOLE_FILE_BYTES
    with _open(bam, bai) as source:
        stretches = _everything(source) if whole else regions
        contigs = {name: drawn_name(name) for name in source.references}
        picked, thinned = _pick(source, stretches, contigs, math.inf if whole else depth_cap)
        made.with_suffix(".fa").write_text(_remembered(source, picked, contigs), encoding="ascii")
        lengths = _write(source, picked, contigs, made)
    return {"reads": len(picked), "whole": whole, "thinned": thinned, "contigs": lengths}


def _open(bam: str, bai: str) -> pysam.AlignmentFile:
    """A BAM and nothing else: "rb" alone would open SAM and CRAM too."""
    source = pysam.AlignmentFile(bam, "rb", index_filename=bai, require_index=True)
    if not source.is_bam:
        raise UnreadableFile("Only BAM files of reads are opened; convert this one with samtools view -b.")
    return source


def _everything(source: pysam.AlignmentFile) -> tuple[Region, ...]:
    return tuple(Region(name, 1, length) for name, length in zip(source.references, source.lengths, strict=True))


def _delivered(contigs: dict[str, str], chrom: str) -> str | None:
    """The file's own spelling of a contig."""
    wanted = drawn_name(chrom)
    return next((name for name, drawn in contigs.items() if drawn and drawn == wanted), None)


def _pick(
    source: pysam.AlignmentFile, regions: Sequence[Region], contigs: dict[str, str], depth_cap: float
) -> tuple[list[pysam.AlignedSegment], int]:
    """Reads in file order, each once, and the number of stretches that were thinned."""
    picked: list[pysam.AlignedSegment] = []
    thinned, seen_to = 0, {"": 0}
    placed = [(r, _delivered(contigs, r.chrom)) for r in regions]
    for region, name in sorted(((r, n) for r, n in placed if n), key=lambda p: (source.get_tid(p[1]), p[0])):
        share = _share(source, name, region, depth_cap)
        thinned += share < 1.0
        after = seen_to.get(name, 0)
        picked.extend(r for r in _fetch(source, name, region) if r.reference_start >= after and _keeps(r, share))
        seen_to[name] = region.end_1based
    return picked, thinned


def _fetch(source: pysam.AlignmentFile, name: str, region: Region) -> Iterator[pysam.AlignedSegment]:
    length = source.get_reference_length(name)
    start, end = region.start_1based - 1, min(region.end_1based, length)
    if start >= end:
        return
    for seen, read in enumerate(source.fetch(name, start, end)):
        if seen >= SCAN_CAP_RECORDS:
            return
        if not read.flag & _LEFT_OUT:
            yield read


def _share(source: pysam.AlignmentFile, name: str, region: Region, depth_cap: float) -> float:
    """The share of read pairs to keep so that the mean depth where there are reads is the cap."""
    if math.isinf(depth_cap):
        return 1.0
    bases, first, last = 0, region.end_1based, region.start_1based
    for read in _fetch(source, name, region):
        start, end = max(read.reference_start + 1, region.start_1based), min(read.reference_end or 0, region.end_1based)
        bases, first, last = bases + max(0, end - start + 1), min(first, start), max(last, end)
    covered = max(1, last - first + 1)
    return min(1.0, depth_cap * covered / bases) if bases else 1.0


def _keeps(read: pysam.AlignedSegment, share: float) -> bool:
    """The same answer for both mates and on every run."""
    return share >= 1.0 or zlib.crc32((read.query_name or "").encode()) < share * 2**32


def _remembered(source: pysam.AlignmentFile, picked: list[pysam.AlignedSegment], contigs: dict[str, str]) -> str:
    """FASTA of the reference under the reads, before their tags are taken away."""
    records = []
    for tid, first, bases in remembered_stretches(picked):
        contig, length = source.get_reference_name(tid), source.lengths[tid]
        records.append(f">{contigs[contig]}:{first}-{first + len(bases) - 1} @len={length}\n{bases}\n")
    return "".join(r for r in records if not r.startswith(">:"))


def _write(
    source: pysam.AlignmentFile, picked: list[pysam.AlignedSegment], contigs: dict[str, str], path: Path
) -> dict[str, int]:
    """Write and index the reads; drawn contig name -> length."""
    header, place = _header(source, picked, contigs)
    numbers: dict[str, str] = {}
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for read in picked:
            out.write(_nameless(read, numbers, place))
    pysam.index("-c", str(path))
    return dict(zip(header.references, header.lengths, strict=True))


def _header(
    source: pysam.AlignmentFile, picked: list[pysam.AlignedSegment], contigs: dict[str, str]
) -> tuple[pysam.AlignmentHeader, dict[int, int]]:
    """A header of the contigs in use, in the file's order, and old contig number -> new."""
    used = {r.reference_id for r in picked} | {r.next_reference_id for r in picked}
    place: dict[int, int] = {}
    names: list[dict[str, Any]] = []
    for tid, (name, length) in enumerate(zip(source.references, source.lengths, strict=True)):
        if tid in used and contigs[name]:
            place[tid] = len(names)
            names.append({"SN": contigs[name], "LN": length})
    return pysam.AlignmentHeader.from_dict({"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": names}), place


def _nameless(read: pysam.AlignedSegment, numbers: dict[str, str], place: dict[int, int]) -> pysam.AlignedSegment:
    """The read with a number for a name, renumbered contigs and few tags."""
    read.set_tags([(tag, int(read.get_tag(tag))) for tag in _KEPT_TAGS if _is_number(read, tag)])
    name = read.query_name or ""
    read.query_name = numbers.setdefault(name, f"read_{len(numbers) + 1}")
    read.reference_id = place[read.reference_id]
    read.next_reference_id = place.get(read.next_reference_id, -1)
    return read


def _is_number(read: pysam.AlignedSegment, tag: str) -> bool:
    return read.has_tag(tag) and isinstance(read.get_tag(tag), int)
