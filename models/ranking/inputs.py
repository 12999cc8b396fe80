"""Bring case, evidence, knowledge and phenotype to one row a ranked variant."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Assembly, Case, Person, State
from models.evidence.types import PhenotypeEvidence, VariantEvidence
from models.knowledge import Knowledge
from models.knowledge.junctions import junction_distance
from models.ranking.damage import GENE_COLUMNS, ChangeFacts, damage_matrix
from models.ranking.features.base import Column, GeneScores, Inputs, ProbandCalls, by_category, found
from models.ranking.features.effect_class import EffectClass, class_of_consequence
from models.ranking.types import DamageModel

_GENE_COLUMNS = (*GENE_COLUMNS, "has_disease")


def genes_of_rows(genes: pd.Series, known: pd.DataFrame) -> pd.DataFrame:
    """Knowledge of each row's gene; NaN where the gene is unknown."""
    names = genes.cat.categories
    table = known.reindex(columns=list(_GENE_COLUMNS)).reindex(names).astype("float32")
    values = np.vstack([table.to_numpy(), np.full((1, len(_GENE_COLUMNS)), np.nan, dtype=np.float32)])
    return pd.DataFrame(values[genes.cat.codes.to_numpy()], columns=list(_GENE_COLUMNS))


def scores_of_rows(genes: pd.Series, phenotype: PhenotypeEvidence) -> GeneScores:
    """The phenotype evidence of each row's gene."""
    rows, annotated = len(genes), phenotype.genes
    empty = np.full(rows, np.nan, dtype=np.float32)
    if not phenotype.used or annotated.empty:
        return GeneScores(False, empty, empty, empty, 0.0, 0)
    named = annotated.reindex(genes.cat.categories)
    told = named[["log_lr", "percentile"]].assign(explained=named["explained"] / named["asked"])
    scores = np.vstack([told.to_numpy(dtype=np.float32), np.full((1, 3), np.nan, dtype=np.float32)])
    scores = scores[genes.cat.codes.to_numpy()]
    best = float(annotated["log_lr"].max())
    return GeneScores(True, scores[:, 0], scores[:, 1], scores[:, 2], best, len(annotated))


def _calls(case: Case, rows: NDArray[np.int_]) -> ProbandCalls:
    column = case.variants.sample_index(case.pedigree.proband.sample)
    calls = case.variants.genotypes
    if column < 0:
        return ProbandCalls(np.full(len(rows), -1, dtype=np.int16), np.full(len(rows), -1, dtype=np.int32))
    return ProbandCalls(calls.gq_phred[rows, column], calls.depth_reads[rows, column])


def _region(case: Case, variants: pd.DataFrame, knowledge: Knowledge) -> NDArray[np.object_]:
    """Region by position of rows without a consequence; "" elsewhere, and off GRCh38."""
    region = np.full(len(variants), "", dtype=object)
    silent = variants["consequence_state"].to_numpy() != State.FOUND
    if case.assembly is not Assembly.GRCH38 or not silent.any():
        return region
    where = variants[silent]
    _, found = knowledge.transcripts.locate(
        where["chrom"].astype(str).to_numpy(), where["pos_1based"].to_numpy(), where["end_1based"].to_numpy()
    )
    region[silent] = found
    return region


def _mitochondrial_rna(variants: pd.DataFrame) -> NDArray[np.bool_]:
    """Changes the effect model cannot judge: it learned non-coding exons from the nuclear genome only."""
    on_mt = by_category(variants["chrom"], lambda c: float(c == "MT")) == 1.0
    noncoding = by_category(variants["consequence"], class_of_consequence) == EffectClass.NONCODING
    return np.asarray(on_mt & noncoding)


def _junctions(variants: pd.DataFrame, assembly: Assembly, knowledge: Knowledge) -> tuple[Column, Column]:
    """Distance to the nearest splice junction, and whether it is a donor; NaN off GRCh38."""
    if assembly is not Assembly.GRCH38:
        unknown = np.full(len(variants), np.nan, dtype=np.float32)
        return unknown, unknown
    return junction_distance(knowledge.transcripts, variants["chrom"], variants["pos_1based"].to_numpy())


def _damage(
    variants: pd.DataFrame, genes: pd.DataFrame, assembly: Assembly, knowledge: Knowledge, scorer: DamageModel
) -> Column:
    annotated = (variants["consequence_state"].to_numpy() == State.FOUND) & ~_mitochondrial_rna(variants)
    answer = np.full(len(variants), np.nan, dtype=np.float32)
    if annotated.any():
        rows = variants[annotated]
        change = rows["alt"].str.len().to_numpy() - rows["ref"].str.len().to_numpy()
        into_intron, donor = _junctions(rows, assembly, knowledge)
        gerp = found(rows["gerp_score"], rows["gerp_state"])
        changes = ChangeFacts(rows["consequence"], change, rows["hgvs_p"], into_intron, donor, genes[annotated], gerp)
        answer[annotated] = scorer.damage(damage_matrix(changes))
    return answer


def _sequenced(case: Case, parent: Person | None) -> bool:
    return parent is not None and case.variants.sample_index(parent.sample) >= 0 and parent.sample != ""


def prepare(
    case: Case, evidence: VariantEvidence, phenotype: PhenotypeEvidence, knowledge: Knowledge, scorer: DamageModel
) -> Inputs:
    """Everything the features need, one row a ranked variant, in the order of evidence.frame."""
    rows = evidence.frame.index.to_numpy()
    variants = case.variants.frame.iloc[rows].reset_index(drop=True)
    symbols = evidence.frame["gene"].reset_index(drop=True)
    genes = genes_of_rows(symbols, knowledge.genes.frame)
    return Inputs(
        variants=variants,
        evidence=evidence.frame,
        genes=genes,
        calls=_calls(case, rows),
        region=_region(case, variants, knowledge),
        parents_sequenced=sum(_sequenced(case, p) for p in (case.pedigree.mother, case.pedigree.father)),
        damage_log_odds=_damage(variants, genes, case.assembly, knowledge, scorer),
        phenotype=scores_of_rows(symbols, phenotype),
    )


def phenotype_only(evidence: VariantEvidence, phenotype: PhenotypeEvidence) -> Inputs:
    """Inputs good for the phenotype features alone, when nothing but the terms has changed."""
    frame = evidence.frame
    missing = np.full(len(frame), -1)
    return Inputs(
        variants=pd.DataFrame(index=range(len(frame))),
        evidence=frame,
        genes=pd.DataFrame(index=range(len(frame))),
        calls=ProbandCalls(missing.astype(np.int16), missing.astype(np.int32)),
        region=np.full(len(frame), "", dtype=object),
        parents_sequenced=0,
        damage_log_odds=np.full(len(frame), np.nan, dtype=np.float32),
        phenotype=scores_of_rows(frame["gene"], phenotype),
    )
