"""What every source of knowledge must say about itself, and answer."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Looked
from models.errors import IntegrityError
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Offer
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

TABLES = Path(__file__).parent / "tables"
MANIFEST = "manifest.json"  # table -> sha256 of its file; written by tables/build.py


@dataclass(frozen=True)
class Example:
    """A look-up with the answer it must give: a `Found`, `Absent` or `NotAssessed`."""

    query: str
    answer: Looked[str]


@dataclass(frozen=True)
class Source:
    """One thing the world knows.

    question: what it answers, for people. unit: of its values. missing: what it means when there is
    no answer. release: the one in use, None when it does not ship and is not installed. look_up: the
    one-value form of the source, for people and for the contract test; never touches the network. found,
    missed: examples of an answer and of none. offers: what can be installed of it, one a build.
    """

    key: str
    question: str
    unit: str
    missing: str
    release: Callable[[Library], Release | None]
    look_up: Callable[["Knowledge", str], Looked[str]]
    found: Example
    missed: Example
    offers: tuple[Offer, ...] = ()


def read_table(name: str, folder: Path = TABLES) -> pd.DataFrame:
    """One shipped table, after its bytes were compared with the manifest.

    Raises IntegrityError when it is missing or not what the manifest says.
    """
    try:
        content = (folder / f"{name}.parquet").read_bytes()
        expected = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get(name)
    except (OSError, ValueError) as problem:
        raise IntegrityError(f"The knowledge table '{name}' cannot be read; install Caseboard again.") from problem
    if hashlib.sha256(content).hexdigest() != expected:
        raise IntegrityError(f"The knowledge table '{name}' is not the one that was shipped; install Caseboard again.")
    return pd.read_parquet(BytesIO(content))
