"""What an administrator may do to the installed knowledge; each asks for the permission and starts a job.

Everything is received: the library and the workbench come from components/wiring.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from components.access import Permission, Viewer, permitted
from components.knowledge_job import Workbench
from models.errors import InputError
from models.knowledge import Installed, Library
from models.knowledge.library import install_files, remove, repair, switch, verify
from models.knowledge.library.download import download_offer
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
class Accepted:
    """A licence as it was accepted: by whom. Raises InputError when a name is needed and none was typed."""

    offer: Offer
    name: str

    def __post_init__(self) -> None:
        if self.offer.licence.must_accept and not self.name.strip():
            raise InputError("Type your name to accept the licence.")


def install_from_internet(desk: KnowledgeDesk, name: str, accepted: Accepted, mirror: str = "") -> None:
    """Download and install `name`; goes on from what an earlier try fetched."""
    desk.allow()

    def work(progress: Progress) -> str:
        files = download_offer(desk.library, accepted.offer, mirror=mirror.strip(), progress=progress)
        return _install(desk.library, accepted, files, progress)

    desk.workbench.start(f"Installing {name}", work)


def install_from_files(
    desk: KnowledgeDesk, name: str, accepted: Accepted, files: Sequence[Path], tidy: Callable[[], None] = lambda: None
) -> None:
    """Install `name` from files on this machine, which are only read."""
    desk.allow()
    if not files:
        tidy()
        raise InputError("Name a file, or drop one.")
    desk.workbench.start(f"Installing {name}", lambda progress: _install(desk.library, accepted, files, progress), tidy)


def _install(library: Library, accepted: Accepted, files: Sequence[Path], progress: Progress) -> str:
    done = install_files(
        library, accepted.offer, files, at=datetime.now(UTC), accepted_by=accepted.name.strip(), progress=progress
    )
    return f"{done.label} is installed. Open cases use it from the next look on."


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
