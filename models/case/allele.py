"""One variant allele by coordinates, parsed once at the border."""

import re
from dataclasses import dataclass

from models.case.values import Assembly
from models.errors import InputError

_TEXT = re.compile(r"^(?:chr)?([0-9]{1,2}|X|Y|MT?)[-: ]([0-9,]+)[-: ]?([ACGTN]+)[->/: ]([ACGTN]+)$", re.IGNORECASE)


def canonical_chrom(contig: str) -> str:
    """ "chr2" -> "2", "chrM"/"M" -> "MT"; alternative contigs stay as delivered."""
    bare = contig[3:] if contig[:3].lower() == "chr" else contig
    if bare.upper() in {"M", "MT"}:
        return "MT"
    return bare.upper() if bare.upper() in {"X", "Y"} else bare


@dataclass(frozen=True, order=True)
class Allele:
    """A sequence-resolved allele. chrom is canonical ("1".."22", "X", "Y", "MT"), pos 1-based."""

    assembly: Assembly
    chrom: str
    pos_1based: int
    ref: str
    alt: str

    @classmethod
    def parse(cls, text: str, *, assembly: Assembly) -> "Allele":
        """Read "chr1-100-A-C", "1:100A>C" and the like.

        Raises InputError with an example when the text has another shape.
        """
        found = _TEXT.match(text.strip())
        if not found:
            raise InputError(f"'{text[:60]}' is not a variant; write it like chr2-166012345-A-G.")
        chrom, pos, ref, alt = found.groups()
        return cls(assembly, canonical_chrom(chrom), int(pos.replace(",", "")), ref.upper(), alt.upper())

    def __str__(self) -> str:
        return f"chr{self.chrom}-{self.pos_1based}-{self.ref}-{self.alt}"
