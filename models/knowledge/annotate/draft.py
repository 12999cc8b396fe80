"""A variant table being filled: the columns that change are new, the others stay those of the file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.case import ANNOTATION_COLUMNS, State, VariantTable
from models.knowledge.positions.alleles import arrow_text

_VALUES_OF: dict[str, tuple[str, ...]] = {}
for _value, (_, _state) in ANNOTATION_COLUMNS.items():
    _VALUES_OF[_state] = (*_VALUES_OF.get(_state, ()), _value)


class Draft:
    """Columns of a table with installed answers laid over the file's. The table itself is never changed."""

    def __init__(self, table: VariantTable) -> None:
        self._table = table
        self._new: dict[str, Any] = {}
        self._brought = dict(table.facts.brought)

    def answer(
        self,
        state_column: str,
        asked: NDArray[np.bool_],
        state: NDArray[np.int8],
        values: Mapping[str, Any],
        origin: str,
        *,
        file_first: bool = False,
    ) -> None:
        """Lay one answer over all columns under `state_column`.

        asked: rows that this answer speaks for; the others keep what they have. state: of the asked rows; what
        an answer leaves open is NOT_ASSESSED, so that no two answers are mixed in a row. values: contract
        column -> float or bool array, or Arrow text; looked at where FOUND only, and a column not given
        becomes empty there. origin: who answers, in words. file_first: where the file answered it was kept.
        """
        for column in _VALUES_OF[state_column]:
            self._lay(column, asked, asked & (state == State.FOUND), values.get(column))
            self._name(column, origin, column in values, file_first)
        before = (
            self._table.frame[state_column].to_numpy() if state_column not in self._new else self._new[state_column]
        )
        self._new[state_column] = np.where(asked, state, before).astype(np.int8)

    def column(self, name: str) -> "pd.Series[Any]":
        """A column as it is by now."""
        return pd.Series(self._new[name]) if name in self._new else self._table.frame[name]

    def finished(self, annotated_with: Iterable[str]) -> VariantTable:
        """The filled table. annotated_with: see FileFacts."""
        frame = self._table.frame.copy(deep=False)
        for name, values in self._new.items():
            frame[name] = values
        facts = replace(self._table.facts, brought=self._brought, annotated_with=tuple(annotated_with))
        return replace(self._table, frame=frame, facts=facts)

    def _name(self, column: str, origin: str, gives: bool, file_first: bool) -> None:
        before = self._brought.get(column, "")
        if gives or before:
            answers = (before, origin) if file_first else (origin, before)
            self._brought[column] = "; else ".join(a for a in answers if a)

    def _lay(self, column: str, asked: NDArray[np.bool_], found: NDArray[np.bool_], values: Any) -> None:
        dtype, before = ANNOTATION_COLUMNS[column][0], self.column(column)
        if dtype == "category":
            self._new[column] = _categories(before, asked, found, values)
        elif dtype == "str":
            self._new[column] = _texts(before, asked, found, values)
        elif dtype == "bool":
            given = np.zeros(len(found), np.bool_) if values is None else values
            self._new[column] = np.where(asked, found & given, before.to_numpy())
        else:
            given = np.float32(np.nan) if values is None else values
            told = np.where(found, given, np.float32(np.nan))
            self._new[column] = np.where(asked, told, before.to_numpy()).astype(np.float32)


def _texts(before: "pd.Series[Any]", asked: NDArray[np.bool_], found: NDArray[np.bool_], values: Any) -> Any:
    told = pc.fill_null(values.cast(pa.large_string()), "") if values is not None else ""
    merged = pc.if_else(pa.array(found), told, pc.if_else(pa.array(asked), "", arrow_text(before)))
    kept = merged.cast(pa.large_string())
    return pd.arrays.ArrowStringArray(pa.chunked_array([kept]), dtype=pd.StringDtype(na_value=np.nan))


def _categories(
    before: "pd.Series[Any]", asked: NDArray[np.bool_], found: NDArray[np.bool_], values: Any
) -> pd.Categorical:
    names = dict.fromkeys(["", *map(str, before.cat.categories)])
    place = {name: code for code, name in enumerate(names)}
    of_before = np.array([*(place[str(c)] for c in before.cat.categories), 0], np.int32)
    codes = np.where(asked, 0, of_before[before.cat.codes.to_numpy()])
    if values is not None:
        told = pc.fill_null(values.cast(pa.string()), "").dictionary_encode()
        told = told.combine_chunks() if isinstance(told, pa.ChunkedArray) else told
        of_told = np.array([place.setdefault(w, len(place)) for w in told.dictionary.to_pylist()] or [0], np.int32)
        codes = np.where(found, of_told[told.indices.to_numpy()], codes)
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(place), dtype="str"))
