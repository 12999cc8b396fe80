"""Alleles that must not be learned from, such as those the sample patients carry.

The sample patients are shown as proof that the ranking works, so nothing about their published alleles
may reach a model: no labelled row, no frequency, no published or simulated patient, no person's call.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from models.case import Allele, Assembly
from models.errors import InputError

ALLELE_COLUMNS = {"grch38": Assembly.GRCH38, "grch37": Assembly.GRCH37}


def read_alleles(table: Path) -> frozenset[str]:
    """Keys of every allele of a tab-separated table with the columns of ALLELE_COLUMNS, on both assemblies.

    Raises InputError when a column is missing or a cell is not an allele: training without knowing what
    to keep out would be worse than not training.
    """
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    if not rows or any(column not in rows[0] for column in ALLELE_COLUMNS):
        raise InputError(f"{table.name} needs the columns {' and '.join(ALLELE_COLUMNS)} and at least one allele.")
    return frozenset(_key(row[column] or "", assembly) for row in rows for column, assembly in ALLELE_COLUMNS.items())


def _key(text: str, assembly: Assembly) -> str:
    """As the labelled tables write an allele: "2-100-A-G"."""
    return str(Allele.parse(text, assembly=assembly)).removeprefix("chr")


class KeptOut:
    """The alleles, as `read_alleles` writes them, and a count of what was left out because of them, by kind."""

    def __init__(self, alleles: Iterable[str] = ()) -> None:
        self.alleles = frozenset(alleles)
        self.left_out: Counter[str] = Counter()

    def rows(self, frame: pd.DataFrame, key: str, what: str) -> pd.DataFrame:
        """`frame` without the rows whose `key` column is one of the alleles."""
        hit = frame[key].isin(self.alleles)
        self.left_out[what] += int(hit.sum())
        return frame[~hit]

    def carries(self, keys: Iterable[str], what: str) -> bool:
        """Whether a patient with these variants must be left out; counted when so."""
        hit = not self.alleles.isdisjoint(keys)
        self.left_out[what] += hit
        return hit
