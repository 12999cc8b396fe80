"""The join: what each installed release says of each allele of a case, in one pass over the alleles.

    variants.parquet   key (sorted), ref and alt (only where the key is hashed), and what the source says

Only row groups whose keys can hold an allele of the case are read, and only one at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from models.knowledge.positions.coverage import COVERAGE_FILE, read_coverage
from models.knowledge.positions.key import NO_KEY, Keyed, is_hashed, keys_of

VARIANTS_FILE = "variants.parquet"
KEY, REF, ALT = "key", "ref", "alt"
# Why a source that lists an allele does not assess it all the same ("failed AS_VQSR"); null where it does.
REASON = "reason"


def table_schema(values: pa.Schema) -> pa.Schema:
    """Schema of variants.parquet. values: of the value columns."""
    return pa.schema([(KEY, pa.uint64()), (REF, pa.string()), (ALT, pa.string()), *values])


@dataclass(frozen=True, eq=False)
class Joined:
    """What one release says, row by row of the alleles asked for.

    state: State codes. columns: value columns by name: float32 arrays (NaN but where FOUND), or Arrow
    arrays of text (null but where FOUND). reason: why a listed row is NOT_ASSESSED, null elsewhere.
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
    keyed = keys_of(alleles)
    asked = _Asked(keyed)
    return {release.source: _joined(asked, release) for release in releases}


def _same_build(assembly: Assembly, release: Installed) -> None:
    if assembly is Assembly.UNKNOWN or release.assembly is not assembly:
        raise WrongBuild(
            f"{release.label} is on {release.assembly.value} and the variants on {assembly.value}; "
            f"install {release.release.name} for {assembly.value}."
        )


class _Asked:
    """The keys of a case in order. row: the row of each."""

    def __init__(self, keyed: Keyed) -> None:
        self.keyed = keyed
        rows = np.flatnonzero(keyed.key != NO_KEY)
        key = keyed.key[rows]
        if (key[1:] < key[:-1]).any():
            order = np.argsort(key, kind="stable")
            rows, key = rows[order], key[order]
        self.key, self.row = key, rows


@dataclass
class _Answer:
    """What was found so far. rows: of the alleles asked for; parts: a column's values for them."""

    rows: list[NDArray[np.intp]] = field(default_factory=list)
    parts: dict[str, list[pa.Array]] = field(default_factory=dict)


def _joined(asked: _Asked, release: Installed) -> Joined:
    covered = read_coverage(release.file(COVERAGE_FILE)).holds(asked.keyed)
    try:
        with pq.ParquetFile(release.file(VARIANTS_FILE), memory_map=True) as table:
            names = [name for name in table.schema_arrow.names if name not in (KEY, REF, ALT)]
            answer = _Answer(parts={name: [] for name in names})
            for group, first, after in _groups(table, asked.key):
                _add(answer, asked, table, group, slice(first, after))
            return _assembled(answer, covered, {name: table.schema_arrow.field(name).type for name in names})
    except (OSError, pa.ArrowException) as problem:
        raise IntegrityError(f"{release.label} is damaged; run: cli.py knowledge verify") from problem


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
    at, row, hashed = at[hit], row[hit], is_hashed(key[hit])
    if hashed.any():
        at = _settle(table, group, has, at, row, hashed, asked.keyed)
        at, row = at[at >= 0], row[at >= 0]
    if len(at):
        values = table.read_row_group(group, columns=list(answer.parts)).take(at)
        answer.rows.append(row)
        for name, parts in answer.parts.items():
            parts.append(values[name])


def _settle(
    table: pq.ParquetFile,
    group: int,
    has: NDArray[np.uint64],
    at: NDArray[np.intp],
    row: NDArray[np.intp],
    hashed: NDArray[np.bool_],
    keyed: Keyed,
) -> NDArray[np.intp]:
    """`at`, moved to the row that spells the same alleles where keys are hashed; -1 where none does."""
    texts = table.read_row_group(group, columns=[REF, ALT])
    open_ = np.flatnonzero(hashed)
    settled = at.copy()
    settled[open_] = -1
    candidate = at[open_]
    while len(open_):
        same = pc.and_(
            pc.equal(_large(texts[REF].take(candidate)), keyed.ref(row[open_])),
            pc.equal(_large(texts[ALT].take(candidate)), keyed.alt(row[open_])),
        ).to_numpy(zero_copy_only=False)
        settled[open_[same]] = candidate[same]
        following = np.minimum(candidate + 1, len(has) - 1)
        go_on = ~same & (candidate + 1 < len(has)) & (has[following] == has[candidate])
        open_, candidate = open_[go_on], following[go_on]
    return settled


def _large(texts: pa.ChunkedArray) -> pa.Array:
    return pc.fill_null(texts.cast(pa.large_string()), "").combine_chunks()


def _assembled(answer: _Answer, covered: NDArray[np.bool_], types: Mapping[str, pa.DataType]) -> Joined:
    rows = np.concatenate(answer.rows) if answer.rows else np.empty(0, np.intp)
    state = np.where(covered, State.ABSENT, State.NOT_ASSESSED).astype(np.int8)
    state[rows] = State.FOUND
    columns = {name: _aligned(answer.parts[name], rows, len(covered), kind) for name, kind in types.items()}
    reason = columns.pop(REASON, None)
    if reason is None:
        return Joined(state, columns, pa.nulls(len(covered), pa.string()))
    state[reason.is_valid().to_numpy(zero_copy_only=False)] = State.NOT_ASSESSED
    return Joined(state, columns, reason)


def _aligned(parts: list[Any], rows: NDArray[np.intp], count: int, kind: pa.DataType) -> Any:
    """Values of some rows as a column of all rows."""
    if not pa.types.is_string(kind) and not pa.types.is_dictionary(kind):
        numbers = np.full(count, np.nan, np.float32)
        if parts:
            values = pa.chunked_array([c for part in parts for c in part.chunks])
            numbers[rows] = values.cast(pa.float32()).to_numpy()
        return numbers
    if not parts:
        return pa.nulls(count, pa.string())
    place = np.full(count, -1, np.int64)
    place[rows] = np.arange(len(rows))
    texts = pa.chunked_array([c.cast(pa.string()) for part in parts for c in part.chunks]).combine_chunks()
    return texts.take(pa.array(place, mask=place < 0))
