"""`cli.py vault|backup|backup-key|restore|verify|health`: the data of an installation, kept."""

import argparse
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from components.terminal import EXIT_BAD_INPUT, EXIT_DONE
from components.terminal.serving import ROOT, serving

if TYPE_CHECKING:
    from models.review.sealed import Keys, Seal


def vault(arguments: argparse.Namespace) -> int:
    from models.knowledge import library_folder
    from models.review import decisions_at
    from models.review.restore import nobody_has_it_open
    from models.vault import home_folder, vault_of
    from models.vault.commands import Desk, run

    home, kept = home_folder(), decisions_at(home_folder())
    desk = Desk(
        vault_of(home),
        outside="knowledge" if library_folder() == home / "knowledge" else "",
        settle=lambda: nobody_has_it_open(kept) if isinstance(kept, Path) else None,
        elsewhere=isinstance(kept, str),
        serve=lambda environment: subprocess.Popen(serving(sys.executable, arguments.port), cwd=ROOT, env=environment),
        ask=input if sys.stdin.isatty() else None,
        out=sys.stdout,
    )
    return run(arguments, desk)


def backup(arguments: argparse.Namespace) -> int:
    from models.case.store import home
    from models.health import remembered
    from models.review import decisions_at
    from models.review.backup import back_up, lines
    from models.review.sealed import unencrypted_from_vault

    manifest = back_up(decisions_at(home()), home(), arguments.file, datetime.now(UTC), _seal(arguments))
    print(f"{arguments.file.name}: whole", *lines(manifest), sep="\n")
    _say_if(remembered(arguments.file, home(), manifest, datetime.now(UTC)))
    _say_if(unencrypted_from_vault(home(), arguments.file))
    return EXIT_DONE


def _seal(arguments: argparse.Namespace) -> "Seal | None":
    """How the backup is to be encrypted; None where nobody asked for it."""
    from models.review.sealed import Seal
    from models.vault import passphrase

    if arguments.to:
        return Seal(to=tuple(arguments.to))
    if not arguments.encrypt:
        return None
    asked = passphrase.Asked(arguments.passphrase_fd, arguments.passphrase_command)
    return Seal(passphrase.new(asked, "A passphrase for this backup: "))


def backup_key(arguments: argparse.Namespace) -> int:
    from models.vault import passphrase
    from models.vault.age_file import write_key

    asked = passphrase.Asked(arguments.passphrase_fd, arguments.passphrase_command)
    public = write_key(arguments.file, passphrase.new(asked, "A passphrase for this key: "))
    print(f"Keep {arguments.file.name} apart from the backups, and its passphrase in a safe. Its public half:")
    print(public)
    return EXIT_DONE


def _keys(arguments: argparse.Namespace) -> "Keys":
    """What may open an encrypted backup; nobody is asked before it is needed."""
    from models.review.sealed import Keys
    from models.vault import passphrase

    asked = passphrase.Asked(arguments.passphrase_fd, arguments.passphrase_command)
    return Keys(lambda: passphrase.current(asked, "The passphrase: "), arguments.key)


def restore(arguments: argparse.Namespace) -> int:
    from models.case.store import home
    from models.review import DecisionLog, decisions_at
    from models.review.backup import lines
    from models.review.carried import not_known, told
    from models.review.restore import restore

    manifest, before = restore(arguments.file, home(), decisions_at(home()), datetime.now(UTC), _keys(arguments))
    print("Restored to the state of the backup.", *lines(manifest), sep="\n")
    with closing(DecisionLog(decisions_at(home()))) as log:
        _say_if(told(log, manifest))
    _say_if(not_known(home()))
    if before:
        print(f"What was here before is kept in {before.name}.")
    return EXIT_DONE


def verify(arguments: argparse.Namespace) -> int:
    from models.case.store import CaseStore, home
    from models.errors import IntegrityError
    from models.health import keep, verify_all
    from models.review import DecisionLog, decisions_at
    from models.review.backup import head_in
    from models.review.telling import counted

    with closing(DecisionLog(decisions_at(home()))) as log:
        verified = verify_all(log, CaseStore(home()), datetime.now(UTC))
        _say_if(keep(home(), verified))
        compare = arguments.since is not None and not verified.wrong
        gone = log.first_not_following(head_in(arguments.since, home(), _keys(arguments))) if compare else None
    if wrong := verified.wrong or ((gone.sentence,) if gone else ()):
        raise IntegrityError("\n".join(wrong))
    said = f"{counted(verified.events, 'decision')} on {counted(verified.cases, 'case')}"
    print(f"{said}: each is as it was saved")
    print(f"{counted(verified.reports or 0, 'signed report')}: every byte is as it was signed\nhead {verified.head}")
    return EXIT_DONE


def health(arguments: argparse.Namespace) -> int:
    from models.case.store import home
    from models.health import CHECKS, as_json, as_lines, judged, measure
    from models.knowledge import Library, library_folder
    from models.review import DecisionLog, decisions_at

    facts = measure(home(), lambda: DecisionLog(decisions_at(home())), Library(library_folder()), datetime.now(UTC))
    health = judged(CHECKS, facts)
    sys.stdout.write(as_json(health) if arguments.json else "\n".join((*as_lines(health), "")))
    return EXIT_DONE if health.in_order else EXIT_BAD_INPUT


def _say_if(sentence: str) -> None:
    """What did not work beside the work itself."""
    if sentence:
        print(sentence, file=sys.stderr)
