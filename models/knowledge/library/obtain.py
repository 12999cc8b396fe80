"""From a person's word to an installed release: the licence, the files, the release, and tidying up."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import InputError, IntegrityError, UnreadableFile
from models.knowledge.library.catalogue import accepted, all_offers, to_provide
from models.knowledge.library.checksum import check_whole
from models.knowledge.library.disk import only_one, sentences
from models.knowledge.library.download import download_offer, downloads_of, is_unchanged, marks_of
from models.knowledge.library.install import install_files, quiet
from models.knowledge.library.installed import Installed, Library
from models.knowledge.library.offer import Offer, Progress
from models.knowledge.library.plain_get import Patience

if TYPE_CHECKING:
    from models.knowledge.source import Source


@dataclass(frozen=True)
class Asked:
    """What a person said. files: theirs, none to download. mirror: base address, "" for the owners' servers.

    accepted_by: who accepts the licence, "" for nobody.
    """

    files: tuple[Path, ...] = ()
    mirror: str = ""
    accepted_by: str = ""


def obtain(
    library: Library,
    offer: Offer,
    asked: Asked,
    *,
    at: datetime,
    progress: Progress = quiet,
    patience: Patience | None = None,
) -> Installed:
    """Install `offer` from the files given, or from its address. Raises InputError, Stopped.

    What was downloaded is removed once it is installed, and kept when it is not.
    """
    name = accepted(offer, asked.accepted_by)
    if asked.files:
        _check(asked.files, progress)
        return install_files(library, offer, asked.files, at=at, accepted_by=name, progress=progress)
    if not offer.fetch:
        raise InputError(to_provide(offer))
    with _alone(library, offer):
        paths = download_offer(library, offer, mirror=asked.mirror, progress=progress, patience=patience or Patience())
        return _install_downloaded(library, offer, paths, at, name, progress)


@dataclass(frozen=True)
class Updated:
    """was: the release in use before. now: in use now, the same when it was already the newest.

    problem: why it could not be found out, "" when it was. by_hand: how a person gets a newer one, where nobody
    can download it.
    """

    was: Installed
    now: Installed
    problem: str = ""
    by_hand: str = ""

    @property
    def is_new(self) -> bool:
        return self.now != self.was


def update_all(
    library: Library,
    sources: Sequence["Source"],
    key: str = "",
    build: str = "",
    mirror: str = "",
    *,
    at: datetime,
    progress: Progress = quiet,
    patience: Patience | None = None,
) -> Iterator[Updated]:
    """Update what is installed of the source `key`, or everything; one that fails does not stop the others.

    Raises InputError when nothing of that name is installed, Stopped.
    """
    wanted = [i for i in library.in_use() if key in ("", i.source) and build in ("", i.assembly.value)]
    if key and not wanted:
        raise InputError(f"{key} is not installed{build and f' for {build}'}; see: cli.py knowledge list")
    offers = {(o.source, o.assembly): o for o in all_offers(sources)}
    for was in wanted:
        offer = offers.get((was.source, was.assembly))
        try:
            if offer is None:
                raise InputError(f"{was.label} is not offered any more; what is installed goes on working.")
            yield update(library, offer, was, mirror, at=at, progress=progress, patience=patience)
        except (InputError, IntegrityError) as problem:
            yield Updated(was, was, problem=str(problem))


def update(
    library: Library,
    offer: Offer,
    was: Installed,
    mirror: str = "",
    *,
    at: datetime,
    progress: Progress = quiet,
    patience: Patience | None = None,
) -> Updated:
    """Ask the server for a newer release than `was`, the one in use, and use it when there is one.

    The licence accepted for `was` holds on. A server that has an older release changes nothing.
    """
    if not offer.fetch:
        return Updated(was, was, by_hand=to_provide(offer))
    patience, name = patience or Patience(), accepted(offer, was.terms_accepted_by)
    if _is_pinned(offer, was) or is_unchanged(offer, was.fetched, mirror=mirror, patience=patience):
        return Updated(was, was)
    with _alone(library, offer):
        paths = download_offer(library, offer, mirror=mirror, progress=progress, patience=patience)
        found = offer.release_of(paths)
        if found.version == was.release.version or found.released_on < was.release.released_on:
            _tidy(library, offer)
            return Updated(was, was)
        return Updated(was, _install_downloaded(library, offer, paths, at, name, progress))


def _is_pinned(offer: Offer, was: Installed) -> bool:
    """Every address names the very version in use ("release/4.1/"): nothing newer can lie there to be fetched."""
    version = was.release.version
    named = re.compile(rf"(?<![\d.]){re.escape(version)}(?!\.?\d)")
    return "." in version and all(named.search(file.address) for file in offer.fetch)


@contextmanager
def _alone(library: Library, offer: Offer) -> Iterator[None]:
    """Nobody else fetches or takes away the files of this offer meanwhile."""
    folder = downloads_of(library, offer)
    with sentences(library.folder, offer.size_bytes), only_one(folder, f"downloading {offer.source}"):
        yield


def _install_downloaded(
    library: Library, offer: Offer, paths: Sequence[Path], at: datetime, accepted_by: str, progress: Progress
) -> Installed:
    marks = marks_of(library, offer)
    installed = install_files(library, offer, paths, at=at, accepted_by=accepted_by, fetched=marks, progress=progress)
    _tidy(library, offer)
    return installed


def forget_downloads(library: Library, offer: Offer) -> None:
    """Remove what was fetched of an offer and not installed. Raises InputError while somebody is fetching it."""
    with _alone(library, offer):
        _tidy(library, offer)


def _tidy(library: Library, offer: Offer) -> None:
    shutil.rmtree(downloads_of(library, offer), ignore_errors=True)


def _check(files: Sequence[Path], progress: Progress) -> None:
    """Refuse a given file that cannot be read or is cut short before anything is built from it."""
    for path in files:
        if path.is_file():  # one that is not there is named later
            progress(f"Checking {path.name}", None)
            try:
                check_whole(path, path.name)
            except OSError as problem:
                raise UnreadableFile(f"It cannot be read: {problem.strerror}.", path.name) from problem
