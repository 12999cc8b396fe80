"""Writing a position table: sorted by key, without duplicates, whatever order the rows come in.

Rows come in batches and mostly in order; then each row is written once. Where they do not, the table is
made of ordered runs, and DuckDB merges them outside of memory (a limit, and a scratch folder).
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from models.knowledge.positions.join import ALT, KEY, REF, VARIANTS_FILE, repeating, table_schema

# Rows of a row group: a 100,000-variant exome then leaves most of ClinVar unread, and the statistics of a
# table of 180 million rows stay below a megabyte.
GROUP_ROWS = 1 << 18
RUN_ROWS = 1 << 20  # rows sorted in memory at once
_SORT_MEMORY = "600MB"
# (rows in order, the group of each: equal numbers are the same allele) -> one row a group, in order
Settle = Callable[[pa.Table, NDArray[np.int64]], pa.Table]


def highest(column: str) -> Settle:
    """Of rows of the same allele, the one with the highest `column` (a score given per transcript)."""

    def settle(rows: pa.Table, group: NDArray[np.int64]) -> pa.Table:
        values = np.nan_to_num(rows[column].to_numpy(), nan=-np.inf)
        order = np.lexsort((values, group))
        last = np.append(group[order][1:] != group[order][:-1], True)
        return rows.take(order[last])

    return settle


def one_of_each(merge: Callable[[list[dict[str, Any]]], dict[str, Any]]) -> Settle:
    """Rows of the same allele, made one by `merge`; for sources where that is rare."""

    def settle(rows: pa.Table, group: NDArray[np.int64]) -> pa.Table:
        starts = np.flatnonzero(np.diff(group, prepend=0))
        sizes = np.diff(np.append(starts, len(group)))
        several = np.flatnonzero(sizes > 1)
        merged = [merge(rows.slice(starts[i], sizes[i]).to_pylist()) for i in several]
        made = pa.concat_tables([rows.take(starts), pa.Table.from_pylist(merged, rows.schema)])
        place = np.arange(len(starts))
        place[several] = len(starts) + np.arange(len(several))
        return made.take(place)

    return settle


class TableWriter:
    """Writes `variants.parquet` into a folder. Use as a context manager: leaving it finishes the table.

    schema: of the value columns. settle: what becomes of rows of the same allele. rows: written so far.
    """

    def __init__(self, folder: Path, schema: pa.Schema, settle: Settle) -> None:
        self._folder = folder
        self.schema = table_schema(schema)
        self._settle = settle
        self._waiting: list[pa.RecordBatch] = []
        self._runs: list[Path] = []
        self._run: _Sorted | None = None
        self.rows = 0

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish()
        elif self._run:
            self._run.close()

    def add(self, batch: pa.RecordBatch) -> None:
        """Take rows, in any order."""
        if batch.num_rows:
            self._waiting.append(_fitting(batch, self.schema))
        if sum(b.num_rows for b in self._waiting) >= RUN_ROWS:
            self._flush(held=RUN_ROWS // 16)

    def _flush(self, held: int = 0) -> None:
        """Write what waits but for the last `held` rows: files are in order but for alleles of nearby places."""
        rows = _in_order(pa.Table.from_batches(self._waiting, self.schema))
        ready = max(rows.num_rows - held, 0)
        rows, self._waiting = rows.slice(0, ready), rows.slice(ready).to_batches()
        if not rows.num_rows:
            return
        if self._run is None or rows[KEY][0].as_py() < self._run.last:
            self._begin_run()
        assert self._run is not None  # noqa: S101 (begun just above)
        self._run.add(rows)

    def _begin_run(self) -> None:
        if self._run:
            self._run.close()
        self._runs.append(self._folder / f"run-{len(self._runs)}.parquet")
        self._run = _Sorted(self._runs[-1], self.schema, self._settle)

    def _finish(self) -> None:
        self._flush()
        if self._run is None:
            self._begin_run()
        assert self._run is not None  # noqa: S101 (begun just above)
        self._run.close()
        if len(self._runs) > 1:
            self._run = _Sorted(self._folder / "merged.parquet", self.schema, self._settle)
            for batch in _merged(self._runs, self._folder, self.schema):
                self._run.add(pa.Table.from_batches([batch]))
            self._run.close()
        self.rows = self._run.rows
        self._run.file.replace(self._folder / VARIANTS_FILE)
        for run in self._runs:
            run.unlink(missing_ok=True)


class _Sorted:
    """One Parquet file of rows that come in order; rows of the same allele become one."""

    def __init__(self, file: Path, schema: pa.Schema, settle: Settle) -> None:
        self.file = file
        self.last = 0
        self.rows = 0
        self._settle = settle
        texts = [f.name for f in schema if pa.types.is_string(f.type)]
        self._writer = pq.ParquetWriter(
            file,
            schema,
            # LZ4 makes numbers a quarter larger than Zstandard does, and they are read in half the time.
            compression={f.name: "zstd" if f.name in texts else "lz4" for f in schema},
            use_dictionary=repeating(schema),
            column_encoding={KEY: "DELTA_BINARY_PACKED"},
        )
        self._held = schema.empty_table()

    def add(self, rows: pa.Table) -> None:
        """Rows in order, none before those already there. The last allele is held back: more of it may come."""
        rows = pa.concat_tables([self._held, rows])
        key = rows[KEY].to_numpy()
        self.last = int(key[-1])
        whole = int(np.searchsorted(key, key[-1], "left"))
        self._held = rows.slice(whole)
        self._write(rows.slice(0, whole))

    def close(self) -> None:
        self._write(self._held)
        self._held = self._held.slice(0, 0)
        self._writer.close()

    def _write(self, rows: pa.Table) -> None:
        if rows.num_rows:
            rows = _one_each(rows, self._settle)
            self.rows += rows.num_rows
            self._writer.write_table(rows, row_group_size=GROUP_ROWS)


def _fitting(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch in this schema; a text that is missing becomes "" where the schema wants one."""
    columns = [
        pc.fill_null(column, "") if pa.types.is_string(field.type) and not field.nullable else column
        for field, column in zip(schema, (batch[name] for name in schema.names), strict=True)
    ]
    return pa.record_batch([c.cast(f.type) for f, c in zip(schema, columns, strict=True)], schema=schema)


def _in_order(rows: pa.Table) -> pa.Table:
    key = rows[KEY].to_numpy()
    return rows if (key[1:] >= key[:-1]).all() else rows.take(np.argsort(key, kind="stable"))


def _one_each(rows: pa.Table, settle: Settle) -> pa.Table:
    """Rows in order, one an allele. Keys that are equal by chance stay apart: their alleles differ."""
    key = rows[KEY].to_numpy()
    if not (key[1:] == key[:-1]).any():
        return rows
    rows = rows.sort_by([(KEY, "ascending"), (REF, "ascending"), (ALT, "ascending")])
    differs = np.ones(rows.num_rows, np.bool_)
    differs[1:] = key[1:] != key[:-1]
    for name in (REF, ALT):
        text = pc.fill_null(rows[name], "").combine_chunks()
        differs[1:] |= pc.not_equal(text[1:], text[:-1]).to_numpy(zero_copy_only=False)
    return settle(rows, np.cumsum(differs)).combine_chunks()


def _merged(runs: Iterable[Path], scratch: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """All rows of the runs in order."""
    spill = scratch / "sorting"
    columns = ", ".join(f'"{name}"' for name in schema.names)
    query = f"SELECT {columns} FROM read_parquet(?) ORDER BY {KEY}"  # noqa: S608 (our own column names)
    try:
        with duckdb.connect(config={"memory_limit": _SORT_MEMORY, "temp_directory": str(spill)}) as engine:
            for batch in engine.sql(query, params=[[str(run) for run in runs]]).to_arrow_reader(GROUP_ROWS):
                yield batch.cast(schema)
    except duckdb.Error as problem:  # nothing but the disk can go wrong: the runs are ours
        raise OSError(f"the table could not be sorted: {problem}") from problem
    finally:
        shutil.rmtree(spill, ignore_errors=True)
