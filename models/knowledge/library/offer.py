"""What can be installed: where it is, under which licence, how large, and how it becomes a release of ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from models.case import Assembly
from models.knowledge.types import Release

# (what is happening, share done 0..1 or None when unknown); raises models.errors.Stopped to cancel.
Progress = Callable[[str, float | None], None]


@dataclass(frozen=True)
class Licence:
    """name: as its owner states it. must_accept: a person has to accept it by name before the download."""

    name: str
    address: str
    must_accept: bool = False


@dataclass(frozen=True)
class Addressed:
    """One file to fetch. size_bytes: about, said before the download (0 unknown).

    checksum_address: a published file that holds this file's checksum, "" when its owner publishes none.
    """

    address: str
    size_bytes: int = 0
    checksum_address: str = ""

    @property
    def name(self) -> str:
        """The file's own name: the last part of the address, without a query."""
        return urlsplit(self.address).path.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Offer:
    """One source on one build.

    source: key of a member of SOURCES. fetch: the files at their canonical addresses; none when only the
    user can provide them (`by_hand` says how, in a sentence). release_of: version and date told by the
    files themselves. build: files as delivered -> the release's files in a folder (it writes nothing
    else); raises UnreadableFile with file and line, WrongBuild for a table of another build.
    """

    source: str
    assembly: Assembly
    licence: Licence
    fetch: tuple[Addressed, ...]
    release_of: Callable[[Sequence[Path]], Release]
    build: Callable[[Sequence[Path], Path, Progress], None]
    by_hand: str = ""

    @property
    def size_bytes(self) -> int:
        return sum(f.size_bytes for f in self.fetch)
