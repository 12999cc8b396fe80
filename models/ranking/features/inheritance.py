"""Inheritance: does the way the family carries the variant fit a disease of the gene?"""

import numpy as np

from models.case import Zygosity
from models.evidence.types import MODE_COLUMNS, Mode
from models.ranking.features.base import Column, Direction, Feature, Inputs, by_category, of_verdict, yes_no
from models.ranking.features.effect_class import effect_class
from models.ranking.types import Group

_PHASE = {"in cis": 0.0, "unknown": 1.0, "in trans": 2.0}
_PHASE_WORDS = ("with another variant on the same copy", "phase with the second hit unknown", "second hit in trans")


def _both_copies(inputs: Inputs) -> Column:
    both = {Zygosity.HOMOZYGOUS.value, Zygosity.HEMIZYGOUS.value}
    one = {Zygosity.HETEROZYGOUS.value}
    return by_category(inputs.evidence["zygosity"], lambda z: 1.0 if z in both else 0.0 if z in one else np.nan)


def _phase(inputs: Inputs) -> Column:
    return by_category(inputs.evidence["partner_phase"], lambda p: _PHASE.get(p, np.nan))


def _of_partner(inputs: Inputs, own: Column) -> Column:
    """The partner's value of a column; NaN without a partner among the ranked rows."""
    rows = inputs.evidence.index.to_numpy()
    partner = inputs.evidence["partner_row"].to_numpy()
    place = np.clip(np.searchsorted(rows, partner), 0, max(len(rows) - 1, 0))
    there = (partner >= 0) & (rows[place] == partner) if len(rows) else np.zeros(0, dtype=bool)
    return np.where(there, own[place], np.nan).astype(np.float32)


def _weaker_class(inputs: Inputs) -> Column:
    own = effect_class(inputs.variants, inputs.region)
    return np.minimum(own, _of_partner(inputs, own))


def _weaker_damage(inputs: Inputs) -> Column:
    own = inputs.damage_log_odds
    return np.minimum(own, _of_partner(inputs, own))


def _phase_words(value: float) -> str:
    return "no second hit" if np.isnan(value) else _PHASE_WORDS[round(value)]


def _weaker_words(value: float) -> str:
    from models.ranking.features.effect_class import WORDS, EffectClass

    return "no second hit" if np.isnan(value) else f"the weaker of both hits: {WORDS[EffectClass(round(value))]}"


def _weaker_damage_words(value: float) -> str:
    return "no second hit judged" if np.isnan(value) else f"the weaker of both hits has predicted damage {value:+.1f}"


def _mode(mode: Mode, label: str, yes: str, no: str, direction: Direction) -> Feature:
    """One mode of inheritance as a 0/1 feature."""
    column = MODE_COLUMNS[mode]
    return Feature(
        name=f"mode_{column}",
        group=Group.INHERITANCE,
        label=label,
        how=f"1 when the genotypes of the family meet '{mode.value}', 0 when they do not",
        low=0.0,
        high=1.0,
        missing="the genotypes needed are missing",
        direction=direction,
        compute=lambda inputs: of_verdict(inputs.evidence[column]),
        words=yes_no(yes, no),
    )


DE_NOVO = _mode(Mode.DE_NOVO, "New in the child", "new in the child", "not new in the child",
                Direction.HIGHER_RANKS_HIGHER)  # fmt: skip
DOMINANT = _mode(Mode.DOMINANT, "Dominant", "fits a dominant disease", "does not fit a dominant disease",
                 Direction.FREE)  # fmt: skip
HOMOZYGOUS = _mode(Mode.HOMOZYGOUS_RECESSIVE, "Recessive, homozygous", "homozygous, fits a recessive disease",
                   "not homozygous recessive", Direction.FREE)  # fmt: skip
COMPOUND = _mode(Mode.COMPOUND_HETEROZYGOUS, "Recessive, two hits", "has a second hit in the gene",
                 "no second hit in the gene", Direction.FREE)  # fmt: skip
X_LINKED = _mode(Mode.X_LINKED, "X-linked", "fits an X-linked disease", "does not fit an X-linked disease",
                 Direction.FREE)  # fmt: skip
MITOCHONDRIAL = _mode(Mode.MITOCHONDRIAL, "Mitochondrial", "mitochondrial", "not mitochondrial",
                      Direction.FREE)  # fmt: skip

GENE_FIT = Feature(
    name="gene_mode_fit",
    group=Group.INHERITANCE,
    label="Fits the gene's known inheritance",
    how="1 when a mode the family meets is a known inheritance of the gene, 0 when none is",
    low=0.0,
    high=1.0,
    missing="the gene's inheritance is not known, or the genotypes needed are missing",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=lambda inputs: of_verdict(inputs.evidence["gene_mode_fit"]),
    words=yes_no("fits the gene's known inheritance", "does not fit the gene's known inheritance"),
)

BOTH_COPIES = Feature(
    name="both_copies",
    group=Group.INHERITANCE,
    label="Copies affected",
    how="1 homozygous or hemizygous, 0 heterozygous",
    low=0.0,
    high=1.0,
    missing="the genotype is missing or only partly called",
    direction=Direction.FREE,
    compute=_both_copies,
    words=yes_no("every copy carries it", "one of two copies carries it"),
)

PARTNER_PHASE = Feature(
    name="partner_phase",
    group=Group.INHERITANCE,
    label="Phase of the second hit",
    how="second hit of a compound heterozygote: 0 in cis, 1 unknown, 2 in trans",
    low=0.0,
    high=2.0,
    missing="there is no second hit",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_phase,
    words=_phase_words,
)

WEAKER_CLASS = Feature(
    name="pair_weaker_class",
    group=Group.INHERITANCE,
    label="Weaker of both hits",
    how="lower effect class of the two variants of a compound heterozygote",
    low=0.0,
    high=7.0,
    missing="there is no second hit",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_weaker_class,
    words=_weaker_words,
)

WEAKER_DAMAGE = Feature(
    name="pair_weaker_damage",
    group=Group.INHERITANCE,
    label="Damage of the weaker hit",
    how="lower predicted damage (log-odds) of the two variants of a compound heterozygote",
    low=-8.0,
    high=8.0,
    missing="there is no second hit, or no consequence to judge",
    direction=Direction.HIGHER_RANKS_HIGHER,
    compute=_weaker_damage,
    words=_weaker_damage_words,
)

PARENTS = Feature(
    name="parents_sequenced",
    group=Group.INHERITANCE,
    label="Parents sequenced",
    how="number of parents with genotypes in the file: 0, 1 or 2",
    low=0.0,
    high=2.0,
    missing="never",
    direction=Direction.FREE,
    compute=lambda inputs: np.full(len(inputs), inputs.parents_sequenced, dtype=np.float32),
    words=lambda value: ("no parent sequenced", "one parent sequenced", "both parents sequenced")[round(value)],
)
