"""A machine's vaults under test: made with the real gocryptfs, skipped where it or FUSE is not there."""

import argparse
import io
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from models.errors import CaseboardError
from models.vault import vault_of
from models.vault.commands import Desk, run
from models.vault.gocryptfs import unmount, why_not_usable
from models.vault.place import is_dead
from tests.waiting import wait_for

PASSPHRASE = "correct horse battery staple"


@dataclass
class Person:
    """Somebody at the terminal of one installation."""

    home: object
    outside: str = ""
    answer: str | None = None  # to what is asked; None: nobody is there
    settle: object = field(default=lambda: None)
    served: list = field(default_factory=list)

    @property
    def vault(self):
        return vault_of(self.home)

    def does(self, verb, *passphrases):
        """What the verb says to somebody who gives these passphrases."""
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{p}\n" for p in passphrases).encode())
        os.close(writing)
        out = io.StringIO()
        ask = None if self.answer is None else lambda _: self.answer
        desk = Desk(self.vault, self.outside, self.settle, False, self.serve, ask, out)
        try:
            run(argparse.Namespace(verb=verb, passphrase_fd=reading, passphrase_command=""), desk)
        finally:
            os.close(reading)
        return out.getvalue()

    def serve(self, environment):
        self.served.append(environment)
        return subprocess.Popen(["true"])


@pytest.fixture(scope="session")
def usable(tmp_path_factory):
    """Also the system must let us mount, which some containers forbid in spite of all that is installed."""
    reason = why_not_usable()
    if reason:
        pytest.skip(reason)
    cipher, clear = tmp_path_factory.mktemp("cipher"), tmp_path_factory.mktemp("clear")
    for words in (["-init", "-scryptn=10", str(cipher)], [str(cipher), str(clear)]):
        done = subprocess.run(
            ["gocryptfs", "-q", *words], input=PASSPHRASE, text=True, stderr=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            pytest.skip(f"this system lets nobody mount a vault (gocryptfs ended with {done.returncode})")
    subprocess.run([shutil.which("fusermount3") or "fusermount", "-u", str(clear)], check=False)


@pytest.fixture
def person(usable, tmp_path, monkeypatch):
    """Whose vaults are closed again at the end, whatever happened; passphrases are cheap to try, to save time."""
    monkeypatch.setattr("models.vault.gocryptfs._SCRYPT_LOG_N", 10)
    somebody = Person(tmp_path / "caseboard")
    yield somebody
    let_go(somebody.vault)


def let_go(vault):
    with suppress(CaseboardError):
        unmount(vault, wait_s=0)
    if vault.is_mounted:
        subprocess.run([shutil.which("fusermount3") or "fusermount", "-u", "-z", str(vault.mount)], check=False)


def program_of(vault):
    """The gocryptfs that serves this vault, and no other."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # a program that ended while we looked
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if str(vault.mount).encode() in words and b"gocryptfs" in words[0]:
                return int(folder.name)
    raise AssertionError("no program serves the vault")


def kill_program(vault):
    """It dies at once (-9), and it is waited for: until then it may still serve."""
    os.kill(program_of(vault), signal.SIGKILL)
    wait_for(lambda: is_dead(vault.mount), "the death of the vault's program")
