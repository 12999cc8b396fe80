"""What a change inside a reading frame does to the protein: Sequence Ontology terms and its name.

Names follow HGVS Nomenclature 21.0 (Hart et al. 2024, Genome Med 16:149, PMID:39702242) as VEP writes them:
three letters, without parentheses, "Ter", "=" after the residue. The 3' rule holds for proteins by itself: a
deletion or duplication in a run of one residue is counted at its end.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from models.knowledge.effects.genetic_code import SELENOCYSTEINE, STOP, THREE_LETTERS, UNKNOWN, translate

START_UNKNOWN, UNKNOWN_EFFECT = "p.Met1?", "p.?"


@dataclass(frozen=True)
class ProteinEffect:
    """name "" : it cannot be told, because bases are unknown or the frame is not read codon by codon."""

    terms: frozenset[str]
    name: str


@dataclass(frozen=True)
class ReadingFrame:
    """text: the transcript from its start codon to its end. cds_length: bases with the stop codon. code: the
    genetic code. completed: the mitochondrion's stop codons that only the poly-A tail completes."""

    text: str
    cds_length: int
    code: bytes
    completed: bool = False

    def __hash__(self) -> int:
        return hash((self.text, self.cds_length))


UNREADABLE = ProteinEffect(frozenset({"coding_sequence_variant"}), "")


@lru_cache(maxsize=1024)
def protein_of(frame: ReadingFrame) -> str | None:
    """Residues and the stop; None when the frame cannot be read from start to stop."""
    if frame.cds_length % 3 and not frame.completed:
        return None
    residues = translate(frame.text[: frame.cds_length], frame.code) + (STOP if frame.cds_length % 3 else "")
    inside = residues[:-1]
    if STOP in inside:
        codons = (frame.text[3 * i : 3 * i + 3] for i, aa in enumerate(inside) if aa == STOP)
        if frame.completed or any(codon != "TGA" for codon in codons):
            return None
        residues = inside.replace(STOP, SELENOCYSTEINE) + residues[-1]
    return None if UNKNOWN in residues or not residues.endswith(STOP) else "M" + residues[1:]


def protein_effect(frame: ReadingFrame, at: int, deleted: int, inserted: str) -> ProteinEffect:
    """Of `deleted` bases from the 0-based place `at` of the frame's text on giving way to `inserted`.

    The bases lie in the reading frame; an insertion lies between two of its bases.
    """
    before = protein_of(frame)
    if before is None:
        return UNREADABLE
    first = at // 3
    changed = frame.text[3 * first : at] + inserted + frame.text[at + deleted :]
    if first == 0 and changed[:3] != frame.text[:3] and translate(changed[:3], frame.code) != "M":
        return ProteinEffect(frozenset({"start_lost"}), START_UNKNOWN)
    if (len(inserted) - deleted) % 3:
        return _shifted(before, before[:first] + _until_stop(changed, frame))
    return _whole_codons(frame, before, (at, deleted, inserted), changed)


def _whole_codons(frame: ReadingFrame, before: str, edit: tuple[int, int, str], changed: str) -> ProteinEffect:
    """A change that leaves the frame as it is. changed: the text from the first codon touched on, after it."""
    at, deleted, inserted = edit
    first, last = at // 3, (at + deleted - 1) // 3
    if 3 * (last + 1) > frame.cds_length:
        return UNREADABLE  # a stop codon that is not complete in the genome
    window = translate(changed[: 3 * (last + 1 - first) + len(inserted) - deleted], frame.code)
    if UNKNOWN in window:
        return UNREADABLE
    kind = "missense_variant" if len(inserted) == deleted else _in_frame_term(deleted, inserted)
    if last == len(before) - 1:
        if not window.endswith(STOP):
            return _stop_lost(before, before[:first] + _until_stop(changed, frame), kind)
        last, window = last - 1, window[:-1]
    return _in_frame(before, first, last, window, kind)


def _in_frame_term(deleted: int, inserted: str) -> str:
    return "inframe_deletion" if not inserted else "protein_altering_variant" if deleted else "inframe_insertion"


def _until_stop(bases: str, frame: ReadingFrame) -> str:
    """Residues up to and with the first stop or unknown one; all of them where there is none."""
    residues = translate(bases, frame.code)
    ends = [at for at in (residues.find(STOP), residues.find(UNKNOWN)) if at >= 0]
    return residues[: min(ends) + 1] if ends else residues


def _shifted(before: str, after: str) -> ProteinEffect:
    """A change of the frame. `after`: the new protein, as far as it is known."""
    at = _shared(before, after)
    if at == len(before) == len(after):
        return _stop_retained(before)
    if at == len(after) or UNKNOWN in after:
        return ProteinEffect(frozenset({"frameshift_variant"}), "")
    stop = after.find(STOP)
    if before[at] == STOP:
        return ProteinEffect(frozenset({"frameshift_variant", "stop_lost"}), _extension(at, after))
    if stop == at:
        terms = frozenset({"frameshift_variant", "stop_gained"})
        return ProteinEffect(terms, f"p.{_residue(before, at)}Ter")
    tail = f"fsTer{stop - at + 1}" if stop >= 0 else "fsTer?"
    return ProteinEffect(frozenset({"frameshift_variant"}), f"p.{_residue(before, at)}{THREE_LETTERS[after[at]]}{tail}")


def _in_frame(before: str, first: int, last: int, window: str, kind: str) -> ProteinEffect:
    """Residues first..last (0-based) give way to `window`, which may hold a stop; none where last < first."""
    old = before[first : last + 1]
    if old == window:
        if not old:
            return _stop_retained(before)
        return ProteinEffect(frozenset({"synonymous_variant"}), f"p.{_span(before, first, last)}=")
    terms = {kind}
    if STOP in window:
        window = window[: window.index(STOP) + 1]
        if before[:first] + window == before:
            return _stop_retained(before)
        terms = {"stop_gained"} | ({kind} - {"missense_variant"})
    return ProteinEffect(frozenset(terms), f"p.{_replaced(before, first, last, window)}")


def over_the_stop(frame: ReadingFrame, at: int, deleted: int, inserted: str) -> ProteinEffect:
    """Of a change that begins in the reading frame and reaches into the 3' UTR: the stop codon may be there again."""
    before = protein_of(frame)
    if before is None:
        return UNREADABLE
    first = at // 3
    changed = frame.text[3 * first : at] + inserted + frame.text[at + deleted :]
    after = before[:first] + _until_stop(changed, frame)
    return _stop_retained(before) if after == before else _stop_lost(before, after, "missense_variant")


def _stop_retained(before: str) -> ProteinEffect:
    return ProteinEffect(frozenset({"stop_retained_variant"}), f"p.Ter{len(before)}=")


def _stop_lost(before: str, after: str, kind: str) -> ProteinEffect:
    """The stop codon is changed without moving the frame. A name only where nothing before it changes too."""
    terms = frozenset({"stop_lost"} | ({kind} - {"missense_variant"}))
    at = _shared(before, after)
    if UNKNOWN in after or at == len(after):
        return ProteinEffect(terms, "")
    if after[at] == STOP:
        return ProteinEffect(frozenset({"stop_gained"}), f"p.{_residue(before, at)}Ter")
    return ProteinEffect(terms, _extension(at, after) if before[at] == STOP else UNKNOWN_EFFECT)


def _replaced(before: str, first: int, last: int, window: str) -> str:
    """The name of residues first..last giving way to `window`, at the end of any repeat."""
    after = before[:first] + window + before[last + 1 :]
    if window.endswith(STOP):
        at = _shared(before, after[: first + len(window)])
        gained = window[at - first :]
        return f"{_residue(before, at)}Ter" if gained == STOP else _changed(before, at, max(at, last + 1), gained)
    at = _shared(before, after)
    rest = min(_shared(before[at:][::-1], after[at:][::-1]), len(before) - at, len(after) - at)
    return _changed(before, at, len(before) - rest, after[at : len(after) - rest])


def _changed(before: str, start: int, end: int, new: str) -> str:
    """Residues start..end (half open) for `new`."""
    if start == end:
        repeated = start - len(new)
        if repeated >= 0 and before[repeated:start] == new:
            return f"{_span(before, repeated, start - 1)}dup"
        return f"{_residue(before, start - 1)}_{_residue(before, start)}ins{_named(new)}"
    if end - start == len(new) == 1:
        return f"{_residue(before, start)}{_named(new)}"
    return _span(before, start, end - 1) + (f"delins{_named(new)}" if new else "del")


def _extension(at: int, after: str) -> str:
    stop = after.find(STOP)
    tail = str(stop - at) if stop >= 0 else "?"
    return f"p.Ter{at + 1}{THREE_LETTERS[after[at]]}extTer{tail}"


def _shared(one: str, other: str) -> int:
    """How many residues two proteins begin with alike."""
    size = min(len(one), len(other))
    left, right = (np.frombuffer(text[:size].encode("ascii"), np.uint8) for text in (one, other))
    differing = np.flatnonzero(left != right)
    return int(differing[0]) if len(differing) else size


def _residue(protein: str, at: int) -> str:
    return f"{THREE_LETTERS[protein[at]]}{at + 1}"


def _span(protein: str, first: int, last: int) -> str:
    return _residue(protein, first) if first == last else f"{_residue(protein, first)}_{_residue(protein, last)}"


def _named(residues: str) -> str:
    return "".join(THREE_LETTERS[aa] for aa in residues)
