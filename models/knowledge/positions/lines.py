"""Compiled scan of text tables: lines into columns, an INFO column into fields; spans, no Python objects.

A span is (start, length) into a block of text; length -1 where there is nothing. Used for VCFs and for
tables with tabs or commas alike; models.intake.scan reads patients' calls, which these files have none of.
"""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.intake.kernels import compiled
from models.intake.scan_bytes import (
    COMMA,
    DOT,
    EQUALS,
    NEWLINE,
    PIPE,
    RETURN,
    find_stop,
    list_item,
    look_up,
    read_float,
    read_int,
    same,
    stop_table,
)

HASH = 35
NEWLINES = stop_table("\n")
KEY_STOPS = stop_table("=;\t\n")
FIELD_STOPS = stop_table(";\t\n")


@compiled
def split_lines(text, at, end, line, stops, starts, lengths, lines):
    """Columns of whole lines, until the arrays are full; lines that are empty or begin with "#" are passed over.

    stops: bool[256], true for the separator and the newline. starts, lengths: (columns, rows). lines: number
    of each row's line. Returns (rows, position, line).
    """
    rows, columns = 0, starts.shape[0]
    while at < end and rows < starts.shape[1]:
        if text[at] == HASH or text[at] == NEWLINE or text[at] == RETURN:
            at, line = find_stop(text, at, NEWLINES) + 1, line + 1
            continue
        column = 0
        while column < columns:
            stop = find_stop(text, at, stops)
            starts[column, rows] = at
            lengths[column, rows] = stop - at
            column, at = column + 1, stop
            if text[stop] == NEWLINE:
                break
            at = stop + 1
        if text[at] == NEWLINE and text[at - 1] == RETURN and lengths[column - 1, rows] > 0:
            lengths[column - 1, rows] -= 1
        for missing in range(column, columns):
            starts[missing, rows], lengths[missing, rows] = at, -1
        if text[at] != NEWLINE:
            at = find_stop(text, at, NEWLINES)
        lines[rows] = line
        rows, at, line = rows + 1, at + 1, line + 1
    return rows, at, line


@compiled
def split_info(text, start, length, plan, starts, lengths):
    """Values of the wanted fields of INFO columns: starts, lengths are (fields, rows).

    A flag has length 0, a field that is not there -1, and so has one whose value is ".".
    """
    for row in range(start.size):
        lengths[:, row] = -1
        at, end = start[row], start[row] + length[row]
        while at < end:
            first, at = at, min(find_stop(text, at, KEY_STOPS), end)
            field = look_up(text, first, at - first, 0, plan)
            value = at + 1 if at < end and text[at] == EQUALS else at
            at = min(find_stop(text, at, FIELD_STOPS), end) if at < end else end
            if field >= 0 and not (at - value == 1 and text[value] == DOT):
                starts[field, row], lengths[field, row] = value, max(at - value, 0)
            at += 1


@compiled
def copy(text, start, length, byte_of, out, ends):
    """Copy spans one after the other, each byte as `byte_of` has it; `ends` gets Arrow offsets."""
    used = 0
    for row in range(start.size):
        ends[row] = used
        for at in range(start[row], start[row] + length[row]):
            out[used] = byte_of[text[at]]
            used += 1
    ends[start.size] = used


@compiled
def code_of_each(text, start, length, plan, codes):
    """Value in `plan` of each span, 0 where it has none; spans come in runs of the same word."""
    for row in range(start.size):
        if row and length[row] == length[row - 1] and same(text, start[row], text, start[row - 1], length[row]):
            codes[row] = codes[row - 1]
        else:
            codes[row] = max(look_up(text, start[row], length[row], 0, plan), 0)


@compiled
def integers(text, start, length, out):
    """Whole numbers; -1 for anything else."""
    for row in range(start.size):
        value, ok = read_int(text, start[row], length[row])
        out[row] = value if ok else -1


@compiled
def numbers(text, start, length, out):
    """Decimal numbers; NaN for anything else."""
    for row in range(start.size):
        out[row] = read_float(text, start[row], length[row]) if length[row] > 0 else np.nan


@compiled
def count_alts(text, start, length, out):
    """Alleles of each ALT column."""
    for row in range(start.size):
        out[row] = 1
        for at in range(start[row], start[row] + length[row]):
            if text[at] == COMMA:
                out[row] += 1


@compiled
def pick(text, start, length, item, out_start, out_length):
    """Item `item` (from 0) of each comma list; a list that is too short, and ".", give -1."""
    for row in range(start.size):
        out_start[row], out_length[row] = start[row], -1
        if length[row] >= 0:
            at, size, _ = list_item(text, start[row], length[row], item[row])
            if not (size == 1 and text[at] == DOT):
                out_start[row], out_length[row] = at, size


@compiled
def largest_of_fields(text, start, length, first, last, out):
    """Largest number among the fields `first` to `last` (from 0) of "|"-lists, over the lists separated by ","."""
    for row in range(start.size):
        out[row] = np.nan
        begin, field, end = start[row], 0, start[row] + max(length[row], 0)
        for at in range(start[row], end + 1):
            if at == end or text[at] == PIPE or text[at] == COMMA:
                if first <= field <= last:
                    value = read_float(text, begin, at - begin)
                    if not out[row] >= value and not np.isnan(value):
                        out[row] = value
                field = 0 if at < end and text[at] == COMMA else field + 1
                begin = at + 1
