"""HGVS names of coding DNA ("c.1066-6T>G", "c.797_798del", "c.209AGC[5]") and of the genome, taken apart.

HGVS recommendations 21.0 (hgvs-nomenclature.org). Names with uncertain ends ("c.191-?_940+?del") are not read:
where such a change lies is not known.
"""

import re
from dataclasses import dataclass

_POSITION = r"(\*|-)?(\d+)([+-]\d+)?"
_NAME = re.compile(rf"^{_POSITION}(?:_{_POSITION})?(.*)$")
_TRANSCRIPT = re.compile(r"\b(NM_\d+|ENST\d+)(\.\d+)?")
_CODING = re.compile(r"\bc\.([^\s;,]+)")
_PROTEIN = re.compile(r"\(?(p\.[^\s]+)")
_BASES = re.compile(r"^[ACGTN]+$")


@dataclass(frozen=True)
class Base:
    """One position of a coding name. number: as in `Coding` (1 the A of the start codon), for "*n" behind the
    stop, which `is_behind_stop` says. offset: into the intron, 0 in an exon."""

    number: int
    offset: int
    is_behind_stop: bool


@dataclass(frozen=True)
class CodingChange:
    """first, last: the bases touched, an insertion's flanks. net_bases: bases gained, negative for lost.

    is_insertion: bases are put between first and last and none is taken. ref, alt: of a substitution, else "".
    """

    first: Base
    last: Base
    net_bases: int
    is_insertion: bool = False
    ref: str = ""
    alt: str = ""


def transcript_of(text: str) -> str:
    """The transcript's accession with its version ("NM_000277.3") in a variant's full name; "" without one."""
    found = _TRANSCRIPT.search(text)
    return found[1] + (found[2] or "") if found else ""


def coding_part(text: str) -> str:
    """ "c.806delT" of a variant's full name; "" without one."""
    found = _CODING.search(text)
    return f"c.{found[1]}" if found else ""


def protein_part(text: str) -> str:
    """ "p.Ile269Thrfs" of a variant's full name; "" without one."""
    found = _PROTEIN.search(text)
    return found[1].removesuffix(")") if found else ""


def coding_change(name: str) -> CodingChange | None:
    """The parts of a coding name, or of a genomic one ("g.44145606del"); None when it cannot be read."""
    found = _NAME.match(name.strip().removeprefix("c.").removeprefix("g."))
    if not found:
        return None
    first = _base(found[1], found[2], found[3])
    last = _base(found[4], found[5], found[6]) if found[5] else first
    return _change(first, last, found[7])


def _base(side: str | None, number: str, offset: str | None) -> Base:
    count = int(number)
    # There is no c.0: the base before c.1 is c.-1, place 0 of `Coding`.
    return Base(1 - count if side == "-" else count, int(offset or 0), side == "*")


def _change(first: Base, last: Base, what: str) -> CodingChange | None:
    span = last.number - first.number + 1 if first.offset == last.offset else last.offset - first.offset + 1
    if swap := re.match(r"^([ACGT])>([ACGT])$", what):
        return CodingChange(first, last, 0, False, swap[1], swap[2])
    if insert := re.match(r"^(del[ACGTN]*)?ins([ACGTN]+)$", what):
        taken = span if insert[1] else 0
        return CodingChange(first, last, len(insert[2]) - taken, is_insertion=not insert[1])
    if re.match(r"^del([ACGTN]*|\d+)$", what):
        return CodingChange(first, last, -span)
    if re.match(r"^dup([ACGTN]*|\d+)$", what):
        return CodingChange(last, last, span, is_insertion=True)
    if what == "inv":
        return CodingChange(first, last, 0)
    return _repeat(first, last, what)


def _repeat(first: Base, last: Base, what: str) -> CodingChange | None:
    """A repeat ("209AGC[5]") names a unit and its count here, not in the reference: only its unit is known."""
    unit = re.match(r"^([ACGT]+)\[\d+\]$", what)
    if not unit or len(unit[1]) % 3:
        return None
    return CodingChange(first, last, len(unit[1]))
