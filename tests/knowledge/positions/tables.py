"""Small position tables made of plain rows, as releases installed in a folder."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from models.case import Assembly
from models.knowledge.library.installed import Installed
from models.knowledge.positions.alleles import CONTIGS, SEQUENCE_RESOLVED, Alleles
from models.knowledge.positions.build import TableWriter, highest
from models.knowledge.positions.coverage import Coverage, whole_contigs, write_coverage
from models.knowledge.positions.join import ALT, KEY, REF, number, text
from models.knowledge.positions.key import is_hashed, keys_of
from models.knowledge.types import Release


def alleles(rows, assembly=Assembly.GRCH38) -> Alleles:
    """rows: (chrom, pos_1based, ref, alt); anything that is not letters stands for what is never looked up."""
    code = {name: i for i, name in enumerate(CONTIGS) if name}
    chrom, pos, ref, alt = zip(*rows, strict=True) if rows else ((), (), (), ())
    spelled = [r.isalpha() and a.isalpha() for r, a in zip(ref, alt, strict=True)]
    return Alleles(
        assembly,
        np.array([code.get(c, 0) for c in chrom], np.uint8),
        np.array(pos, np.int32),
        pa.array(ref, pa.large_string()),
        pa.array(alt, pa.large_string()),
        np.array(spelled, np.bool_),
    )


def installed(folder: Path, source="toy", assembly=Assembly.GRCH38) -> Installed:
    release = Release(source, source.title(), "1", "2026-01-01", "CC0", "a paper", "https://example.org")
    return Installed(source, assembly, release, folder, {f.name: "" for f in folder.iterdir()}, "2026-01-02", 0)


def batch(rows) -> pa.RecordBatch:
    """rows: ((chrom, pos, ref, alt), score, text)."""
    keyed = keys_of(alleles([r[0] for r in rows]))
    every = np.arange(len(rows))
    plain = ~is_hashed(keyed.key)
    columns = {
        KEY: pa.array(keyed.key),
        REF: pa.array(keyed.ref(every).to_pylist(), pa.string(), mask=plain),
        ALT: pa.array(keyed.alt(every).to_pylist(), pa.string(), mask=plain),
        "score": pa.array([r[1] for r in rows], pa.float32()),
        "text": pa.array([r[2] for r in rows], pa.string()),
    }
    return pa.record_batch(columns)


SCHEMA = pa.schema([number("score"), text("text")])


def table(folder: Path, batches, coverage: Coverage | None = None, **of) -> Installed:
    """A release of these rows; it covers chromosomes 1, 2 and X unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    with TableWriter(folder, SCHEMA, highest("score")) as writer:
        for rows in batches:
            if rows:
                writer.add(batch(rows))
    write_coverage(coverage or whole_contigs([1, 2, 23], SEQUENCE_RESOLVED), folder)
    return installed(folder, **of)
