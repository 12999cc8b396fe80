"""The two secrets of a patient: by how many days their dates move, and the random code they go out under.

Kept in `moved.json` in the case's folder, for its owner's eyes only: it goes into backups with the case and is deleted
with it, and never leaves in an export. A second case of the same patient (the same number or the same name and birth
date in its files) uses the first one's. Both are random and follow from nothing (45 CFR 164.514(c)(1)).
"""

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from models.case import Known, Sort, Whose
from models.case.known import read_known
from models.errors import IntegrityError
from models.on_disk import write_private
from models.privacy.names import words

SECRET_FILE = "moved.json"  # noqa: S105  a file name
# More than a year, so that no moved date keeps its year; up to ten, so that nobody can try them all by the seasons.
LEAST_DAYS, MOST_DAYS = 366, 3652


@dataclass(frozen=True)
class Secret:
    """days_back: every date of the patient leaves as many days earlier. code: what the patient is called outside."""

    days_back: int
    code: str


def secret_of(folder: Path) -> Secret:
    """The secrets of the patient whose case lies in `folder` (`cases/<id>`), made when they are first asked for.

    Raises IntegrityError when they are damaged or cannot be kept.
    """
    path = folder / SECRET_FILE
    if not path.exists():
        _keep(path, _of_another_case(folder) or _new())
    return _read(path)


def _new() -> Secret:
    return Secret(LEAST_DAYS + secrets.randbelow(MOST_DAYS - LEAST_DAYS + 1), f"P-{secrets.token_hex(4)}")


def _of_another_case(folder: Path) -> Secret | None:
    mine = _identity(read_known(folder) or ())
    for other in sorted(folder.parent.iterdir()) if mine else ():
        if other != folder and (other / SECRET_FILE).is_file() and mine & _identity(read_known(other) or ()):
            return _read(other / SECRET_FILE)
    return None


def _identity(known: Iterable[Known]) -> frozenset[tuple[str, ...]]:
    """What is the same in two cases of one patient: a number of theirs, or name and birth date together."""
    mine = [k for k in known if k.whose is Whose.PATIENT]
    numbers = {("number", *words(k.value)) for k in mine if k.sort is Sort.NUMBER and len(k.value) >= len("AB-12")}
    born = [k.value for k in mine if k.sort is Sort.DATE]
    named = {("name", *words(k.value), *born) for k in mine if k.sort is Sort.NAME} if born else set()
    return frozenset(numbers | named)


def _keep(path: Path, secret: Secret) -> None:
    """Whole or not at all; of two that begin at once the first one's stays."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        write_private(draft, json.dumps(asdict(secret)).encode("ascii"))
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        except PermissionError:  # a file system without hard links
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        raise IntegrityError(
            f"The case's folder cannot keep how its dates are moved ({problem.strerror}); nothing was exported. "
            "Make room, or have the folder made writable."
        ) from problem


def _read(path: Path) -> Secret:
    try:
        secret = Secret(**json.loads(path.read_text(encoding="ascii")))
        if not LEAST_DAYS <= secret.days_back <= MOST_DAYS:
            raise ValueError("out of range")
    except (OSError, ValueError, TypeError) as problem:
        raise IntegrityError(
            "How this patient's dates are moved cannot be read; restore moved.json of the case from a backup, so that "
            "they move as before."
        ) from problem
    return secret
