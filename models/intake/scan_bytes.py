"""Small compiled helpers over bytes: numbers, word look-up, and turning spans into columns.

Everything here runs without Python objects; a span is (start, length) into the block of text.
"""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, PLR0913, PLR0917, SIM110
from typing import Any

import numpy as np

from models.intake.kernels import compiled

TAB, NEWLINE, RETURN, COMMA, SEMICOLON, COLON, PIPE, DOT = 9, 10, 13, 44, 59, 58, 124, 46
AMPERSAND, EQUALS, PERCENT, STAR, LESS, MORE, SLASH, MINUS, PLUS = 38, 61, 37, 42, 60, 62, 47, 45, 43
OPEN_SQUARE, CLOSE_SQUARE, OPEN_ROUND, CLOSE_ROUND = 91, 93, 40, 41
ZERO, ONE, TWO, THREE = (np.int64(i) for i in range(4))
_TOO_BIG: Any = 1 << 60


def stop_table(stops: str) -> Any:
    """bool[256] that is true for the bytes of `stops`."""
    table = np.zeros(256, np.bool_)
    table[list(stops.encode())] = True
    return table


def word_table(words: list[tuple[int, bytes]]) -> tuple[Any, Any, Any, Any]:
    """(space, word) pairs as (bytes, starts, open-addressed hash of word numbers, spaces) for `look_up`."""
    starts = np.zeros(len(words) + 1, np.int64)
    starts[1:] = np.cumsum([len(word) for _, word in words]) if words else 0
    size = 8
    while size < 4 * len(words):
        size *= 2
    table = np.full(size, -1, np.int64)
    for number, (space, word) in enumerate(words):
        slot = (_fnv(word) + space) & (size - 1)
        while table[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        table[slot] = number
    text = np.frombuffer(b"".join(word for _, word in words) + b"\0", np.uint8)
    return text, starts, table, np.array([space for space, _ in words], np.int64)


def _fnv(word: bytes) -> int:
    value = 2166136261
    for c in word:
        value = ((value ^ c) * 16777619) & 0xFFFFFFFF
    return value


@compiled
def find_stop(text, at, stops):  # type: ignore[no-untyped-def]
    """First position from `at` whose byte is a stop. Unsigned on the way: no test for negative indices."""
    i = np.uint64(at)
    while not stops[text[i]]:
        i += np.uint64(1)
    return np.int64(i)


@compiled
def hash_span(text, start, length):  # type: ignore[no-untyped-def]
    """32-bit FNV-1a of a span."""
    value = np.uint64(2166136261)
    for i in range(start, start + length):
        value = ((value ^ np.uint64(text[i])) * np.uint64(16777619)) & np.uint64(0xFFFFFFFF)
    return np.int64(value)


@compiled
def same(a, a_start, b, b_start, length):  # type: ignore[no-untyped-def]
    """Whether two spans hold the same bytes."""
    for i in range(length):
        if a[a_start + i] != b[b_start + i]:
            return False
    return True


@compiled
def look_up(text, start, length, space, plan):  # type: ignore[no-untyped-def]
    """Value of the word a span spells in `space`, or -1."""
    mask = plan.table.size - 1
    slot = (hash_span(text, start, length) + space) & mask
    while plan.table[slot] >= 0:
        number = plan.table[slot]
        first = plan.starts[number]
        if (
            plan.spaces[number] == space
            and plan.starts[number + 1] - first == length
            and same(text, start, plan.words, first, length)
        ):
            return plan.values[number]
        slot = (slot + 1) & mask
    return np.int64(-1)


@compiled
def read_int(text, start, length):  # type: ignore[no-untyped-def]
    """(value, ok) of a whole decimal integer; a fraction is cut ("12.0" is 12)."""
    at, end, sign = start, start + length, 1
    if at < end and (text[at] == MINUS or text[at] == PLUS):
        sign = -1 if text[at] == MINUS else 1
        at += 1
    if at >= end or text[at] < 48 or text[at] > 57:
        return np.int64(0), False
    value = np.int64(0)
    while at < end and 48 <= text[at] <= 57:
        value = min(value * 10 + (text[at] - 48), _TOO_BIG // 16)
        at += 1
    return value * sign, at == end or text[at] == DOT


@compiled
def read_float(text, start, length):  # type: ignore[no-untyped-def]
    """Value of a decimal number with optional exponent; NaN for anything else ("." "" "NA")."""
    at, end, sign = start, start + length, 1.0
    if at < end and (text[at] == MINUS or text[at] == PLUS):
        sign = -1.0 if text[at] == MINUS else 1.0
        at += 1
    value, digits, scale = 0.0, 0, 0
    while at < end and 48 <= text[at] <= 57:
        value, digits, at = value * 10.0 + (text[at] - 48), digits + 1, at + 1
    if at < end and text[at] == DOT:
        at += 1
        while at < end and 48 <= text[at] <= 57:
            value, digits, scale, at = value * 10.0 + (text[at] - 48), digits + 1, scale - 1, at + 1
    if digits == 0:
        return np.nan
    if at < end and (text[at] | 32) == 101:
        power, ok = read_int(text, at + 1, end - at - 1)
        if not ok:
            return np.nan
        scale, at = scale + min(max(power, -400), 400), end
    if at < end:
        return np.nan
    return sign * value * 10.0**scale if scale >= 0 else sign * value / 10.0 ** (-scale)


@compiled
def says_missing(text, start, length):  # type: ignore[no-untyped-def]
    """Whether a span is empty, ".", "-", or the word NA, N/A, NaN, None or Null in either case."""
    if length == 0 or (length == 1 and (text[start] == DOT or text[start] == MINUS)):
        return True
    if length < 2 or length > 4 or (text[start] | 32) != 110:  # n
        return False
    second, last = text[start + 1] | 32, text[start + length - 1] | 32
    if length == 2:
        return second == 97  # na
    if length == 3:
        return (second == 97 and last == 110) or (text[start + 1] == SLASH and last == 97)  # nan, n/a
    return (second == 111 and last == 101) or (second == 117 and last == 108)  # none, null


@compiled
def largest_number(text, start, length):  # type: ignore[no-untyped-def]
    """Largest number of a list separated by "&" or "," (dbNSFP gives one value a transcript).

    NaN when nothing stands there or a mark for missing; infinity when something does that is no number.
    """
    best, first, unread = np.nan, start, False
    for at in range(start, start + length + 1):
        if at == start + length or text[at] == AMPERSAND or text[at] == COMMA:
            value = read_float(text, first, at - first)
            if np.isnan(value):
                unread = unread or not says_missing(text, first, at - first)
            elif not best >= value:
                best = value
            first = at + 1
    return np.inf if unread and np.isnan(best) else best


@compiled
def list_item(text, start, length, wanted):  # type: ignore[no-untyped-def]
    """Span of item `wanted` (from 0) of a comma list, and how many items there are."""
    item, first, found_at, found = ZERO, start, start, -ONE
    for at in range(start, start + length + 1):
        if at == start + length or text[at] == COMMA:
            if item == wanted:
                found_at, found = first, at - first
            item, first = item + 1, at + 1
    return found_at, found, item


@compiled
def only_letters(text, start, end):  # type: ignore[no-untyped-def]
    """Whether a span holds nothing but ASCII letters."""
    for at in range(start, end):
        c = text[at] & 223
        if c < 65 or c > 90:
            return False
    return True


@compiled
def gather(text, start, length, rows, upper, unescape, out, ends):  # type: ignore[no-untyped-def]
    """Copy the spans of one text column into `out`; `ends` gets Arrow offsets. Returns bytes used.

    upper: plain sequences are written in upper case. unescape: "%3D" becomes "=" (VCF 4.3, section 1.2).
    """
    used = 0
    for row in range(rows):
        ends[row] = used
        at, end = start[row], start[row] + max(length[row], 0)
        lift = upper and only_letters(text, at, end)
        while at < end:
            c = text[at]
            if lift and 97 <= c <= 122:
                c -= 32
            elif unescape and c == PERCENT and at + 2 < end:
                value = _hex(text[at + 1]) * 16 + _hex(text[at + 2])
                if 32 <= value < 127:
                    c, at = value, at + 2
            out[used] = c
            used, at = used + 1, at + 1
    ends[rows] = used
    return used


@compiled
def _hex(c):  # type: ignore[no-untyped-def]
    if 48 <= c <= 57:
        return c - 48
    if 65 <= (c & 223) <= 70:
        return (c & 223) - 55
    return 1000


@compiled
def intern(text, start, length, rows, codes, words, starts, table, known):  # type: ignore[no-untyped-def]
    """Give each span a code, the same for the same bytes; new words are appended.

    Returns (words known now, row to go on from): stops early when `words`, `starts` or `table`
    is full, so the caller can enlarge them.
    """
    mask = table.size - 1
    for row in range(rows):
        size = max(length[row], 0)
        if row and size == max(length[row - 1], 0) and same(text, start[row], text, start[row - 1], size):
            codes[row] = codes[row - 1]
            continue
        slot = hash_span(text, start[row], size) & mask
        while table[slot] >= 0:
            number = table[slot]
            if starts[number + 1] - starts[number] == size and same(text, start[row], words, starts[number], size):
                break
            slot = (slot + 1) & mask
        if table[slot] < 0:
            if known + 2 > starts.size or 2 * known > mask or starts[known] + size > words.size:
                return known, row
            for i in range(size):
                words[starts[known] + i] = text[start[row] + i]
            starts[known + 1] = starts[known] + size
            table[slot] = known
            known += 1
        codes[row] = table[slot]
    return known, rows
