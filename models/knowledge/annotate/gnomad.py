"""gnomAD's exomes and genomes as one frequency of each allele."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import ANCESTRY_GROUPS, GROUP_MAX_GROUPS, State
from models.knowledge.positions.join import Joined

OVERALL, COUNT, NUMBER, HOMOZYGOTES = "af_fraction", "allele_count", "allele_number", "homozygote_count"


def group_column(group: str) -> str:
    return f"af_{group}_fraction"


@dataclass(frozen=True, eq=False)
class Frequencies:
    """state: of the overall frequency and the counts; group_state: of the groups' frequencies. Columns by
    the names of the column contract."""

    state: NDArray[np.int8]
    overall: dict[str, Any]
    group_state: NDArray[np.int8]
    groups: dict[str, Any]


def combined(sources: Sequence[Joined]) -> Frequencies:
    """sources: one or both of exomes and genomes.

    The overall frequency is the higher of the two, with the counts of the one it is from: an allele that
    one of them hardly covers looks rarer there than it is. FOUND where either has the allele with its
    filters passed. NOT_ASSESSED where the only record failed gnomAD's filters, or neither looked; ABSENT
    where at least one looked and neither lists it. A group's frequency is the higher of the two as well.
    """
    state = _state(sources)
    table = {name: _stacked(sources, name) for name in (OVERALL, COUNT, NUMBER, HOMOZYGOTES)}
    which = np.argmax(np.nan_to_num(table[OVERALL], nan=-1.0), axis=0)
    overall = {name: column[which, np.arange(len(which))] for name, column in table.items()}
    groups = {group_column(g): _highest(_stacked(sources, group_column(g))) for g in ANCESTRY_GROUPS}
    highest, name = _group_maximum(groups)
    group_state = np.where((state == State.FOUND) & np.isnan(highest), State.NOT_ASSESSED, state).astype(np.int8)
    return Frequencies(
        state, overall, group_state, {**groups, "af_group_max_fraction": highest, "af_group_max_name": name}
    )


def _state(sources: Sequence[Joined]) -> NDArray[np.int8]:
    states = np.stack([s.state for s in sources])
    failed = np.stack([s.reason.is_valid().to_numpy(zero_copy_only=False) for s in sources]).any(axis=0)
    looked = (states == State.ABSENT).any(axis=0) & ~failed
    found = (states == State.FOUND).any(axis=0)
    return np.where(found, State.FOUND, np.where(looked, State.ABSENT, State.NOT_ASSESSED)).astype(np.int8)


def _stacked(sources: Sequence[Joined], column: str) -> NDArray[np.float32]:
    """One line a source; NaN where it has not the allele, or not the column."""
    empty = np.full(len(sources[0].state), np.nan, np.float32)
    lines = [np.where(s.state == State.FOUND, s.columns.get(column, empty), np.float32(np.nan)) for s in sources]
    return np.stack(lines).astype(np.float32)


def _highest(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    highest: NDArray[np.float32] = np.fmax.reduce(lines, axis=0)
    return highest


def _group_maximum(groups: dict[str, NDArray[np.float32]]) -> tuple[NDArray[np.float32], pa.Array]:
    """The highest frequency of GROUP_MAX_GROUPS, and whose it is."""
    lines = np.stack([groups[group_column(g)] for g in GROUP_MAX_GROUPS])
    highest = _highest(lines)
    names = np.array(GROUP_MAX_GROUPS)[np.argmax(np.nan_to_num(lines, nan=-1.0), axis=0)]
    return highest, pa.array(np.where(np.isnan(highest), "", names))
