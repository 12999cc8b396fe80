"""gnomAD's exomes and genomes as one frequency of each allele."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import ANCESTRY_GROUPS, State
from models.knowledge.positions.join import Joined

GROUP_MAX, GROUP_MAX_NAME = "af_group_max_fraction", "af_group_max_name"
OVERALL, COUNT, NUMBER, HOMOZYGOTES = "af_fraction", "allele_count", "allele_number", "homozygote_count"


def group_column(group: str) -> str:
    return f"af_{group}_fraction"


@dataclass(frozen=True, eq=False)
class Frequencies:
    """state: whether the allele was found. answers: state column -> values by column, as in the contract; a
    value that gnomAD does not state is NaN."""

    state: NDArray[np.int8]
    answers: dict[str, dict[str, Any]]


def combined(sources: Sequence[Joined]) -> Frequencies:
    """sources: one or both of exomes and genomes.

    The overall frequency is the higher of the two, with the counts of the one it is from: an allele that
    one of them hardly covers looks rarer there than it is. FOUND where either has the allele with its
    filters passed. NOT_ASSESSED where the only record failed gnomAD's filters, or neither looked; ABSENT
    where at least one looked and neither lists it. A group's frequency is the higher of the two as well. An
    allele carried only in groups that the maximum leaves out (Finns, Ashkenazim) has no group maximum: its
    overall frequency speaks for it, not a maximum of zero.
    """
    table = {name: _stacked(sources, name) for name in (OVERALL, COUNT, NUMBER, HOMOZYGOTES)}
    which = np.argmax(np.nan_to_num(table[OVERALL], nan=-1.0), axis=0)
    overall = {name: column[which, np.arange(len(which))] for name, column in table.items()}
    groups = {group_column(g): _highest(_stacked(sources, group_column(g))) for g in ANCESTRY_GROUPS}
    highest, name = _group_maximum(sources)
    elsewhere = (highest == 0) & (overall[OVERALL] > 0)
    highest = np.where(elsewhere, np.float32(np.nan), highest)
    answers = {
        "af_state": {OVERALL: overall[OVERALL]},
        "allele_count_state": {COUNT: overall[COUNT], NUMBER: overall[NUMBER]},
        "homozygote_state": {HOMOZYGOTES: overall[HOMOZYGOTES]},
        "af_group_state": {GROUP_MAX: highest, GROUP_MAX_NAME: name, **groups},
    }
    return Frequencies(_state(sources), answers)


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


def _group_maximum(sources: Sequence[Joined]) -> tuple[NDArray[np.float32], pa.Array]:
    """The higher of the sources' group maxima (over GROUP_MAX_GROUPS, see models.knowledge.gnomad_sites), and whose
    it is; gnomAD's own leave out groups with too few people."""
    lines = _stacked(sources, GROUP_MAX)
    which = np.argmax(np.nan_to_num(lines, nan=-1.0), axis=0)
    told = np.stack([s.columns[GROUP_MAX_NAME].to_numpy(zero_copy_only=False) for s in sources])
    return _highest(lines), pa.array(told[which, np.arange(len(which))], pa.string())
