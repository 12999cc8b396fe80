"""Which rows stay to be ranked, and at which step the others left.

Steps are taken in the order of `Step`. Nothing leaves at a step whose data were not assessed. A
variant asserted pathogenic or likely pathogenic in ClinVar (clinvar.is_asserted_pathogenic) does not
leave for being common or without predicted effect: founder and low-penetrance alleles would be lost.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Kind, State, VariantTable
from models.evidence.clinvar import is_asserted_pathogenic
from models.evidence.columns import by_category
from models.evidence.consequence import has_no_predicted_effect
from models.evidence.family import Family, calls_at
from models.evidence.frequency import BA1_FRACTION, BA1_SOURCE, frequency_columns, is_common
from models.evidence.quality import (
    UNUSABLE_ALT_READS,
    UNUSABLE_DEPTH_READS,
    UNUSABLE_GQ_PHRED,
    is_unusable,
)
from models.evidence.regions import Copies, copies_of
from models.evidence.types import FunnelStep, Step
from models.evidence.words import percent

RESOLVED_KINDS = frozenset({Kind.SNV, Kind.MNV, Kind.INSERTION, Kind.DELETION, Kind.DELINS})
# SpliceAI from which a variant counts as possibly splice-altering: ClinGen SVI Splicing Subgroup, PP3
# at >= 0.2 (Walker 2023, Am J Hum Genet 110:1046).
SPLICEAI_KEEPS_FROM = 0.2

_NEEDED_FOR_EFFECT = (
    "consequence",
    "consequence_state",
    "spliceai_delta_max",
    "spliceai_state",
    "clinvar_significance",
    "clinvar_state",
    "clinvar_stars",
    "clinvar_stars_state",
    "chrom",
    "pos_1based",
)
_NEEDED_FOR_FREQUENCY = (
    "chrom",
    "af_group_state",
    "af_state",
    "af_group_max_fraction",
    "af_fraction",
    "af_group_max_name",
    "allele_count_state",
    "allele_number",
)
TITLES: Mapping[Step, str] = {
    Step.NOT_CALLED: "No genotype of the patient",
    Step.NOT_CARRIED: "Not carried by the patient",
    Step.NOT_SEQUENCE_RESOLVED: "No exact sequence change",
    Step.LOW_QUALITY: "Unusable call",
    Step.COMMON: "Common in the population",
    Step.NO_PREDICTED_EFFECT: "No predicted effect",
}


def take(frame: pd.DataFrame, names: tuple[str, ...], rows: NDArray[np.intp]) -> pd.DataFrame:
    """A few columns at a few rows: copying the whole frame would cost more than the work."""
    return frame[list(names)].iloc[rows]


def silence_means_intergenic(table: VariantTable) -> bool:
    """This file's annotator writes nothing for an intergenic variant: bcftools csq, and it did run.

    VEP and SnpEff name a consequence for every allele: where they are silent, something went wrong.
    """
    by_bcftools = "BCSQ" in table.facts.brought.get("consequence", "")
    return by_bcftools and bool((table.frame["consequence_state"].to_numpy() == State.FOUND).any())


def is_no_effect(small: pd.DataFrame, copies: NDArray[np.int8], silent_is_intergenic: bool) -> NDArray[np.bool_]:
    """Annotated without any predicted effect on a gene product.

    FOUND with only intergenic, intronic, UTR, regulatory or synonymous terms; ABSENT only where
    silence means intergenic. Kept: SpliceAI at or above SPLICEAI_KEEPS_FROM, mitochondrial DNA.
    """
    state = small["consequence_state"].to_numpy()
    silent = by_category(small["consequence"], has_no_predicted_effect, missing=False, dtype=np.bool_)
    splicing = (small["spliceai_state"].to_numpy() == State.FOUND) & (
        small["spliceai_delta_max"].to_numpy() >= np.float32(SPLICEAI_KEEPS_FROM)
    )
    nothing = ((state == State.FOUND) & silent) | ((state == State.ABSENT) & silent_is_intergenic)
    answer: NDArray[np.bool_] = nothing & ~splicing & (copies != Copies.MITOCHONDRIAL)
    return answer


def walk_funnel(table: VariantTable, family: Family) -> NDArray[np.int8]:
    """Step code of every row; Step.RANKED for those that stay."""
    left_at = np.full(len(table), Step.NOT_CALLED, dtype=np.int8)
    if family.proband is None:
        return left_at
    column = family.proband.column
    copies = table.genotypes.alt_copies[:, column]
    no_call = (table.genotypes.called_copies[:, column] < table.genotypes.ploidy[:, column]) & (copies == 0)
    left_at[(copies == 0) & ~no_call] = Step.NOT_CARRIED
    resolved = by_category(table.frame["kind"], lambda k: Kind(k) in RESOLVED_KINDS, missing=False, dtype=np.bool_)
    left_at[copies > 0] = Step.RANKED
    left_at[(copies > 0) & ~resolved] = Step.NOT_SEQUENCE_RESOLVED
    rows = np.flatnonzero(left_at == Step.RANKED)
    left_at[rows[_low_quality(table, column, rows)]] = Step.LOW_QUALITY
    _leave_by_annotation(table, left_at)
    return left_at


def _low_quality(table: VariantTable, column: int, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    return is_unusable(calls_at(table.genotypes, column, rows), table.frame["filter"].iloc[rows])


def _leave_by_annotation(table: VariantTable, left_at: NDArray[np.int8]) -> None:
    """COMMON, then NO_PREDICTED_EFFECT, for rows that ClinVar does not keep in."""
    rows = np.flatnonzero(left_at == Step.RANKED)
    small = take(table.frame, _NEEDED_FOR_FREQUENCY, rows)
    fraction, state, _ = frequency_columns(small, table.facts.brought)
    common = is_common(small, fraction, state, lambda at: table.frame.iloc[rows[at]])
    effect = take(table.frame, _NEEDED_FOR_EFFECT, rows)
    kept_in = is_asserted_pathogenic(effect)
    left_at[rows[common & ~kept_in]] = Step.COMMON
    copies = copies_of(effect, table.facts.assembly)
    no_effect = is_no_effect(effect, copies, silence_means_intergenic(table))
    left_at[rows[~common & no_effect & ~kept_in]] = Step.NO_PREDICTED_EFFECT


def thresholds_in_words(table: VariantTable) -> dict[Step, str]:
    """What each step asks, in words, for this file: a step that could not be taken says so."""
    brought = table.facts.brought
    frequency = "af_group_max_fraction" in brought or "af_fraction" in brought
    splice = "" if "spliceai_delta_max" in brought else "; this file brings no splice predictions"
    return {
        Step.NOT_CALLED: "the caller wrote no complete genotype for the patient at this place",
        Step.NOT_CARRIED: "the patient was called without this allele",
        Step.NOT_SEQUENCE_RESOLVED: "symbolic, breakend and spanning alleles are listed but not scored",
        Step.LOW_QUALITY: (
            f"rejected by the caller's own FILTER and depth under {UNUSABLE_DEPTH_READS}, GQ under "
            f"{UNUSABLE_GQ_PHRED} or fewer than {UNUSABLE_ALT_READS} reads with the variant"
        ),
        Step.COMMON: (
            f"allele frequency {percent(BA1_FRACTION)} or more ({BA1_SOURCE}), unless pathogenic in ClinVar"
            if frequency
            else "not applied: the file brings no population frequencies"
        ),
        Step.NO_PREDICTED_EFFECT: (
            "only intergenic, intronic, UTR, regulatory or synonymous, SpliceAI under "
            f"{SPLICEAI_KEEPS_FROM}{splice}; not on mitochondrial DNA, and unless pathogenic in ClinVar"
            if "consequence" in brought
            else "not applied: the file brings no predicted consequences"
        ),
    }


def count_steps(left_at: NDArray[np.int8], table: VariantTable) -> tuple[FunnelStep, ...]:
    """How many rows left at each step and how many remained after it."""
    counts = np.bincount(left_at, minlength=len(Step))
    words, remaining, steps = thresholds_in_words(table), len(left_at), []
    for step, title in TITLES.items():
        remaining -= int(counts[step])
        steps.append(FunnelStep(step, title, words[step], int(counts[step]), remaining))
    return tuple(steps)
