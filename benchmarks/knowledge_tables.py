"""Full-size position tables and cases, made up: rows as releases have them, places spread over the genome."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.case import Assembly
from models.intake.assembly import LENGTHS_BASES
from models.knowledge import clinvar
from models.knowledge.gnomad_sites import SCHEMA as GNOMAD
from models.knowledge.library.installed import Installed
from models.knowledge.positions.alleles import CONTIGS, SEQUENCE_RESOLVED, Alleles
from models.knowledge.positions.build import TableWriter, highest
from models.knowledge.positions.coverage import whole_contigs, write_coverage
from models.knowledge.positions.join import REASON
from models.knowledge.positions.key import keys_of_spans
from models.knowledge.positions.rows import batch_of
from models.knowledge.types import Release

LENGTH = {CONTIGS.index(c): lengths[1] for c, lengths in LENGTHS_BASES.items()}
TOTAL = sum(LENGTH.values())
GENES = 20_000
GENE_BASES = 1700  # coding bases of a gene: 20,000 of them hold the 70 million substitutions that are scored
_STEP = 1 << 20


class Pool:
    """Pairs of REF and ALT to draw from: nine of ten a substitution, two in a hundred too long to be spelled out."""

    def __init__(self, *, only_snv: bool = False) -> None:
        rng = np.random.default_rng(3)
        pairs = [(r, a) for r in "ACGT" for a in "ACGT" if r != a] * (1 if only_snv else 60)
        for i in range(0 if only_snv else 80):
            tail = "".join(rng.choice(list("ACGT"), 1 + (i % 4 if i < 64 else 12 + i % 20)))
            pairs.append(("A", "A" + tail) if i % 2 else ("A" + tail, "A"))
        self.ref, self.alt = (np.array(column) for column in zip(*pairs, strict=True))
        joined = "".join(r + a for r, a in pairs)
        self.text = np.frombuffer(joined.encode(), np.uint8)
        sizes = np.array([(len(r), len(a)) for r, a in pairs], np.int64)
        self.ref_length, self.alt_length = sizes.T
        self.ref_start = np.cumsum(sizes.sum(axis=1)) - sizes.sum(axis=1)
        self.alt_start = self.ref_start + self.ref_length

    def __len__(self) -> int:
        return len(self.ref)


@dataclass(frozen=True)
class Listed:
    """Which alleles a made-up table lists, in order of position. coding: in genes only."""

    rows: int
    coding: bool
    only_snv: bool = False
    seed: int = 7

    @property
    def pool(self) -> Pool:
        return Pool(only_snv=self.only_snv)

    def parts(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]]:
        """(contig, position, place in the pool), the same at every call."""
        rng, pool = np.random.default_rng(self.seed), self.pool
        for contig, bases in LENGTH.items():
            pos = self._positions(contig, bases, rng)
            for at in range(0, len(pos), _STEP):
                some = pos[at : at + _STEP]
                yield np.full(len(some), contig, np.uint8), some, rng.integers(0, len(pool), len(some))

    def _positions(self, contig: int, bases: int, rng: np.random.Generator) -> NDArray[np.int64]:
        count = self.rows * bases // TOTAL
        if not self.coding:
            return np.sort(rng.integers(10_000, bases, count))
        genes = np.random.default_rng(contig).integers(20_000, bases - 20_000, GENES * bases // TOTAL)
        return np.sort(rng.choice(genes, count) + rng.integers(0, GENE_BASES, count))


def table(folder: Path, source: str, listed: Listed, schema: pa.Schema) -> Installed:
    """An installed release of these rows (fewer: the same allele drawn twice is one)."""
    shutil.rmtree(folder, ignore_errors=True)  # a table that was left unfinished
    folder.mkdir(parents=True)
    pool, rng = listed.pool, np.random.default_rng(5)
    spans = (pool.ref_start, pool.ref_length, pool.alt_start, pool.alt_length)
    with TableWriter(folder, schema, highest(schema.names[0])) as writer:
        for contig, pos, pick in listed.parts():
            keyed = keys_of_spans(pool.text, contig, pos, *(column[pick] for column in spans))
            writer.add(batch_of(keyed, _values(schema, len(pos), rng), schema))
    write_coverage(whole_contigs(LENGTH, SEQUENCE_RESOLVED), folder)
    return release(folder, source)


def release(folder: Path, source: str) -> Installed:
    of = Release(source, source, "1", "2026-01-01", "CC0", "made up", "https://example.org")
    return Installed(source, Assembly.GRCH38, of, folder, {f.name: "" for f in folder.iterdir()}, "2026-01-02", 0)


def _values(schema: pa.Schema, rows: int, rng: np.random.Generator) -> Mapping[str, Any]:
    if schema == GNOMAD:
        return _frequencies(rows, rng)
    if schema == clinvar.SCHEMA:
        return _classes(rows, rng)
    return {f.name: rng.random(rows, np.float32) for f in schema}


def _frequencies(rows: int, rng: np.random.Generator) -> Mapping[str, Any]:
    """Half of the alleles seen once, the others by a power law, each mostly in one group."""
    number = rng.integers(1_300_000, 1_461_894, rows).astype(np.float32)
    count = np.minimum(np.floor(1 / (1 - rng.random(rows))), number / 2).astype(np.float32)
    fraction = count / number
    names = [n for n in GNOMAD.names if n.startswith("af_") and n.endswith("_fraction") and "max" not in n][1:]
    whose = rng.integers(0, len(names), rows)
    groups = {n: np.where((whose == i) | (count > 20), fraction * 2, 0).astype(np.float32) for i, n in enumerate(names)}
    failed = rng.random(rows) < 0.12
    return {
        "af_fraction": fraction,
        "allele_count": count,
        "allele_number": number,
        "homozygote_count": np.floor(count * fraction),
        "af_group_max_fraction": fraction * 2,
        "af_group_max_name": pa.array([n.split("_")[1] for n in names]).take(pa.array(whose)),
        "faf95_group_max_fraction": fraction,
        **groups,
        REASON: pc.if_else(pa.array(failed), "failed gnomAD's filter AS_VQSR", pa.scalar(None, pa.string())),
    }


def _classes(rows: int, rng: np.random.Generator) -> Mapping[str, Any]:
    number = np.arange(rows)
    words = pa.array(["Uncertain significance", "Likely benign", "Benign", "Pathogenic", "Likely pathogenic"])
    texts = {
        "clinvar_significance": words.take(pa.array(rng.integers(0, 5, rows))),
        "clinvar_conflict": pa.nulls(rows, pa.string()),
        "clinvar_review": pa.array(["criteria provided, single submitter"]).take(pa.array(np.zeros(rows, np.int8))),
        "clinvar_condition": pc.binary_join_element_wise("Disease", pa.array(number % 18_000).cast(pa.string()), " "),
        "clinvar_gene": pc.binary_join_element_wise("GENE", pa.array(number // 140).cast(pa.string()), ""),
        "clinvar_consequence": pa.array(["SO:0001583|missense_variant"]).take(pa.array(np.zeros(rows, np.int8))),
    }
    stars, ids = rng.integers(0, 4, rows).astype(np.float32), pa.array(number).cast(pa.string())
    return {
        **texts,
        "clinvar_stars": stars,
        "clinvar_id": ids,
        "clinvar_allele_id": number.astype(np.float32),
    }


def case(rows: int, listed: Listed, share_listed: float) -> Alleles:
    """A person's alleles in order: a share of them are listed in a table, as most variants of a person are."""
    own = Listed(round(rows * (1 - share_listed)), listed.coding, listed.only_snv, seed=listed.seed + 1)
    rng, keep = np.random.default_rng(31), rows * share_listed / listed.rows
    parts = list(own.parts())
    for part in listed.parts():
        some = rng.random(len(part[0])) < keep
        parts.append((part[0][some], part[1][some], part[2][some]))
    contig, pos, pick = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.lexsort((pos, contig))
    contig, pos, pick = contig[order], pos[order], pa.array(pick[order])
    ref, alt = (pa.array(list(t), pa.large_string()).take(pick) for t in (listed.pool.ref, listed.pool.alt))
    return Alleles(Assembly.GRCH38, contig, pos.astype(np.int32), ref, alt, np.ones(len(contig), np.bool_))


def together(*cases: Alleles) -> Alleles:
    """Several cases as one, in no order."""
    columns = ([getattr(c, name) for c in cases] for name in ("contig", "pos_1based", "ref", "alt", "is_sequence"))
    contig, pos, ref, alt, is_sequence = columns
    numbers = (np.concatenate(c) for c in (contig, pos))
    return Alleles(Assembly.GRCH38, *numbers, pa.concat_arrays(ref), pa.concat_arrays(alt), np.concatenate(is_sequence))
