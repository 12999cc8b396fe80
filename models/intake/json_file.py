"""JSON from strangers: size, depth, repeated keys and numbers that are not numbers (SAFETY T11)."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from models.errors import TooLarge, UnreadableFile

MAX_JSON_BYTES = 60 * 1024 * 1024  # the largest Synthea bundle of a long life is about 40 MB
MAX_JSON_DEPTH = 100  # FHIR R4 resources nest below 30; the parser recurses, so a bomb must stop here

_STEP_OF_BYTE = np.zeros(256, dtype=np.int8)
_STEP_OF_BYTE[list(b"[{")], _STEP_OF_BYTE[list(b"]}")] = 1, -1
# Possessive, and the closing quote may be missing: a string that never ends must not cost the square of its length.
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def _check_depth(text: str, name: str) -> None:
    step = _STEP_OF_BYTE[np.frombuffer(_STRING.sub("", text).encode(), dtype=np.uint8)]
    depth = np.cumsum(step[step != 0], dtype=np.int32)
    if len(depth) and int(depth.max()) > MAX_JSON_DEPTH:
        raise TooLarge(f"nested deeper than {MAX_JSON_DEPTH} levels; this is not a clinical record.", name)


def _no_repeats(name: str) -> Any:
    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            keys = [k for k, _ in pairs]
            twice = next(k for k in keys if keys.count(k) > 1)
            raise UnreadableFile(
                f"the key '{twice[:40]}' stands twice in one object, so its value is ambiguous; export the file again.",
                name,
            )
        return found

    return build


def read_json(path: Path, display_name: str) -> Any:
    """The document in `path`. NaN and Infinity become None (unknown).

    Raises TooLarge or UnreadableFile with the display name and line.
    """
    if path.stat().st_size > MAX_JSON_BYTES:
        raise TooLarge(
            f"larger than {MAX_JSON_BYTES // 2**20} MB; export a shorter period of the record.", display_name
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableFile("not UTF-8 text; save it as JSON in UTF-8.", display_name) from problem
    _check_depth(text, display_name)
    try:
        return json.loads(text, object_pairs_hook=_no_repeats(display_name), parse_constant=lambda _: None)
    except json.JSONDecodeError as problem:
        raise UnreadableFile(
            f"not valid JSON ({problem.msg}); export the file again.", f"{display_name} line {problem.lineno}"
        ) from problem
    except ValueError as problem:  # an integer of more than 4,300 digits
        raise UnreadableFile("holds a number too long to read; export the file again.", display_name) from problem
