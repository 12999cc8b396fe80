"""The verbs of `cli.py vault`: each does one thing and says what came of it."""

import argparse
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from models.errors import InputError
from models.vault import passphrase
from models.vault.gocryptfs import change, mount, unmount, why_not_usable
from models.vault.moving_in import create, keep_outside, take_back
from models.vault.place import CONFIGURATION, Vault, is_there, temporary_files
from models.vault.protection import NotAssessed, Plain, Protected, protection

_NO_VAULT = "This installation has no vault; make one: `python cli.py vault create`."
_FORGOTTEN = (
    "A forgotten passphrase cannot be recovered by anybody: keep it in a safe, with the master key that is shown once."
)
_REMOVE = "REMOVE"


@dataclass(frozen=True)
class Desk:
    """What the verbs work with. outside, settle: as for `create`; elsewhere: decisions are kept in a database that no
    vault covers; serve: starts Caseboard with this environment; ask: what the person at the terminal answers, None
    when nobody is there."""

    vault: Vault
    outside: str
    settle: Callable[[], None]
    elsewhere: bool
    serve: Callable[[Mapping[str, str]], subprocess.Popen[bytes]]
    ask: Callable[[str], str] | None
    out: TextIO

    def say(self, *lines: str) -> None:
        self.out.write("".join(f"{line}\n" for line in lines))
        self.out.flush()


def run(asked: argparse.Namespace, desk: Desk) -> int:
    """Do what `asked.verb` says; its exit code. Raises CaseboardError."""
    given = passphrase.Asked(asked.passphrase_fd, asked.passphrase_command)
    return _VERBS[asked.verb](given, desk)


def _create(given: passphrase.Asked, desk: Desk) -> int:
    reason = why_not_usable()
    if reason:
        raise InputError(reason)
    take_back(desk.vault)
    desk.say(_FORGOTTEN)
    moved = create(desk.vault, passphrase.new(given), desk.outside, desk.settle)
    desk.say(
        f"The vault is open. Files in it: {moved.files:,} ({moved.size_bytes / 1e6:,.1f} MB), each read back equal."
    )
    if is_there(desk.vault.plain):
        return _remove_plain(given, desk)
    return 0


def _open(given: passphrase.Asked, desk: Desk) -> int:
    if _opened(given, desk):
        desk.say("The vault is open.")
    else:
        desk.say("The vault is open already.")
    return 0


def _opened(given: passphrase.Asked, desk: Desk) -> bool:
    """Whether it was closed until now. Also does what an interruption may have left undone."""
    vault = _existing(desk)
    if is_there(vault.unfinished) and not vault.is_linked:
        raise InputError("This vault was never finished; run `python cli.py vault create` again.")
    was_closed = not vault.is_mounted
    if was_closed:
        mount(vault, passphrase.current(given))
        shutil.rmtree(vault.temporary, ignore_errors=True)  # of programs that were killed
    if not vault.home.is_symlink() and not vault.home.exists():
        vault.home.symlink_to(vault.link, target_is_directory=True)
    take_back(vault)
    keep_outside(vault, desk.outside)
    return was_closed


def _close(given: passphrase.Asked, desk: Desk) -> int:
    vault = _existing(desk)
    if vault.is_mounted:
        unmount(vault, wait_s=1.0)
    desk.say("The vault is closed.")
    return 0


def _status(given: passphrase.Asked, desk: Desk) -> int:
    desk.say(*_lines(desk))
    return 0


def _lines(desk: Desk) -> Iterator[str]:
    vault = desk.vault
    if is_there(vault.unfinished):
        yield "A vault was begun and not finished; run `python cli.py vault create` again."
    elif not vault.exists:
        yield _NO_VAULT
    else:
        yield f"The vault is {'open' if vault.is_open else 'closed'}: {vault.cipher}"
    match protection(vault.home):
        case Protected(by):
            yield f"What is kept here is encrypted on the disk: {by}."
        case Plain(sentence) | NotAssessed(sentence):
            yield sentence
    if is_there(vault.plain):
        yield f"An unencrypted copy is still in {vault.plain.name}; `python cli.py vault remove-plain` deletes it."
    if desk.elsewhere:
        yield "The decisions are in the department's database (CASEBOARD_DATABASE); no vault on this machine covers it."


def _change(given: passphrase.Asked, desk: Desk) -> int:
    vault = _existing(desk)
    old = passphrase.current(given, "Present passphrase: ")
    change(vault, old, passphrase.new(passphrase.Asked(given.descriptor)))
    desk.say(
        "The passphrase is changed. Whoever has an older copy of "
        f"{CONFIGURATION} and the old passphrase can still open it; a vault created anew has another key."
    )
    return 0


def _remove_plain(given: passphrase.Asked, desk: Desk) -> int:
    """Only while the vault is open: then its passphrase is known."""
    vault = desk.vault
    if not is_there(vault.plain):
        desk.say("There is no unencrypted copy.")
        return 0
    if not vault.is_open:
        raise InputError("Open the vault first, and look whether everything is there.")
    if desk.ask is None or desk.ask(f"Delete the unencrypted copy {vault.plain} now? Type {_REMOVE}: ") != _REMOVE:
        desk.say(f"The unencrypted copy stays in {vault.plain.name}; `python cli.py vault remove-plain` deletes it.")
        return 0
    keep_outside(vault, desk.outside)
    shutil.rmtree(vault.plain)
    desk.say("The unencrypted copy is deleted. An SSD may keep its blocks for some time; so may older backups.")
    return 0


def _start(given: passphrase.Asked, desk: Desk) -> int:
    """Open it, serve, and close it again; one that was open before stays open."""
    was_closed = _opened(given, desk)
    try:
        return _served(desk.serve({**os.environ, **temporary_files(desk.vault.home)}))
    finally:
        if was_closed:
            unmount(desk.vault)
            desk.say("The vault is closed.")


def _served(child: subprocess.Popen[bytes]) -> int:
    """Until it ends; asked to stop (Ctrl+C, SIGTERM), we ask it and wait: the vault may only be closed after it."""
    before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue  # it was told by the terminal as well
    finally:
        signal.signal(signal.SIGTERM, before)


def _existing(desk: Desk) -> Vault:
    if not desk.vault.exists:
        raise InputError(_NO_VAULT)
    return desk.vault


_VERBS: Mapping[str, Callable[[passphrase.Asked, Desk], int]] = {
    "create": _create,
    "open": _open,
    "close": _close,
    "status": _status,
    "change-passphrase": _change,
    "remove-plain": _remove_plain,
    "start": _start,
}
