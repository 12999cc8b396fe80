"""From scanned batches to the contract's columns: combine feeds, set states, keep text as Arrow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import GROUP_MAX_GROUPS
from models.case.table_file import GENOTYPE_TYPES, category
from models.intake.annotation_fields import BOUNDS, TEXT_COLUMNS
from models.intake.scan_alts import KINDS
from models.intake.scan_bytes import gather, intern
from models.intake.scan_plan import (
    ALT,
    ALT_COPIES,
    ALT_INDEX,
    ALT_READS_OF,
    CALLED_COPIES,
    CHROM,
    DEPTH_READS,
    END_POS,
    FILTER,
    GQ_PHRED,
    HAPLOTYPE,
    KIND,
    LENGTH,
    LINE,
    NOT_LOOKED_AT,
    PHASE_SET_OF,
    PLOIDY,
    POS,
    QUAL,
    RECORD_ID,
    REF,
    START,
    Batch,
)  # fmt: skip
from models.intake.scan_setup import Setup, Slot
from models.intake.states import star_of, text_states

_FACTS = {"pos_1based": POS, "end_1based": END_POS, "line_number": LINE}
_CALLS = {
    "alt_copies": ALT_COPIES, "called_copies": CALLED_COPIES, "ploidy": PLOIDY, "haplotype": HAPLOTYPE,
    "phase_set": PHASE_SET_OF, "gq_phred": GQ_PHRED, "depth_reads": DEPTH_READS, "alt_reads": ALT_READS_OF,
}  # fmt: skip
_MOST_ALTS = 127  # alt_index is int8
CATEGORY_TEXTS = frozenset(
    {"gene", "transcript", "exon", "intron", "consequence", "clinvar_significance", "clinvar_stars"}
)


class Words:
    """Distinct texts seen so far and the code of each."""

    def __init__(self) -> None:
        self._bytes = np.zeros(1 << 16, np.uint8)
        self._starts = np.zeros(4096, np.int64)
        self._table = np.full(8192, -1, np.int64)
        self._known = 0

    def codes(self, text: Any, start: Any, length: Any, rows: int) -> NDArray[np.int32]:
        """Code of each span."""
        out = np.empty(rows, np.int32)
        done = 0
        while True:
            self._known, more = intern(
                text,
                start[done:rows],
                length[done:rows],
                rows - done,
                out[done:],
                self._bytes,
                self._starts,
                self._table,
                self._known,
            )
            done += more
            if done >= rows:
                return out
            self._grow(int(length[done]))

    def _grow(self, least: int) -> None:
        room = np.zeros(max(2 * len(self._bytes), len(self._bytes) + 2 * least), np.uint8)
        room[: len(self._bytes)] = self._bytes
        self._bytes = room
        self._starts = np.concatenate([self._starts, np.zeros(len(self._starts), np.int64)])
        words, self._known = self.words(), 0
        self._table = np.full(2 * len(self._table), -1, np.int64)
        if words:
            ends = self._starts[: len(words) + 1].copy()
            intern(
                self._bytes.copy(), ends[:-1], np.diff(ends), len(words),
                np.empty(len(words), np.int32), self._bytes, self._starts, self._table, 0,
            )  # fmt: skip
            self._known = len(words)

    def words(self) -> list[str]:
        """The texts in code order."""
        raw, starts = self._bytes.tobytes(), self._starts
        return [raw[starts[i] : starts[i + 1]].decode("utf-8", "replace") for i in range(self._known)]


@dataclass
class Columns:
    """Columns growing batch by batch. `slots` by contract column; see `finish`."""

    setup: Setup
    samples: int
    parts: dict[str, list[Any]] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    rows: int = 0
    unread: dict[str, tuple[int, int]] = field(default_factory=dict)  # column -> (rows, first line)

    def add(self, text: Any, batch: Batch, rows: int) -> None:
        """Take the first `rows` rows of `batch`."""
        self.rows += rows
        for name, fact in _FACTS.items():
            self._keep(name, batch.facts[fact, :rows].copy())
        self._keep("qual_phred", batch.numbers[QUAL, :rows].copy())
        self._keep("alt_index", np.minimum(batch.facts[ALT_INDEX, :rows], _MOST_ALTS).astype(np.int8))
        self._keep("kind", batch.facts[KIND, :rows].astype(np.int8))
        for name, column in (("ref", REF), ("alt", ALT), ("record_id", RECORD_ID)):
            spans = batch.spans[START, column], batch.spans[LENGTH, column]
            self._keep(name, _strings(text, *spans, rows, upper=name != "record_id", unescape=False))
        for name, column in (("chrom", CHROM), ("filter", FILTER)):
            self._intern(name, text, batch.spans[START, column], batch.spans[LENGTH, column], rows)
        self._add_annotations(text, batch, rows)
        if self.samples:
            for name, field_ in _CALLS.items():
                self._keep(f"call {name}", batch.calls[field_, :rows].astype(GENOTYPE_TYPES[name]))
            self._keep("call vaf_fraction", batch.vaf[:rows].copy())

    def _keep(self, name: str, values: Any) -> None:
        self.parts.setdefault(name, []).append(values)

    def _intern(self, name: str, text: Any, start: Any, length: Any, rows: int) -> None:
        self._keep(name, self.words.setdefault(name, Words()).codes(text, start, length, rows))

    def _add_annotations(self, text: Any, batch: Batch, rows: int) -> None:
        looked_at = batch.facts[NOT_LOOKED_AT, :rows] == 0
        for column, slots in fed_columns(self.setup).items():
            if column in TEXT_COLUMNS:
                start, length = _first_text(slots, batch, rows)
                if column in CATEGORY_TEXTS:
                    self._intern(column, text, start, length, rows)
                else:
                    self._keep(column, _strings(text, start, length, rows, upper=False, unescape=True))
                self._keep(f"{column} state", text_states(length))
                self._note_unread(column, (length < 0) & looked_at, batch)
            else:
                values = _best_number(column, slots, batch, rows)
                self._keep(column, values)
                self._note_unread(column, np.isinf(values) & looked_at, batch)
        if "clinvar_stars" in self.words:
            self._note_unread("clinvar_stars", self._unknown_status(), batch)
        if self.setup.mane_row >= 0:
            self._keep("is_mane_select", (batch.spans[LENGTH, self.setup.mane_row, :rows] > 0).view(np.uint8))

    def _unknown_status(self) -> NDArray[np.bool_]:
        """Rows of the last batch whose ClinVar review status is written, but is none that ClinVar has."""
        words = self.words["clinvar_stars"].words()
        unknown = np.array([np.isinf(stars) for stars in map(star_of, words)], np.bool_)
        result: NDArray[np.bool_] = unknown[self.parts["clinvar_stars"][-1]]
        return result

    def _note_unread(self, column: str, rows: Any, batch: Batch) -> None:
        """Count the rows in which something stands that cannot be read; remember the first line."""
        times = int(np.count_nonzero(rows))
        if times:
            before, line = self.unread.get(column, (0, int(batch.facts[LINE, int(np.argmax(rows))])))
            self.unread[column] = (before + times, line)


def fed_columns(setup: Setup) -> Mapping[str, Sequence[Slot]]:
    """Contract column -> its slots, best rank first."""
    table: dict[str, list[Slot]] = {}
    for slot in sorted(setup.slots, key=lambda s: s.feed.rank):
        if slot.feed.rank < 99:
            table.setdefault(slot.feed.column, []).append(slot)
    return table


def _first_text(slots: Sequence[Slot], batch: Batch, rows: int) -> tuple[Any, Any]:
    """Spans of the best-ranked feed that holds something."""
    start, length = batch.spans[:, slots[0].row, :rows]
    for slot in slots[1:]:
        empty = (length <= 0) & (batch.spans[LENGTH, slot.row, :rows] != 0)
        start = np.where(empty, batch.spans[START, slot.row, :rows], start)
        length = np.where(empty, batch.spans[LENGTH, slot.row, :rows], length)
    return start, length


def _best_number(column: str, slots: Sequence[Slot], batch: Batch, rows: int) -> NDArray[np.float32]:
    """Largest value among the best-ranked feeds that hold one; infinity when what stands there is unread."""
    best, unread = np.full(rows, np.nan, np.float32), np.zeros(rows, np.bool_)
    for rank in sorted({slot.feed.rank for slot in slots}):
        of_rank = np.full(rows, np.nan, np.float32)
        for slot in slots:
            if slot.feed.rank == rank:
                values = batch.numbers[slot.row, :rows]
                if column in BOUNDS:
                    low, high = BOUNDS[column]
                    values = np.where(values < low, np.float32(np.nan), values)
                    values = np.where(values > high, np.float32(np.inf), values)
                strange = np.isinf(values)
                if strange.any():
                    unread |= strange
                    values = np.where(strange, np.float32(np.nan), values)
                np.fmax(of_rank, values, out=of_rank)
        best = np.where(np.isnan(best), of_rank, best)
    return np.where(np.isnan(best) & unread, np.float32(np.inf), best) if unread.any() else best


def _strings(text: Any, start: Any, length: Any, rows: int, *, upper: bool, unescape: bool) -> pa.Array:
    ends = np.empty(rows + 1, np.int64)
    out = np.empty(int(np.maximum(length[:rows], 0).sum()), np.uint8)
    used = gather(text, start, length, rows, upper, unescape, out, ends)
    return pa.Array.from_buffers(pa.large_string(), rows, [None, pa.py_buffer(ends), pa.py_buffer(out[:used])])


class Finished:
    """The contract's columns, built one at a time so that nothing is held twice."""

    def __init__(self, columns: Columns) -> None:
        self._parts, self._words, self.rows = columns.parts, columns.words, columns.rows
        self.arrays: dict[str, Any] = {}

    def take(self, name: str, kind: Any) -> NDArray[Any]:
        """One numeric column, whole; its parts are forgotten."""
        parts = self._parts.pop(name, [])
        return np.concatenate(parts) if parts else np.empty(0, kind)

    def strings(self, name: str) -> Any:
        """One text column, whole."""
        parts = self._parts.pop(name, [])
        return pa.concat_arrays(parts) if parts else pa.array([], pa.large_string())

    def categories(self, name: str) -> tuple[NDArray[np.int32], list[str]]:
        """Codes and texts of an interned column."""
        words = self._words[name].words() if name in self._words else [""]
        return self.take(name, np.int32), words

    def has(self, name: str) -> bool:
        return name in self._parts


def merge_words(codes: NDArray[np.int32], words: Sequence[str]) -> pa.Array:
    """A category array in which equal words (after renaming) share one code."""
    distinct = list(dict.fromkeys(words)) or [""]
    if len(distinct) < len(words):
        place = {word: i for i, word in enumerate(distinct)}
        codes = np.array([place[w] for w in words], np.int32)[codes]
    return category(codes, distinct)


def kinds(codes: NDArray[np.int8]) -> pa.Array:
    """The kind column."""
    return category(codes, [kind.value for kind in KINDS])


def group_maximum(
    groups: Mapping[str, NDArray[np.float32]], rows: int
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Largest frequency over GROUP_MAX_GROUPS and which group has it (code, -1 none)."""
    best, which = np.full(rows, np.nan, np.float32), np.full(rows, -1, np.int32)
    for code, group in enumerate(GROUP_MAX_GROUPS):
        values = groups.get(group)
        if values is not None:
            better = ~np.isnan(values) & ~(best >= values)
            best, which = np.where(better, values, best), np.where(better, np.int32(code), which)
    return best, which
