"""An existing home moves into a new vault, or an empty one begins there. Killed at any step, what was there is there.

    1  caseboard.vault with the mark `unfinished`; gocryptfs makes its key
    2  every file copied into the open vault and written to the disk
    3  closed, opened again, and every file read back: the same sha256, and the passphrase does open it
    4  caseboard becomes caseboard.unencrypted, then a link into the vault: from here on the vault is the home
    5  the mark goes

Before the link is made `take_back` undoes everything, also at the next try; once it is made only the mark goes, for
somebody may have decided since. The unencrypted folder stays until a person removes it.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.errors import InputError, IntegrityError
from models.on_disk import sha256_of, sync
from models.vault.gocryptfs import initialise, mount, unmount
from models.vault.place import Vault, is_dead, is_there

_CHUNK_BYTES = 1 << 20
_ROOM = 1.05  # of what is copied; each 4 kB block grows by 32 bytes, and names get longer


@dataclass(frozen=True)
class MovedIn:
    """files, size_bytes: how much was copied and found equal; 0 where a home begins in the vault."""

    files: int
    size_bytes: int


def create(vault: Vault, passphrase: str, outside: str, settle: Callable[[], None]) -> MovedIn:
    """Make the vault of a home and leave it open; what was there is then in `vault.plain`.

    outside: the folder of public knowledge within the home, which lies beside the vault; "" when it is elsewhere.
    settle: raises InputError while Caseboard has the home open, else makes its files whole. Raises InputError when
    there is a vault already or no room, IntegrityError when it could not be written or differs.
    """
    take_back(vault)
    if vault.exists or vault.home.is_symlink():
        raise InputError(
            "This installation has a vault already, or its home is a link; see `python cli.py vault status`."
        )
    if vault.plain.exists():
        raise InputError("An unencrypted copy of an earlier home lies here; move it away first.", vault.plain.name)
    if vault.home.is_mount():
        raise InputError("The home is a disk of its own; set CASEBOARD_HOME to a folder on it and move the data there.")
    settle()
    try:
        _refuse_without_room(vault, outside)
        return _create(vault, passphrase, outside)
    except OSError as problem:
        raise IntegrityError(
            f"The vault could not be made ({problem.strerror}); the data is where it was. Run the same command again."
        ) from problem
    finally:
        take_back(vault)


def take_back(vault: Vault) -> None:
    """Undo a making that was interrupted: the home is the folder it was, the half vault is gone."""
    if not is_there(vault.unfinished):
        return
    if not vault.is_linked:
        if vault.is_mounted or is_dead(vault.mount):
            unmount(vault)
        if is_there(vault.plain):
            vault.plain.replace(vault.home)
        shutil.rmtree(vault.cipher, ignore_errors=True)
        if vault.mount.exists():
            vault.mount.rmdir()
    vault.unfinished.unlink()


def keep_outside(vault: Vault, outside: str) -> None:
    """Public knowledge lies beside the vault, the home in the vault has a link to it; done again, nothing changes."""
    if not outside:
        return
    kept, moved, link = vault.root / outside, vault.plain / outside, vault.data / outside
    if not kept.exists():
        moved.replace(kept) if moved.exists() else kept.mkdir(mode=0o755)
    if not link.is_symlink() and not link.exists():
        link.symlink_to(Path("..") / ".." / outside)


def _create(vault: Vault, passphrase: str, outside: str) -> MovedIn:
    vault.root.mkdir(mode=0o700, exist_ok=True)
    vault.unfinished.touch()
    vault.cipher.mkdir(mode=0o700)
    sync(vault.root)
    initialise(vault.cipher, passphrase)
    mount(vault, passphrase)
    before = _stamps(vault.home, outside)
    sums = _copied_in(vault, outside)
    unmount(vault)
    mount(vault, passphrase)
    _compare(vault.data, sums)
    if _stamps(vault.home, outside) != before:
        raise IntegrityError("Something was changed while it was copied; stop Caseboard and try again.")
    _exchange(vault)
    keep_outside(vault, outside)
    return MovedIn(len(sums), sum(size for size, _ in before.values()))


def _exchange(vault: Vault) -> None:
    if vault.home.exists():
        vault.home.replace(vault.plain)
    vault.home.symlink_to(vault.link, target_is_directory=True)
    sync(vault.home.parent)
    vault.unfinished.unlink()
    sync(vault.root)


def _stamps(home: Path, outside: str) -> dict[Path, tuple[int, int]]:
    """Size and time of change of every file that moves."""
    return {p: (s.st_size, s.st_mtime_ns) for p in _entries(home, outside) if p.is_file() for s in (p.lstat(),)}


def _copied_in(vault: Vault, outside: str) -> dict[Path, str]:
    """Every file by its name within the home, with the sha256 it had when it was read."""
    vault.data.mkdir(mode=0o700)
    sums = {}
    for source in _entries(vault.home, outside):
        name = source.relative_to(vault.home)
        target = vault.data / name
        if source.is_symlink():
            target.symlink_to(source.readlink())
        elif source.is_dir():
            target.mkdir(mode=0o700)
        else:
            sums[name] = _copied(source, target)
    for folder in (vault.data, *(p for p in vault.data.rglob("*") if p.is_dir() and not p.is_symlink())):
        sync(folder)
    return sums


def _entries(home: Path, outside: str) -> Iterator[Path]:
    """Folders before what is in them; without what stays outside."""
    if home.is_dir():
        for path in sorted(home.rglob("*")):
            if path.relative_to(home).parts[0] != outside and (path.is_dir() or path.is_file() or path.is_symlink()):
                yield path


def _copied(source: Path, target: Path) -> str:
    total = hashlib.sha256()
    with source.open("rb") as given, target.open("xb") as out:
        while chunk := given.read(_CHUNK_BYTES):
            total.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    shutil.copystat(source, target)
    return total.hexdigest()


def _compare(data: Path, sums: dict[Path, str]) -> None:
    found = {p.relative_to(data) for p in data.rglob("*") if p.is_file() and not p.is_symlink()}
    if found != set(sums) or any(sha256_of(data / name) != wanted for name, wanted in sums.items()):
        raise IntegrityError("What was read back from the vault differs from what was copied; look after the disk.")


def _refuse_without_room(vault: Vault, outside: str) -> None:
    needed = _ROOM * sum(size for size, _ in _stamps(vault.home, outside).values())
    vault.home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    free = shutil.disk_usage(vault.home.parent).free
    if free < needed:
        raise InputError(
            f"The copy in the vault needs {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free; make room first."
        )
