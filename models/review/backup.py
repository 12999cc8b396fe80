"""One file that holds every decision and every case, and says of itself whether it is whole.

A zip archive: `decisions.db` (a copy by SQLite's own backup, never the bare file beside its WAL; the same for
decisions kept in PostgreSQL), `cases/...`, and last `manifest.json` with the sha256 of each and the end of each
chain. It appears under its name only when it is complete and on the disk. Encrypted when a seal is given (sealed.py).
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from models.errors import InputError, IntegrityError, UnreadableFile
from models.on_disk import sync
from models.review.database import FILE_NAME, NEWEST, Database
from models.review.sealed import NOT_WHOLE, Keys, Seal, draft, seal_of_installation, sealing, unsealed
from models.review.telling import counted
from models.review.transfer import copy_database
from models.review.verify import Head, first_broken, head_of

CASES, MANIFEST = "cases", "manifest.json"
FORMAT = 1
_CHUNK_BYTES = 1 << 20
FOLDER_VARIABLE = "CASEBOARD_BACKUPS"


@dataclass(frozen=True)
class Manifest:
    """What a backup says it holds. schema: of its decisions; files: sha256 by name, without the manifest itself."""

    made_at: str
    schema: str
    head: Head
    files: Mapping[str, str]

    @property
    def cases(self) -> int:
        return len({name.split("/")[1] for name in self.files if name.startswith(f"{CASES}/")})


def folder_of_backups(home: Path) -> Path:
    """Where the System screen writes backups: $CASEBOARD_BACKUPS, else beside the cases. It need not be there yet."""
    return Path(os.environ.get(FOLDER_VARIABLE, "") or home / "backups")


def back_up(where: Path | str, home: Path, target: Path, at: datetime, seal: Seal | None = None) -> Manifest:
    """Write a backup while Caseboard may be running; `target` is there whole or not at all.

    seal: who may open it; without one whoever this installation always encrypts to, else everybody. Raises InputError
    when it exists, IntegrityError when a chain is broken or the file cannot be written.
    """
    seal = seal or seal_of_installation()
    if target.exists():
        raise InputError("There is a file of this name already; give the backup a new name.", target.name)
    part = target.with_name(target.name + ".part")
    try:
        with draft(home) if seal else _beside(target) as folder:  # nothing unencrypted goes where only a sealed one may
            decisions = folder / FILE_NAME
            head = _copy_of_decisions(where, decisions)
            files = {FILE_NAME: decisions, **_case_files(home)}
            manifest = _write(part, files, head, at, seal)
        part.replace(target)
        sync(target.parent)
    except FileNotFoundError as problem:
        raise IntegrityError(
            "A case was changed while it was copied, or the folder is missing; try again."
        ) from problem
    except OSError as problem:
        raise IntegrityError(f"The backup could not be written ({problem.strerror}); nothing was changed.") from problem
    finally:
        part.unlink(missing_ok=True)
    return manifest


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        yield Path(folder)


def _copy_of_decisions(where: Path | str, to: Path) -> Head:
    source = Database(where)
    try:
        copy_database(source, to)
    finally:
        source.close()
    return checked_head(to)


def checked_head(decisions: Path) -> Head:
    """The end of a log in a file whose chains are whole. Raises IntegrityError otherwise."""
    copy = Database(decisions)
    try:
        with copy.reading() as connection:
            broken, head = first_broken(connection), head_of(connection)
        if broken:
            raise IntegrityError(f"{broken.sentence} Keep a copy of the whole folder, and restore an earlier backup.")
        copy.into_one_file()
    finally:
        copy.close()
    return head


def _case_files(home: Path) -> dict[str, Path]:
    found = sorted(p for p in (home / CASES).rglob("*") if p.is_file() and not p.is_symlink())
    return {p.relative_to(home).as_posix(): p for p in found}


def _write(part: Path, files: Mapping[str, Path], head: Head, at: datetime, seal: Seal | None) -> Manifest:
    opened = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)  # patients' data: for its owner only
    with os.fdopen(opened, "w+b") as out:
        with sealing(out, seal) as stream, zipfile.ZipFile(stream, "w") as archive:
            sums = {name: _add(archive, name, path) for name, path in files.items()}
            manifest = Manifest(at.isoformat(timespec="seconds"), NEWEST, head, sums)
            archive.writestr(MANIFEST, _as_json(manifest))
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as out:
        return _copied(source, out)


def _copied(source: IO[bytes], out: IO[bytes]) -> str:
    """Copy to the end; the sha256 of what was copied."""
    total = hashlib.sha256()
    while chunk := source.read(_CHUNK_BYTES):
        total.update(chunk)
        out.write(chunk)
    return total.hexdigest()


def _as_json(manifest: Manifest) -> str:
    head = manifest.head
    document = {
        "format": FORMAT,
        "made_at": manifest.made_at,
        "schema": manifest.schema,
        "events": head.events,
        "head": head.hash,
        "ends": head.ends,
        "files": manifest.files,
    }
    return json.dumps(document, indent=1)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the backup says of itself. Raises UnreadableFile when it is not whole, InputError when it is newer."""
    try:
        document = json.loads(archive.read(MANIFEST))
        if document["format"] != FORMAT:
            raise InputError("This backup was made by another version of Caseboard; update this one.")
        ends = {str(c): (int(v), str(h)) for c, (v, h) in document["ends"].items()}
        head = Head(int(document["events"]), ends)
        manifest = Manifest(str(document["made_at"]), str(document["schema"]), head, dict(document["files"]))
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError) as problem:
        raise UnreadableFile(NOT_WHOLE) from problem
    inside = [name for name in archive.namelist() if name != MANIFEST]
    if head.hash != document["head"] or sorted(inside) != sorted(manifest.files) or not all(map(_is_ours, inside)):
        raise UnreadableFile(NOT_WHOLE)
    return manifest


def _is_ours(name: str) -> bool:
    """A name that stays inside the folder it is unpacked to."""
    first, *rest = name.split("/")
    safe = all(p not in {"", ".", ".."} for p in rest) and not set(name) & {"\\", "\x00", ":"}
    return name == FILE_NAME or (first == CASES and bool(rest) and safe)


def opened(source: Path) -> zipfile.ZipFile:
    """The archive. Raises InputError without a file, UnreadableFile when it is none."""
    if not source.is_file():
        raise InputError("no such file; check the name.", source.name)
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError) as problem:
        raise UnreadableFile(NOT_WHOLE, source.name) from problem


def unpacked(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Every file below `folder`, compared with its sha256. Raises UnreadableFile."""
    for name, wanted in manifest.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("wb") as out:
            _copied_whole(archive, name, out, wanted)
            out.flush()
            os.fsync(out.fileno())


def _copied_whole(archive: zipfile.ZipFile, name: str, out: IO[bytes], wanted: str) -> None:
    try:
        with archive.open(name) as source:
            if _copied(source, out) != wanted:
                raise UnreadableFile(NOT_WHOLE)
    except (zipfile.BadZipFile, EOFError) as problem:
        raise UnreadableFile(NOT_WHOLE) from problem


def head_in(source: Path, home: Path, keys: Keys | None = None) -> Head:
    """The end of every chain when a backup was made, for `DecisionLog.first_not_following`; every byte of the backup
    is compared with its manifest first.

    An encrypted one is decrypted in `home` for as long as this takes. Raises UnreadableFile, InputError when it is
    encrypted and `keys` do not open it.
    """
    with draft(home) as folder, unsealed(source, keys, folder) as plain, opened(plain) as archive:
        manifest = read_manifest(archive)
        for name, wanted in manifest.files.items():
            with Path(os.devnull).open("wb") as nowhere:
                _copied_whole(archive, name, nowhere, wanted)
    return manifest.head


def lines(manifest: Manifest) -> Iterator[str]:
    """What to tell about a backup."""
    head = f"{counted(manifest.head.events, 'decision')} on {counted(manifest.head.cases, 'case')}"
    yield f"{head}; {counted(manifest.cases, 'stored case')}"
    yield f"head {manifest.head.hash}"
