"""What the compiled scan is told (Plan) and where it writes (Batch)."""

from typing import Any, NamedTuple

import numpy as np


def _numbers(count: int) -> list[Any]:
    """0, 1, 2, ... typed: a plain int would make numba compile a kernel again for each value of it."""
    return [np.int64(i) for i in range(count)]


# Fixed text columns of a batch come first; annotation columns follow.
REF, ALT, RECORD_ID, CHROM, FILTER = _numbers(5)
FIXED_TEXTS = 5

# What an INFO key is for.
PER_RECORD, PER_ALT, PER_ALLELE, ANY_LENGTH, END, SVLEN, ANNOTATION = _numbers(7)
# What an annotation subfield decides.
NOTHING, ALLELE, ALLELE_NUMBER, MANE, CANONICAL, CONSEQUENCE, DNA_CHANGE = _numbers(7)
# How the value of a slot is taken.
AS_TEXT, AS_NUMBER, AFTER_COLON, AS_SPLICE = _numbers(4)

# What a FORMAT key holds.
(
    NO_ROLE, GT, GQ, DEPTH, ALL_READS, ALT_READS, REF_READS, VAF, VAF_PERCENT, PHASE_SET, DP4,
    BASE_A, BASE_C, BASE_G, BASE_T, INDEL_READS, PAIR_READS, SPLIT_READS, LOCAL_GT, LOCAL_ID,
    SPARE_GQ, SPARE_DEPTH, ONE_ALT_READS,
) = _numbers(23)  # fmt: skip
ROLES = 23

# Why the scan stopped.
(
    GO_ON, NEED_ROOM, FEW_COLUMNS, BAD_COLUMNS, BAD_POS, EMPTY_CHROM, EMPTY_REF, EMPTY_ALT, TOO_MANY_ALLELES,
    ALLELE_OUT_OF_RANGE, BAD_GENOTYPE, TOO_MANY_FIELDS, BAD_REF, EMPTY_ALLELE, LONG_LINE,
) = _numbers(15)  # fmt: skip
# What it noticed and went on from.
BLANK_LINE, MISPLACED_HEADER, CARRIAGE_RETURN, NO_CALLS, TOO_MANY_ENTRIES, BAD_QUAL, ODD_ALT, NO_ENTRY = _numbers(8)
NOTES = 8


# Spaces of the one word table: the same word may mean something in each.
INFO_SPACE, TERM_SPACE, FORMAT_SPACE = _numbers(3)
# Columns of Plan.slots.
SLOT_HOW, SLOT_ROW, SLOT_NEXT = _numbers(3)
# Columns of Plan.subs.
SUB_SLOT, SUB_USE = _numbers(2)
# Columns of Plan.keys.
KEY_USE, KEY_SLOT = _numbers(2)


class Plan(NamedTuple):
    """Look-up tables built from one header (`models.intake.scan_setup`). Few arrays: the scan compiles faster."""

    words: Any  # INFO keys, consequence terms and FORMAT keys, one after another
    starts: Any
    table: Any  # open-addressed hash of (space, word)
    spaces: Any  # per word
    values: Any  # per word: number among the keys, severity rank (0 most severe), or role
    keys: Any  # per wanted INFO key: use, first slot or -1
    slots: Any  # per slot: how, its row among the texts or the numbers, next slot of the same field or -1
    subs: Any  # per subfield of the annotation: first slot or -1, use
    column_of: Any  # per sample column of the file: place among the chosen, or -1
    key_stops: Any  # bool[256]: bytes at which an INFO key ends
    value_stops: Any  # an INFO value
    field_stops: Any  # a subfield of an annotation entry
    entry_stops: Any  # an annotation entry
    column_stops: Any  # a column
    deciding_columns: int  # subfields up to the last that decides between entries
    every_line_annotated: bool  # the annotator leaves no line out: one without entries was not looked at
    columns: int  # of a record line, 8 when there is no FORMAT
    max_alleles: int
    max_line_bytes: int


# Rows of Batch.facts.
POS, END_POS, KIND, ALT_INDEX, LINE, NOT_LOOKED_AT = _numbers(6)
# Row of Batch.numbers.
QUAL = 0
FIXED_NUMBERS = 1
# First axis of Batch.spans.
START, LENGTH = _numbers(2)
# First axis of Batch.calls.
ALT_COPIES, CALLED_COPIES, PLOIDY, HAPLOTYPE, PHASE_SET_OF, GQ_PHRED, DEPTH_READS, ALT_READS_OF = _numbers(8)


class Batch(NamedTuple):
    """One batch of rows; texts are spans into the scanned block."""

    facts: Any  # int32 (6, rows)
    numbers: Any  # float32 (numbers, rows); NaN nothing stands there, infinity something we cannot read
    spans: Any  # int32 (2, texts, rows); length 0 nothing stands there, -1 something we cannot read
    calls: Any  # int32 (8, rows, samples)
    vaf: Any  # float32 (rows, samples)
    notes: Any  # (NOTES, 2): how often, first line


def a_batch(rows: int, texts: int, numbers: int, samples: int) -> Batch:
    """An empty batch."""
    return Batch(
        np.empty((6, rows), np.int32),
        np.empty((numbers, rows), np.float32),
        np.empty((2, texts, rows), np.int32),
        np.empty((8, rows, samples), np.int32),
        np.empty((rows, samples), np.float32),
        np.zeros((NOTES, 2), np.int64),
    )


# Columns of Scratch.entries.
ENTRY_START, ENTRY_LENGTH, ALLELE_START, ALLELE_LENGTH, ENTRY_ALLELE_NUMBER, ENTRY_SCORE = _numbers(6)
MAX_ENTRIES = 16_384
# Scratch.format_state.
FORMAT_LENGTH, FORMAT_FIELDS = _numbers(2)


class Scratch(NamedTuple):
    """Working memory of one scan; spans are (start, length)."""

    alts: Any  # per ALT: span
    keys: Any  # per wanted key: span, and the line at which it was last seen
    entries: Any
    roles: Any  # per FORMAT subfield: role
    format_text: Any  # the FORMAT those roles belong to
    format_state: Any
    fields: Any  # per role: span in the sample at hand
    alleles: Any  # of one GT


def a_scratch(plan: Plan) -> Scratch:
    """Working memory for `plan`."""
    return Scratch(
        np.zeros((plan.max_alleles + 1, 2), np.int64),
        np.full((len(plan.keys), 3), -1, np.int64),
        np.zeros((MAX_ENTRIES, 6), np.int64),
        np.zeros(1024, np.int64),
        np.zeros(4096, np.uint8),
        np.full(2, -1, np.int64),
        np.zeros((ROLES, 2), np.int64),
        np.zeros(256, np.int64),
    )
