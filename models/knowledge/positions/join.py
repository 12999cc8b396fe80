"""The join: what each installed release says of each allele of a case, in one pass over the alleles.

    variants.parquet   key (sorted), ref and alt (only where the key is hashed), and what the source says

Only row groups whose keys can hold an allele of the case are read, one at a time, and both sides are sorted:
each key is searched for in its group. That is as fast as DuckDB's join of the same file on the same keys, and
needs no memory for a hash table (benchmarks/knowledge_join.py prints both).
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from models.case import Assembly, State
from models.errors import IntegrityError, WrongBuild
from models.knowledge.library.installed import Installed
from models.knowledge.positions.alleles import Alleles
from models.knowledge.positions.coverage import COVERAGE_FILE, Coverage, read_coverage
from models.knowledge.positions.key import NO_KEY, is_hashed, keys_of

VARIANTS_FILE = "variants.parquet"
KEY, REF, ALT = "key", "ref", "alt"
# Why a source that lists an allele does not assess it all the same ("failed AS_VQSR"); "" where it does.
REASON = "reason"
_REPEATS = b"repeats"
_ROWS_AT_ONCE = 1 << 19
_AT_ONCE = 2  # releases read at the same time: while one unpacks, the other searches


def table_schema(values: pa.Schema) -> pa.Schema:
    """Schema of variants.parquet. values: of the value columns, each a `number` or a `text`."""
    return pa.schema([pa.field(KEY, pa.uint64(), nullable=False), text(REF), text(ALT), *values])


def number(name: str) -> pa.Field:
    """A column of numbers, NaN where missing: without nulls it is read three times as fast."""
    return pa.field(name, pa.float32(), nullable=False)


def text(name: str, *, repeats: bool = True) -> pa.Field:
    """A column of texts, "" where missing: without nulls it is read three times as fast.

    repeats: few words fill it, so it is kept and read as a dictionary.
    """
    return pa.field(name, pa.string(), nullable=False, metadata={_REPEATS: b"yes" if repeats else b"no"})


def repeating(schema: pa.Schema) -> list[str]:
    """The columns that are kept as a dictionary."""
    return [f.name for f in schema if pa.types.is_string(f.type) and (f.metadata or {}).get(_REPEATS) != b"no"]


@dataclass(frozen=True, eq=False)
class Joined:
    """What one release says, row by row of the alleles asked for.

    state: State codes. columns: value columns by name: float32 arrays (NaN but where FOUND), or Arrow arrays
    of text (null where the allele is not listed, "" where the source says nothing of it). reason: why a
    listed row is NOT_ASSESSED, null elsewhere.
    """

    state: NDArray[np.int8]
    columns: Mapping[str, Any]
    reason: pa.Array


def look_up(alleles: Alleles, releases: Sequence[Installed]) -> dict[str, Joined]:
    """Every release's answer, by source key; alleles and tables must be of one build.

    FOUND: the release has this very allele. ABSENT: it looked there for such alleles and has it not.
    NOT_ASSESSED: it did not look there, does not describe this kind of allele, or gives a reason.

    Raises WrongBuild when a release is of another build, or either build is unknown, and IntegrityError
    when a release is damaged.
    """
    for release in releases:
        _same_build(alleles.assembly, release)
    asked = _Asked(alleles, [read_coverage(release.file(COVERAGE_FILE)) for release in releases])
    with ThreadPoolExecutor(_AT_ONCE) as several:
        answers = several.map(_joined, repeat(asked), range(len(releases)), releases)
        return {release.source: answer for release, answer in zip(releases, answers, strict=True)}


def _same_build(assembly: Assembly, release: Installed) -> None:
    if assembly is Assembly.UNKNOWN or release.assembly is not assembly:
        raise WrongBuild(
            f"{release.label} is on {release.assembly.value} and the variants on {assembly.value}; "
            f"install {release.release.name} for {assembly.value}."
        )


class _Asked:
    """The keys of a case in order. row: the row of each. covered: a column a release, by the rows of the case.

    Keys are made of some rows at a time, for what it takes to make them is ten times as large as they are.
    """

    def __init__(self, alleles: Alleles, coverages: Sequence[Coverage]) -> None:
        self.count = len(alleles)
        self._alleles = alleles
        self.covered = np.zeros((len(coverages), self.count), np.bool_)
        keys = np.empty(self.count, np.uint64)
        for first in range(0, self.count, _ROWS_AT_ONCE):
            some = slice(first, first + _ROWS_AT_ONCE)
            keyed = keys_of(_some(alleles, some))
            keys[some] = keyed.key
            for place, coverage in enumerate(coverages):
                self.covered[place, some] = coverage.holds(keyed)
        self.row = np.flatnonzero(keys != NO_KEY)
        if (keys[self.row][1:] < keys[self.row][:-1]).any():
            self.row = self.row[np.argsort(keys[self.row], kind="stable")]
        self.key = keys[self.row]

    def spelled(self, rows: NDArray[np.intp]) -> tuple[pa.Array, pa.Array]:
        """(REF, ALT) of some rows as tables hold them."""
        keyed = keys_of(_some(self._alleles, rows))
        every = np.arange(len(rows))
        return keyed.ref(every), keyed.alt(every)


def _some(alleles: Alleles, rows: Any) -> Alleles:
    """A slice of the alleles, or those of some rows."""
    ref, alt = (
        text.slice(rows.start, rows.stop - rows.start) if isinstance(rows, slice) else text.take(pa.array(rows))
        for text in (alleles.ref, alleles.alt)
    )
    return Alleles(
        alleles.assembly, alleles.contig[rows], alleles.pos_1based[rows], ref, alt, alleles.is_sequence[rows]
    )


def _joined(asked: _Asked, place: int, release: Installed) -> Joined:
    try:
        # Texts stay places in a dictionary until it is known which of them are wanted.
        words = repeating(pq.read_schema(release.file(VARIANTS_FILE)))
        with pq.ParquetFile(release.file(VARIANTS_FILE), read_dictionary=words) as table:
            answer = _Answer(table.schema_arrow, asked.count)
            for group, first, after in _groups(table, asked.key):
                _add(answer, asked, table, group, slice(first, after))
            return answer.finished(asked.covered[place])
    except (OSError, pa.ArrowException) as problem:
        raise IntegrityError(f"{release.label} is damaged; run: cli.py knowledge verify") from problem


class _Answer:
    """What a release said so far, in the case's order."""

    def __init__(self, schema: pa.Schema, count: int) -> None:
        self._count = count
        values = [field for field in schema if field.name not in (KEY, REF, ALT)]
        self.names = [field.name for field in values]
        is_text = {f.name: pa.types.is_dictionary(f.type) or pa.types.is_string(f.type) for f in values}
        self._numbers = {n: np.full(count, np.nan, np.float32) for n in self.names if not is_text[n]}
        self._texts: dict[str, list[pa.Array]] = {n: [] for n in self.names if is_text[n]}
        self._rows: list[NDArray[np.intp]] = []

    def take(self, row: NDArray[np.intp], values: pa.Table) -> None:
        """Values of some rows of the case."""
        self._rows.append(row)
        for name, numbers in self._numbers.items():
            numbers[row] = values[name].to_numpy()
        for name, parts in self._texts.items():
            parts.extend(values[name].cast(pa.string()).chunks)

    def finished(self, covered: NDArray[np.bool_]) -> Joined:
        state = np.where(covered, State.ABSENT, State.NOT_ASSESSED).astype(np.int8)
        place = np.full(self._count, -1, np.int32)  # of each row in what was taken
        taken = 0
        for row in self._rows:
            state[row] = State.FOUND
            place[row] = np.arange(taken, taken + len(row))
            taken += len(row)
        where = pa.array(place, mask=place < 0)
        texts = {name: _texts(parts, where) for name, parts in self._texts.items()}
        reason = texts.pop(REASON, pa.nulls(self._count, pa.string()))
        reason = pc.if_else(pc.equal(reason, ""), pa.scalar(None, pa.string()), reason)
        state[reason.is_valid().to_numpy(zero_copy_only=False)] = State.NOT_ASSESSED
        found = {**self._numbers, **texts}
        return Joined(state, {name: found[name] for name in self.names if name != REASON}, reason)


def _texts(parts: list[pa.Array], where: pa.Array) -> pa.Array:
    if not parts:
        return pa.nulls(len(where), pa.string())
    return pa.chunked_array(parts).combine_chunks().take(where)


def _groups(table: pq.ParquetFile, keys: NDArray[np.uint64]) -> Iterator[tuple[int, int, int]]:
    """(row group, first, after): the row groups that can hold any of the sorted keys, and which of them."""
    column = table.schema_arrow.get_field_index(KEY)
    for group in range(table.num_row_groups):
        known = table.metadata.row_group(group).column(column).statistics
        first = int(np.searchsorted(keys, np.uint64(known.min), "left"))
        after = int(np.searchsorted(keys, np.uint64(known.max), "right"))
        if first < after:
            yield group, first, after


def _add(answer: _Answer, asked: _Asked, table: pq.ParquetFile, group: int, some: slice) -> None:
    """What one row group says of some of the keys."""
    has = table.read_row_group(group, columns=[KEY])[KEY].combine_chunks().to_numpy()
    key, row = asked.key[some], asked.row[some]
    at = np.searchsorted(has, key)
    hit = has[np.minimum(at, len(has) - 1)] == key
    at, row, hashed = at[hit], row[hit], np.flatnonzero(is_hashed(key[hit]))
    if len(hashed):
        texts = table.read_row_group(group, columns=[REF, ALT])
        at[hashed] = _same_alleles(texts, has, at[hashed], *asked.spelled(row[hashed]))
        at, row = at[at >= 0], row[at >= 0]
    if len(at):
        answer.take(row, table.read_row_group(group, columns=answer.names).take(pa.array(at)))


def _same_alleles(
    texts: pa.Table, has: NDArray[np.uint64], at: NDArray[np.intp], ref: pa.Array, alt: pa.Array
) -> NDArray[np.intp]:
    """Of rows whose hashed keys are equal, the one that spells the same alleles; -1 where none does.

    at: the first row with each key; equal keys follow one another.
    """
    settled, open_, candidate = np.full(len(at), -1), np.arange(len(at)), at
    while len(open_):
        same = pc.and_(
            pc.equal(_filled(texts[REF].take(pa.array(candidate))), ref.take(pa.array(open_))),
            pc.equal(_filled(texts[ALT].take(pa.array(candidate))), alt.take(pa.array(open_))),
        ).to_numpy(zero_copy_only=False)
        settled[open_[same]] = candidate[same]
        following = np.minimum(candidate + 1, len(has) - 1)
        go_on = ~same & (candidate + 1 < len(has)) & (has[following] == has[candidate])
        open_, candidate = open_[go_on], following[go_on]
    return settled


def _filled(texts: pa.ChunkedArray) -> pa.Array:
    return pc.fill_null(texts.cast(pa.large_string()), "").combine_chunks()
