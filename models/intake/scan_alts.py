"""Compiled reading of the ALT column: which alleles there are, of what kind, trimmed to where they begin."""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, PLR0913, PLR0917
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.case import Kind
from models.intake.kernels import compiled
from models.intake.scan_alleles import trim
from models.intake.scan_bytes import (
    CLOSE_SQUARE,
    COMMA,
    DOT,
    LESS,
    MORE,
    ONE,
    OPEN_SQUARE,
    STAR,
    ZERO,
)
from models.intake.scan_plan import (
    ALT,
    EMPTY_ALLELE,
    END_POS,
    KIND,
    LENGTH,
    ODD_ALT,
    POS,
    REF,
    START,
    TOO_MANY_ALLELES,
)

KINDS = tuple(Kind)
_SNV, _MNV, _INSERTION, _DELETION, _DELINS, SYMBOLIC, _BREAKEND, _SPANNING, NON_REF, _REFERENCE = (
    np.int64(KINDS.index(kind))
    for kind in (
        Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS,
        Kind.SYMBOLIC, Kind.BREAKEND, Kind.SPANNING_DELETION, Kind.NON_REF, Kind.REFERENCE,
    )
)  # fmt: skip
LARGEST_POS = 2_147_483_646


@compiled
def note(notes, what, line):
    if notes[what, 0] == 0:
        notes[what, 1] = line
    notes[what, 0] += 1


@compiled
def put_span(batch, column, row, start, length):
    batch.spans[START, column, row] = start
    batch.spans[LENGTH, column, row] = length


@compiled
def split_alts(text, start, end, line, plan, scratch, notes):
    """Spans of the ALT alleles. Returns how many; 0 for "."; a negative reason when unusable."""
    if end - start == 1 and text[start] == DOT:
        scratch.alts[0, START], scratch.alts[0, LENGTH] = start, 1
        return ZERO
    alts, first = ZERO, start
    for at in range(start, end + 1):
        if at == end or text[at] == COMMA:
            if alts == plan.max_alleles:
                return -TOO_MANY_ALLELES
            if at == first:
                return -EMPTY_ALLELE
            if not _is_allele(text, first, at - first):
                note(notes, ODD_ALT, line)
            scratch.alts[alts, START], scratch.alts[alts, LENGTH] = first, at - first
            alts, first = alts + 1, at + 1
    return alts


@compiled
def _is_allele(text, start, length):
    """Whether an ALT can be one: bases, "*", "<...>" or a breakend; free of blanks and control bytes."""
    if text[start] == LESS:
        if length < 3 or text[start + length - 1] != MORE:
            return _is_breakend(text, start, length)
        return True
    if length == 1 and (text[start] == STAR or text[start] == DOT):
        return True
    return is_sequence(text, start, length) or _is_breakend(text, start, length)


@compiled
def _is_breakend(text, start, length):
    """Bases with a bracketed mate ("A[chr2:100[") or a single dot ("A.")."""
    for at in range(start, start + length):
        if text[at] == OPEN_SQUARE or text[at] == CLOSE_SQUARE:
            return True
    if text[start] == DOT:
        return is_sequence(text, start + 1, length - 1)
    return text[start + length - 1] == DOT and is_sequence(text, start, length - 1)


@compiled
def is_sequence(text, start, length):
    for at in range(start, start + length):
        c = text[at] & 223
        if c < 65 or c > 90:
            return False
    return True


@compiled
def _kind_of(text, start, length, alts):
    """Kind of an ALT that is no plain sequence; -1 for a sequence."""
    first = text[start]
    if alts == 0 or (length == 1 and first == DOT):
        return _REFERENCE
    if length == 1 and first == STAR:
        return _SPANNING
    if first == LESS:
        is_star = length == 3 and text[start + 1] == STAR and text[start + 2] == MORE
        is_non_ref = length == 9 and text[start + 1] == 78 and text[start + 5] == 82  # <NON_REF>, <NON.REF>
        return NON_REF if is_star or (is_non_ref and text[start + 7] == 70) else SYMBOLIC
    if is_sequence(text, start, length):
        return -ONE
    return _BREAKEND if _is_breakend(text, start, length) else SYMBOLIC


@compiled
def write_allele(text, pos, ref, ref_length, i, alts, row, scratch, batch):
    """Trimmed position, REF, ALT and kind of one row; one base of each allele always stays."""
    alt, alt_length = scratch.alts[i, START], scratch.alts[i, LENGTH]
    kind, front, back = _kind_of(text, alt, alt_length, alts), ZERO, ZERO
    if kind < 0:
        if is_sequence(text, ref, ref_length):
            front, back = trim(text, ref, ref_length, alt, alt_length, ONE)
        kind = _sequence_kind(text, ref + front, ref_length - front - back, alt + front, alt_length - front - back)
    put_span(batch, REF, row, ref + front, ref_length - front - back)
    put_span(batch, ALT, row, alt + front, alt_length - front - back)
    batch.facts[POS, row], batch.facts[KIND, row] = pos + front, kind
    batch.facts[END_POS, row] = min(pos + ref_length - back - 1, LARGEST_POS)


@compiled
def _sequence_kind(text, ref, ref_length, alt, alt_length):
    if ref_length == alt_length:
        return _SNV if ref_length == 1 else _MNV
    same_first = (text[ref] | 32) == (text[alt] | 32)
    if ref_length == 1 and same_first:
        return _INSERTION
    return _DELETION if alt_length == 1 and same_first else _DELINS
