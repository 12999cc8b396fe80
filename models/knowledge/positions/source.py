"""What the sources with a position table share: how they are built, found in a library, and asked one by one."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from models.case import Absent, Allele, Assembly, Found, Looked, NotAssessed, State
from models.errors import InputError
from models.intake.assembly import LENGTHS_BASES
from models.knowledge.library.installed import Installed, Library
from models.knowledge.library.offer import Progress
from models.knowledge.positions.alleles import CONTIGS, Alleles
from models.knowledge.positions.build import Settle, TableWriter
from models.knowledge.positions.coverage import Coverage, write_coverage
from models.knowledge.positions.join import KEY, look_up
from models.knowledge.positions.key import CONTIG_SHIFT, POSITION_END, POSITION_SHIFT
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

BUILDS = (Assembly.GRCH38, Assembly.GRCH37)
_BESIDE = (".tbi", ".csi", ".md5")
_TOLD_EVERY_ROWS = 1_000_000


def installed_one(library: Library, key: str) -> Installed | None:
    """The release in use, GRCh38 before GRCh37."""
    return next((i for build in BUILDS if (i := library.current(key, build))), None)


def release_in_use(key: str) -> Callable[[Library], Release | None]:
    """The `release` of a source that does not ship: None until it is installed."""

    def release(library: Library) -> Release | None:
        found = installed_one(library, key)
        return found.release if found else None

    return release


def asked_one(key: str, value: Callable[[dict[str, object]], str]) -> "Callable[[Knowledge, str], Looked[str]]":
    """The `look_up` of a source: "GRCh38 chr1-55051215-G-GA" -> what the release of that build says of it.

    value: the columns of a found row (None for a missing one) as one text.
    """

    def asked(knowledge: "Knowledge", query: str) -> Looked[str]:
        build, _, text = query.partition(" ")
        if build not in {b.value for b in BUILDS}:
            raise InputError(f"'{query[:60]}' does not name a build; write it like GRCh38 chr2-166012345-A-G.")
        allele = Allele.parse(text, assembly=Assembly(build))
        release = knowledge.library.current(key, allele.assembly)
        if release is None:
            return NotAssessed(f"{key} is not installed for {build}")
        joined = look_up(one(allele), [release])[key]
        if joined.state[0] == State.ABSENT:
            return Absent(release.release.name)
        if joined.state[0] == State.NOT_ASSESSED:
            why = joined.reason[0].as_py() or "it did not look there, or not for this kind of variant"
            return NotAssessed(f"{release.release.name}: {why}")
        row = {name: _plain(column[0]) for name, column in joined.columns.items()}
        return Found(value(row), release.release.name)

    return asked


def one(allele: Allele) -> Alleles:
    """A single allele as columns."""
    code = CONTIGS.index(allele.chrom) if allele.chrom in CONTIGS else 0
    ref, alt = (pa.array([text], pa.large_string()) for text in (allele.ref, allele.alt))
    contig, pos = np.array([code], np.uint8), np.array([allele.pos_1based], np.int32)
    return Alleles(allele.assembly, contig, pos, ref, alt, np.array([code > 0]))


def _plain(value: object) -> object:
    """None for what is missing."""
    plain = value.as_py() if isinstance(value, pa.Scalar) else value
    return None if isinstance(plain, np.floating) and np.isnan(plain) else plain


def tables_among(files: Sequence[Path]) -> list[Path]:
    """The files without the indexes and checksums that lie beside them. Raises InputError when none is left."""
    tables = [file for file in files if file.suffix not in _BESIDE]
    if not tables:
        raise InputError("None of these files is a table; choose the file as its owner delivers it.")
    return tables


def write_release(
    folder: Path,
    schema: pa.Schema,
    settle: Settle,
    batches: Iterable[pa.RecordBatch],
    covered: Callable[[], Coverage],
    progress: Progress,
) -> None:
    """variants.parquet and coverage.parquet. covered: asked after the last batch.

    Raises InputError when there is not a single row: then the file is not what it should be.
    """
    read = told = 0
    with TableWriter(folder, schema, settle) as writer:
        for batch in batches:
            writer.add(batch)
            read += batch.num_rows
            if read - told >= _TOLD_EVERY_ROWS:
                progress(f"{read:,} variants read", _share_of_genome(batch))
                told = read
        if not read:
            raise InputError("The file lists no variant on a chromosome; choose the file as its owner delivers it.")
        progress(f"Sorting and writing {read:,} variants", None)
    write_coverage(covered(), folder)


def _share_of_genome(batch: pa.RecordBatch) -> float | None:
    """How far along the chromosomes the last row lies: tables come in that order, or nearly."""
    if not batch.num_rows:
        return None
    key = int(batch[KEY][-1].as_py())
    before = [max(LENGTHS_BASES.get(name, (0,))) for name in CONTIGS]
    pos = key >> POSITION_SHIFT & (POSITION_END - 1)
    return min((sum(before[: key >> CONTIG_SHIFT]) + pos) / sum(before), 1.0)


class LeftOut:
    """Rows that cannot be looked up, counted by why, to be told once."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()

    def count(self, why: str, rows: int) -> None:
        if rows:
            self._rows[why] += rows

    def tell(self, progress: Progress) -> None:
        for why, rows in self._rows.items():
            progress(f"{rows:,} left out: {why}", None)
