"""Making delivered files a release of this machine, and changing which release is in use.

A release is built in a folder for unfinished work, described with the sha256 of each file, brought to disk,
renamed to its place, and only then named in current.json, by one more rename. Whoever reads sees the old
release or the new one, never a half; a crash at any line leaves the old one in use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from models.errors import InputError, IntegrityError
from models.knowledge.library.disk import changing, discard, keep_durably, sentences, write_current
from models.knowledge.library.installed import (
    RELEASE_FILE,
    RELEASES,
    Installed,
    Library,
    describe_release,
    is_plain_name,
    read_release,
    slot_of,
    version_of,
)
from models.knowledge.library.offer import Offer, Progress
from models.knowledge.types import Release
from models.on_disk import sha256_of


def quiet(_doing: str, _share: float | None) -> None:
    """Progress that nobody watches."""


def install_files(
    library: Library,
    offer: Offer,
    paths: Sequence[Path],
    *,
    at: datetime,
    accepted_by: str = "",
    fetched: Mapping[str, str] | None = None,
    progress: Progress = quiet,
) -> Installed:
    """Build the release that `paths` hold, and use it; the one used before is kept beside it.

    The same version again replaces what was installed of it. at: the time to write down. accepted_by: who
    accepted the licence. fetched: as in Installed. Raises InputError (a file that cannot be used, a full disk, a
    folder that cannot be written, somebody else installing) and Stopped; what was installed before is then as it was.
    """
    size_bytes, written = _size_of(paths), at.isoformat(timespec="seconds")
    release = _checked(offer.release_of(paths))
    with changing(library, f"installing {release.name}") as scratch, sentences(library.folder, size_bytes):
        built = scratch / "release"
        built.mkdir()
        offer.build(paths, built, progress)
        slot = slot_of(offer.source, offer.assembly)
        made = _as_installed(offer, release, built, progress)
        _describe(replace(made, installed_at=written, terms_accepted_by=accepted_by, fetched=fetched or {}))
        place = _free_place(library.folder / RELEASES / slot, release.version)
        keep_durably(built, place)
        write_current(library, {**library.switched(), slot: place.name})
        _forget_copies(library, scratch)
        return read_release(place)


def switch(library: Library, slot: str, version: str) -> Installed:
    """Use the installed release `version` of `slot` ("clinvar/GRCh38") from now on, an earlier one as well."""
    with changing(library, f"changing the release of {slot} in use"):
        wanted = _existing(library, slot, version)
        write_current(library, {**library.switched(), slot: wanted.folder.name})
        return wanted


def remove(library: Library, slot: str, version: str, *, even_in_use: bool = False) -> Installed | None:
    """Remove one release; the release in use afterwards, None when there is none left.

    Raises InputError for the one in use unless `even_in_use`: then the newest other one is used from now on.
    """
    with changing(library, f"removing a release of {slot}") as scratch:
        folder = _folder_of(library, slot, version)
        used = library.switched()
        if used.get(slot) == folder.name:
            if not even_in_use:
                raise InputError(
                    f"{slot} {version} is in use and was not removed; to remove it all the same, add: --in-use"
                )
            others = [i for i in library.installed() if i.slot == slot and i.folder != folder]
            del used[slot]
            write_current(library, {**used, **newest(others)})
        discard(folder, scratch)
        now = library.switched().get(slot)
        return None if now is None else _existing(library, slot, version_of(Path(now)))


def newest(releases: Sequence[Installed]) -> dict[str, str]:
    """Slot -> name of the folder of its newest release, by date of release, then by when it was installed."""
    by_age = sorted(releases, key=lambda i: (i.release.released_on, i.installed_at))
    return {i.slot: i.folder.name for i in by_age}


def _size_of(paths: Sequence[Path]) -> int:
    """Bytes of the given files together. Raises InputError naming one that is not there."""
    if not paths:
        raise InputError("no file was given; add: --file PATH")
    for path in paths:
        if not path.is_file():
            raise InputError("no such file; check the name.", path.name)
    return sum(path.stat().st_size for path in paths)


def _checked(release: Release) -> Release:
    """Raises InputError when the file's own words for version and date cannot be a name and a day."""
    if not is_plain_name(release.version):
        raise InputError(f"The version of {release.name} in this file cannot be used as a name; is it the right file?")
    try:
        date.fromisoformat(release.released_on)
    except ValueError as problem:
        raise InputError(
            f"The file does not say of which day this {release.name} is; is it the right file?"
        ) from problem
    return release


def _as_installed(offer: Offer, release: Release, built: Path, progress: Progress) -> Installed:
    """What was built, with its checksums. Raises IntegrityError when that is nothing, or anything but plain files."""
    made = sorted(p for p in built.rglob("*") if not p.is_dir() or p.is_symlink())
    if not made or any(p.is_symlink() or not p.is_file() or p == built / RELEASE_FILE for p in made):
        raise IntegrityError(
            f"Building {release.name} {release.version} did not give plain files; nothing was installed."
        )
    progress(f"Checking {release.name} {release.version}", None)
    return Installed(
        source=offer.source,
        assembly=offer.assembly,
        release=release,
        folder=built,
        files={p.relative_to(built).as_posix(): sha256_of(p) for p in made},
        installed_at="",
        size_bytes=sum(p.stat().st_size for p in made),
    )


def _describe(installed: Installed) -> None:
    (installed.folder / RELEASE_FILE).write_text(describe_release(installed), encoding="utf-8")


def _free_place(slot_folder: Path, version: str) -> Path:
    """Where this version can be put without touching a copy that is in use: "V", else "V~2", "V~3" ..."""
    place, copy = slot_folder / version, 1
    while place.exists():
        copy += 1
        place = slot_folder / f"{version}~{copy}"
    return place


def _forget_copies(library: Library, scratch: Path) -> None:
    """Remove copies of a version that was installed again, those a dead writer could not remove included."""
    for superseded in set(library.copies()) - set(library.folders()):
        discard(superseded, scratch)


def _folder_of(library: Library, slot: str, version: str) -> Path:
    """The folder of one release, damaged or not. Raises InputError naming those that are there."""
    there = {version_of(f): f for f in library.folders() if f.parent == library.folder / RELEASES / slot}
    if version not in there:
        known = ", ".join(there) or "none"
        raise InputError(f"No such release of {slot} is installed; installed are: {known}.")
    return there[version]


def _existing(library: Library, slot: str, version: str) -> Installed:
    return read_release(_folder_of(library, slot, version))
