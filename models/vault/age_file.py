"""Encrypting a file that leaves this machine, in the format age (https://age-encryption.org/v1): X25519 keys,
ChaCha20-Poly1305 in blocks of 64 kB, so that any size passes through little memory and every cut or change is noticed.

A key may be a file of its own, locked with a passphrase (scrypt): a machine that makes backups then needs its public
half only. What is written here `age -d -i KEY` opens as well.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, passphrase
from pyrage.x25519 import Identity, Recipient

from models.errors import InputError, IntegrityError, UnreadableFile
from models.on_disk import write_private

MAGIC = b"age-encryption.org/v1"
_LINE = "AGE-SECRET-KEY-"
_NOT_WHOLE = "It was cut short or changed, and nothing of it was used. Take another copy."


@dataclass(frozen=True)
class Public:
    """To whom something is encrypted; reading it needs the secret half of one of these keys."""

    keys: tuple[Recipient, ...]


def public_keys(words: Sequence[str]) -> Public:
    """Raises InputError for what is no public key."""
    try:
        return Public(tuple(Recipient.from_str(word.strip()) for word in words))
    except RecipientError:
        raise InputError("A public key begins with age1; `python cli.py backup-key FILE` makes a key.") from None


def public_of(key: Identity) -> Public:
    """To its owner only."""
    return Public((key.to_public(),))


def new_key() -> Identity:
    """A secret key; its public half is `to_public()`."""
    return Identity.generate()


def locked(key: Identity, secret: str) -> bytes:
    """A key that only this passphrase opens: an age file of one line."""
    sealed: bytes = passphrase.encrypt(f"{key}\n".encode(), secret)
    return sealed


def unlocked(held: bytes, ask: Callable[[], str]) -> Identity:
    """The key of such a file, or of one that is not locked. ask: is asked when it is.

    Raises InputError for another passphrase, UnreadableFile for what is no key.
    """
    if held.startswith(MAGIC):
        try:
            held = passphrase.decrypt(held, ask())
        except DecryptError:
            raise InputError("This is not its passphrase; nothing was changed.") from None
    line = next((one for one in held.decode(errors="replace").splitlines() if one.startswith(_LINE)), "")
    try:
        return Identity.from_str(line)
    except IdentityError:
        raise UnreadableFile("This is no key; `python cli.py backup-key FILE` makes one.") from None


def write_key(path: Path, secret: str) -> str:
    """A new key file, for its owner only; the public half. Raises InputError when the file is there."""
    key = new_key()
    if path.exists():
        raise InputError("There is a file of this name already; give the key a new name.", path.name)
    try:
        write_private(path, locked(key, secret))
    except OSError as problem:
        raise IntegrityError(f"The key could not be written ({problem.strerror}).") from problem
    return str(key.to_public())


@contextmanager
def encrypted(out: IO[bytes], to: Public) -> Iterator[IO[bytes]]:
    """What is written to the stream given arrives encrypted in `out`. Whole only when the block ends without an error;
    of one that does not, `out` must be thrown away. Raises OSError when `out` cannot be written."""
    read_end, write_end = os.pipe()
    with ThreadPoolExecutor(max_workers=1) as pool, os.fdopen(write_end, "wb") as writer:
        done = pool.submit(_encrypt, read_end, out, to)
        try:
            yield writer
            writer.close()
        except BrokenPipeError:
            done.result()  # the other side ended first, and says why
            raise
        done.result()


def _encrypt(read_end: int, out: IO[bytes], to: Public) -> None:
    with os.fdopen(read_end, "rb") as reader:
        encrypt_io(reader, out, to.keys)


def decrypt(source: IO[bytes], out: IO[bytes], key: Identity) -> None:
    """Raises InputError for another key, UnreadableFile for what is not whole, OSError when `out` cannot be written."""
    try:
        decrypt_io(source, out, [key])
    except DecryptError:
        raise InputError("This key does not open it: it is for another one, or its beginning is damaged.") from None
    except OSError as problem:
        if problem.errno is None:  # the library's own: a block is not what was written
            raise UnreadableFile(_NOT_WHOLE) from None
        raise
