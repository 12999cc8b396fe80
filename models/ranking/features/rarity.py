"""Rarity: how often the allele is seen in people."""

import numpy as np

from models.ranking.features.base import Column, Direction, Feature, Inputs, found
from models.ranking.types import Group

# One allele in ten million: below anything today's databases can resolve (gnomAD v4: 1.6 million alleles).
UNSEEN_LOG10 = -7.0
MOST_HOMOZYGOTES_LOG10 = 5.0


def _frequency_log10(inputs: Inputs) -> Column:
    evidence = inputs.evidence
    fraction = found(evidence["frequency_fraction"], evidence["frequency_state"], absent=0.0)
    floor = np.float32(10.0**UNSEEN_LOG10)
    return np.log10(np.maximum(fraction, floor)).astype(np.float32)


def _homozygotes_log10(inputs: Inputs) -> Column:
    rows = inputs.variants
    people = found(rows["homozygote_count"], rows["homozygote_state"], absent=0.0)
    return np.log10(1.0 + np.maximum(people, 0.0)).astype(np.float32)


def frequency_words(value: float) -> str:
    """A log10 frequency as "1 in 83,000 alleles"."""
    if np.isnan(value):
        return "frequency not assessed"
    if value <= UNSEEN_LOG10:
        return "not seen in the frequency databases"
    return f"seen in about 1 of {round(10.0**-value):,} alleles"


def _homozygote_words(value: float) -> str:
    if np.isnan(value):
        return "homozygotes not assessed"
    people = round(10.0**value - 1.0)
    return f"{people:,} homozygous {'person' if people == 1 else 'people'} in the frequency databases"


FREQUENCY = Feature(
    name="frequency_log10",
    group=Group.RARITY,
    label="Population frequency",
    how="log10 of the group maximum (else overall) allele frequency; looked up and not there = -7",
    low=UNSEEN_LOG10,
    high=0.0,
    missing="the file brings no frequency",
    direction=Direction.HIGHER_RANKS_LOWER,
    compute=_frequency_log10,
    words=frequency_words,
)

HOMOZYGOTES = Feature(
    name="homozygotes_log10",
    group=Group.RARITY,
    label="Homozygous people",
    how="log10(1 + homozygotes in the frequency databases); looked up and not there = 0",
    low=0.0,
    high=MOST_HOMOZYGOTES_LOG10,
    missing="the file brings no homozygote count",
    direction=Direction.HIGHER_RANKS_LOWER,
    compute=_homozygotes_log10,
    words=_homozygote_words,
)
