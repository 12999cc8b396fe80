"""Call quality: is the variant really there?"""

import numpy as np

from models.case import Zygosity
from models.ranking.features.base import Column, Direction, Feature, Inputs, by_category, of_verdict, yes_no
from models.ranking.types import Group

# Beyond these more reads or a surer call tell the ranker nothing.
ENOUGH_DEPTH_READS = 60.0
SURE_GQ_PHRED = 99.0


def _known(values: Column) -> Column:
    return np.where(values < 0, np.nan, values).astype(np.float32)


def _gq(inputs: Inputs) -> Column:
    return _known(inputs.calls.gq_phred.astype(np.float32))


def _depth(inputs: Inputs) -> Column:
    return _known(inputs.calls.depth_reads.astype(np.float32))


def _imbalance(inputs: Inputs) -> Column:
    """Distance of the variant reads' share from what the genotype predicts; mitochondria predict nothing."""
    expected = by_category(inputs.evidence["zygosity"], lambda z: 0.5 if z == Zygosity.HETEROZYGOUS.value else 1.0)
    mitochondrial = by_category(inputs.variants["chrom"], lambda c: float(c == "MT")) == 1.0
    share = inputs.evidence["allele_balance_fraction"].to_numpy(dtype=np.float32)
    return np.where(mitochondrial, np.nan, np.abs(share - expected)).astype(np.float32)


def _filter(inputs: Inputs) -> Column:
    return by_category(inputs.variants["filter"], lambda f: 1.0 if f == "PASS" else np.nan if f in {".", ""} else 0.0)


def _reads_words(value: float) -> str:
    if np.isnan(value):
        return "depth not given"
    return f"{value:.0f}{' or more' if value >= ENOUGH_DEPTH_READS else ''} reads"


def _gq_words(value: float) -> str:
    return "genotype quality not given" if np.isnan(value) else f"GQ {value:.0f}"


def _imbalance_words(value: float) -> str:
    return "allele balance not given" if np.isnan(value) else f"variant reads {value:.0%} off the expected share"


TRUSTED = Feature(
    name="call_trusted",
    group=Group.QUALITY,
    label="Call to trust",
    how="1 when the call passes the quality rule of the funnel, 0 when not",
    low=0.0,
    high=1.0,
    missing="depth and quality are not given",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=lambda inputs: of_verdict(inputs.evidence["quality"]),
    words=yes_no("a call to trust", "a doubtful call"),
)

GENOTYPE_QUALITY = Feature(
    name="gq_phred",
    group=Group.QUALITY,
    label="Genotype quality",
    how="phred-scaled genotype quality of the proband, capped at 99",
    low=0.0,
    high=SURE_GQ_PHRED,
    missing="the file gives no GQ",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_gq,
    words=_gq_words,
)

DEPTH = Feature(
    name="depth_reads",
    group=Group.QUALITY,
    label="Read depth",
    how="reads of the proband at the site, capped at 60",
    low=0.0,
    high=ENOUGH_DEPTH_READS,
    missing="the file gives no depth",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_depth,
    words=_reads_words,
)

IMBALANCE = Feature(
    name="allele_imbalance_fraction",
    group=Group.QUALITY,
    label="Allele balance",
    how="distance of the variant reads' share from that of the genotype",
    low=0.0,
    high=1.0,
    missing="the file gives no reads of each allele",
    direction=Direction.HIGHER_RANKS_LOWER,
    compute=_imbalance,
    words=_imbalance_words,
)

FILTER = Feature(
    name="filter_passed",
    group=Group.QUALITY,
    label="Caller's filter",
    how="1 = PASS, 0 = any other filter",
    low=0.0,
    high=1.0,
    missing="no filters were run",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_filter,
    words=yes_no("passed the caller's filters", "filtered by the caller"),
)
