"""Which gene a variant lies in, and whether the gene's known inheritance agrees with the family's.

The file's own annotation comes first. Without one, on GRCh38, the MANE transcript table tells the
gene by position; on another assembly the gene is not assessed: a GRCh38 table never answers for GRCh37.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Assembly, State
from models.evidence.columns import categorical, plain_categories
from models.evidence.needs import GeneTable, KnowledgeForEvidence
from models.evidence.regions import Copies
from models.evidence.types import Mode, VerdictCode

GENE_ORIGINS = ("", "file", "MANE overlap")
PAIRING_REGIONS = frozenset({"coding", "splice", "rna"})

# Letters of a gene's known inheritance (ClinGen / OMIM / Orphanet wording, see knowledge.genes) -> the
# modes that agree with it. A new variant agrees with a dominant disease; on X and mitochondria see below.
MODES_OF_INHERITANCE = {
    "AD": frozenset({Mode.DE_NOVO, Mode.DOMINANT}),
    "AR": frozenset({Mode.HOMOZYGOUS_RECESSIVE, Mode.COMPOUND_HETEROZYGOUS}),
    "XL": frozenset({Mode.X_LINKED, Mode.DE_NOVO, Mode.COMPOUND_HETEROZYGOUS}),
    "XLD": frozenset({Mode.X_LINKED, Mode.DE_NOVO}),
    "XLR": frozenset({Mode.X_LINKED, Mode.DE_NOVO, Mode.COMPOUND_HETEROZYGOUS}),
    "MT": frozenset({Mode.MITOCHONDRIAL, Mode.DE_NOVO}),
}
# When several modes are met and none is known to fit the gene, the one that says most comes first.
MODE_ORDER = (
    Mode.DE_NOVO,
    Mode.HOMOZYGOUS_RECESSIVE,
    Mode.COMPOUND_HETEROZYGOUS,
    Mode.X_LINKED,
    Mode.MITOCHONDRIAL,
    Mode.DOMINANT,
)


@dataclass(frozen=True, eq=False)
class GeneOfRow:
    """gene: category column, "" not assessed or none. pairs_by_place: coding or splice, for rows
    whose consequence is not assessed (True where the region is not known)."""

    gene: pd.Categorical
    origin: pd.Categorical
    pairs_by_place: NDArray[np.bool_]

    @property
    def code(self) -> NDArray[np.int32]:
        """Gene number of each row, -1 where there is none."""
        codes = self.gene.codes.astype(np.int32)
        empty = self.gene.categories.get_indexer(pd.Index([""]))[0]
        return np.where(codes == empty, -1, codes).astype(np.int32)


def assign_genes(frame: pd.DataFrame, assembly: Assembly, knowledge: KnowledgeForEvidence) -> GeneOfRow:
    """The gene of each row of a variant frame by its present symbol, and where the answer comes from.

    The symbol as delivered stays in the variant table.
    """
    state = frame["gene_state"].to_numpy()
    from_file = _in_todays_symbols(plain_categories(frame["gene"]), knowledge.genes)
    origin = np.where(state != State.NOT_ASSESSED, 1, 0)
    anywhere = np.ones(len(frame), dtype=bool)
    open_rows = np.flatnonzero(state == State.NOT_ASSESSED)
    if assembly is not Assembly.GRCH38 or not len(open_rows):
        kept = np.where(state == State.FOUND, from_file.codes, 0)
        return GeneOfRow(categorical(kept, list(from_file.categories)), categorical(origin, GENE_ORIGINS), anywhere)
    symbols, region = _locate(frame.iloc[open_rows], knowledge)
    codes, names = _merge(from_file, state, open_rows, symbols)
    origin[open_rows] = np.where(codes[open_rows] > 0, 2, 0)
    anywhere[open_rows] = np.isin(region, list(PAIRING_REGIONS))
    return GeneOfRow(categorical(codes, names), categorical(origin, GENE_ORIGINS), anywhere)


def _in_todays_symbols(given: pd.Categorical, genes: GeneTable) -> pd.Categorical:
    """The same genes under their present names, so that an old annotation meets today's knowledge."""
    today = [genes.current(str(symbol)) for symbol in given.categories]
    names = list(dict.fromkeys(today))
    place = {name: code for code, name in enumerate(names)}
    codes = np.array([place[name] for name in today], dtype=np.int32)[given.codes]
    return categorical(codes, names)


def _locate(frame: pd.DataFrame, knowledge: KnowledgeForEvidence) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    chrom = frame["chrom"].to_numpy(dtype=object)
    gene, region = knowledge.transcripts.locate(chrom, frame["pos_1based"].to_numpy(), frame["end_1based"].to_numpy())
    return np.asarray(gene, dtype=object), np.asarray(region, dtype=object)


def _merge(
    from_file: pd.Categorical, state: NDArray[np.int8], open_rows: NDArray[np.intp], symbols: NDArray[np.object_]
) -> tuple[NDArray[np.int32], list[str]]:
    """Codes and names of the file's genes together with the located ones; code 0 is ""."""
    located, uniques = pd.factorize(symbols)
    names = list(dict.fromkeys([*map(str, from_file.categories), *map(str, uniques)]))
    place = {name: i for i, name in enumerate(names)}
    codes = np.where(state == State.FOUND, from_file.codes, 0).astype(np.int32)
    codes[open_rows] = np.array([place[str(u)] for u in uniques] + [0], dtype=np.int32)[located]
    return codes, names


def known_inheritance(gene: pd.Categorical, genes: GeneTable) -> list[frozenset[str]]:
    """The inheritance letters of each gene category; empty where unknown."""
    known = genes.frame["inheritance"].reindex([str(symbol) for symbol in gene.categories]).fillna("")
    return [frozenset(str(letters).split(";")) & MODES_OF_INHERITANCE.keys() for letters in known]


def fits_gene(
    gene: pd.Categorical, genes: GeneTable, verdicts: dict[Mode, NDArray[np.int8]]
) -> tuple[NDArray[np.int8], dict[Mode, NDArray[np.bool_]]]:
    """(VerdictCode per row, which met modes agree with the gene's known inheritance).

    MET: a met mode agrees. NOT_MET: the inheritance is known and every agreeing mode is refuted.
    NOT_ASSESSABLE: unknown inheritance, or an agreeing mode could not be assessed.
    """
    letters = known_inheritance(gene, genes)
    agreeing = [frozenset().union(*(MODES_OF_INHERITANCE[x] for x in known)) for known in letters]
    met = np.zeros(len(gene), dtype=bool)
    is_open = np.zeros(len(gene), dtype=bool)
    fitting = {}
    for mode, verdict in verdicts.items():
        agrees = np.array([mode in modes for modes in agreeing] + [False])[gene.codes]
        fitting[mode] = agrees & (verdict == VerdictCode.MET)
        met |= fitting[mode]
        is_open |= agrees & (verdict == VerdictCode.NOT_ASSESSABLE)
    known_at = np.array([bool(known) for known in letters] + [False])[gene.codes]
    code = np.where(
        met, VerdictCode.MET, np.where(known_at & ~is_open, VerdictCode.NOT_MET, VerdictCode.NOT_ASSESSABLE)
    )
    return code.astype(np.int8), fitting


def best_mode(
    verdicts: dict[Mode, NDArray[np.int8]], fitting: dict[Mode, NDArray[np.bool_]], copies: NDArray[np.int8]
) -> pd.Categorical:
    """The mode shown first: one that fits the gene before others, in MODE_ORDER; "" when none is met.

    On mitochondrial DNA the mitochondrial mode comes before "de novo".
    """
    names = ["", *(m.value for m in MODE_ORDER)]
    code = np.zeros(len(copies), dtype=np.int8)
    for mode in reversed(MODE_ORDER):
        code[verdicts[mode] == VerdictCode.MET] = names.index(mode.value)
    for mode in reversed(MODE_ORDER):
        code[fitting[mode]] = names.index(mode.value)
    on_mt = (copies == Copies.MITOCHONDRIAL) & (verdicts[Mode.MITOCHONDRIAL] == VerdictCode.MET)
    code[on_mt] = names.index(Mode.MITOCHONDRIAL.value)
    return categorical(code, names)
