"""Comparing what is installed with what was installed."""

from collections.abc import Iterator
from pathlib import Path

from models.case import Finding, Severity
from models.errors import IntegrityError
from models.knowledge.library.disk import changing, write_current
from models.knowledge.library.install import newest, quiet
from models.knowledge.library.installed import RELEASES, Installed, Library, read_release, version_of
from models.knowledge.library.offer import Progress
from models.on_disk import sha256_of


def verify(library: Library, progress: Progress = quiet) -> tuple[Finding, ...]:
    """Everything damaged or missing, each with what to do; empty when every file is as it was installed.

    Reads every byte of every release. Raises Stopped through `progress`.
    """
    of_releases = (found for folder in _folders(library) for found in _of_release(folder, progress))
    return (*_of_the_list(library), *of_releases)


def repair(library: Library) -> dict[str, str]:
    """Write the list of releases in use again; slot -> version now in use.

    A slot whose entry still names a readable release keeps it; every other slot uses its newest readable one.
    """
    with changing(library, "repairing the list of releases in use"):
        readable = [r for folder in library.copies() if (r := _readable(folder))]
        kept = {slot: name for slot, name in _told(library).items() if any(_is(r, slot, name) for r in readable)}
        write_current(library, {**newest(readable), **kept})
        return {slot: version_of(Path(name)) for slot, name in library.switched().items()}


def _folders(library: Library) -> tuple[Path, ...]:
    try:
        return library.folders()
    except IntegrityError:  # the list of those in use is damaged: every copy is looked at
        return library.copies()


def _told(library: Library) -> dict[str, str]:
    try:
        return library.switched()
    except IntegrityError:
        return {}


def _is(release: Installed, slot: str, name: str) -> bool:
    return (release.slot, release.folder.name) == (slot, name)


def _readable(folder: Path) -> Installed | None:
    try:
        return read_release(folder)
    except IntegrityError:
        return None


def _of_the_list(library: Library) -> Iterator[Finding]:
    try:
        told = library.switched()
    except IntegrityError as problem:
        yield _found("damaged-list", problem.sentence)
        return
    for slot, name in sorted(told.items()):
        if not (library.folder / RELEASES / slot / name).is_dir():
            yield _found(
                "release-gone",
                f"{slot} {name} is in use but not there; install it again, or run: cli.py knowledge verify --repair",
            )
    for slot in sorted({r.slot for r in library.installed()} - told.keys()):
        yield _found("none-in-use", f"{slot} is installed but not in use; run: cli.py knowledge verify --repair")


def _of_release(folder: Path, progress: Progress) -> Iterator[Finding]:
    try:
        release = read_release(folder)
    except IntegrityError as problem:
        yield _found("damaged-release", problem.sentence)
        return
    for name, expected in release.files.items():
        progress(f"Checking {release.label}: {name}", None)
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            yield _found("missing-file", f"{release.slot} {release.label} lacks {name}; install it again.")
        elif _sha256_or_none(path) != expected:
            yield _found("damaged-file", f"{name} of {release.slot} {release.label} is damaged; install it again.")


def _sha256_or_none(path: Path) -> str | None:
    """None when the disk does not give the file's bytes any more, which is damage too."""
    try:
        return sha256_of(path)
    except OSError:
        return None


def _found(code: str, sentence: str) -> Finding:
    return Finding(code, Severity.BLOCKING, sentence)
