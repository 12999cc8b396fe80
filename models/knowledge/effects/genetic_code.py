"""Codons to amino acids: the standard code and the vertebrate mitochondrial one.

Source: NCBI, The Genetic Codes, translation tables 1 and 2. A TGA inside a reading frame of the nucleus is
read as selenocysteine (Sec, U), as in the selenoprotein genes; any other stop inside makes a frame unreadable.
"""

import numpy as np
from numpy.typing import NDArray

BASES = "ACGT"
UNKNOWN_BASE = 4  # code of N, of every other letter, and of what lies outside of a contig
CODE_OF_LETTER = np.full(256, UNKNOWN_BASE, np.uint8)
CODE_OF_LETTER[np.frombuffer(BASES.encode(), np.uint8)] = np.arange(4)
CODE_OF_LETTER[np.frombuffer(BASES.lower().encode(), np.uint8)] = np.arange(4)
STOP, SELENOCYSTEINE, UNKNOWN = "*", "U", "X"
UNKNOWN_CODON = 64
_IN_TABLE_ORDER = [a + b + c for a in "TCAG" for b in "TCAG" for c in "TCAG"]
_TABLE_1 = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
_TABLE_2 = "FFLLSSSSYY**CCWWLLLLPPPPHHQQRRRRIIMMTTTTNNKKSS**VVVVAAAADDEEGGGG"
_NAMES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Sec Ter Xaa"
THREE_LETTERS = dict(zip("ARNDCQEGHILKMFPSTWYVU*X", _NAMES.split(" "), strict=True))
_COMPLEMENT = str.maketrans("ACGTN", "TGCAN")


def _code(table: str) -> bytes:
    """A genetic code as 64 letters, at 16 * first + 4 * second + third, bases numbered as in BASES; then X."""
    residue = dict(zip(_IN_TABLE_ORDER, table, strict=True))
    return "".join([*(residue[a + b + c] for a in BASES for b in BASES for c in BASES), UNKNOWN]).encode()


STANDARD, MITOCHONDRIAL = _code(_TABLE_1), _code(_TABLE_2)


def code_of(chrom: str) -> bytes:
    """The genetic code that a contig is read with."""
    return MITOCHONDRIAL if chrom == "MT" else STANDARD


def reverse_complement(bases: str) -> str:
    return bases.translate(_COMPLEMENT)[::-1]


def on_strand(bases: str, strand: str) -> str:
    """Bases of the reference's strand as a transcript on `strand` reads them."""
    return bases if strand == "+" else reverse_complement(bases)


def translate(bases: str, code: bytes) -> str:
    """Amino acids of the whole codons in `bases`, stops as "*", X where a base is not known."""
    whole = len(bases) // 3 * 3
    codons = CODE_OF_LETTER[np.frombuffer(bases[:whole].encode("ascii"), np.uint8)].reshape(-1, 3)
    residues: NDArray[np.uint8] = np.frombuffer(code, np.uint8)[codon_numbers(codons[:, 0], codons[:, 1], codons[:, 2])]
    return residues.tobytes().decode("ascii")


def codon_numbers(first: NDArray[np.uint8], second: NDArray[np.uint8], third: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Places of codons in a code; UNKNOWN_CODON where a base is not known."""
    known = (first != UNKNOWN_BASE) & (second != UNKNOWN_BASE) & (third != UNKNOWN_BASE)
    return np.where(known, 16 * first + 4 * second + third, UNKNOWN_CODON).astype(np.uint8)
