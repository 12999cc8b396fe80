"""Who and what the delivered files name: kept in a file of its own beside the case, and read by one room only.

No screen, report or export is made from it. `models.privacy` looks for these words in whatever is to leave without
identity; without them, nobody could find a name in a letter. Layout: `known.json` in the case's folder.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import cattrs

from models.errors import IntegrityError

KNOWN_FILE = "known.json"
FORMAT_VERSION = 1


class Sort(str, Enum):
    """What a known word is. NUMBER: any number or code given to one person or thing; WEB: an address on a network."""

    NAME = "name"
    PLACE = "place"
    ZIP = "zip"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    WEB = "web"
    FILE = "file"


class Whose(str, Enum):
    """Of whom it is. OTHER: the record does not say."""

    PATIENT = "patient"
    RELATIVE = "relative"
    PRACTITIONER = "practitioner"
    ORGANISATION = "organisation"
    OTHER = "other"


@dataclass(frozen=True, order=True)
class Known:
    """One word or phrase as the files hold it, of any length. about: the id of the resource or person it belongs to,
    so that the parts of one name stay together; "" when there is none."""

    sort: Sort
    whose: Whose
    value: str
    about: str = ""


def write_known(folder: Path, known: Iterable[Known]) -> None:
    """Keep what the files name, for its owner's eyes only."""
    path = folder / KNOWN_FILE
    path.touch(mode=0o600)
    document = {"version": FORMAT_VERSION, "known": cattrs.unstructure(sorted(set(known)))}
    path.write_text(json.dumps(document, indent=0), encoding="ascii")


def read_known(folder: Path) -> tuple[Known, ...] | None:
    """What `write_known` kept; None for a case that was read before it was kept.

    Raises IntegrityError when the file is damaged or of a newer version.
    """
    path = folder / KNOWN_FILE
    if not path.is_file():
        return None
    try:
        document = json.loads(path.read_text(encoding="ascii"))
        if document["version"] != FORMAT_VERSION:
            raise ValueError("another version")
        return cattrs.structure(document["known"], tuple[Known, ...])
    except (OSError, ValueError, KeyError, TypeError, cattrs.BaseValidationError) as problem:
        raise IntegrityError(
            "What the files of this case name cannot be read; add its files again before anything leaves it."
        ) from problem
