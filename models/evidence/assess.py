"""Everything about the variants that does not depend on the patient's terms, in one pass."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Case, Sex, State, Zygosity
from models.evidence.clinvar import clinvar_column, is_asserted_pathogenic
from models.evidence.columns import categorical
from models.evidence.consequence import impact_column, severity_column
from models.evidence.family import Family, family_of
from models.evidence.frequency import RECESSIVE_PARTNER_FRACTION, frequency_columns
from models.evidence.funnel import count_steps, take, walk_funnel
from models.evidence.gene import GeneOfRow, assign_genes, best_mode, fits_gene
from models.evidence.inheritance import (
    HOMOPLASMIC_FRACTION,
    FamilyCalls,
    dominant_if_affected,
    family_calls,
    single_variant_modes,
)
from models.evidence.needs import KnowledgeForEvidence
from models.evidence.pairs import PHASE_WORDS, Hits, Phase, compound_heterozygous
from models.evidence.quality import measure, quality_verdict
from models.evidence.regions import Copies, copies_of
from models.evidence.types import EVIDENCE_COLUMNS, MODE_COLUMNS, Mode, Step, VariantEvidence

_NEEDED = (
    "chrom",
    "pos_1based",
    "end_1based",
    "filter",
    "gene",
    "gene_state",
    "consequence",
    "consequence_state",
    "af_fraction",
    "af_state",
    "af_group_max_fraction",
    "af_group_max_name",
    "af_group_state",
    "clinvar_significance",
    "clinvar_state",
    "clinvar_stars",
    "clinvar_stars_state",
)
_ZYGOSITIES = tuple(z.value for z in Zygosity)


def assess_variants(case: Case, knowledge: KnowledgeForEvidence) -> VariantEvidence:
    """Walk every row through the funnel and describe the rows that stay.

    A patient whose genotypes are not in the file leaves with every row at NOT_CALLED.
    """
    table, family = case.variants, family_of(case)
    left_at = walk_funnel(table, family)
    rows = np.flatnonzero(left_at == Step.RANKED)
    small = take(table.frame, _NEEDED, rows)
    columns = _columns(case, family, rows, small, knowledge) if family.proband else {}
    frame = pd.DataFrame(columns, index=rows) if columns else _empty()
    return VariantEvidence(left_at, frame[list(EVIDENCE_COLUMNS)], count_steps(left_at, table), knowledge.genes)


def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in EVIDENCE_COLUMNS.items()})


def _columns(
    case: Case, family: Family, rows: NDArray[np.intp], small: pd.DataFrame, knowledge: KnowledgeForEvidence
) -> dict[str, object]:
    copies = copies_of(small, case.assembly)
    calls = family_calls(case.variants.genotypes, family, rows, copies)
    genes = assign_genes(small, case.assembly, knowledge)
    severity = severity_column(small["consequence"], small["consequence_state"].to_numpy())
    fraction, state, origin = frequency_columns(small, case.variants.facts.brought)
    hits = _second_hits(small, calls, genes, severity, fraction)
    verdicts = {**single_variant_modes(calls), Mode.COMPOUND_HETEROZYGOUS: hits.verdict}
    fit, fitting = fits_gene(genes.gene, knowledge.genes, verdicts)
    measures = measure(calls.proband, small["filter"], copies, family.sex is Sex.MALE)
    return {
        "gene": genes.gene,
        "gene_origin": genes.origin,
        "zygosity": zygosity_column(calls),
        "severity_rank": severity,
        "impact": impact_column(severity),
        "frequency_fraction": fraction,
        "frequency_state": state,
        "frequency_origin": origin,
        "clinvar_class": clinvar_column(small["clinvar_significance"], small["clinvar_state"].to_numpy()),
        "quality": quality_verdict(measures),
        "allele_balance_fraction": calls.proband.balance_fraction,
        **{column: verdicts[mode] for mode, column in MODE_COLUMNS.items()},
        "dominant_if_affected": dominant_if_affected(calls),
        "partner_row": np.where(hits.partner >= 0, rows[hits.partner] if len(rows) else -1, -1).astype(np.int32),
        "partner_phase": categorical(hits.phase, [PHASE_WORDS[p] for p in Phase]),
        "best_mode": best_mode(verdicts, fitting, copies),
        "gene_mode_fit": fit,
    }


def _second_hits(
    small: pd.DataFrame,
    calls: FamilyCalls,
    genes: GeneOfRow,
    severity: NDArray[np.int8],
    fraction: NDArray[np.float32],
) -> Hits:
    two_copies = calls.proband.all_alt & (calls.proband.ploidy == 2)
    diploid = (calls.copies == Copies.AUTOSOMAL) | ((calls.copies == Copies.X) & (calls.sex is Sex.FEMALE))
    rare = ~(fraction >= np.float32(RECESSIVE_PARTNER_FRACTION)) | is_asserted_pathogenic(small)
    effect = (small["consequence_state"].to_numpy() != State.NOT_ASSESSED) | genes.pairs_by_place
    plausible = diploid & ~two_copies & (calls.proband.ploidy == 2) & rare & effect
    return compound_heterozygous(calls, genes.code, plausible, severity, fraction)


def zygosity_column(f: FamilyCalls) -> pd.Categorical:
    """Zygosity of the proband, who carries every row here.

    A male's X or Y outside the PARs, and any haploid call, is hemizygous however the caller wrote it.
    On mitochondrial DNA, homoplasmic (HOMOPLASMIC_FRACTION or more of the reads, or every allele of
    the genotype where reads were not counted) reads "homozygous", a mixture "heterozygous".
    """
    p = f.proband
    mixed = np.where(np.isnan(p.balance_fraction), ~p.all_alt, p.balance_fraction < np.float32(HOMOPLASMIC_FRACTION))
    on_mt = f.copies == Copies.MITOCHONDRIAL
    single = (f.one_copy | (p.ploidy == 1)) & ~on_mt
    conditions = [single, on_mt & mixed, on_mt, ~p.called, p.all_alt]
    names = [Zygosity.HEMIZYGOUS, Zygosity.HETEROZYGOUS, Zygosity.HOMOZYGOUS, Zygosity.UNCERTAIN, Zygosity.HOMOZYGOUS]
    codes = np.select(conditions, [_ZYGOSITIES.index(n.value) for n in names], _ZYGOSITIES.index("heterozygous"))
    return categorical(codes, _ZYGOSITIES)
