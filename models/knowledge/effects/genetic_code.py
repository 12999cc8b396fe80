"""Codons to amino acids: the standard code and the vertebrate mitochondrial one.

Source: NCBI, The Genetic Codes, translation tables 1 and 2. A TGA inside a reading frame of the nucleus
codes selenocysteine (Sec, U): MANE has 25 such genes, and no transcript with any other stop inside.
"""

import numpy as np
from numpy.typing import NDArray

BASES = "ACGT"
_IN_TABLE_ORDER = [a + b + c for a in "TCAG" for b in "TCAG" for c in "TCAG"]
_TABLE_1 = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_TABLE_2 = "FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG"
STANDARD = dict(zip(_IN_TABLE_ORDER, _TABLE_1, strict=True))
MITOCHONDRIAL = dict(zip(_IN_TABLE_ORDER, _TABLE_2, strict=True))
_NAMES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Sec Ter Xaa"
THREE_LETTERS = dict(zip("ARNDCQEGHILKMFPSTWYVU*X", _NAMES.split(" "), strict=True))
STOP, SELENOCYSTEINE, UNKNOWN = "*", "U", "X"
_COMPLEMENT = str.maketrans("ACGTN", "TGCAN")


def code_of(chrom: str) -> dict[str, str]:
    """The genetic code that a contig is read with."""
    return MITOCHONDRIAL if chrom == "MT" else STANDARD


def reverse_complement(bases: str) -> str:
    return bases.translate(_COMPLEMENT)[::-1]


def on_strand(bases: str, strand: str) -> str:
    """Bases of the reference's strand as a transcript on `strand` reads them."""
    return bases if strand == "+" else reverse_complement(bases)


def translate(bases: str, code: dict[str, str]) -> str:
    """Amino acids of the whole codons in `bases`, stops as "*", X where a base is not known."""
    return "".join(code.get(bases[i : i + 3], UNKNOWN) for i in range(0, len(bases) - 2, 3))


def code_table(code: dict[str, str]) -> NDArray[np.uint8]:
    """The code as 64 letters, at 16 * first + 4 * second + third, bases numbered as in BASES."""
    return np.array([ord(code[a + b + c]) for a in BASES for b in BASES for c in BASES], np.uint8)
