"""What an administrator may do to the installed knowledge; each asks for the permission and starts a job.

Everything is received; `desk_of` brings library and workbench from components/wiring.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from components import wiring
from components.access import Permission, Viewer, permitted
from components.workbench import Outcome, Workbench
from models.errors import CaseboardError, InputError
from models.knowledge import SOURCES, Installed, Library
from models.knowledge.library import remove, repair, switch, verify
from models.knowledge.library.obtain import Asked, Updated, forget_downloads, obtain, update, update_all
from models.knowledge.library.offer import Offer, Progress

INSTALLED = "{} is installed. Open cases use it from the next look on."


@dataclass(frozen=True)
class KnowledgeDesk:
    """Who works on which library."""

    viewer: Viewer
    library: Library
    workbench: Workbench

    def allow(self) -> None:
        """Raises NotPermitted for people who may only look."""
        permitted(self.viewer, Permission.MANAGE_KNOWLEDGE)


@dataclass(frozen=True)
class Wish:
    """What to install and from where, as a person said it. files: none to download. accepted_by: the name
    typed under the licence."""

    name: str
    offer: Offer
    accepted_by: str = ""
    mirror: str = ""
    files: tuple[Path, ...] = ()

    @property
    def asked(self) -> Asked:
        """For the library. Raises InputError when the licence needs a name and none was typed."""
        name = self.accepted_by.strip()
        if self.offer.licence.must_accept and not name:
            raise InputError("Type your name to accept the licence.")
        return Asked(self.files, self.mirror.strip(), name)


def install(desk: KnowledgeDesk, wish: Wish, tidy: Callable[[], None] = lambda: None) -> None:
    """Install from the files given, which are only read, or from the internet, going on from what an earlier
    try fetched. `tidy` runs at the end, also when this is refused."""
    try:
        desk.allow()
        asked = wish.asked
        if not wish.files and not wish.offer.fetch:
            raise InputError("Name a file, or drop one.")
    except CaseboardError:
        tidy()
        raise
    desk.workbench.start(f"Installing {wish.name}", lambda tell: _installed(desk.library, wish, asked, tell), tidy)


def _installed(library: Library, wish: Wish, asked: Asked, progress: Progress) -> Outcome:
    done = obtain(library, wish.offer, asked, at=datetime.now(UTC), progress=progress)
    return Outcome((INSTALLED.format(done.label),))


def look_for_newer(desk: KnowledgeDesk, wish: Wish, was: Installed) -> None:
    """Ask the owner (or the mirror) for a newer release than `was`; the licence accepted for it holds on."""
    desk.allow()
    desk.workbench.start(f"Updating {wish.name}", lambda tell: _updated(desk.library, wish, was, tell))


def _updated(library: Library, wish: Wish, was: Installed, progress: Progress) -> Outcome:
    found = update(library, wish.offer, was, wish.mirror.strip(), at=datetime.now(UTC), progress=progress)
    return _of_update(found)


def _of_update(found: Updated) -> Outcome:
    label = found.was.label
    if found.problem:
        return Outcome((), (f"{label} stays in use: {found.problem}",))
    if found.by_hand:
        return Outcome((f"{label} is not fetched by Caseboard; bring a newer file when there is one.",))
    return Outcome((INSTALLED.format(found.now.label) if found.is_new else f"{label} is the newest there is.",))


def look_for_newer_of_all(desk: KnowledgeDesk, mirror: str = "") -> None:
    """The same for everything installed; one that cannot be had does not stop the others."""
    desk.allow()

    def work(progress: Progress) -> Outcome:
        every = update_all(desk.library, SOURCES, mirror=mirror.strip(), at=datetime.now(UTC), progress=progress)
        ended = [_of_update(found) for found in every]
        return Outcome(tuple(s for o in ended for s in o.said), tuple(s for o in ended for s in o.wrong))

    desk.workbench.start("Looking for newer releases", work)


def forget(desk: KnowledgeDesk, wish: Wish) -> None:
    """Throw away what an earlier try fetched."""
    desk.allow()

    def work(_progress: Progress) -> Outcome:
        forget_downloads(desk.library, wish.offer)
        return Outcome((f"What was fetched of {wish.name} is forgotten.",))

    desk.workbench.start(f"Forgetting {wish.name}", work)


def check(desk: KnowledgeDesk) -> None:
    """Read every installed byte and compare it with what was installed. Everyone may ask for it."""

    def work(progress: Progress) -> Outcome:
        found = verify(desk.library, progress)
        wrong = tuple(f.sentence for f in found)
        return Outcome(() if wrong else ("Every installed file is as it was installed.",), wrong)

    desk.workbench.start("Checking what is installed", work)


def mend(desk: KnowledgeDesk) -> None:
    """Write the list of releases in use again from the releases that are there."""
    desk.allow()
    desk.workbench.start("Repairing the list of releases in use", lambda _: _mended(desk.library))


def _mended(library: Library) -> Outcome:
    used = repair(library)
    return Outcome((f"The list names {len(used)} releases again.",))


def use(desk: KnowledgeDesk, wanted: Installed) -> None:
    """Go back (or forward) to an installed release."""
    desk.allow()
    desk.workbench.start(f"Changing to {wanted.label}", lambda _: _used(desk.library, wanted))


def _used(library: Library, wanted: Installed) -> Outcome:
    switch(library, wanted.slot, wanted.release.version)
    return Outcome((f"{wanted.label} is in use.",))


def throw_away(desk: KnowledgeDesk, unwanted: Installed) -> None:
    """Remove a release from this machine, also the one in use: then the newest other one, or what ships, answers."""
    desk.allow()
    desk.workbench.start(f"Removing {unwanted.label}", lambda _: _removed(desk.library, unwanted))


def _removed(library: Library, unwanted: Installed) -> Outcome:
    now = remove(library, unwanted.slot, unwanted.release.version, even_in_use=True)
    return Outcome((f"{unwanted.label} is removed." + (f" {now.label} is in use." if now else ""),))


def desk_of(viewer: Viewer) -> KnowledgeDesk:
    """Where `viewer` looks after the installed releases."""
    return KnowledgeDesk(viewer, wiring.library(), wiring.workbench())
