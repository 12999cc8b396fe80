"""Compiled scan of record lines into rows: one row per ALT, nothing dropped."""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, PLR0911, PLR1714, SIM109
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.intake.kernels import compiled
from models.intake.scan_alts import (
    LARGEST_POS,
    NON_REF,
    SYMBOLIC,
    is_sequence,
    note,
    put_span,
    split_alts,
    write_allele,
)
from models.intake.scan_bytes import (
    DOT,
    LESS,
    NEWLINE,
    ONE,
    RETURN,
    STAR,
    TAB,
    ZERO,
    find_stop,
    read_float,
    read_int,
)
from models.intake.scan_calls import clear_calls, read_format, read_genotype, split_sample, stop_for_fields, write_call
from models.intake.scan_info import (
    all_entries_placed,
    best_entry,
    clear_row,
    end_of,
    scan_info,
    write_entry,
    write_keys,
    write_unread,
)
from models.intake.scan_plan import (
    ALT_INDEX,
    BAD_COLUMNS,
    BAD_POS,
    BAD_QUAL,
    BAD_REF,
    BLANK_LINE,
    CARRIAGE_RETURN,
    CHROM,
    EMPTY_ALT,
    EMPTY_CHROM,
    EMPTY_REF,
    END_POS,
    FEW_COLUMNS,
    FILTER,
    GO_ON,
    KIND,
    LENGTH,
    LINE,
    LONG_LINE,
    MISPLACED_HEADER,
    NEED_ROOM,
    NO_CALLS,
    NO_ENTRY,
    NOT_LOOKED_AT,
    POS,
    QUAL,
    RECORD_ID,
    START,
    TOO_MANY_ALLELES,
)


@compiled
def scan(text, at, end, line, plan, scratch, batch):
    """Scan whole lines of `text` from `at` to `end` (just after a newline) until the batch is full.

    Returns (reason, position, line, rows): reason GO_ON at the end of the text, NEED_ROOM when the
    batch is full, otherwise why line number `line` cannot be read.
    """
    rows, capacity = ZERO, batch.facts.shape[1]
    while at < end:
        start, c = at, text[at]
        if c == NEWLINE or c == RETURN or c == 35:
            at = _skip_line(text, at, line, batch.notes)
            line += 1
            continue
        reason, after, alts = _read_fixed(text, at, line, plan, scratch, batch, rows, capacity)
        if reason != GO_ON:
            return reason, at, line, rows
        reason, at = _finish_line(text, after, line, rows, alts, plan, scratch, batch)
        if reason != GO_ON:
            return reason, at, line, rows
        if at - start - 1 > plan.max_line_bytes:
            return LONG_LINE, at, line, rows
        rows, line = rows + max(alts, 1), line + 1
    return GO_ON, at, line, rows


@compiled
def _skip_line(text, at, line, notes):
    """Pass over a blank line or a header line among the records, noting it."""
    note(notes, MISPLACED_HEADER if text[at] == 35 else BLANK_LINE, line)
    while text[at] != NEWLINE:
        at += 1
    return at + 1


@compiled
def _read_fixed(text, at, line, plan, scratch, batch, row, capacity):
    """CHROM to FILTER. Returns (reason, position of INFO, ALT alleles; 0 for ".")."""
    chrom, chrom_end = at, find_stop(text, at, plan.column_stops)
    if text[chrom_end] != TAB:
        return FEW_COLUMNS, at, ZERO
    pos_at = chrom_end + 1
    pos_end = find_stop(text, pos_at, plan.column_stops)
    id_end = find_stop(text, pos_end + 1, plan.column_stops) if text[pos_end] == TAB else pos_end
    ref_end = find_stop(text, id_end + 1, plan.column_stops) if text[id_end] == TAB else id_end
    alt_end = find_stop(text, ref_end + 1, plan.column_stops) if text[ref_end] == TAB else ref_end
    qual_end = find_stop(text, alt_end + 1, plan.column_stops) if text[alt_end] == TAB else alt_end
    filter_end = find_stop(text, qual_end + 1, plan.column_stops) if text[qual_end] == TAB else qual_end
    if text[filter_end] != TAB:
        return FEW_COLUMNS, at, ZERO
    pos, ok = read_int(text, pos_at, pos_end - pos_at)
    if not ok or pos < 0 or pos > LARGEST_POS:
        return BAD_POS, at, ZERO
    reason = _empty_column(chrom_end - chrom, ref_end - id_end - 1, alt_end - ref_end - 1)
    if reason == GO_ON and not _is_ref(text, id_end + 1, ref_end - id_end - 1):
        reason = BAD_REF
    if reason != GO_ON:
        return reason, at, ZERO
    alts = split_alts(text, ref_end + 1, alt_end, line, plan, scratch, batch.notes)
    if alts < 0:
        return -alts, at, ZERO
    if row + max(alts, 1) > capacity:
        return NEED_ROOM if row else TOO_MANY_ALLELES, at, ZERO
    qual = read_float(text, alt_end + 1, qual_end - alt_end - 1)
    if np.isnan(qual) and not (text[alt_end + 1] == DOT and qual_end == alt_end + 2):
        note(batch.notes, BAD_QUAL, line)
    for i in range(max(alts, 1)):
        to = row + i
        clear_row(to, batch)
        put_span(batch, CHROM, to, chrom, chrom_end - chrom)
        put_span(batch, RECORD_ID, to, pos_end + 1, _unless_dot(text, pos_end + 1, id_end))
        put_span(batch, FILTER, to, qual_end + 1, filter_end - qual_end - 1)
        batch.numbers[QUAL, to], batch.facts[LINE, to], batch.facts[ALT_INDEX, to] = qual, line, i + 1
        write_allele(text, pos, id_end + 1, ref_end - id_end - 1, i, alts, to, scratch, batch)
    return GO_ON, filter_end + 1, alts


@compiled
def _empty_column(chrom, ref, alt):
    if chrom == 0:
        return EMPTY_CHROM
    if ref == 0:
        return EMPTY_REF
    return EMPTY_ALT if alt == 0 else GO_ON


@compiled
def _is_ref(text, start, length):
    """Bases; "." alone stands for an unknown base in some structural callers."""
    return is_sequence(text, start, length) or (length == 1 and text[start] == DOT)


@compiled
def _unless_dot(text, start, end):
    return 0 if end - start == 1 and text[start] == DOT else end - start


@compiled
def _finish_line(text, at, line, row, alts, plan, scratch, batch):
    """INFO, FORMAT and samples. Returns (reason, position after the line)."""
    at, entries = scan_info(text, at, line, plan, scratch, batch.notes)
    _write_annotations(text, line, row, alts, entries, plan, scratch, batch)
    reason, at = _read_samples(text, at, line, row, alts, plan, scratch, batch)
    if reason != GO_ON:
        return reason, at
    if text[at] == RETURN:
        note(batch.notes, CARRIAGE_RETURN, line)
        at += 1
    return (GO_ON, at + 1) if text[at] == NEWLINE else (BAD_COLUMNS, at)


@compiled
def _write_annotations(text, line, row, alts, entries, plan, scratch, batch):
    ref_at, ref_length = _whole_ref(text, scratch)
    was_left_out = plan.every_line_annotated and not entries
    if was_left_out and batch.facts[KIND, row] < SYMBOLIC:
        note(batch.notes, NO_ENTRY, line)
    shared = _shared_base(text, ref_at, ref_length, alts, scratch)
    for i in range(max(alts, 1)):
        to = row + i
        if batch.facts[KIND, to] == SYMBOLIC or batch.facts[KIND, to] >= NON_REF:
            pos = batch.facts[POS, to]
            batch.facts[END_POS, to] = min(end_of(text, line, pos, ref_length, i, plan, scratch), LARGEST_POS)
        write_keys(text, line, to, i, alts, plan, scratch, batch)
        batch.facts[NOT_LOOKED_AT, to] = was_left_out
        if was_left_out:
            write_unread(to, plan, batch)
        if entries:
            best = best_entry(text, i, alts, ref_at, ref_length, shared, entries, scratch)
            if best >= 0:
                write_entry(text, best, to, plan, scratch, batch)
            elif not all_entries_placed(text, alts, ref_at, ref_length, shared, entries, scratch):
                write_unread(to, plan, batch)


@compiled
def _whole_ref(text, scratch):
    """Span of the untrimmed REF: it ends one tab before the first ALT."""
    end = scratch.alts[0, START] - 1
    start = end
    while text[start - 1] != TAB:
        start -= 1
    return start, end - start


@compiled
def _shared_base(text, ref, ref_length, alts, scratch):
    """1 when REF and every ALT start with the same base and one is an indel: VEP drops that base."""
    is_indel = False
    for i in range(alts):
        start = scratch.alts[i, START]
        if text[start] == STAR or text[start] == LESS:
            continue
        if text[start] != text[ref]:
            return ZERO
        is_indel = is_indel or scratch.alts[i, LENGTH] != ref_length
    return ONE if is_indel else ZERO


@compiled
def _read_samples(text, at, line, row, alts, plan, scratch, batch):
    """FORMAT and every sample column. Returns (reason, position after the last)."""
    if plan.columns < 9:
        return (GO_ON, at) if text[at] != TAB else (BAD_COLUMNS, at)
    if text[at] != TAB:
        clear_calls(row, max(alts, 1), batch)
        if plan.columns > 9:
            note(batch.notes, NO_CALLS, line)
        return GO_ON, at
    at = read_format(text, at + 1, plan, scratch)
    for sample in range(plan.column_of.size):
        if text[at] != TAB:
            return BAD_COLUMNS, at
        column = plan.column_of[sample]
        if column < 0:
            at = find_stop(text, at + 1, plan.column_stops)
            continue
        at, fields = split_sample(text, at + 1, scratch)
        reason = stop_for_fields(fields, scratch)
        if reason != GO_ON:
            return reason, at
        reason, ploidy, phased = read_genotype(text, scratch, alts)
        if reason != GO_ON:
            return reason, at
        for i in range(max(alts, 1)):
            write_call(text, scratch, ploidy, phased, i + 1, alts, row + i, column, batch)
    return (GO_ON, at) if text[at] != TAB else (BAD_COLUMNS, at)
