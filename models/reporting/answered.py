"""Who answered for one variant: an installed release where it looked, else the file.

A case's table names for each column every source that was asked ("ClinVar 2026-11-10 (installed); else INFO/CLNSIG"),
because each row may have another. A report tells of its few variants which one it was: they are asked once more, alone,
exactly as the whole table was.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from models.case import ANNOTATION_COLUMNS, STATE_COLUMNS, Genotypes, State, VariantTable
from models.errors import IntegrityError
from models.knowledge import Knowledge
from models.knowledge.annotate import annotate, mane_in_use, quiet

ELSE = "; else "


def answered_by(table: VariantTable, knowledge: Knowledge, row: int) -> Mapping[str, str]:
    """Column -> who answered, of all but the consequences, which are the file's wherever it gives one."""
    if not table.facts.annotated_with:
        return table.facts.brought
    try:
        asked = annotate(_unanswered(table, row), knowledge.installed, mane_in_use(knowledge), quiet).table
    except IntegrityError:  # damaged since the case was opened: then every source that was asked is named, as above
        return table.facts.brought
    return {column: _who(column, sources, asked) for column, sources in table.facts.brought.items()}


def _who(column: str, sources: str, asked: VariantTable) -> str:
    installed = asked.facts.brought.get(column, "")
    if not installed or asked.frame.at[0, ANNOTATION_COLUMNS[column][1]] != State.NOT_ASSESSED:
        return installed or sources
    return sources.removeprefix(f"{installed}{ELSE}")


def _unanswered(table: VariantTable, row: int) -> VariantTable:
    """The variant alone, as if the file had brought its consequence and nothing else."""
    blank = dict.fromkeys(STATE_COLUMNS, np.int8(State.NOT_ASSESSED)) | {"consequence_state": np.int8(State.FOUND)}
    frame = table.frame.iloc[[row]].reset_index(drop=True).assign(**blank)
    calls = Genotypes(**{name: array[row : row + 1] for name, array in vars(table.genotypes).items()})
    facts = replace(table.facts, brought={}, annotated_with=())
    return VariantTable(frame, calls, table.samples, facts)
