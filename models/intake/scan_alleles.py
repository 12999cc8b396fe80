"""Compiled comparison of alleles: trimming, and which ALT a name in an annotation means."""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN201, ANN202, SIM110
# mypy: disable-error-code="no-untyped-def"
import numpy as np

from models.intake.kernels import compiled
from models.intake.scan_bytes import MINUS, MORE, ZERO

_NO_MATCH = -1


@compiled
def match(text, start, length, ref_start, ref_length, alt_start, alt_length, shared_base):
    """How well an entry's allele names this ALT: 3 VEP's own notation, 2 whole ALT, 1 trimmed, -1 not."""
    for at in range(start, start + length):
        if text[at] == MORE and at < start + length - 1:  # BCSQ "123C>T": what stands after ">"
            start, length = at + 1, start + length - at - 1
            break
    if is_allele(text, start, length, alt_start + shared_base, alt_length - shared_base):
        return np.int64(3)
    if is_allele(text, start, length, alt_start, alt_length):
        return np.int64(2)
    front, back = trim(text, ref_start, ref_length, alt_start, alt_length, ZERO)
    is_trimmed = is_allele(text, start, length, alt_start + front, alt_length - front - back)
    return np.int64(1) if is_trimmed else np.int64(_NO_MATCH)


@compiled
def is_allele(text, start, length, want_start, want_length):
    """Whether a span names an allele, in either case; "-" is the empty one."""
    if want_length == 0:
        return length == 1 and text[start] == MINUS
    if length != want_length:
        return False
    for i in range(length):
        if not _same_base(text[start + i], text[want_start + i]):
            return False
    return True


@compiled
def trim(text, ref_start, ref_length, alt_start, alt_length, keep):
    """Bases to drop in (front, back) so that REF and ALT share none; `keep` bases stay in each."""
    front = back = ZERO
    while min(ref_length, alt_length) - back > keep and _same_base(
        text[ref_start + ref_length - 1 - back], text[alt_start + alt_length - 1 - back]
    ):
        back += 1
    while min(ref_length, alt_length) - back - front > keep and _same_base(
        text[ref_start + front], text[alt_start + front]
    ):
        front += 1
    return front, back


@compiled
def _same_base(a, b):
    return (a | 32) == (b | 32)
