"""The 37 genes of the human mitochondrial genome on the revised Cambridge Reference Sequence.

Source: annotation of NC_012920.1 (NCBI, public domain). Positions are 1-based, closed. L-strand
genes are "-". MANE leaves the mitochondrial genome out.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

# gene, start, end, strand, codes a protein
MITOCHONDRIAL_GENES: tuple[tuple[str, int, int, str, bool], ...] = (
    ("MT-TF", 577, 647, "+", False),
    ("MT-RNR1", 648, 1601, "+", False),
    ("MT-TV", 1602, 1670, "+", False),
    ("MT-RNR2", 1671, 3229, "+", False),
    ("MT-TL1", 3230, 3304, "+", False),
    ("MT-ND1", 3307, 4262, "+", True),
    ("MT-TI", 4263, 4331, "+", False),
    ("MT-TQ", 4329, 4400, "-", False),
    ("MT-TM", 4402, 4469, "+", False),
    ("MT-ND2", 4470, 5511, "+", True),
    ("MT-TW", 5512, 5579, "+", False),
    ("MT-TA", 5587, 5655, "-", False),
    ("MT-TN", 5657, 5729, "-", False),
    ("MT-TC", 5761, 5826, "-", False),
    ("MT-TY", 5826, 5891, "-", False),
    ("MT-CO1", 5904, 7445, "+", True),
    ("MT-TS1", 7446, 7514, "-", False),
    ("MT-TD", 7518, 7585, "+", False),
    ("MT-CO2", 7586, 8269, "+", True),
    ("MT-TK", 8295, 8364, "+", False),
    ("MT-ATP8", 8366, 8572, "+", True),
    ("MT-ATP6", 8527, 9207, "+", True),
    ("MT-CO3", 9207, 9990, "+", True),
    ("MT-TG", 9991, 10058, "+", False),
    ("MT-ND3", 10059, 10404, "+", True),
    ("MT-TR", 10405, 10469, "+", False),
    ("MT-ND4L", 10470, 10766, "+", True),
    ("MT-ND4", 10760, 12137, "+", True),
    ("MT-TH", 12138, 12206, "+", False),
    ("MT-TS2", 12207, 12265, "+", False),
    ("MT-TL2", 12266, 12336, "+", False),
    ("MT-ND5", 12337, 14148, "+", True),
    ("MT-ND6", 14149, 14673, "-", True),
    ("MT-TE", 14674, 14742, "-", False),
    ("MT-CYB", 14747, 15887, "+", True),
    ("MT-TT", 15888, 15953, "+", False),
    ("MT-TP", 15956, 16023, "-", False),
)


def mitochondrial_rows(columns: Iterable[str]) -> pd.DataFrame:
    """The mitochondrial genes as rows of a table of transcripts with these `columns`."""
    rows = [
        {
            "gene": gene,
            "chrom": "MT",
            "strand": strand,
            "refseq": "NC_012920.1",
            "ensembl": "",
            "ensembl_gene": "",
            "ncbi_gene": 0,
            "mane_status": "reference annotation",
            "start_1based": start,
            "cds_start_1based": start if codes else 0,
            "cds_end_1based": end if codes else 0,
            "exon_offsets": np.array([0], dtype=np.int32),
            "exon_sizes": np.array([end - start + 1], dtype=np.int32),
        }
        for gene, start, end, strand, codes in MITOCHONDRIAL_GENES
    ]
    return pd.DataFrame(rows, columns=list(columns))
