"""One 64-bit number for an allele of one build, in the manner of VariantKey.

    bits 63-59  contig (place in CONTIGS)      bits 58-31  position, 1-based     bits 30-0  alleles

Numbers sort as positions do. REF and ALT of up to eleven bases A, C, G, T together are spelled out in the
31 bits (4 bits each for their lengths, 22 for the bases, last bit 0); anything longer is hashed (30 bits,
last bit 1), and whoever compares two hashed keys must also compare the alleles: `Keyed.ref`, `Keyed.alt`.
Asuni & Wilder 2019, "VariantKey: A Reversible Numerical Representation of Human Genetic Variants",
bioRxiv 473744; theirs counts positions from 0.
"""

# Compiled code: numba wants plain comparisons and loops, takes no types, and calls nothing by keyword.
# ruff: noqa: ANN001, ANN202, PLR0913, PLR0917
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import Kind
from models.intake.kernels import compiled
from models.intake.scan_alleles import trim
from models.intake.scan_bytes import ONE, gather, only_letters
from models.knowledge.positions.alleles import CONTIGS, SEQUENCE_RESOLVED, Alleles

NO_KEY = np.uint64(0)  # of everything that is never looked up
POSITION_END = 1 << 28  # first position that does not fit
MOST_SPELLED = 11  # bases of REF and ALT together
POSITION_SHIFT, CONTIG_SHIFT = 31, 59
KINDS: tuple[Kind, ...] = SEQUENCE_RESOLVED  # Keyed.kind is a place in here, -1 for what is never looked up
_BASES = "ACGT"


@dataclass(frozen=True, eq=False)
class Keyed:
    """Alleles with their keys, a row each, trimmed as the intake trims: REF and ALT share no base but an anchor.

    key: NO_KEY where nothing can be looked up. kind: place in KINDS, -1 under NO_KEY. Spans are (start,
    length) of the trimmed REF and ALT in `text`.
    """

    key: NDArray[np.uint64]
    pos_1based: NDArray[np.int64]
    kind: NDArray[np.int8]
    text: NDArray[np.uint8]
    ref_start: NDArray[np.int64]
    ref_length: NDArray[np.int64]
    alt_start: NDArray[np.int64]
    alt_length: NDArray[np.int64]

    def ref(self, rows: NDArray[np.intp]) -> pa.LargeStringArray:
        """REF of some rows, trimmed and in upper case."""
        return _texts(self.text, self.ref_start[rows], self.ref_length[rows])

    def alt(self, rows: NDArray[np.intp]) -> pa.LargeStringArray:
        """ALT of some rows, trimmed and in upper case."""
        return _texts(self.text, self.alt_start[rows], self.alt_length[rows])


def keys_of(alleles: Alleles) -> Keyed:
    """The alleles of a case with their keys, row by row."""
    ref, ref_start, ref_length = _spans(alleles.ref)
    alt, alt_start, alt_length = _spans(alleles.alt)
    contig = np.where(alleles.is_sequence, alleles.contig, np.uint8(0))
    text = np.concatenate([ref, alt])
    return keys_of_spans(
        text, contig, alleles.pos_1based.astype(np.int64), ref_start, ref_length, alt_start + len(ref), alt_length
    )


def keys_of_spans(
    text: NDArray[np.uint8],
    contig: NDArray[np.uint8],
    pos_1based: NDArray[np.int64],
    ref_start: NDArray[np.int64],
    ref_length: NDArray[np.int64],
    alt_start: NDArray[np.int64],
    alt_length: NDArray[np.int64],
) -> Keyed:
    """Alleles that lie as spans in a block of text. Trims the spans and positions it is given in place."""
    key, kind = np.empty(len(contig), np.uint64), np.empty(len(contig), np.int8)
    _fill(text, contig, pos_1based, ref_start, ref_length, alt_start, alt_length, _CODE_OF, key, kind)
    return Keyed(key, pos_1based, kind, text, ref_start, ref_length, alt_start, alt_length)


def is_hashed(key: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Keys that do not spell their alleles out."""
    hashed: NDArray[np.bool_] = (key & np.uint64(1)).astype(np.bool_)
    return hashed


def spelled(key: int) -> tuple[str, int, str, str] | None:
    """(chrom, pos_1based, ref, alt) of a key; None for NO_KEY and where the alleles are hashed."""
    if key == NO_KEY or key & 1:
        return None
    lengths = [key >> 27 & 15, key >> 23 & 15]
    bases = "".join(_BASES[key >> shift & 3] for shift in range(21, 0, -2))[: sum(lengths)]
    pos = key >> POSITION_SHIFT & (POSITION_END - 1)
    return CONTIGS[key >> CONTIG_SHIFT], pos, bases[: lengths[0]], bases[lengths[0] :]


def _spans(column: pa.LargeStringArray) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """(bytes, starts, lengths) of a text column, without a copy."""
    _, offsets, data = column.buffers()
    if not len(column):
        return np.empty(0, np.uint8), np.empty(0, np.int64), np.empty(0, np.int64)
    ends = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    text = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]] if data else np.empty(0, np.uint8)
    return text, ends[:-1] - ends[0], np.diff(ends)


def _texts(text: NDArray[np.uint8], start: NDArray[np.int64], length: NDArray[np.int64]) -> pa.LargeStringArray:
    out, ends = np.empty(int(length.sum()), np.uint8), np.empty(len(start) + 1, np.int64)
    gather(text, start, length, len(start), True, False, out, ends)
    return pa.LargeStringArray.from_buffers(len(start), pa.py_buffer(ends), pa.py_buffer(out))


def _base_codes() -> Any:
    codes = np.full(256, 4, np.uint8)
    for code, base in enumerate(_BASES):
        codes[[ord(base), ord(base.lower())]] = code
    return codes


_CODE_OF = _base_codes()


@compiled
def _fill(text, contig, pos, ref_start, ref_length, alt_start, alt_length, code_of, key, kind):  # type: ignore[no-untyped-def]
    for i in range(contig.size):
        ref, refs, alt, alts = ref_start[i], ref_length[i], alt_start[i], alt_length[i]
        key[i], kind[i] = 0, -1
        if contig[i] == 0 or pos[i] < 1 or refs < 1 or alts < 1:
            continue
        if not only_letters(text, ref, ref + refs) or not only_letters(text, alt, alt + alts):
            continue
        front, back = trim(text, ref, refs, alt, alts, ONE)
        if pos[i] + front >= POSITION_END:
            continue
        pos[i] += front
        ref_start[i], ref_length[i] = ref + front, refs - front - back
        alt_start[i], alt_length[i] = alt + front, alts - front - back
        alleles = _alleles(text, ref_start[i], ref_length[i], alt_start[i], alt_length[i], code_of)
        where = np.uint64(contig[i]) << np.uint64(CONTIG_SHIFT) | np.uint64(pos[i]) << np.uint64(POSITION_SHIFT)
        key[i] = where | alleles
        kind[i] = _kind(text, ref_start[i], ref_length[i], alt_start[i], alt_length[i])


@compiled
def _alleles(text, ref, refs, alt, alts, code_of):  # type: ignore[no-untyped-def]
    """The lower 31 bits."""
    if refs + alts > MOST_SPELLED:
        return _hashed(text, ref, refs, alt, alts)
    bits = np.uint64(refs) << np.uint64(27) | np.uint64(alts) << np.uint64(23)
    shift = np.uint64(21)
    for i in range(refs + alts):
        code = code_of[text[ref + i] if i < refs else text[alt + i - refs]]
        if code > 3:
            return _hashed(text, ref, refs, alt, alts)
        bits |= np.uint64(code) << shift
        shift -= np.uint64(2)
    return bits


@compiled
def _hashed(text, ref, refs, alt, alts):  # type: ignore[no-untyped-def]
    """64-bit FNV-1a of "REF>ALT" in upper case, folded to 30 bits, and the flag."""
    value, prime = np.uint64(14695981039346656037), np.uint64(1099511628211)
    for i in range(ref, ref + refs):
        value = (value ^ np.uint64(text[i] & 223)) * prime
    value = (value ^ np.uint64(62)) * prime
    for i in range(alt, alt + alts):
        value = (value ^ np.uint64(text[i] & 223)) * prime
    folded = (value ^ (value >> np.uint64(30))) & np.uint64((1 << 30) - 1)
    return folded << np.uint64(1) | np.uint64(1)


@compiled
def _kind(text, ref, refs, alt, alts):  # type: ignore[no-untyped-def]
    """Place in KINDS: SNV, MNV, insertion, deletion, delins."""
    if refs == alts:
        return np.int8(0) if refs == 1 else np.int8(1)
    if (text[ref] | 32) == (text[alt] | 32):
        if refs == 1:
            return np.int8(2)
        if alts == 1:
            return np.int8(3)
    return np.int8(4)
