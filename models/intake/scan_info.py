"""Compiled scan of one INFO column: wanted keys, and the annotation entries of VEP and its kin."""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, PLR1714, SIM109
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.intake.kernels import compiled
from models.intake.scan_alleles import match
from models.intake.scan_bytes import (
    AMPERSAND,
    COLON,
    COMMA,
    EQUALS,
    MINUS,
    SEMICOLON,
    ZERO,
    find_stop,
    largest_number,
    list_item,
    look_up,
    read_int,
)
from models.intake.scan_plan import (
    AFTER_COLON,
    ALLELE,
    ALLELE_LENGTH,
    ALLELE_NUMBER,
    ALLELE_START,
    ANNOTATION,
    ANY_LENGTH,
    AS_NUMBER,
    AS_SPLICE,
    CANONICAL,
    CONSEQUENCE,
    DNA_CHANGE,
    END,
    ENTRY_ALLELE_NUMBER,
    ENTRY_LENGTH,
    ENTRY_SCORE,
    ENTRY_START,
    FIXED_NUMBERS,
    FIXED_TEXTS,
    INFO_SPACE,
    KEY_SLOT,
    KEY_USE,
    LENGTH,
    MANE,
    PER_ALLELE,
    PER_ALT,
    SLOT_HOW,
    SLOT_NEXT,
    SLOT_ROW,
    START,
    SUB_SLOT,
    SUB_USE,
    SVLEN,
    TERM_SPACE,
    TOO_MANY_ENTRIES,
)
from models.intake.scan_splice import delta_of_alt, delta_of_entry, is_combined
from models.intake.severity import RANK_OF

_OUTSIDE_GENE = np.int64(RANK_OF["upstream_gene_variant"])  # MANE counts only inside the transcript
_UNKNOWN_TERM = 60
_NO_MATCH = -1
SEEN = 2  # column of Scratch.keys


@compiled
def scan_info(text, at, line, plan, scratch, notes):
    """Note the span of every wanted key; read annotation entries on the way.

    Returns (position after the column, number of annotation entries).
    """
    entries = ZERO
    while True:
        first = at
        at = find_stop(text, at, plan.key_stops)
        number = look_up(text, first, at - first, INFO_SPACE, plan)
        if text[at] == EQUALS:
            at += 1
        value = at
        if number >= 0 and plan.keys[number, KEY_USE] == ANNOTATION and scratch.keys[number, SEEN] != line:
            at, entries = _read_entries(text, at, line, plan, scratch, notes)
        at = find_stop(text, at, plan.value_stops)
        if number >= 0 and scratch.keys[number, SEEN] != line:
            scratch.keys[number, SEEN] = line
            scratch.keys[number, START], scratch.keys[number, LENGTH] = value, at - value
        if text[at] != SEMICOLON:
            return at, entries
        at += 1


@compiled
def _read_entries(text, at, line, plan, scratch, notes):
    """Walk the entries of CSQ, ANN, BCSQ or EFF once, scoring each. Returns (end, entries)."""
    entry, entries, limit = scratch.entries, ZERO, scratch.entries.shape[0]
    while True:
        at = _read_entry(text, at, entries, plan, entry)
        entries += 1
        if text[at] != COMMA:
            return at, entries
        at += 1
        if entries == limit:
            if notes[TOO_MANY_ENTRIES, 0] == 0:
                notes[TOO_MANY_ENTRIES, 1] = line
            notes[TOO_MANY_ENTRIES, 0] += 1
            return at, entries


@compiled
def _read_entry(text, at, number, plan, entry):
    """One entry up to its comma: remember its allele and how much we want it."""
    entry[number, ENTRY_START], entry[number, ALLELE_START], entry[number, ALLELE_LENGTH] = at, at, -1
    entry[number, ENTRY_ALLELE_NUMBER] = 0
    first, mane, canonical, rank = at, False, False, np.int64(_UNKNOWN_TERM)
    for column in range(plan.deciding_columns):
        at = find_stop(text, first, plan.field_stops)
        use, length = plan.subs[column, SUB_USE], at - first
        if use == ALLELE or use == DNA_CHANGE:
            entry[number, ALLELE_START], entry[number, ALLELE_LENGTH] = first, length
        elif use == ALLELE_NUMBER:
            entry[number, ENTRY_ALLELE_NUMBER] = read_int(text, first, length)[0]
        elif use == MANE:
            mane = mane or (length > 0 and not _says_plus(text, first, length))
        elif use == CANONICAL:
            canonical = length == 3 or length == 1
        elif use == CONSEQUENCE:
            rank = _severity(text, first, length, plan)
        if plan.entry_stops[text[at]]:
            break
        first = at + 1
    at = find_stop(text, at, plan.entry_stops)
    entry[number, ENTRY_LENGTH] = at - entry[number, ENTRY_START]
    inside = rank < _OUTSIDE_GENE
    entry[number, ENTRY_SCORE] = (2000 if mane and inside else 0) + (1000 if canonical and inside else 0) + (100 - rank)
    return at


@compiled
def _says_plus(text, start, length):
    """Whether the MANE column says "MANE_Plus_Clinical" rather than Select."""
    for at in range(start, start + length - 3):
        if text[at] == 80 and text[at + 1] == 108 and text[at + 2] == 117 and text[at + 3] == 115:
            return True
    return False


@compiled
def _severity(text, start, length, plan):
    """Rank of the most severe term of an "&" list; 0 is most severe."""
    best, first = np.int64(_UNKNOWN_TERM), start
    if length and text[start] == 42:
        first = start + 1  # "*" of BCSQ: downstream of a stop
    for at in range(first, start + length + 1):
        if at == start + length or text[at] == AMPERSAND:
            rank = look_up(text, first, at - first, TERM_SPACE, plan)
            if rank >= 0:
                best = min(best, rank)
            first = at + 1
    return best


@compiled
def best_entry(text, alt, alts, ref_start, ref_length, shared_base, entries, scratch):
    """Entry of ALT number `alt` (from 0) that we want most; -1 when none is about it."""
    best, best_score = np.int64(-1), np.int64(-1)
    entry = scratch.entries
    for i in range(entries):
        fit = _fit(text, i, alt, alts, ref_start, ref_length, shared_base, scratch)
        score = fit * 10_000 + entry[i, ENTRY_SCORE]
        if fit > 0 and score > best_score:
            best, best_score = np.int64(i), score
    return best


@compiled
def _fit(text, number, alt, alts, ref_start, ref_length, shared_base, scratch):
    """How well entry `number` is about an ALT: 4 said so or the only one, 3 to 1 by its name, -1 not."""
    entry = scratch.entries
    if entry[number, ENTRY_ALLELE_NUMBER] > 0:
        return np.int64(4) if entry[number, ENTRY_ALLELE_NUMBER] == alt + 1 else np.int64(_NO_MATCH)
    if entry[number, ALLELE_LENGTH] < 0 or alts <= 1:
        return np.int64(4)
    return match(
        text,
        entry[number, ALLELE_START],
        entry[number, ALLELE_LENGTH],
        ref_start,
        ref_length,
        scratch.alts[alt, START],
        scratch.alts[alt, LENGTH],
        shared_base,
    )


@compiled
def all_entries_placed(text, alts, ref_start, ref_length, shared_base, entries, scratch):
    """Whether every entry is about some ALT, and none was passed over: then an ALT without one has none."""
    for i in range(entries):
        placed = False
        for alt in range(max(alts, 1)):
            placed = placed or _fit(text, i, alt, alts, ref_start, ref_length, shared_base, scratch) > 0
        if not placed:
            return False
    return entries < scratch.entries.shape[0]


@compiled
def write_entry(text, entry, row, plan, scratch, batch):
    """Write the wanted subfields of one chosen entry."""
    first = scratch.entries[entry, ENTRY_START]
    for column in range(plan.subs.shape[0]):
        at = find_stop(text, first, plan.field_stops)
        slot = plan.subs[column, SUB_SLOT]
        while slot >= 0:
            put(text, first, at - first, slot, row, plan, batch)
            slot = plan.slots[slot, SLOT_NEXT]
        if plan.entry_stops[text[at]]:
            return
        first = at + 1


@compiled
def write_unread(row, plan, batch):
    """Nobody looked, or which entry is about this ALT cannot be known: each column of the entries is unread."""
    for column in range(plan.subs.shape[0]):
        slot = plan.subs[column, SUB_SLOT]
        while slot >= 0:
            to = plan.slots[slot, SLOT_ROW]
            if plan.slots[slot, SLOT_HOW] == AS_NUMBER or plan.slots[slot, SLOT_HOW] == AS_SPLICE:
                batch.numbers[to, row] = np.inf
            else:
                batch.spans[LENGTH, to, row] = -1
            slot = plan.slots[slot, SLOT_NEXT]


@compiled
def put(text, start, length, slot, row, plan, batch):
    """Write one value into its slot, as text or number."""
    how, to = plan.slots[slot, SLOT_HOW], plan.slots[slot, SLOT_ROW]
    if how == AS_NUMBER:
        batch.numbers[to, row] = largest_number(text, start, length)
        return
    if how == AS_SPLICE:
        batch.numbers[to, row] = delta_of_entry(text, start, length)
        return
    if length == 1 and (text[start] == 46 or text[start] == MINUS):
        length = 0
    if how == AFTER_COLON:
        for at in range(start + length - 1, start - 1, -1):
            if text[at] == COLON:
                start, length = at + 1, start + length - at - 1
                break
    batch.spans[START, to, row], batch.spans[LENGTH, to, row] = start, length


@compiled
def write_keys(text, line, row, alt, alts, plan, scratch, batch):
    """Write the plain INFO keys of one row; the item of this ALT where the key has one for each."""
    for key in range(plan.keys.shape[0]):
        use = plan.keys[key, KEY_USE]
        if use >= END or scratch.keys[key, SEEN] != line:
            continue
        start, length, slot = scratch.keys[key, START], scratch.keys[key, LENGTH], plan.keys[key, KEY_SLOT]
        if plan.slots[slot, SLOT_HOW] == AS_SPLICE and is_combined(text, start, length):
            batch.numbers[plan.slots[slot, SLOT_ROW], row] = delta_of_alt(text, start, length, alt, alts, scratch)
            continue
        items = alts
        if use == PER_ALT or use == ANY_LENGTH or use == PER_ALLELE:
            item_start, item_length, items = list_item(text, start, length, alt + 1 if use == PER_ALLELE else alt)
            if use != ANY_LENGTH or items == alts:
                start, length = item_start, max(item_length, 0)
        while slot >= 0:
            put(text, start, length, slot, row, plan, batch)
            if use == PER_ALT or use == PER_ALLELE:
                is_one_each = items - (use == PER_ALLELE) == max(alts, 1)
                _refuse_miscounted(text, scratch.keys[key], is_one_each, slot, row, plan, batch)
            slot = plan.slots[slot, SLOT_NEXT]


@compiled
def _refuse_miscounted(text, whole, is_one_each, slot, row, plan, batch):
    """A list that should have one number for each ALT and has not: whose number it is cannot be known."""
    if plan.slots[slot, SLOT_HOW] != AS_NUMBER or is_one_each:
        return
    if not np.isnan(largest_number(text, whole[START], whole[LENGTH])):
        batch.numbers[plan.slots[slot, SLOT_ROW], row] = np.inf


@compiled
def clear_row(row, batch):
    """No annotation yet: texts empty, numbers NaN."""
    for i in range(FIXED_TEXTS, batch.spans.shape[1]):
        batch.spans[START, i, row] = 0
        batch.spans[LENGTH, i, row] = 0
    for i in range(FIXED_NUMBERS, batch.numbers.shape[0]):
        batch.numbers[i, row] = np.nan


@compiled
def end_of(text, line, pos, ref_length, alt, plan, scratch):
    """Last reference base of a symbolic allele or reference block: END, else |SVLEN|, else REF."""
    end = np.int64(pos + ref_length - 1)
    for key in range(plan.keys.shape[0]):
        use = plan.keys[key, KEY_USE]
        if (use != END and use != SVLEN) or scratch.keys[key, SEEN] != line:
            continue
        start, length = scratch.keys[key, START], scratch.keys[key, LENGTH]
        if use == SVLEN:
            item_start, item_length, items = list_item(text, start, length, alt)
            start, length = (item_start, item_length) if items > alt else (start, length)
        value, ok = read_int(text, start, length)
        if ok and use == END and value >= pos:
            return value
        if ok and use == SVLEN:
            end = max(end, pos + abs(value))
    return end
