"""The manifest beside the shipped model: what may be loaded, and what it was made from.

It is canonical JSON that names the sha256 of each model file and, last, of itself, so any changed
byte in the folder is noticed before LightGBM sees a file (a damaged text model can abort the process).
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.errors import IntegrityError

MANIFEST_NAME = "manifest.json"
RANKER_NAME = "ranker.txt"
EFFECT_NAME = "effect.txt"
FORMAT = 1
# A manifest is a few kilobytes; anything larger is not ours.
MOST_BYTES = 1_000_000
_CURE = "install Caseboard again, or train the model again with 'python cli.py train'."


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def case_mark(case_id: str) -> str:
    """Eight hexadecimal digits that stand for a training patient in the manifest."""
    return sha256_of(case_id.encode())[:8]


def _canonical(manifest: Mapping[str, Any]) -> str:
    return json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=True, allow_nan=False) + "\n"


def seal(manifest: Mapping[str, Any]) -> str:
    """The text to write: canonical, with its own checksum."""
    bare = {k: v for k, v in manifest.items() if k != "manifest_sha256"}
    return _canonical({**bare, "manifest_sha256": sha256_of(_canonical(bare).encode())})


def _parse(text: str) -> dict[str, Any]:
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise IntegrityError(f"The model's manifest is damaged; {_CURE}", MANIFEST_NAME) from fault
    if not isinstance(manifest, dict):
        raise IntegrityError(f"The model's manifest is damaged; {_CURE}", MANIFEST_NAME)
    return manifest


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise IntegrityError(
            f"The model's file {path.name} is missing or cannot be read; {_CURE}", path.name
        ) from fault


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of `folder`; raises IntegrityError unless every byte is as it was sealed."""
    content = _read(folder / MANIFEST_NAME)
    if len(content) > MOST_BYTES:
        raise IntegrityError(f"The model's manifest is too large to be ours; {_CURE}", MANIFEST_NAME)
    text = content.decode("ascii", errors="replace")
    manifest = _parse(text)
    if seal(manifest) != text or manifest.get("format") != FORMAT:
        raise IntegrityError(f"The model's manifest was changed after it was sealed; {_CURE}", MANIFEST_NAME)
    return manifest


def read_model(folder: Path, name: str, manifest: Mapping[str, Any]) -> str:
    """The text of one model file; raises IntegrityError unless its sha256 is the manifest's."""
    content = _read(folder / name)
    if sha256_of(content) != manifest["files"].get(name):
        raise IntegrityError(f"The model's file {name} is not what its manifest says; {_CURE}", name)
    return content.decode("ascii")
