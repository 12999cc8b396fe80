"""What the person wants to see of all variants, and which rows that is. Columns, never a row loop."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.variant_zygosity import zygosities
from models.case import State, Zygosity
from models.evidence.types import Step
from models.workup import Workup

Mask = NDArray[np.bool_]


class Rarity(Enum):
    """Choices of the frequency filter: the words, and the largest fraction let through."""

    ANY = ("any frequency", None)
    BELOW_1_PERCENT = ("below 1 %", 1e-2)
    BELOW_1_IN_1000 = ("below 0.1 %", 1e-3)
    BELOW_1_IN_10000 = ("below 0.01 %", 1e-4)
    NOT_SEEN = ("not seen in the database", 0.0)
    NOT_ASSESSED = ("not assessed", None)

    @property
    def words(self) -> str:
        """As the form offers it."""
        return str(self.value[0])


class Order(str, Enum):
    RANK = "rank"
    POSITION = "position"
    RARITY = "rarest first"


@dataclass(frozen=True)
class VariantFilter:
    """One selection. Empty tuples and "" let everything through; step None means every step."""

    gene: str = ""
    consequences: tuple[str, ...] = ()
    rarity: Rarity = Rarity.ANY
    zygosities: tuple[Zygosity, ...] = ()
    step: Step | None = None
    rows: tuple[int, ...] | None = None  # of a preset, None = no preset


def matching_rows(workup: Workup, wanted: VariantFilter) -> NDArray[np.intp]:
    """Rows of the variant table that pass every part of `wanted`, in file order."""
    frame = workup.case.variants.frame
    keep = np.ones(len(frame), dtype=bool)
    if wanted.step is not None:
        keep &= workup.evidence.left_at == wanted.step
    if wanted.gene:
        keep &= _in_categories(frame["gene"], lambda gene: wanted.gene.upper() in gene.upper())
    if wanted.consequences:
        keep &= _in_categories(
            frame["consequence"], lambda terms: bool(set(terms.split("&")) & set(wanted.consequences))
        )
    if wanted.rarity is not Rarity.ANY:
        keep &= _rare(frame, wanted.rarity)
    rows = np.flatnonzero(keep)
    if wanted.rows is not None:
        rows = np.intersect1d(rows, np.array(wanted.rows, dtype=np.intp), assume_unique=True)
    if wanted.zygosities:
        rows = rows[np.isin(zygosities(workup.case, rows), [z.value for z in wanted.zygosities])]
    return rows


def _in_categories(column: pd.Series, test: Callable[[str], bool]) -> Mask:
    """`test` asked once a category, not once a row: five million rows have some thousand genes."""
    passes: Mask = np.array([*(test(str(c)) for c in column.cat.categories), False], dtype=np.bool_)
    of_rows: Mask = passes[column.cat.codes.to_numpy()]
    return of_rows


def _rare(frame: pd.DataFrame, rarity: Rarity) -> Mask:
    state = frame["af_state"].to_numpy()
    if rarity is Rarity.NOT_ASSESSED:
        return np.asarray(state == State.NOT_ASSESSED)
    fraction = frame["af_fraction"].to_numpy()
    limit = rarity.value[1]
    unseen = (state == State.ABSENT) | ((state == State.FOUND) & (fraction == 0))
    if rarity is Rarity.NOT_SEEN:
        return np.asarray(unseen)
    return np.asarray(unseen | ((state == State.FOUND) & (fraction < limit)))


def in_order(rows: NDArray[np.intp], workup: Workup, order: Order) -> NDArray[np.intp]:
    """`rows` sorted: by rank (unranked after, in file order), by place in the file, or rarest first."""
    if order is Order.POSITION:
        return rows
    if order is Order.RANK:
        rank = ranks(workup)[rows]
        ranked = np.flatnonzero(rank)
        return np.concatenate([rows[ranked[np.argsort(rank[ranked])]], rows[rank == 0]])
    frame = workup.case.variants.frame
    state, fraction = frame["af_state"].to_numpy()[rows], frame["af_fraction"].to_numpy()[rows]
    known = np.where(state == State.FOUND, fraction, np.where(state == State.ABSENT, 0.0, 2.0))
    return rows[np.argsort(known, kind="stable")]


def ranks(workup: Workup) -> NDArray[np.int32]:
    """1-based rank of every row, 0 when it is not ranked."""
    found = np.zeros(len(workup.case.variants), dtype=np.int32)
    table = workup.ranking.table
    found[table["row"].to_numpy()] = table["rank"].to_numpy()
    return found
