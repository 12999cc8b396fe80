"""Reading what is installed.

    <folder>/current.json                         {"clinvar/GRCh38": "2026-11-10", ...}; replaced by one rename
    <folder>/releases/<source>/<build>/<version>/ release.json and the files of one release, complete or not there
    <folder>/downloads/                           what was fetched so far

A release without a build (HPO, ClinGen) lies under the build "any". A version that was installed again lies in
`<version>~2` (3, ...) until the list of releases in use names it and the earlier copy is removed: current.json
holds the names of folders. Names of sources and versions are plain words, so no list of ours can lead outside.
"""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import cattrs
import platformdirs

from models.case import Assembly
from models.errors import IntegrityError
from models.knowledge.types import Release
from models.vault import beside_vault

CURRENT_FILE = "current.json"
RELEASE_FILE = "release.json"
RELEASES = "releases"
ANY_BUILD = "any"
_FORMAT_VERSION = 1
# A folder's name on every system: no separators, no leading dot, nothing a terminal or a path would interpret.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,79}")
_COPY = re.compile(r"~\d{1,6}")


@dataclass(frozen=True)
class Installed:
    """One release on this machine.

    assembly: UNKNOWN for sources without coordinates. files: name -> sha256. installed_at: ISO time.
    terms_accepted_by: who accepted the licence, "" where it asks nobody. fetched: address -> the server's mark
    (ETag or date) of each file downloaded for it; empty for files given by hand.
    """

    source: str
    assembly: Assembly
    release: Release
    folder: Path
    files: Mapping[str, str]
    installed_at: str
    size_bytes: int
    terms_accepted_by: str = ""
    fetched: Mapping[str, str] = field(default_factory=dict)

    @property
    def slot(self) -> str:
        """What it takes the place of: "clinvar/GRCh38", "hpo/any"."""
        return slot_of(self.source, self.assembly)

    @property
    def label(self) -> str:
        """As people read it: "ClinVar 2026-11-10"."""
        return f"{self.release.name} {self.release.version}"

    def file(self, name: str) -> Path:
        """One of its files. Raises IntegrityError when the release has none of that name, or it is gone."""
        path = self.folder / name
        if name not in self.files or not path.is_file():
            raise IntegrityError(f"{self.label} lacks {name}; run: cli.py knowledge verify")
        return path


def slot_of(source: str, assembly: Assembly) -> str:
    return f"{source}/{ANY_BUILD if assembly is Assembly.UNKNOWN else assembly.value}"


def library_folder() -> Path:
    """$CASEBOARD_KNOWLEDGE, else the user's data folder, or beside it when that is in a vault: public, and in reach
    while the vault is closed."""
    asked = os.environ.get("CASEBOARD_KNOWLEDGE", "")
    usual = Path(platformdirs.user_data_path("caseboard", appauthor=False)) / "knowledge"
    return Path(asked) if asked else beside_vault(usual)


class Library:
    """The installed releases under `folder`, which need not exist. Every method may raise IntegrityError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self, source: str, assembly: Assembly = Assembly.UNKNOWN) -> Installed | None:
        """The release in use for this source and build, None when there is none. Never another build's."""
        slot = slot_of(source, assembly)
        while (named := self.switched().get(slot)) is not None:
            try:
                return read_release(self._place(slot, named))
            except IntegrityError:
                if self.switched().get(slot) == named:  # else it was switched and removed between our two looks
                    raise
        return None

    def in_use(self) -> tuple[Installed, ...]:
        """Every release in use, by slot."""
        return tuple(read_release(self._place(slot, name)) for slot, name in sorted(self.switched().items()))

    def installed(self) -> tuple[Installed, ...]:
        """Every complete release, in use or kept beside it, by slot and version.

        A damaged one must not hide the rest; `verify` names it.
        """
        found = []
        for folder in self.folders():
            with suppress(IntegrityError):
                found.append(read_release(folder))
        return tuple(sorted(found, key=lambda i: (i.slot, i.release.version)))

    def folders(self) -> tuple[Path, ...]:
        """The folder of every release, damaged or not; of two copies of one version the one in use, or the later."""
        used = {self._place(slot, name) for slot, name in self.switched().items()}
        copies = sorted(self.copies(), key=lambda f: (f in used, len(f.name), f.name))
        return tuple(sorted({(f.parent, version_of(f)): f for f in copies}.values()))

    def copies(self) -> tuple[Path, ...]:
        """The folder of every release with every copy of it, those left by a writer that died included."""
        return tuple(sorted(f for f in self.folder.glob(f"{RELEASES}/[!.]*/[!.]*/[!.]*") if f.is_dir()))

    def _place(self, slot: str, name: str) -> Path:
        return self.folder / RELEASES / slot / name

    def switched(self) -> dict[str, str]:
        """Slot -> name of the folder in use, as current.json says it."""
        try:
            told = json.loads((self.folder / CURRENT_FILE).read_text(encoding="utf-8"))
            if not all(_is_slot(slot) and _is_folder_name(name) for slot, name in told.items()):
                raise ValueError(CURRENT_FILE)
        except FileNotFoundError:
            return {}
        except PermissionError as problem:
            raise IntegrityError(
                f"The knowledge folder {self.folder} may not be read by you; whoever looks after it can change that."
            ) from problem
        except (OSError, ValueError, AttributeError, TypeError, RecursionError) as problem:
            raise IntegrityError(
                "The list of releases in use is damaged; run: cli.py knowledge verify --repair"
            ) from problem
        return dict(told)


def is_plain_name(text: str) -> bool:
    """Whether `text` may name a source or a version, and so a folder."""
    return _PLAIN_NAME.fullmatch(text) is not None


def version_of(folder: Path) -> str:
    """The version a release's folder holds: "2026-11-10" for "2026-11-10~2"."""
    return _COPY.sub("", folder.name)


def _is_folder_name(name: str) -> bool:
    return is_plain_name(_COPY.sub("", name))


def _is_slot(slot: str) -> bool:
    source, _, build = slot.partition("/")
    return is_plain_name(source) and build in (ANY_BUILD, Assembly.GRCH37.value, Assembly.GRCH38.value)


_converter = cattrs.Converter(forbid_extra_keys=False)


def read_release(folder: Path) -> Installed:
    """The release in `folder` as it was installed.

    Raises IntegrityError when its description is damaged, or is that of another source, build or version than the
    folder's: a table copied to another place would answer for a build that is not its own.
    """
    try:
        told = json.loads((folder / RELEASE_FILE).read_text(encoding="utf-8"))
        if told["format"] != _FORMAT_VERSION:
            raise ValueError(told["format"])
        release = _converter.structure({**told["installed"], "folder": folder}, Installed)
        date.fromisoformat(release.release.released_on)
        if (release.slot, release.release.version) != (
            f"{folder.parent.parent.name}/{folder.parent.name}",
            version_of(folder),
        ):
            raise ValueError(release.slot)
        return release
    except (OSError, KeyError, TypeError, ValueError, RecursionError, cattrs.BaseValidationError) as problem:
        raise IntegrityError(
            f"The installed release {folder.parent.parent.name} {folder.name} is damaged; install it again."
        ) from problem


def describe_release(installed: Installed) -> str:
    """What release.json holds: everything `read_release` gives but the folder."""
    told = _converter.unstructure(installed)
    del told["folder"]
    return json.dumps({"format": _FORMAT_VERSION, "installed": told}, ensure_ascii=False, indent=1)


_converter.register_structure_hook(Path, lambda value, _: Path(value))
_converter.register_unstructure_hook(Path, str)
