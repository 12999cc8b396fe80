"""A passphrase is typed twice, or read from a descriptor or a keyring's command; it is never an argument, never in the
environment, never in a log.

At least 15 characters: NIST SP 800-63B-4 (July 2025), 3.1.1.2, for a password that is the only factor; no rules of
composition, spaces and every script allowed, as there. The same text typed on another keyboard must open: it is brought
to Unicode's form NFC, which is what keyboards give, so that `gocryptfs` and `age` by hand take the same passphrase.
"""

import os
import shlex
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from getpass import getpass

from models.errors import InputError

SHORTEST = 15
LONGEST_BYTES = 1000  # gocryptfs takes no more than 2,048
_TO_CHOOSE = "Choose another, for example five words drawn at random."


@dataclass(frozen=True)
class Asked:
    """Where a passphrase comes from when not from the person at the terminal. descriptor: an open file, one passphrase
    a line. command: what prints it ("secret-tool lookup caseboard vault"); when a passphrase is changed it gives the
    present one only.
    """

    descriptor: int | None = None
    command: str = ""


def current(asked: Asked, what: str = "Passphrase: ") -> str:
    """The passphrase that should open something. Raises InputError when none comes."""
    if asked.command:
        return _normal(_first_line_of(asked.command))
    return _normal(_line_of(asked.descriptor) if asked.descriptor is not None else _typed(what))


def new(asked: Asked, what: str = "New passphrase: ") -> str:
    """A passphrase that will protect something; at a terminal typed twice. Raises InputError when it will not do."""
    if asked.descriptor is not None:
        return acceptable(_line_of(asked.descriptor))
    if asked.command:
        return acceptable(_first_line_of(asked.command))
    first = acceptable(_typed(what))
    if _normal(_typed("The same again: ")) != first:
        raise InputError("The two passphrases differ; nothing was changed. Try again.")
    return first


def acceptable(text: str) -> str:
    """The passphrase in the form that is used. Raises InputError."""
    normal = _normal(text)
    if len(normal) < SHORTEST:
        raise InputError(f"The passphrase has {len(normal)} characters; at least {SHORTEST} are needed. {_TO_CHOOSE}")
    if len(normal.encode()) > LONGEST_BYTES:
        raise InputError(f"The passphrase is longer than {LONGEST_BYTES} bytes. {_TO_CHOOSE}")
    if len(set(normal)) < 5:
        raise InputError(f"The passphrase repeats a few characters only. {_TO_CHOOSE}")
    return normal


def _normal(text: str) -> str:
    if set(text) & {"\n", "\r", "\0"}:
        raise InputError("A passphrase is one line.")
    return unicodedata.normalize("NFC", text)


def _typed(what: str) -> str:
    if not sys.stdin.isatty():
        raise InputError("Nobody can type a passphrase here; use --passphrase-fd or --passphrase-command.")
    return getpass(what)


def _line_of(descriptor: int) -> str:
    """One line, byte by byte: the next one is left for whoever asks next."""
    read = bytearray()
    try:
        while (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
            read += byte
    except OSError as problem:
        raise InputError(f"No passphrase can be read from descriptor {descriptor} ({problem.strerror}).") from problem
    return _as_text(bytes(read), f"descriptor {descriptor}")


def _first_line_of(command: str) -> str:
    try:
        done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, check=False)  # noqa: S603  the person's own
    except (OSError, ValueError) as problem:
        raise InputError("The command that should give the passphrase cannot be run; check its name.") from problem
    if done.returncode:
        raise InputError(f"The command that should give the passphrase failed (exit {done.returncode}).")
    return _as_text(done.stdout.partition(b"\n")[0], "the command")


def _as_text(read: bytes, origin: str) -> str:
    text = read.removesuffix(b"\r")
    if not text:
        raise InputError(f"No passphrase came from {origin}.")
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise InputError(f"The passphrase from {origin} is not UTF-8 text.") from None
