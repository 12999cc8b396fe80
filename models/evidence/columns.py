"""Work on a column's categories instead of its rows: a million rows have a few hundred categories."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def by_category(column: pd.Series, answer: Callable[[str], Any], *, missing: Any, dtype: Any) -> NDArray[Any]:
    """`answer` of each category, spread over the rows; rows without a category get `missing`."""
    answers = np.array([answer(str(c)) for c in column.cat.categories] + [missing], dtype=dtype)
    spread: NDArray[Any] = answers[column.cat.codes.to_numpy()]  # code -1 takes the last
    return spread


def categorical(codes: NDArray[Any], names: Sequence[str]) -> pd.Categorical:
    """A category column from codes into `names`."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype="str"))


def plain_categories(column: pd.Series) -> pd.Categorical:
    """The column as categories of str in which a missing value is "" (our columns never hold NaN names)."""
    names = ["", *(str(c) for c in column.cat.categories if str(c))]
    place = {name: i for i, name in enumerate(names)}
    return categorical(by_category(column, lambda c: place[c], missing=0, dtype=np.int32), names)
