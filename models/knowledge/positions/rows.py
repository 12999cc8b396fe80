"""Rows of a text table as columns: what the readers of single sources work with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.errors import InputError, UnreadableFile
from models.intake.limits import LIMITS, Limits
from models.intake.scan_bytes import stop_table, word_table
from models.intake.text_blocks import TextBlocks
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.positions.join import ALT, KEY, REF, table_schema
from models.knowledge.positions.key import NO_KEY, Keyed, is_hashed, keys_of_spans
from models.knowledge.positions.lines import code_of_each, copy, integers, numbers, split_lines

# A file that a person chose to install is no upload of a stranger: gnomAD's chromosome 1 alone has 50 GB.
INSTALL_LIMITS: Limits = replace(LIMITS, upload_bytes=1 << 41, inflated_bytes=1 << 44)
BLOCK_ROWS = 1 << 17
_ASCII_END = 128
_DELIVERED = np.arange(256, dtype=np.uint8)
_READ = np.where(np.equal(_DELIVERED, ord("_")), ord(" "), _DELIVERED).astype(np.uint8)


class Words(NamedTuple):
    """Words that the compiled code can look up: see models.intake.scan_bytes.look_up."""

    words: Any
    starts: Any
    table: Any
    spaces: Any
    values: Any


def words(values: Mapping[str, int]) -> Words:
    text, starts, table, spaces = word_table([(0, word.encode()) for word in values])
    return Words(text, starts, table, spaces, np.array([*values.values(), 0], np.int64))


def _contig_names() -> dict[str, int]:
    """Every way to write a contig we know: with and without "chr", M and MT, RefSeq's names not."""
    names: dict[str, int] = {}
    for code, name in enumerate(CONTIGS):
        for spelled in {name, "M"} if name == "MT" else {name}:
            if spelled:
                names |= {prefix + spelled: code for prefix in ("", "chr", "Chr", "CHR")}
    return names


_CONTIG_PLAN = words(_contig_names())


def _is_utf8(text: NDArray[np.uint8]) -> bool:
    try:
        text.tobytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True, eq=False)
class Spans:
    """A column: where each row's text begins, and its length; -1 for nothing."""

    text: NDArray[np.uint8]
    start: NDArray[np.int64]
    length: NDArray[np.int64]

    def __getitem__(self, rows: Any) -> "Spans":
        return Spans(self.text, self.start[rows], self.length[rows])

    def integers(self) -> NDArray[np.int64]:
        """Whole numbers; -1 for anything else."""
        out = np.empty(len(self.start), np.int64)
        integers(self.text, self.start, self.length, out)
        return out

    def numbers(self) -> NDArray[np.float32]:
        """Decimal numbers; NaN for anything else."""
        out = np.empty(len(self.start), np.float32)
        numbers(self.text, self.start, self.length, out)
        return out

    def dots(self) -> NDArray[np.bool_]:
        """Rows that say "."."""
        said: NDArray[np.bool_] = (self.length == 1) & (self.text[self.start] == ord("."))
        return said

    def contigs(self) -> NDArray[np.uint8]:
        """Places in CONTIGS, 0 for a contig we do not know."""
        out = np.empty(len(self.start), np.uint8)
        code_of_each(self.text, self.start, self.length, _CONTIG_PLAN, out)
        return out

    def texts(self, *, as_read: bool = False) -> pa.StringArray:
        """Texts as delivered, null for nothing. as_read: with blanks where files have to write "_"."""
        size = np.maximum(self.length, 0)
        out, ends = np.empty(int(size.sum()), np.uint8), np.empty(len(size) + 1, np.int32)
        copy(self.text, self.start, size, _READ if as_read else _DELIVERED, out, ends)
        if len(out) and out.max() >= _ASCII_END and not _is_utf8(out):
            out[out >= _ASCII_END] = ord("?")
        there = pa.array(self.length >= 0).buffers()[1] if (self.length < 0).any() else None
        return pa.StringArray.from_buffers(len(size), pa.py_buffer(ends), pa.py_buffer(out), there)


@dataclass(frozen=True, eq=False)
class Block:
    """Some lines of a file. columns: (columns, rows) spans. line: number of each row's line."""

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    line: NDArray[np.int64]
    file: Path

    def __getitem__(self, column: int) -> Spans:
        return Spans(self.text, self.starts[column], self.lengths[column])

    def refuse_unless(self, good: NDArray[np.bool_], sentence: str) -> None:
        """Raise UnreadableFile, naming the line of the first row that is not good."""
        if not good.all():
            raise UnreadableFile(sentence, f"{self.file.name}, line {self.line[int(np.argmin(good))]}")

    def keyed(self, contig: NDArray[np.uint8], pos: int, ref: Spans, alt: Spans) -> Keyed:
        """Keys of alleles by columns. pos: the column of the position; "." where it has none on this build."""
        pos_1based, nowhere = self[pos].integers(), self[pos].dots()
        self.refuse_unless((pos_1based >= 0) | nowhere, "The position is not a number; download the file again.")
        return keys_of_spans(
            self.text, contig, pos_1based, ref.start.copy(), ref.length.copy(), alt.start.copy(), alt.length.copy()
        )


def blocks(
    text: TextBlocks, file: Path, columns: int, *, separator: str = "\t", first_line: int = 1
) -> Iterator[Block]:
    """The lines of `text` that are no comments, by columns.

    Raises UnreadableFile, naming file and line, for a line with fewer columns and for damaged packing.
    """
    line = first_line
    spans = np.empty((2, columns, BLOCK_ROWS), np.int64)
    lines, stops = np.empty(BLOCK_ROWS, np.int64), stop_table(separator + "\n")
    for room, end in _named(text.blocks(), file):
        at = 0
        while at < end:
            rows, at, line = split_lines(room, at, end, line, stops, spans[0], spans[1], lines)
            block = Block(room, spans[0][:, :rows], spans[1][:, :rows], lines[:rows], file)
            block.refuse_unless(
                block.lengths[-1] >= 0, f"The line has fewer than {columns} columns; download the file again."
            )
            if rows:
                yield block


def _named(parts: Iterator[Any], file: Path) -> Iterator[Any]:
    """The same, with the file's name in every refusal."""
    try:
        yield from parts
    except InputError as problem:
        raise type(problem)(problem.sentence, problem.where or file.name) from problem


def batch_of(keyed: Keyed, values: Mapping[str, Any], schema: pa.Schema, some: Any = None) -> pa.RecordBatch:
    """Rows for a TableWriter. values: arrays by name, a value a row. schema: of the values.

    some: the rows wanted; rows without a key never are.
    """
    rows = np.flatnonzero(keyed.key != NO_KEY if some is None else (keyed.key != NO_KEY) & some)
    key = keyed.key[rows]
    every = len(rows) == len(keyed.key)
    columns = {KEY: pa.array(key), **_hashed_alleles(keyed, rows, is_hashed(key))}
    for field in schema:
        value = values[field.name]
        array = value if isinstance(value, pa.Array) else pa.array(value, field.type)
        columns[field.name] = array if every else array.take(pa.array(rows))
    return pa.record_batch(list(columns.values()), schema=table_schema(schema))


def _hashed_alleles(keyed: Keyed, rows: NDArray[np.intp], hashed: NDArray[np.bool_]) -> dict[str, pa.Array]:
    """REF and ALT of the rows whose keys are hashed, null elsewhere."""
    at = np.full(len(rows), -1, np.int64)
    at[hashed] = np.arange(int(hashed.sum()))
    where = pa.array(at, mask=~hashed)
    return {
        REF: keyed.ref(rows[hashed]).cast(pa.string()).take(where),
        ALT: keyed.alt(rows[hashed]).cast(pa.string()).take(where),
    }


def place_of(names: Sequence[str], wanted: Sequence[str], file: Path) -> dict[str, int]:
    """Places of the wanted columns, whatever their case. Raises UnreadableFile naming those that are missing."""
    have = {name.lower().lstrip("#"): place for place, name in enumerate(names)}
    missing = [name for name in wanted if name.lower() not in have]
    if missing:
        raise UnreadableFile(f"There is no column {', '.join(missing)}; choose the file as delivered.", file.name)
    return {name: have[name.lower()] for name in wanted}
