"""Found, absent or not assessed: the state of each looked-up value of a file.

A field that stands in the file and cannot be read is NOT_ASSESSED: taken for ABSENT it would make a
common variant look unseen and a damaging score look like none.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.case import ANNOTATION_COLUMNS, State
from models.intake.annotation_fields import STARS, plain


def text_states(length: Any) -> NDArray[np.int8]:
    """States of texts by their lengths: 0 is ABSENT, for the file declares the field; -1 NOT_ASSESSED."""
    absent_or_not = np.where(length < 0, np.int8(State.NOT_ASSESSED), np.int8(State.ABSENT))
    return np.where(length > 0, np.int8(State.FOUND), absent_or_not)


def settle(values: NDArray[np.float32]) -> NDArray[np.int8]:
    """States of numbers: NaN is ABSENT, for the file declares the field; infinity NOT_ASSESSED, made NaN here."""
    states = np.where(np.isnan(values), np.int8(State.ABSENT), np.int8(State.FOUND))
    unread = np.isinf(values)
    if unread.any():
        states[unread], values[unread] = np.int8(State.NOT_ASSESSED), np.nan
    return states


def joined(states: NDArray[np.int8], more: NDArray[np.int8]) -> NDArray[np.int8]:
    """One state for two columns: FOUND when either is, else NOT_ASSESSED when either is."""
    is_found = (states == State.FOUND) | (more == State.FOUND)
    return np.where(is_found, np.int8(State.FOUND), np.maximum(states, more))


def state_name(column: str) -> str:
    return ANNOTATION_COLUMNS[column][1]


def stars_of(codes: NDArray[np.int32], words: Sequence[str]) -> NDArray[np.float32]:
    """Gold stars of interned review statuses, as `star_of`."""
    return np.array([star_of(w) for w in words] or [np.nan], np.float32)[codes]


def star_of(word: str) -> float:
    """Gold stars of one review status; NaN for a mark of missing, infinity for one we do not know."""
    if word in {"0", "1", "2", "3", "4"}:
        return float(word)
    is_missing = plain(word) in {"", "na", "nan", "none", "null"}
    return STARS.get(plain(word), np.nan if is_missing else np.inf)
