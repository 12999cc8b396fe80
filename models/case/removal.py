"""A case's files removed for good, and one hash by which a copy of them that is found later is recognised.

Everywhere below the data folder where a case can lie: `cases/<case id>`, the same below a folder that a restore set
aside, and a draft of it that was never finished. A place disappears by one rename into `deleting/`, and is removed
there: killed in between, `remove` goes on where it was. Bytes that a disk keeps of removed files are beyond a program;
only an encrypted disk or vault takes them away.
"""

import hashlib
import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from models.errors import IntegrityError
from models.on_disk import sha256_of

DELETING = "deleting"


@dataclass(frozen=True)
class Inventory:
    """What lies in a folder. sha256: over the JSON list of [name, sha256 of the content], sorted by name."""

    files: int = 0
    bytes: int = 0
    sha256: str = ""


def inventory(folder: Path) -> Inventory:
    """Every file below `folder`; nothing when there is none. Raises IntegrityError when one cannot be read."""
    try:
        found = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
        sums = sorted([p.relative_to(folder).as_posix(), sha256_of(p)] for p in found)
        size = sum(p.stat().st_size for p in found)
    except OSError as problem:
        raise IntegrityError(
            f"The files of the case cannot be read ({problem.strerror}), or are just changed; try again."
        ) from problem
    whole = json.dumps(sums, ensure_ascii=True).encode("ascii")
    return Inventory(len(sums), size, hashlib.sha256(whole).hexdigest()) if sums else Inventory()


def places_of(home: Path, case_id: str) -> tuple[Path, ...]:
    """Every folder that holds this case."""
    if not (case_id.isascii() and case_id.replace("-", "").isalnum()):
        return ()
    drafts = [p for p in _drafts(home) if _case_in(p) == case_id]
    aside = (p / "cases" / case_id for p in set_aside(home))
    return tuple(p for p in (home / "cases" / case_id, *aside, *drafts) if p.is_dir())


def set_aside(home: Path) -> tuple[Path, ...]:
    """The folders in which a restore, whole or killed, left cases and decisions as they were before."""
    return tuple(sorted(p for p in home.glob("*restore-*") if p.is_dir()))


def remove(home: Path, case_id: str) -> None:
    """Remove every place of a case, and what an earlier removal did not finish.

    Raises IntegrityError when the system refuses; doing it again goes on.
    """
    away = home / DELETING
    try:
        for place in places_of(home, case_id):
            away.mkdir(mode=0o700, exist_ok=True)
            place.replace(away / secrets.token_hex(8))
        if away.exists():
            shutil.rmtree(away)
    except FileNotFoundError:  # somebody else removes the same
        remove(home, case_id)
    except OSError as problem:
        raise IntegrityError(
            f"The files of a deleted case could not be removed ({problem.strerror}). Give Caseboard the right to "
            "write in its data folder and start it again; it then ends what it began."
        ) from problem


def _drafts(home: Path) -> list[Path]:
    folder = home / "drafts"
    return sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def _case_in(draft: Path) -> str:
    """The case that a draft would become; "" while nothing says so. What else its words name is another's."""
    try:
        return str(json.loads((draft / "case.json").read_text(encoding="utf-8"))["summary"]["id"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
