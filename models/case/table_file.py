"""A variant table as one Arrow IPC file: written once, memory-mapped ever after.

Columns that hold one value for every row (not assessed, mostly) are kept as that value. A table
opened from its file costs address space, not memory, until a column is looked at.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from models.case.values import Assembly
from models.case.variants import (
    ANNOTATION_COLUMNS,
    IDENTITY_COLUMNS,
    STATE_COLUMNS,
    FileFacts,
    Genotypes,
    VariantTable,
)
from models.errors import IntegrityError

FORMAT = "caseboard-variants-1"
TABLE_FILE = "variants.arrow"  # the name of a case's table in the case's folder
DTYPES: dict[str, str] = {
    **IDENTITY_COLUMNS,
    **{name: dtype for name, (dtype, _) in ANNOTATION_COLUMNS.items()},
    **dict.fromkeys(STATE_COLUMNS, "int8"),
}
ADDED_LATER = ("exon", "intron")  # empty in tables that were kept before
GENOTYPE_TYPES: dict[str, Any] = {
    "alt_copies": np.int8, "called_copies": np.int8, "ploidy": np.int8, "haplotype": np.int8, "phase_set": np.int32,
    "gq_phred": np.int16, "depth_reads": np.int32, "alt_reads": np.int32, "vaf_fraction": np.float32,
}  # fmt: skip
_DAMAGED = "A stored variant table is damaged or from another version; open the case's files again."


def write_table(table: VariantTable, path: Path) -> None:
    """Write `table` to `path`, replacing it whole or not at all."""
    frame = table.frame
    arrays = {name: _to_arrow(frame[name], dtype) for name, dtype in DTYPES.items()}
    calls = {name: getattr(table.genotypes, name) for name in GENOTYPE_TYPES}
    write_arrays(path, len(frame), arrays, calls, table.samples, table.facts)


def write_arrays(
    path: Path,
    rows: int,
    arrays: dict[str, Any],
    calls: dict[str, Any],
    samples: tuple[str, ...],
    facts: FileFacts,
) -> None:
    """Write columns as they are. arrays: contract column -> Arrow array, or the one value of all rows."""
    columns = {name: array for name, array in arrays.items() if isinstance(array, pa.Array)}
    constants = {name: value for name, value in arrays.items() if name not in columns}
    if samples:
        columns |= {f"call {name}": _per_sample(array, len(samples)) for name, array in calls.items()}
    about = {"format": FORMAT, "rows": rows, "constants": constants, "samples": samples, "facts": _facts_out(facts)}
    schema = pa.schema([pa.field(n, a.type) for n, a in columns.items()], metadata={"caseboard": json.dumps(about)})
    batch = pa.RecordBatch.from_arrays(list(columns.values()), schema=schema)
    unfinished = path.with_name(f"{path.name}.part")
    with pa.OSFile(str(unfinished), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        writer.write_batch(batch)
    unfinished.replace(path)


def read_table(path: Path) -> VariantTable:
    """Open a table written by `write_table`; its columns are read-only views of the file.

    Raises IntegrityError when the file is not one of ours or is damaged.
    """
    try:
        reader = pa.ipc.open_file(pa.memory_map(str(path)))
        about = json.loads((reader.schema.metadata or {}).get(b"caseboard", b"{}"))
        batch = reader.get_batch(0)
    except (pa.ArrowInvalid, OSError, ValueError) as error:
        raise IntegrityError(_DAMAGED) from error
    if about.get("format") != FORMAT or (about["rows"] != batch.num_rows and batch.num_columns):
        raise IntegrityError(_DAMAGED)
    return _assemble(batch, about)


def _assemble(batch: pa.RecordBatch, about: dict[str, Any]) -> VariantTable:
    rows, samples = about["rows"], tuple(about["samples"])
    stored = dict(zip(batch.schema.names, batch.columns, strict=True))
    held = dict.fromkeys(ADDED_LATER) | about["constants"]
    columns = {
        name: _from_arrow(stored[name], dtype) if name in stored else constant(held[name], dtype, rows)
        for name, dtype in DTYPES.items()
    }
    frame = pd.DataFrame(columns, index=pd.RangeIndex(rows), copy=False)
    calls = {name: _calls(stored, name, kind, rows, len(samples)) for name, kind in GENOTYPE_TYPES.items()}
    return VariantTable(frame, Genotypes(**calls), samples, _facts_in(about["facts"]))


def _to_arrow(column: pd.Series, dtype: str) -> Any:
    if dtype == "category":
        codes, words = np.asarray(column.cat.codes), [str(c) for c in column.cat.categories]
        if (codes < 0).any():
            words.append("")
            codes = np.where(codes < 0, len(words) - 1, codes)
        return category(codes, words)
    if dtype == "str":
        return pa.array(column.fillna("").astype(object), pa.large_string())
    values = column.to_numpy()
    if len(values) and dtype.startswith("float") and np.isnan(values).all():
        return None
    return numeric(values, dtype)


def category(codes: Any, words: list[str]) -> pa.Array:
    """A dictionary array whose codes have the width pandas gives as many categories."""
    kind = np.int8 if len(words) < 128 else np.int16 if len(words) < 32_768 else np.int32
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(kind, copy=False)), pa.array(words, pa.string()))


def numeric(values: Any, dtype: str) -> pa.Array:
    """A numeric array; booleans as bytes, so that they can be mapped."""
    return pa.array(values.astype(np.uint8 if dtype == "bool" else np.dtype(dtype), copy=False), from_pandas=False)


def _per_sample(array: Any, samples: int) -> pa.Array:
    return pa.FixedSizeListArray.from_arrays(
        pa.array(np.ascontiguousarray(array).reshape(-1), from_pandas=False), samples
    )


def _from_arrow(array: pa.Array, dtype: str) -> Any:
    if dtype == "category":
        codes = array.indices.to_numpy(zero_copy_only=True)
        return pd.Categorical.from_codes(codes, pd.Index(array.dictionary.to_pylist(), dtype="str"))
    if dtype == "str":
        return pd.arrays.ArrowStringArray(pa.chunked_array([array]), dtype=pd.StringDtype(na_value=np.nan))
    values = array.to_numpy(zero_copy_only=True)
    return values.view(np.bool_) if dtype == "bool" else values


def constant(value: Any, dtype: str, rows: int) -> Any:
    """A column of one value; numbers take no memory (a view with stride 0)."""
    if dtype == "category":
        return pd.Categorical.from_codes(np.zeros(rows, np.int8), pd.Index([value or ""], dtype="str"))
    if dtype == "str":
        offsets = pa.py_buffer(np.zeros(rows + 1, np.int64))
        array = pa.Array.from_buffers(pa.large_string(), rows, [None, offsets, pa.py_buffer(b"")])
        return pd.arrays.ArrowStringArray(pa.chunked_array([array]), dtype=pd.StringDtype(na_value=np.nan))
    empty = np.nan if dtype.startswith("float") else 0
    return np.broadcast_to(np.array(empty if value is None else value, np.dtype(dtype)), rows)


def _calls(stored: dict[str, Any], name: str, kind: Any, rows: int, samples: int) -> Any:
    if not samples:
        return np.empty((rows, 0), kind)
    return stored[f"call {name}"].flatten().to_numpy(zero_copy_only=True).reshape(rows, samples)


def _facts_out(facts: FileFacts) -> dict[str, Any]:
    return {
        **asdict(facts),
        "assembly": facts.assembly.value,
        "brought": dict(facts.brought),
        "contigs": dict(facts.contigs),
    }


def _facts_in(values: dict[str, Any]) -> FileFacts:
    lists = {name: tuple(values.get(name, ())) for name in ("samples_in_file", "annotated_with")}
    return FileFacts(**{**values, **lists, "assembly": Assembly(values["assembly"])})
