"""The variant table: the column contract between the intake and every later room.

One row per ALT allele of each record, in file order. Multi-allelic records are split; shared
leading and trailing bases are trimmed. Nothing of the file is dropped: rows that cannot be
ranked keep their row and say why through `kind`.

Every looked-up value has a value column and a state column (`State` codes, int8). Values under a
state other than FOUND are NaN or "" and mean nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case.values import Assembly, State
from models.errors import IntegrityError

# Genetic-ancestry groups of gnomAD v4; group maximum leaves out asj, fin and "remaining", as
# gnomAD's grpmax does (bottlenecked groups), see gnomAD v4 help "grpmax".
ANCESTRY_GROUPS = ("afr", "amr", "asj", "eas", "fin", "mid", "nfe", "sas")
GROUP_MAX_GROUPS = ("afr", "amr", "eas", "mid", "nfe", "sas")

# name -> dtype ("category" of str, "str" for arrow strings, or numpy). No state: always known.
IDENTITY_COLUMNS: Mapping[str, str] = {
    "chrom": "category",  # canonical: "1".."22", "X", "Y", "MT", else as delivered
    "pos_1based": "int32",  # after trimming
    "ref": "str",  # after trimming; "" never: an indel keeps its anchor base
    "alt": "str",
    "kind": "category",  # values of Kind
    "end_1based": "int32",  # last reference base touched (END or SVLEN for symbolic)
    "record_id": "str",  # the ID column, "" for "."
    "qual_phred": "float32",  # NaN for "."
    "filter": "category",  # as delivered; "PASS", "." = no filters were run
    "line_number": "int32",  # 1-based line of the text file; for BCF the record's ordinal
    "alt_index": "int8",  # 1-based place among the ALTs of its record
}
# value column -> (dtype, state column). Several values may share one state.
ANNOTATION_COLUMNS: Mapping[str, tuple[str, str]] = {
    "gene": ("category", "gene_state"),  # HGNC symbol of the chosen transcript
    "transcript": ("category", "transcript_state"),  # with version, MANE Select first
    "is_mane_select": ("bool", "transcript_state"),
    "exon": ("category", "transcript_state"),  # of that transcript, "26/29" or "3-5/12"; "" none, or not said
    "intron": ("category", "transcript_state"),
    "consequence": ("category", "consequence_state"),  # SO terms as delivered, "&"-joined
    "hgvs_c": ("str", "hgvs_c_state"),  # "c.2836C>T", without the transcript
    "hgvs_p": ("str", "hgvs_p_state"),  # "p.Arg946Cys", without the protein id
    "af_fraction": ("float32", "af_state"),  # gnomAD (else ExAC/1000G) overall; max of exomes, genomes
    "allele_count": ("float32", "allele_count_state"),
    "allele_number": ("float32", "allele_count_state"),
    "homozygote_count": ("float32", "homozygote_state"),
    "af_group_max_fraction": ("float32", "af_group_state"),  # over GROUP_MAX_GROUPS
    "af_group_max_name": ("category", "af_group_state"),
    **{f"af_{g}_fraction": ("float32", "af_group_state") for g in ANCESTRY_GROUPS},
    "clinvar_significance": ("category", "clinvar_state"),  # as delivered, "_" -> " "
    "clinvar_stars": ("float32", "clinvar_stars_state"),
    "clinvar_id": ("str", "clinvar_state"),  # VariationID, or an accession with its letters (RCV..)
    "cadd_phred": ("float32", "cadd_state"),
    "revel_score": ("float32", "revel_state"),
    "alphamissense_score": ("float32", "alphamissense_state"),
    "spliceai_delta_max": ("float32", "spliceai_state"),
    "phylop_score": ("float32", "phylop_state"),
    "gerp_score": ("float32", "gerp_state"),
}
STATE_COLUMNS: tuple[str, ...] = tuple(dict.fromkeys(state for _, state in ANNOTATION_COLUMNS.values()))


@dataclass(frozen=True, eq=False)
class Genotypes:
    """Calls of each sample for each row: arrays of shape (rows, samples).

    alt_copies: copies of this ALT, -1 when nothing was called.
    called_copies: alleles called at all: 0 ("./."), 1 (haploid, or "./1"), 2.
    ploidy: alleles written in GT (1 haploid, 2 diploid, 0 no GT), so "./1" is ploidy 2, called 1.
    haplotype: 0 unphased or absent, 1 or 2 = phased on that haplotype, 3 = both.
    phase_set: PS, 0 none. gq_phred, depth_reads, alt_reads: -1 missing. vaf_fraction: NaN missing.
    """

    alt_copies: NDArray[np.int8]
    called_copies: NDArray[np.int8]
    ploidy: NDArray[np.int8]
    haplotype: NDArray[np.int8]
    phase_set: NDArray[np.int32]
    gq_phred: NDArray[np.int16]
    depth_reads: NDArray[np.int32]
    alt_reads: NDArray[np.int32]
    vaf_fraction: NDArray[np.float32]


@dataclass(frozen=True)
class FileFacts:
    """What the variant file says about itself.

    brought: contract column -> where in the file it came from ("INFO/CSQ gnomADe_AF (VEP 113)").
    A column not in `brought` is NOT_ASSESSED for every row. contigs: canonical -> as delivered.
    annotated_with: the installed releases that filled columns since, in words; () for the file alone.
    """

    display_name: str
    sha256: str
    assembly: Assembly
    assembly_reason: str
    samples_in_file: tuple[str, ...]
    caller: str = ""
    annotator: str = ""
    brought: Mapping[str, str] = field(default_factory=dict)
    contigs: Mapping[str, str] = field(default_factory=dict)
    records: int = 0
    annotated_with: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class VariantTable:
    """All variants of the samples chosen. `frame` has a RangeIndex; a variant is named by its row."""

    frame: pd.DataFrame
    genotypes: Genotypes
    samples: tuple[str, ...]
    facts: FileFacts

    def __len__(self) -> int:
        return len(self.frame)

    def sample_index(self, sample: str) -> int:
        """Column of `sample` in the genotype arrays; -1 when it was not read."""
        return self.samples.index(sample) if sample in self.samples else -1


def check_contract(table: VariantTable) -> None:
    """Raise IntegrityError, naming the column, unless the table keeps the contract above."""
    frame, rows = table.frame, len(table.frame)
    expected = [*IDENTITY_COLUMNS, *ANNOTATION_COLUMNS, *STATE_COLUMNS]
    missing = [c for c in expected if c not in frame]
    if missing:
        raise IntegrityError(f"The variant table lacks {', '.join(missing)}; read the file again.")
    if not isinstance(frame.index, pd.RangeIndex):
        raise IntegrityError("The variant table must be numbered by row; read the file again.")
    for name, array in vars(table.genotypes).items():
        if array.shape != (rows, len(table.samples)):
            raise IntegrityError(f"Genotype column {name} has shape {array.shape}; read the file again.")
    for state in STATE_COLUMNS:
        if frame[state].dtype != np.int8 or not frame[state].isin([s.value for s in State]).all():
            raise IntegrityError(f"Column {state} holds something other than a state; read the file again.")
