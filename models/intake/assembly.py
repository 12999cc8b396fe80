"""Which genome assembly a VCF is on, and the reason in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.case import Assembly, canonical_chrom
from models.intake.vcf_header import Header

# Lengths in bases from the assembly reports GCF_000001405.25 (GRCh37.p13) and GCF_000001405.40
# (GRCh38.p14). Of the mitochondrion both have 16,569 (rCRS); UCSC's hg19 has 16,571.
LENGTHS_BASES: dict[str, tuple[int, int]] = {
    "1": (249250621, 248956422), "2": (243199373, 242193529), "3": (198022430, 198295559),
    "4": (191154276, 190214555), "5": (180915260, 181538259), "6": (171115067, 170805979),
    "7": (159138663, 159345973), "8": (146364022, 145138636), "9": (141213431, 138394717),
    "10": (135534747, 133797422), "11": (135006516, 135086622), "12": (133851895, 133275309),
    "13": (115169878, 114364328), "14": (107349540, 107043718), "15": (102531392, 101991189),
    "16": (90354753, 90338345), "17": (81195210, 83257441), "18": (78077248, 80373285),
    "19": (59128983, 58617616), "20": (63025520, 64444167), "21": (48129895, 46709983),
    "22": (51304566, 50818468), "X": (155270560, 156040895), "Y": (59373566, 57227415),
}  # fmt: skip
BOTH = (Assembly.GRCH37, Assembly.GRCH38)
_GRCH37 = r"grch37|hg19|b37|hs37d5|g1k_v37|hs37|build37|ncbi37|gcf_000001405\.(1[3-9]|2[0-5])"
_GRCH38 = r"grch38|hg38|b38\b|hs38|build38|ncbi38|gca_000001405\.(1[5-9]|2\d)|gcf_000001405\.(2[6-9]|[34]\d)"
_NAMES = (
    (Assembly.GRCH37, re.compile(_GRCH37, re.IGNORECASE)),
    (Assembly.GRCH38, re.compile(_GRCH38, re.IGNORECASE)),
)
_TELLING_KEYS = ("reference", "assembly", "vep", "ref", "genome", "gatkcommandline", "dragencommandline", "commandline")


@dataclass(frozen=True)
class AssemblyGuess:
    """assembly: UNKNOWN when nothing tells. contradiction: a sentence, "" when the signs agree."""

    assembly: Assembly
    reason: str
    contradiction: str = ""


def recognise_assembly(header: Header) -> AssemblyGuess:
    """Assembly by contig lengths, then by what the header lines name."""
    by_length = _by_length(header)
    by_name = _by_name(header)
    if by_length and by_name and by_length[0] is not by_name[0]:
        sentence = f"The file contradicts itself about its assembly: {by_length[1]}, but {by_name[1]}. Check the build."
        return AssemblyGuess(by_length[0], by_length[1], sentence)
    found = by_length or by_name
    return (
        AssemblyGuess(*found) if found else AssemblyGuess(Assembly.UNKNOWN, "no contig length or header line names it")
    )


def _by_length(header: Header) -> tuple[Assembly, str] | None:
    votes = dict.fromkeys(BOTH, 0)
    example: dict[Assembly, str] = {}
    for contig in header.contigs.values():
        lengths = LENGTHS_BASES.get(canonical_chrom(contig.id))
        for assembly, length in zip(BOTH, lengths or (), strict=False):
            if contig.length_bases == length:
                votes[assembly] += 1
                example.setdefault(assembly, f"the header gives {contig.id} a length of {length:,} bases")
    best = max(BOTH, key=lambda assembly: votes[assembly])
    return (best, f"{example[best]}, as {best.value} has") if votes[best] else None


def _by_name(header: Header) -> tuple[Assembly, str] | None:
    for origin, text in _signs(header):
        named = [assembly for assembly, pattern in _NAMES if pattern.search(text)]
        if len(named) == 1:
            return named[0], f"{origin} names {named[0].value}"
    return None


def _signs(header: Header) -> Iterable[tuple[str, str]]:
    for key, value in header.meta:
        if key.lower() in ("reference", "assembly"):
            yield f"##{key}", value
    for contig in header.contigs.values():
        if contig.assembly:
            yield "##contig", contig.assembly
    for key, value in header.meta:
        if any(word in key.lower() for word in _TELLING_KEYS):
            yield f"##{key}", value
