"""HGVS protein names ("p.Arg946Cys", "p.(Gln300Ter)", "p.Asp1046fs") taken apart.

HGVS recommendations 21.0 (hgvs-nomenclature.org, Hart 2024, Genome Med 16:149). One-letter names and "*"
and "X" for a stop are read too, as older reports and SnpEff write them.
"""

import re
from dataclasses import dataclass
from enum import Enum

_ONE_LETTER = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "Q": "Gln", "E": "Glu", "G": "Gly", "H": "His",
    "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "S": "Ser", "T": "Thr", "W": "Trp",
    "Y": "Tyr", "V": "Val", "U": "Sec", "*": "Ter", "X": "Ter",
}  # fmt: skip
_AMINO_ACIDS = frozenset(_ONE_LETTER.values())
_RESIDUE = r"([A-Z][a-z]{2}|[A-Z*])"
_CHANGE = re.compile(rf"^{_RESIDUE}(\d+)(?:_{_RESIDUE}(\d+))?(.*)$")
_NEW_STOP = re.compile(r"fs(?:Ter|\*|X)?(\d+)?$")
_EXTENSION = re.compile(r"ext(?:Ter|\*|X)?-?\d*")


class ProteinKind(str, Enum):
    """What becomes of the protein."""

    MISSENSE = "missense"
    NONSENSE = "nonsense"
    FRAMESHIFT = "frameshift"
    IN_FRAME = "in-frame"  # deletion, insertion, duplication, delins or repeat without a stop
    SYNONYMOUS = "synonymous"
    START_LOSS = "start loss"
    STOP_LOSS = "stop loss"
    UNCLEAR = "unclear"  # p.?, p.0, or a name we cannot read


@dataclass(frozen=True)
class ProteinChange:
    """One protein name. ref, alt: three letters, "" where it does not apply; alt "Ter" is a stop.

    first, last: residues touched, 1-based, 0 when the name tells none. new_stop: of a frameshift, the
    residues up to the new stop counting the first changed one as 1 ("fsTer12" is 12); 0 not told.
    """

    text: str
    kind: ProteinKind
    ref: str = ""
    first: int = 0
    last: int = 0
    alt: str = ""
    new_stop: int = 0


def protein_change(name: str) -> ProteinChange:
    """The parts of `name`, with or without "p." and parentheses; UNCLEAR when it cannot be read."""
    bare = name.strip().removeprefix("p.").replace("(", "").replace(")", "")
    found = _CHANGE.match(bare)
    ref = _three(found[1]) if found else ""
    if not found or not ref:
        return ProteinChange(name, ProteinKind.UNCLEAR)
    first = int(found[2])
    last, rest = int(found[4] or first), found[5]
    kind, alt, new_stop = _kind(ref, first, rest)
    return ProteinChange(name, kind, ref, first, last, alt, new_stop)


def _three(residue: str) -> str:
    named = _ONE_LETTER.get(residue, residue)
    return named if named in _AMINO_ACIDS or named == "Ter" else ""


def _kind(ref: str, first: int, rest: str) -> tuple[ProteinKind, str, int]:
    """(kind, alt, residues to a frameshift's new stop) from what follows the residue."""
    if frameshift := _NEW_STOP.search(rest):
        return ProteinKind.FRAMESHIFT, _three(rest.partition("fs")[0]), int(frameshift[1] or 0)
    alt = _three(rest)
    if rest == "=" or (alt and alt == ref):
        return ProteinKind.SYNONYMOUS, ref, 0
    if ref == "Ter":
        return (ProteinKind.STOP_LOSS if alt or _EXTENSION.search(rest) else ProteinKind.UNCLEAR), alt, 0
    if ref == "Met" and first == 1:
        return ProteinKind.START_LOSS, alt, 0
    if alt:
        return (ProteinKind.NONSENSE if alt == "Ter" else ProteinKind.MISSENSE), alt, 0
    return _longer(rest)


def _longer(rest: str) -> tuple[ProteinKind, str, int]:
    """Deletions, insertions, duplications and repeats; one that brings a stop is nonsense."""
    if not re.match(r"(del|ins|dup|\[\d)", rest):
        return ProteinKind.UNCLEAR, "", 0
    stop = re.search(r"(Ter|\*)", rest)
    return (ProteinKind.NONSENSE, "Ter", 0) if stop else (ProteinKind.IN_FRAME, "", 0)
