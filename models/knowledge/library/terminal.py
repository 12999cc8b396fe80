"""What the terminal says of releases: pure functions that give lines, and a line of progress."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TextIO

from models.case import Assembly
from models.knowledge.library.catalogue import Entry, all_offers, entries, size_text
from models.knowledge.library.disk import amount
from models.knowledge.library.installed import Installed, Library
from models.knowledge.library.obtain import Updated
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.source import Source

_EVERY_S = 0.2  # a terminal is written at most this often


def addresses(sources: Sequence["Source"]) -> list[str]:
    """Every address that can be downloaded, files and checksums, one a line: what a mirror has to hold."""
    files = (file for offer in all_offers(sources) for file in offer.fetch)
    return list(dict.fromkeys(a for file in files for a in (file.address, file.checksum_address) if a))


def listing(sources: Sequence["Source"], library: Library, today: date) -> list[str]:
    """The whole catalogue: of each source what is in use and how old, what is kept, what can be installed."""
    lines = [f"Folder: {library.folder}" + ("" if library.folder.is_dir() else " (nothing installed yet)")]
    before = None
    for entry in entries(sources, library):
        if entry.source is not before:
            lines += ["", f"{_key(entry)}: {entry.source.question}"]
            before = entry.source
        lines += [f"  {line}" for line in _of_entry(entry, today)]
    return lines


def _key(entry: Entry) -> str:
    return entry.offer.source if entry.offer else entry.source.key


def _of_entry(entry: Entry, today: date) -> Iterator[str]:
    build = "" if entry.offer is None or entry.offer.assembly is Assembly.UNKNOWN else f"{entry.offer.assembly.value} "
    yield f"{build}{_state(entry, today)}"
    if entry.kept:
        yield f"  also installed: {', '.join(i.release.version for i in entry.kept)}"
    if entry.offer:
        must = " (to be accepted by name)" if entry.offer.licence.must_accept else ""
        yield f"  to install: {size_text(entry.offer)}; licence: {entry.offer.licence.name}{must}"
    if entry.begun_bytes:
        yield f"  {amount(entry.begun_bytes)} were downloaded and wait: `install` goes on, `remove` forgets them"


def _state(entry: Entry, today: date) -> str:
    installed, answers = entry.installed, entry.answers
    if installed and (answers is None or answers == installed.release):
        day = installed.installed_at[:10]
        return f"in use: {_dated(installed.release, today)}, {amount(installed.size_bytes)}, installed {day}"
    if installed and answers:
        return f"in use: {_dated(answers, today)}, shipped; newer than the installed {installed.label}"
    if answers:
        return f"in use: {_dated(answers, today)}, shipped with Caseboard"
    return "not installed: not assessed"


def _dated(release: Release, today: date) -> str:
    return f"{release.name} {release.version} of {release.released_on} ({age_text(release.age_days(today))} old)"


def age_text(days: int) -> str:
    """An age as people say it: "1 day", "89 days", "3 months", "2.0 years"."""
    if days < 90:
        return f"{days} day" if days == 1 else f"{days} days"
    return f"{days / 30.44:.0f} months" if days < 730 else f"{days / 365.25:.1f} years"


def said_of_install(installed: Installed, kept: Sequence[Installed]) -> list[str]:
    """What is in use now, and how to go back."""
    build = "" if installed.assembly is Assembly.UNKNOWN else f" for {installed.assembly.value}"
    lines = [f"{installed.label}{build} is installed and in use ({amount(installed.size_bytes)})."]
    older = [i for i in kept if i.slot == installed.slot and i.folder != installed.folder]
    for release in sorted(older, key=lambda i: i.installed_at)[-1:]:
        option = f" --build {installed.assembly.value}" if build else ""
        lines.append(
            f"To go back to {release.release.version}: "
            f"cli.py knowledge use {release.source}{option} --release {release.release.version}"
        )
    return lines


def said_of_update(updated: Updated, kept: Sequence[Installed]) -> tuple[list[str], bool]:
    """What an update came to, and whether it failed."""
    was = updated.was
    label = was.label if was.assembly is Assembly.UNKNOWN else f"{was.label} for {was.assembly.value}"
    if updated.problem:
        return [f"{label} stays in use: {updated.problem}"], True
    if updated.by_hand:
        return [f"{label}: {updated.by_hand}"], False
    return (said_of_install(updated.now, kept) if updated.is_new else [f"{label} is already the newest."]), False


@dataclass
class ProgressLine:
    """Progress on a stream: one line written over and over on a terminal, a line for each new step elsewhere."""

    stream: TextIO
    _written_at: float = field(default=-1.0, init=False)
    _step: str = field(default="", init=False)
    _open: bool = field(default=False, init=False)

    def __call__(self, doing: str, share: float | None) -> None:
        if self.stream.isatty():
            self._rewrite(f"{doing} ({share:.0%})" if share is not None else doing)
        elif (step := doing.partition(":")[0]) != self._step:
            self._step = step
            self.stream.write(f"{step}\n")
            self.stream.flush()

    def _rewrite(self, text: str) -> None:
        now = time.monotonic()
        if now - self._written_at >= _EVERY_S:
            self._written_at, self._open = now, True
            self.stream.write(f"\r\x1b[2K{text[:110]}")
            self.stream.flush()

    def close(self) -> None:
        """Take the line away, so that what is said next stands alone."""
        if self._open:
            self._open, self._written_at = False, -1.0
            self.stream.write("\r\x1b[2K")
            self.stream.flush()
