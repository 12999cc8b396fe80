"""A backup in an envelope that only its passphrase, or the owner of a key, opens. The backup inside is the plain one.

For public keys the file is an age file of the backup. For a passphrase it is a zip archive with a key locked by the
passphrase and the backup encrypted to that key, so that no size has to fit into memory; a third member says how to open
it without Caseboard.
"""

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyrage.x25519 import Identity

from models.errors import InputError, UnreadableFile
from models.vault import age_file, vault_of

TO_VARIABLE = "CASEBOARD_BACKUP_TO"
_KEY, _BACKUP, _TOLD = "key.age", "backup.zip.age", "how-to-open.txt"
_HOW = (
    "An encrypted backup of Caseboard. With Caseboard: python cli.py restore FILE\n"
    f"Without: unpack this archive, then: age -d -i {_KEY} {_BACKUP} > backup.zip (https://age-encryption.org)\n"
)
NOT_WHOLE = "This is not a whole backup: it was cut short, changed, or is something else. Use another one."


@dataclass(frozen=True)
class Seal:
    """Who may open a backup: whoever knows the passphrase, or owns one of the public keys (age1...)."""

    passphrase: str = ""
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keys:
    """What may open a backup. ask: asks for a passphrase, when one is needed; file: a key file."""

    ask: Callable[[], str]
    file: Path | None = None


def seal_of_installation() -> Seal | None:
    """The public keys of $CASEBOARD_BACKUP_TO, separated by commas, for every backup made here; None without."""
    keys = tuple(word.strip() for word in os.environ.get(TO_VARIABLE, "").split(",") if word.strip())
    return Seal(to=keys) if keys else None


@contextmanager
def sealing(out: IO[bytes], seal: Seal | None) -> Iterator[IO[bytes]]:
    """Where to write the plain backup so that `out` becomes the sealed one; `out` itself without a seal.

    Raises InputError for what is no public key.
    """
    if seal is None:
        yield out
    elif seal.to:
        with age_file.encrypted(out, age_file.public_keys(seal.to)) as stream:
            yield stream
    else:
        key = age_file.new_key()
        with zipfile.ZipFile(out, "w") as envelope:
            envelope.writestr(_TOLD, _HOW)
            envelope.writestr(_KEY, age_file.locked(key, seal.passphrase))
            with (
                envelope.open(_BACKUP, "w", force_zip64=True) as member,
                age_file.encrypted(member, age_file.public_of(key)) as stream,
            ):
                yield stream


@contextmanager
def unsealed(source: Path, keys: Keys | None, folder: Path) -> Iterator[Path]:
    """The plain backup: `source` itself, or its content decrypted into `folder` and removed at the end.

    Raises InputError without a key or for another one, UnreadableFile when it is not whole.
    """
    if not _is_sealed(source):
        yield source
        return
    plain = folder / "decrypted.zip"
    try:
        with _parts(source) as (held, sealed):
            key = _key(held, keys, source)
            with os.fdopen(os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                age_file.decrypt(sealed, out, key)
        yield plain
    finally:
        plain.unlink(missing_ok=True)


def unencrypted_from_vault(home: Path, backup: Path) -> str:
    """What to say of a backup that leaves a vault unencrypted; "" of any other."""
    if not vault_of(home).is_linked or _is_sealed(backup):
        return ""
    return "The data here is in a vault and this backup of it is not encrypted; --encrypt or --to would encrypt it."


def _is_sealed(source: Path) -> bool:
    try:
        if _begins_as_age(source):
            return True
        with zipfile.ZipFile(source) as archive:
            return {_KEY, _BACKUP} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False  # not there, or not whole: whoever opens it as a plain one says so


def _begins_as_age(source: Path) -> bool:
    with source.open("rb") as start:
        return start.read(len(age_file.MAGIC)) == age_file.MAGIC


@contextmanager
def _parts(source: Path) -> Iterator[tuple[bytes, IO[bytes]]]:
    """The locked key that lies in it (none: b"") and the encrypted backup."""
    if _begins_as_age(source):
        with source.open("rb") as sealed:
            yield b"", sealed
        return
    try:
        with zipfile.ZipFile(source) as envelope, envelope.open(_BACKUP) as sealed:
            yield envelope.read(_KEY), sealed
    except zipfile.BadZipFile as problem:
        raise UnreadableFile(NOT_WHOLE, source.name) from problem


def _key(held: bytes, keys: Keys | None, source: Path) -> Identity:
    if keys is None:
        raise InputError("This backup is encrypted; it needs its passphrase or its key.", source.name)
    if held:
        return age_file.unlocked(held, keys.ask)
    if keys.file is None:
        raise InputError("This backup is encrypted to a public key; name the key's file: --key FILE.", source.name)
    try:
        return age_file.unlocked(keys.file.read_bytes(), keys.ask)
    except OSError as problem:
        raise InputError(f"The key cannot be read ({problem.strerror}).", keys.file.name) from problem


@contextmanager
def draft(home: Path) -> Iterator[Path]:
    """A private folder in the home (in the vault, where there is one), where drafts of readers lie too: what a killed
    program left is thrown away with them."""
    drafts = home / "drafts"
    drafts.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=drafts) as folder:
        yield Path(folder)
