"""The amino-acid change of one substitution: what PS1 and PM5 compare within a codon."""

from dataclasses import dataclass
from typing import Protocol

from models.case import Allele
from models.knowledge.effects.genetic_code import (
    SELENOCYSTEINE,
    STOP,
    THREE_LETTERS,
    UNKNOWN,
    code_of,
    on_strand,
    translate,
)
from models.knowledge.effects.place import codon_positions
from models.knowledge.effects.spliced import spliced
from models.knowledge.types import TranscriptModel


class Bases(Protocol):
    """A reference sequence; models.knowledge.effects.reference.Reference is one."""

    def bases(self, chrom: str, start_1based: int, end_1based: int) -> str:
        """Upper-case bases of a closed span of the forward strand, N where it does not know them."""
        ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class ProteinChange:
    """One amino acid for another, in one letter; "*" a stop, "U" selenocysteine. The same twice: synonymous."""

    ref_aa: str
    aa_pos: int
    alt_aa: str

    @property
    def hgvs_p(self) -> str:
        """As VEP writes it: "p.Arg946Cys", "p.Arg946=", "p.Arg946Ter", "p.Met1?", "p.Ter110GlnextTer?"."""
        before, after = THREE_LETTERS[self.ref_aa], THREE_LETTERS[self.alt_aa]
        if self.ref_aa == self.alt_aa:
            return f"p.{before}{self.aa_pos}="
        if self.aa_pos == 1:
            return "p.Met1?"
        return f"p.{before}{self.aa_pos}{after}" + ("extTer?" if self.ref_aa == STOP else "")


def protein_change(transcript: TranscriptModel, allele: Allele, reference: Bases) -> ProteinChange | None:
    """The change of a substitution whose bases all lie in one codon.

    None for any other allele, outside of the reading frame, and where the reference is not known there or
    has other bases than the allele says.
    """
    codon = _codon(transcript, allele.pos_1based)
    if len(allele.ref) != len(allele.alt) or len(codon) != 3:
        return None
    changed = {allele.pos_1based + i: base for i, base in enumerate(allele.alt)}
    if not changed.keys() <= set(codon):
        return None
    known = {pos: reference.bases(transcript.chrom, pos, pos) for pos in codon}
    if any(known[allele.pos_1based + i] != base for i, base in enumerate(allele.ref)):
        return None
    before, after = (
        "".join(on_strand(bases[pos], transcript.strand) for pos in codon) for bases in (known, known | changed)
    )
    return _change(transcript, codon[0], before, after)


def _change(transcript: TranscriptModel, first_base: int, before: str, after: str) -> ProteinChange | None:
    code, layout = code_of(transcript.chrom), spliced(transcript)
    place = layout.place(first_base)
    position = layout.cds_position(place) if place else None
    if position is None or (layout.cds_length % 3 and transcript.chrom != "MT"):
        return None  # a reading frame that shifts on its way (OAZ1, PEG10) is not read codon by codon
    number = (position + 2) // 3
    old, new = translate(before, code), translate(after, code)
    if old == STOP and 3 * number < layout.cds_length:
        old = SELENOCYSTEINE if before == "TGA" and transcript.chrom != "MT" else UNKNOWN
    if UNKNOWN in (old, new):
        return None
    if number == 1:
        old = "M"
        new = "M" if after == before else new
    return ProteinChange(old, number, new)


def _codon(transcript: TranscriptModel, pos_1based: int) -> tuple[int, ...]:
    layout = spliced(transcript)
    place = layout.place(pos_1based)
    position = layout.cds_position(place) if place else None
    return () if position is None else codon_positions(transcript, (position + 2) // 3)
