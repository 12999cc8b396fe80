"""What an administrator may do to the installed knowledge; each asks for the permission and starts a job.

Everything is received: the library and the workbench come from components/wiring.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from components.access import Permission, Viewer, permitted
from components.knowledge_job import Workbench
from models.errors import CaseboardError, InputError
from models.knowledge import Installed, Library
from models.knowledge.library import remove, repair, switch, verify
from models.knowledge.library.obtain import Asked, forget_downloads, obtain, update
from models.knowledge.library.offer import Offer, Progress


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


def _installed(library: Library, wish: Wish, asked: Asked, progress: Progress) -> str:
    done = obtain(library, wish.offer, asked, at=datetime.now(UTC), progress=progress)
    return f"{done.label} is installed. Open cases use it from the next look on."


def look_for_newer(desk: KnowledgeDesk, wish: Wish, was: Installed) -> None:
    """Ask the owner (or the mirror) for a newer release than `was`; the licence accepted for it holds on."""
    desk.allow()
    desk.workbench.start(f"Updating {wish.name}", lambda tell: _updated(desk.library, wish, was, tell))


def _updated(library: Library, wish: Wish, was: Installed, progress: Progress) -> str:
    found = update(library, wish.offer, was, wish.mirror.strip(), at=datetime.now(UTC), progress=progress)
    if not found.is_new:
        return f"{was.label} is the newest there is."
    return f"{found.now.label} is installed. Open cases use it from the next look on."


def forget(desk: KnowledgeDesk, wish: Wish) -> None:
    """Throw away what an earlier try fetched."""
    desk.allow()

    def work(_progress: Progress) -> str:
        forget_downloads(desk.library, wish.offer)
        return f"What was fetched of {wish.name} is forgotten."

    desk.workbench.start(f"Forgetting {wish.name}", work)


def check(desk: KnowledgeDesk) -> None:
    """Read every installed byte and compare it with what was installed. Everyone may ask for it."""

    def work(progress: Progress) -> str:
        found = verify(desk.library, progress)
        return "\n".join(f.sentence for f in found) or "Every installed file is as it was installed."

    desk.workbench.start("Checking what is installed", work)


def mend(desk: KnowledgeDesk) -> None:
    """Write the list of releases in use again from the releases that are there."""
    desk.allow()
    desk.workbench.start("Repairing the list of releases in use", lambda _: _mended(desk.library))


def _mended(library: Library) -> str:
    used = repair(library)
    return f"The list names {len(used)} releases again."


def use(desk: KnowledgeDesk, wanted: Installed) -> None:
    """Go back (or forward) to an installed release."""
    desk.allow()
    desk.workbench.start(f"Changing to {wanted.label}", lambda _: _used(desk.library, wanted))


def _used(library: Library, wanted: Installed) -> str:
    switch(library, wanted.slot, wanted.release.version)
    return f"{wanted.label} is in use."


def throw_away(desk: KnowledgeDesk, unwanted: Installed) -> None:
    """Remove a release from this machine, also the one in use: then the newest other one, or what ships, answers."""
    desk.allow()
    desk.workbench.start(f"Removing {unwanted.label}", lambda _: _removed(desk.library, unwanted))


def _removed(library: Library, unwanted: Installed) -> str:
    now = remove(library, unwanted.slot, unwanted.release.version, even_in_use=True)
    return f"{unwanted.label} is removed." + (f" {now.label} is in use." if now else "")
