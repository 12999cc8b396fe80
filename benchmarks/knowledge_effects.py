"""How right and how fast effects are named: against the expert panels' names, bcftools csq and a full-size genome.

    python -m benchmarks.knowledge_effects [--rows 100000] [--cache FOLDER]

Names: every substitution of the ClinGen Evidence Repository on a MANE transcript, by position alone. Consequences:
random alleles of a made-up genome against `bcftools csq --local-csq`. Speed: rows in and around the exons of MANE,
twelve in a hundred insertions and deletions (more than people have), on a made-up genome of full size in which every
MANE reading frame can be read; 0.8 GB, which go away again unless --cache keeps them.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.knowledge_join import peak_mb
from models.case import Assembly
from models.intake.assembly import LENGTHS_BASES
from models.knowledge.cache import default_cache_dir
from models.knowledge.effects.coding_name import MITOCHONDRION_BASES
from models.knowledge.effects.genetic_code import BASES
from models.knowledge.effects.layout import Layout, layout_of
from models.knowledge.effects.normalise import normalised
from models.knowledge.effects.packed import BASES_FILE, INDEX_FILE, read_packed
from models.knowledge.effects.predict import effects
from models.knowledge.effects.reference import Reference
from models.knowledge.positions.alleles import CONTIGS, Alleles
from models.knowledge.transcripts import load_transcripts
from tests.knowledge.effects.test_peer import NOT_COMPARED, both
from tests.knowledge.effects.test_spliced import expert_panel_names

ASKED_SECONDS = 5.0
INDEL_SHARE = 0.12
AROUND_EXON_BASES = 100
_CODON = np.array([2, 1, 0], np.int64)  # GCA, alanine
_STEP = 1 << 24


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--cache", type=Path)
    given = asked.parse_args()
    panels()
    consequences()
    with tempfile.TemporaryDirectory() as scratch:
        return speed(given.rows, given.cache or Path(scratch))


def panels() -> None:
    """Agreement with the names that expert panels gave."""
    counts: Counter[tuple[str, str]] = Counter()
    for told, is_same, ours in expert_panel_names():
        version = "MANE's version" if is_same else "another version"
        counts[version, "outside" if ours is None else "equal" if ours == told[4] else "differs"] += 1
        if ours is not None and ours != told[4]:
            print(f"  {told[1]}{told[2]} {told[3]} c.{told[4]} is c.{ours} on MANE")
    for version in ("MANE's version", "another version"):
        inside = counts[version, "equal"] + counts[version, "differs"]
        equal = counts[version, "equal"]
        shares = f"{equal:6,} of {inside:6,} equal ({equal / inside:.2%})"
        print(f"names, {version:15} {shares}; beyond the transcript {counts[version, 'outside']}")


def consequences() -> None:
    """Agreement with bcftools csq."""
    for kind in ("substitution", "insertion", "deletion", "several bases"):
        with tempfile.TemporaryDirectory() as scratch:
            rows = both(Path(scratch), kind, 4000)
        equal = sum(ours - NOT_COMPARED == theirs - NOT_COMPARED for _, ours, theirs, _ in rows)
        print(f"consequence, {kind:14} {equal / len(rows):.1%} as csq has it ({len(rows):,} alleles)")


def speed(rows: int, place: Path) -> int:
    transcripts = load_transcripts(default_cache_dir())
    started = time.perf_counter()
    layout = layout_of(transcripts)
    print(f"laying out MANE, once a process: {time.perf_counter() - started:.1f} s")
    if not (place / INDEX_FILE).exists():
        write_genome(layout, place)
    reference = Reference(Assembly.GRCH38, "made up", read_packed(place / BASES_FILE, place / INDEX_FILE))
    alleles = rows_near_exons(layout, reference, rows)
    for name, work in (
        ("compared with the reference", lambda: reference.agreement(alleles)),
        ("normalised", lambda: normalised(alleles, reference)),
        ("effects named", lambda: effects(alleles, reference, transcripts)),
    ):
        started, used = time.perf_counter(), time.process_time()
        work()
        taken, used = time.perf_counter() - started, time.process_time() - used
        print(f"{rows:,} rows {name:28} {taken:6.2f} s ({used:.2f} s of one processor)")
    print(f"memory at most {peak_mb():,.0f} MB, mapped genome included; asked: effects under {ASKED_SECONDS:g} s")
    return 0 if used <= ASKED_SECONDS else 1


def write_genome(layout: Layout, place: Path) -> None:
    """Random bases, with a readable frame in every coding transcript (overlapping genes spoil each other's)."""
    place.mkdir(parents=True, exist_ok=True)
    length = np.array([LENGTHS_BASES.get(c, (0, 0))[1] for c in CONTIGS], np.int64)
    length[CONTIGS.index("MT")] = MITOCHONDRION_BASES
    size = -(-length // 4)
    first = (np.cumsum(size) - size) * 4
    packed = np.memmap(place / BASES_FILE, np.uint8, mode="w+", shape=(int(size.sum()),))
    rng = np.random.default_rng(1)
    for start in range(0, len(packed), _STEP):
        packed[start : start + _STEP] = rng.integers(0, 256, len(packed[start : start + _STEP]), dtype=np.uint8)
    for transcript in np.flatnonzero(layout.coding_first >= 0):
        spliced = np.arange(layout.coding_first[transcript], layout.coding_last[transcript] + 1)
        codes = np.tile(_CODON, len(spliced) // 3 + 1)[: len(spliced)]
        codes[:3], codes[-3:] = (0, 3, 2), (3, 0, 0)
        pos = layout.genomic(np.full(len(spliced), transcript), spliced)
        _lay(packed, first[layout.contig[transcript]] + pos - 1, codes if layout.forward[transcript] else 3 - codes)
    packed.flush()
    none = np.zeros(0, np.int64)
    np.savez(place / INDEX_FILE, first=first, length=length, unknown_start=none, unknown_end=none)


def _lay(packed: NDArray[np.uint8], at: NDArray[np.int64], codes: NDArray[np.int64]) -> None:
    for place in range(4):  # bases of one byte one after the other
        mine = (at & 3) == place
        byte, shift = at[mine] >> 2, np.uint8(2 * place)
        packed[byte] = (packed[byte] & ~np.uint8(3 << shift)) | (codes[mine].astype(np.uint8) << shift)


def rows_near_exons(layout: Layout, reference: Reference, count: int) -> Alleles:
    rng = np.random.default_rng(2)
    exon = rng.integers(0, len(layout.head), count)
    owner = np.repeat(np.arange(len(layout.plans)), layout.exon_count)[exon]
    low = np.minimum(
        *(layout.genomic(owner, layout.spliced[exon] + end) for end in (0, layout.tail[exon] - layout.head[exon]))
    )
    span = layout.tail[exon] - layout.head[exon] + 2 * AROUND_EXON_BASES
    pos = low - AROUND_EXON_BASES + (rng.random(count) * span).astype(np.int64)
    contig = layout.contig[owner]
    order = np.lexsort((pos, contig))
    contig, pos = contig[order], np.maximum(pos[order], 1)
    ref, alt = [], []
    draws = zip(contig.tolist(), pos.tolist(), rng.random(count), rng.integers(1, 6, count), strict=True)
    for code, at, draw, size in draws:
        base = reference.genome.bases(code, at, at)
        deleted = reference.genome.bases(code, at, at + int(size)) if draw < INDEL_SHARE / 2 else base
        other = BASES[(BASES.index(base) + 1 + int(size) % 3) % 4]
        ref.append(deleted)
        alt.append(base if deleted != base else base + "ACGTA"[:size] if draw < INDEL_SHARE else other)
    texts = [pa.array(column, pa.large_string()) for column in (ref, alt)]
    return Alleles(Assembly.GRCH38, contig, pos.astype(np.int32), texts[0], texts[1], np.ones(count, np.bool_))


if __name__ == "__main__":
    sys.exit(main())
