"""From scanned columns to a variant table file that keeps the contract."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import (
    ANCESTRY_GROUPS,
    ANNOTATION_COLUMNS,
    GROUP_MAX_GROUPS,
    STATE_COLUMNS,
    FileFacts,
    State,
    canonical_chrom,
)
from models.case.table_file import GENOTYPE_TYPES, category, numeric, write_arrays
from models.intake.columns import (
    CATEGORY_TEXTS,
    Columns,
    Finished,
    fed_columns,
    group_maximum,
    kinds,
    merge_words,
)
from models.intake.scan_setup import Setup
from models.intake.states import joined, settle, stars_of, state_name

_DIRECT = {
    "pos_1based": "int32",
    "end_1based": "int32",
    "qual_phred": "float32",
    "line_number": "int32",
    "alt_index": "int8",
}


def write_columns(path: Path, columns: Columns, samples: tuple[str, ...], facts: FileFacts) -> None:
    """Write everything scanned to `path`."""
    done = Finished(columns)
    arrays = _identity(done)
    arrays |= _annotations(done, columns.setup)
    calls = {name: done.take(f"call {name}", kind) for name, kind in GENOTYPE_TYPES.items()} if samples else {}
    write_arrays(path, done.rows, arrays, calls, samples, facts)


def _identity(done: Finished) -> dict[str, Any]:
    arrays: dict[str, Any] = {name: numeric(done.take(name, dtype), dtype) for name, dtype in _DIRECT.items()}
    arrays |= {name: done.strings(name) for name in ("ref", "alt", "record_id")}
    arrays["kind"] = kinds(done.take("kind", np.int8))
    codes, words = done.categories("chrom")
    arrays["chrom"] = merge_words(codes, [canonical_chrom(word) for word in words])
    arrays["filter"] = merge_words(*done.categories("filter"))
    return arrays


def _annotations(done: Finished, setup: Setup) -> dict[str, Any]:
    fed = fed_columns(setup)
    numbers = {name: done.take(name, np.float32) for name in fed if name not in CATEGORY_TEXTS and done_is_number(name)}
    states = {name: settle(values) for name, values in numbers.items()}
    texts, text_states = _texts(done, [name for name in fed if name not in numbers])
    states |= text_states
    arrays: dict[str, Any] = dict.fromkeys(ANNOTATION_COLUMNS)
    arrays |= {name: numeric(values, "float32") for name, values in numbers.items()}
    arrays |= texts | _group_columns(numbers, states, done.rows)
    arrays["is_mane_select"] = pa.array(done.take("is_mane_select", np.uint8)) if done.has("is_mane_select") else False
    return arrays | _states(states)


def done_is_number(name: str) -> bool:
    return ANNOTATION_COLUMNS[name][0] == "float32" and name != "clinvar_stars"


def _texts(done: Finished, names: list[str]) -> tuple[dict[str, Any], dict[str, NDArray[np.int8]]]:
    arrays: dict[str, Any] = {}
    states: dict[str, NDArray[np.int8]] = {}
    for name in names:
        states[name] = done.take(f"{name} state", np.int8)
        if name not in CATEGORY_TEXTS:
            arrays[name] = done.strings(name)
            continue
        codes, words = done.categories(name)
        if name == "clinvar_stars":
            stars = stars_of(codes, words)
            of_text = states[name]
            states[name] = np.where(of_text == State.NOT_ASSESSED, of_text, settle(stars))
            arrays[name] = numeric(stars, "float32")
        else:
            shown = [w.replace("_", " ") for w in words] if name == "clinvar_significance" else words
            arrays[name] = merge_words(codes, shown)
    return arrays, states


def _group_columns(
    numbers: dict[str, NDArray[np.float32]], states: dict[str, NDArray[np.int8]], rows: int
) -> dict[str, Any]:
    """Group maximum: the file's own where it gives one, else over the groups it gives."""
    groups = {g: numbers[f"af_{g}_fraction"] for g in ANCESTRY_GROUPS if f"af_{g}_fraction" in numbers}
    best, which = group_maximum(groups, rows)
    own = numbers.get("af_group_max_fraction")
    if own is None and not groups:
        return {}
    if own is not None:
        differs = ~np.isnan(own) & ~(np.abs(own - best) <= 1e-6 * np.maximum(own, 1e-6))
        which, best = np.where(differs, -1, which), np.where(np.isnan(own), best, own)
    of_best = np.where(np.isnan(best), np.int8(State.ABSENT), np.int8(State.FOUND))
    own_states = states.get("af_group_max_fraction")
    states["af_group_max_fraction"] = of_best if own_states is None else joined(of_best, own_states)
    codes = np.where(which < 0, len(GROUP_MAX_GROUPS), which)
    return {
        "af_group_max_fraction": numeric(best, "float32"),
        "af_group_max_name": category(codes, [*GROUP_MAX_GROUPS, ""]),
    }


def _states(of_columns: dict[str, NDArray[np.int8]]) -> dict[str, Any]:
    """State columns, joined over the value columns under each; NOT_ASSESSED when none was brought."""
    together: dict[str, NDArray[np.int8]] = {}
    for name, values in of_columns.items():
        if name == "clinvar_id" and "clinvar_significance" in of_columns:
            continue  # the significance decides whether ClinVar knows the variant
        if name in ("exon", "intron"):
            continue  # without its transcript the number of an exon means nothing
        state = state_name(name)
        together[state] = joined(together[state], values) if state in together else values
    states: dict[str, Any] = dict.fromkeys(STATE_COLUMNS, int(State.NOT_ASSESSED))
    return states | {state: pa.array(values) for state, values in together.items()}
