"""What substitutions of one base do to their transcripts, by the hundred thousand.

Sequence Ontology terms by the rules of `edit_effect`; a codon is read from the reference and from nothing else.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from models.knowledge.effects.edit_effect import ESSENTIAL_BASES, EXON_BASES, REGION_BASES, joined
from models.knowledge.effects.genetic_code import (
    MITOCHONDRIAL,
    SELENOCYSTEINE,
    STANDARD,
    STOP,
    UNKNOWN,
    UNKNOWN_BASE,
    codon_numbers,
)
from models.knowledge.effects.layout import NOT_CODING, Ints, Layout, Places
from models.knowledge.effects.reference import Reference
from models.knowledge.positions.alleles import CONTIGS

N = TypeVar("N", bound=np.generic)
_TERMS = (
    "splice_donor_variant",
    "splice_acceptor_variant",
    "intron_variant",
    "5_prime_UTR_variant",
    "3_prime_UTR_variant",
    "non_coding_transcript_exon_variant",
    "missense_variant",
    "synonymous_variant",
    "stop_gained",
    "start_lost",
    "start_retained_variant",
    "stop_lost",
    "stop_retained_variant",
    "coding_sequence_variant",
    "incomplete_terminal_codon_variant",
)
(DONOR, ACCEPTOR, INTRON, UTR_5, UTR_3, RNA, MISSENSE, SYNONYMOUS, STOP_GAINED, START_LOST, START_RETAINED,
 STOP_LOST, STOP_RETAINED, CODING, INCOMPLETE) = range(len(_TERMS))  # fmt: skip
# Place of a text: the term, or the term in a splice region behind all of them.
TEXTS = tuple(joined(frozenset(t)) for t in [*([t] for t in _TERMS), *([t, "splice_region_variant"] for t in _TERMS)])
_STOP, _UNKNOWN, _SEC, _MET = (ord(aa) for aa in (STOP, UNKNOWN, SELENOCYSTEINE, "M"))
_MT = CONTIGS.index("MT")
_TGA = 16 * 3 + 4 * 2 + 0  # as genetic_code numbers codons
_CODES = np.stack([np.frombuffer(code, np.uint8) for code in (STANDARD, MITOCHONDRIAL)])


@dataclass(frozen=True, eq=False)
class SnvEffects:
    """text: place in TEXTS. aa_pos: 1-based, 0 outside of the reading frame. old, new: residues as letters, X where
    they cannot be told."""

    places: Places
    text: NDArray[np.int8]
    aa_pos: Ints
    old: NDArray[np.uint8]
    new: NDArray[np.uint8]


def snv_effects(
    layout: Layout, transcript: Ints, pos: Ints, alt_code: NDArray[np.uint8], reference: Reference
) -> SnvEffects:
    """Of substitutions that lie in their transcripts. alt_code: the new base as BASES numbers it, forward strand."""
    places = layout.places(transcript, pos)
    term = _outside_of_codons(layout, transcript, places)
    coding = np.flatnonzero(term == CODING)
    of, anchor = transcript[coding], places.anchor[coding]
    cds = anchor - layout.coding_first[of]
    old_codon, new_codon = _codons(layout, of, anchor, cds, alt_code[coding], reference)
    aa_pos, old, new = cds // 3 + 1, *_residues(layout, of, cds, old_codon, new_codon)
    term[coding] = _coding_terms(layout, of, aa_pos, old, new)
    near_exon_edge = (places.into_intron == 0) & (places.edge < EXON_BASES)
    beside = (term == INTRON) & (np.abs(places.into_intron) <= REGION_BASES)
    text = term + len(_TERMS) * (near_exon_edge | beside)
    rows = len(pos)
    spread = _spread(rows, coding, aa_pos), _spread(rows, coding, old), _spread(rows, coding, new)
    return SnvEffects(places, text.astype(np.int8), *spread)


def _outside_of_codons(layout: Layout, transcript: Ints, places: Places) -> Ints:
    """A term for each; CODING where the reading frame has to be read."""
    first, last = layout.coding_first[transcript], layout.coding_last[transcript]
    into = places.into_intron
    return np.select(
        [
            (into > 0) & (into <= ESSENTIAL_BASES),
            (into < 0) & (into >= -ESSENTIAL_BASES),
            into != 0,
            first == NOT_CODING,
            places.anchor < first,
            places.anchor > last,
        ],
        [DONOR, ACCEPTOR, INTRON, RNA, UTR_5, UTR_3],
        CODING,
    )


def _codons(
    layout: Layout, of: Ints, anchor: Ints, cds: Ints, alt_code: NDArray[np.uint8], reference: Reference
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(codon before, codon after) as genetic_code numbers them."""
    forward = layout.forward[of]
    forward = layout.forward[of]
    before: list[NDArray[np.uint8]] = []
    after: list[NDArray[np.uint8]] = []
    for place in range(3):
        spliced = np.minimum(anchor - cds % 3 + place, layout.coding_last[of])
        base = reference.genome.codes(layout.contig[of], layout.genomic(of, spliced))
        changed = np.where(cds % 3 == place, alt_code, base)
        for codon, bases in ((before, base), (after, changed)):
            codon.append(np.where(forward | (bases == UNKNOWN_BASE), bases, 3 - bases).astype(np.uint8))
    return codon_numbers(*before), codon_numbers(*after)


def _residues(
    layout: Layout, of: Ints, cds: Ints, old_codon: NDArray[np.uint8], new_codon: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(residue before, after), both X where the codon cannot be read."""
    is_mt = layout.contig[of] == _MT
    size = layout.coding_last[of] - layout.coding_first[of] + 1
    old, new = (_CODES[is_mt.astype(np.int64), codon] for codon in (old_codon, new_codon))
    is_inner = cds // 3 * 3 + 3 < size
    old = np.where((old == _STOP) & is_inner & ~is_mt & (old_codon == _TGA), _SEC, old)
    is_first = cds < 3
    old = np.where(is_first & (old != _UNKNOWN), _MET, old)
    shifts = (size % 3 != 0) & ~is_mt
    broken = (old == _UNKNOWN) | (new == _UNKNOWN) | shifts | ((old == _STOP) & is_inner) | (cds // 3 * 3 + 3 > size)
    old, new = (np.where(broken, _UNKNOWN, aa).astype(np.uint8) for aa in (old, new))
    return old, new


def _coding_terms(layout: Layout, of: Ints, aa_pos: Ints, old: NDArray[np.uint8], new: NDArray[np.uint8]) -> Ints:
    is_last = 3 * aa_pos > layout.coding_last[of] - layout.coding_first[of] + 1
    return np.select(
        [
            is_last,
            old == _UNKNOWN,
            (aa_pos == 1) & (new != _MET),
            aa_pos == 1,
            (old == new) & (old == _STOP),
            old == new,
            new == _STOP,
            old == _STOP,
        ],
        [INCOMPLETE, CODING, START_LOST, START_RETAINED, STOP_RETAINED, SYNONYMOUS, STOP_GAINED, STOP_LOST],
        MISSENSE,
    )


def _spread(size: int, at: Ints, values: NDArray[N]) -> NDArray[N]:
    full = np.zeros(size, values.dtype)
    full[at] = values
    return full
