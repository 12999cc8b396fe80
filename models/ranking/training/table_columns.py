"""What the columns of the labelled tables mean in Caseboard's own terms."""

import numpy as np
import pandas as pd

from models.evidence.residues import RESIDUES, THREE_LETTERS
from models.ranking.features.base import Column

TERM_OF = {
    "frameshift": "frameshift_variant",
    "inframe_indel": "inframe_deletion",
    "intergenic": "intergenic_variant",
    "intron": "intron_variant",
    "missense": "missense_variant",
    "noncoding_exon": "non_coding_transcript_exon_variant",
    "splice_acceptor": "splice_acceptor_variant",
    "splice_donor": "splice_donor_variant",
    "splice_region": "splice_region_variant",
    "start_lost": "start_lost",
    "stop_gained": "stop_gained",
    "stop_lost": "stop_lost",
    "synonymous": "synonymous_variant",
    "up_downstream": "upstream_gene_variant",
    "utr3": "3_prime_UTR_variant",
    "utr5": "5_prime_UTR_variant",
}
# Our gene columns -> those of the labelled tables.
TABLE_GENE_COLUMNS = {
    "loeuf": "loeuf",
    "missense_z": "mis_z",
    "missense_oe": "oe_mis",
    "cds_length_bases": "cds_length",
    "listed_dominant": "list_ad",
    "listed_recessive": "list_ar",
    "listed_x_linked": "list_x",
}
# GERP++ rejected substitutions of a base by its rank among all possible missense changes (dbNSFP 3), read off
# 19,844 labelled rows that give both; GERP itself is free for all.
_GERP_OF_RANK = (
    (0.00, -12.3), (0.03, -4.60), (0.07, -2.00), (0.11, -0.60), (0.16, 0.50), (0.21, 1.37), (0.26, 2.08), (0.30, 2.60),
    (0.34, 3.04), (0.38, 3.41), (0.41, 3.66), (0.44, 3.90), (0.47, 4.10), (0.52, 4.39), (0.55, 4.54), (0.575, 4.65),
    (0.625, 4.86), (0.65, 4.96), (0.70, 5.14), (0.75, 5.31), (0.79, 5.43), (0.84, 5.57), (0.89, 5.71), (0.92, 5.80),
    (0.95, 5.90), (0.97, 5.98), (1.00, 6.17),
)  # fmt: skip


def protein_names(before: pd.Series, after: pd.Series) -> pd.Series:
    """HGVS names of substitutions given by one-letter residues, so that tables go through the same parser as a
    patient; "" where a residue is missing or not one of the twenty."""
    long = dict(zip(RESIDUES, THREE_LETTERS, strict=True))
    return ("p." + before.map(long) + "1" + after.map(long)).fillna("").astype("str")


def gerp_score(rejected: Column, rank: Column) -> Column:
    """GERP++ rejected substitutions, else those of the dbNSFP rank; NaN = neither given."""
    ranks, scores = zip(*_GERP_OF_RANK, strict=True)
    by_rank = np.where(np.isnan(rank), np.nan, np.interp(rank, ranks, scores))
    return np.where(np.isnan(rejected), by_rank, rejected).astype(np.float32)
