"""The verbs of `cli.py knowledge`: each asks the library and says what came of it."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

from models.errors import Stopped
from models.knowledge.library.catalogue import all_offers, offer_of, only_version, slot_of_installed, sources_named
from models.knowledge.library.download import downloaded_bytes
from models.knowledge.library.install import remove, switch
from models.knowledge.library.installed import Library
from models.knowledge.library.obtain import Asked, forget_downloads, obtain, update_all
from models.knowledge.library.terminal import ProgressLine, addresses, listing, said_of_install, said_of_update
from models.knowledge.library.verify import repair, verify

if TYPE_CHECKING:
    from models.knowledge.source import Source


@dataclass(frozen=True)
class Desk:
    """What the verbs work with. now: written down as the time of an install, and what ages are counted to."""

    library: Library
    sources: Sequence["Source"]
    now: datetime
    out: TextIO
    err: TextIO

    def say(self, *lines: str) -> None:
        self.out.write("".join(f"{line}\n" for line in lines))
        self.out.flush()

    def complain(self, *lines: str) -> None:
        self.err.write("".join(f"{line}\n" for line in lines))
        self.err.flush()


def run(asked: argparse.Namespace, desk: Desk) -> bool:
    """Do what `asked.verb` says; whether all is well. Raises CaseboardError; Stopped for Ctrl+C."""
    try:
        return _VERBS[asked.verb](asked, desk)
    except KeyboardInterrupt:
        raise Stopped("Stopped. What was downloaded is kept; the same command goes on from there.") from None


@contextmanager
def _watched(desk: Desk) -> Iterator[ProgressLine]:
    line = ProgressLine(desk.err)
    try:
        yield line
    finally:
        line.close()


def _list(asked: argparse.Namespace, desk: Desk) -> bool:
    sources = sources_named(desk.sources, asked.source) if asked.source else desk.sources
    desk.say(*(addresses(sources) if asked.addresses else listing(sources, desk.library, desk.now.date())))
    return True


def _install(asked: argparse.Namespace, desk: Desk) -> bool:
    offer = offer_of(desk.sources, asked.source, asked.build)
    wanted = Asked(tuple(asked.file), asked.mirror, asked.accept_licence)
    with _watched(desk) as progress:
        installed = obtain(desk.library, offer, wanted, at=desk.now, progress=progress)
    desk.say(*said_of_install(installed, desk.library.installed()))
    return True


def _update(asked: argparse.Namespace, desk: Desk) -> bool:
    is_well, count = True, 0
    with _watched(desk) as progress:
        what = (desk.library, desk.sources, asked.source, asked.build, asked.mirror)
        for updated in update_all(*what, at=desk.now, progress=progress):
            progress.close()
            lines, is_bad = said_of_update(updated, desk.library.installed())
            (desk.complain if is_bad else desk.say)(*lines)
            is_well, count = is_well and not is_bad, count + 1
    if not count:
        desk.say("Nothing is installed yet; see: cli.py knowledge list")
    return is_well


def _remove(asked: argparse.Namespace, desk: Desk) -> bool:
    """One release; where none is installed, what was downloaded of it."""
    if _forget_begun(asked, desk):
        desk.say(f"What was downloaded of {asked.source} is removed.")
        return True
    slot = slot_of_installed(desk.library, asked.source, asked.build)
    version = asked.release or only_version(desk.library, slot)
    now = remove(desk.library, slot, version, even_in_use=asked.in_use)
    desk.say(f"{slot} {version} is removed; {now.label if now else 'no installed release'} is in use.")
    return True


def _forget_begun(asked: argparse.Namespace, desk: Desk) -> bool:
    """Remove the downloads of a source that is not installed; whether there were any."""
    offers = [o for o in all_offers(desk.sources) if o.source == asked.source]
    begun = [o for o in offers if asked.build in ("", o.assembly.value) and downloaded_bytes(desk.library, o)]
    if any(desk.library.current(o.source, o.assembly) for o in begun):
        return False
    for offer in begun:
        forget_downloads(desk.library, offer)
    return bool(begun)


def _use(asked: argparse.Namespace, desk: Desk) -> bool:
    slot = slot_of_installed(desk.library, asked.source, asked.build)
    now = switch(desk.library, slot, asked.release)
    desk.say(f"{now.label} is in use ({slot}).")
    return True


def _verify(asked: argparse.Namespace, desk: Desk) -> bool:
    if asked.repair:
        desk.say(*(f"{slot}: {version} is in use." for slot, version in repair(desk.library).items()))
    with _watched(desk) as progress:
        findings = verify(desk.library, progress)
    desk.complain(*(finding.sentence for finding in findings))
    if not findings:
        count = len(desk.library.installed())
        desk.say(
            f"{count} installed releases: every file is as it was installed." if count else "Nothing is installed."
        )
    return not findings


_VERBS: Mapping[str, Callable[[argparse.Namespace, Desk], bool]] = {
    "list": _list,
    "install": _install,
    "update": _update,
    "remove": _remove,
    "use": _use,
    "verify": _verify,
}
