"""gocryptfs on this machine: the program that encrypts. It is given the passphrase on its standard input.

AES-256-GCM for contents, AES-EME for names, scrypt (N = 2^16) for the passphrase; each vault has its own master key.
What it keeps open to see: how many files there are, how large and how old each is.
Source: https://nuetzlich.net/gocryptfs/ and gocryptfs(1), "EXIT CODES".
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from models.errors import InputError, IntegrityError
from models.vault.place import CONFIGURATION, Vault, is_dead

_SCRYPT_LOG_N = 16  # gocryptfs's default: 64 MB and a quarter of a second for each guess
_WAIT_S = 10.0  # a program that just stopped may take a moment to let go of its files
_OTHER_WAY = "Or encrypt the whole disk: LUKS on Linux, FileVault on macOS, BitLocker on Windows."
_INSTALL = {
    "linux": "On Debian or Ubuntu: sudo apt-get install gocryptfs fuse3.",
    "darwin": "On macOS: brew install --cask macfuse, then brew install gromgit/fuse/gocryptfs-mac.",
}
_KEY = f"The vault's {CONFIGURATION} is missing or damaged; put back the copy that you keep of it."
_SENTENCES = {
    10: "The place where the vault opens is not empty or not a folder; look what lies there.",
    11: _KEY,  # "other", which is what a file of which a part is missing comes to
    12: "This is not the passphrase of the vault; nothing was changed.",
    23: _KEY,
    24: "The vault could not be written; look whether the disk is full or read-only.",
}


def why_not_usable() -> str:
    """Why no vault can be used on this machine, with what to do; "" when one can."""
    system = "linux" if sys.platform.startswith("linux") else sys.platform
    if system not in _INSTALL:
        return f"A vault needs gocryptfs, which is not for this system. {_OTHER_WAY}"
    if shutil.which("gocryptfs") is None:
        return f"A vault needs gocryptfs, which is not installed. {_INSTALL[system]} {_OTHER_WAY}"
    if system == "linux" and _fusermount() is None:
        return f"A vault needs fusermount, which is not installed. {_INSTALL[system]} {_OTHER_WAY}"
    if system == "linux" and not os.access("/dev/fuse", os.R_OK | os.W_OK):
        return f"/dev/fuse is missing here or may not be used (in a container it must be allowed). {_OTHER_WAY}"
    return ""


def initialise(cipher: Path, passphrase: str) -> None:
    """A new, empty vault in an empty folder. gocryptfs writes the master key on the terminal itself, once; it never
    passes through here, and is not written when nobody is there to see it."""
    _run(["-init", f"-scryptn={_SCRYPT_LOG_N}", str(cipher)], [passphrase], is_seen=sys.stdout.isatty())


def mount(vault: Vault, passphrase: str) -> None:
    """Open it. Raises InputError for another passphrase, IntegrityError when it cannot be opened."""
    if is_dead(vault.mount):
        unmount(vault)
    vault.mount.mkdir(exist_ok=True, mode=0o700)
    _run([str(vault.cipher), str(vault.mount)], [passphrase])
    if not vault.is_mounted:
        raise IntegrityError("gocryptfs ended without opening the vault; its reason is in the system's log.")


def change(vault: Vault, old: str, passphrase: str) -> None:
    """Another passphrase for the same master key. Raises InputError when `old` is not the present one."""
    _run(["-passwd", str(vault.cipher)], [old, passphrase])


def unmount(vault: Vault, wait_s: float = _WAIT_S) -> None:
    """Close it. Raises InputError while a program has files in it open."""
    until = time.monotonic() + wait_s
    while True:
        done = subprocess.run(_unmounting(vault), capture_output=True, check=False)  # noqa: S603
        if not done.returncode or not (vault.is_mounted or is_dead(vault.mount)):
            return
        if time.monotonic() > until:
            raise InputError(
                "The vault is in use: Caseboard, or another program, has a file in it open. Stop it, then close."
            )
        time.sleep(0.1)


def _unmounting(vault: Vault) -> list[str]:
    if not sys.platform.startswith("linux"):
        return ["umount", str(vault.mount)]
    dead = ["-z"] if is_dead(vault.mount) else []  # nothing is left that could be written
    return [str(_fusermount()), "-u", *dead, str(vault.mount)]


def _fusermount() -> str | None:
    return shutil.which("fusermount3") or shutil.which("fusermount")


def _run(arguments: Sequence[str], lines: Sequence[str], is_seen: bool = False) -> None:
    reason = why_not_usable()
    if reason:
        raise InputError(reason)
    command = [str(shutil.which("gocryptfs")), *([] if is_seen else ["-q"]), *arguments]
    said = "".join(f"{line}\n" for line in lines)
    shown = None if is_seen else subprocess.DEVNULL
    done = subprocess.run(command, input=said, text=True, stdout=shown, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode == 12:
        raise InputError(_SENTENCES[12])
    if done.returncode:
        other = f"gocryptfs could not do it (its exit code is {done.returncode}; see gocryptfs(1))."
        raise IntegrityError(_SENTENCES.get(done.returncode, other))
