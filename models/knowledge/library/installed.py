"""Reading what is installed.

    <folder>/current.json                         {"clinvar/GRCh38": "2026-11-10", ...}; replaced by one rename
    <folder>/releases/<source>/<build>/<version>/ release.json and the files of one release, complete or not there
    <folder>/downloads/                           what was fetched so far

A release without a build (HPO, ClinGen) lies under the build "any".
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cattrs
import platformdirs

from models.case import Assembly
from models.errors import IntegrityError
from models.knowledge.types import Release

CURRENT_FILE = "current.json"
RELEASE_FILE = "release.json"
ANY_BUILD = "any"
_FORMAT_VERSION = 1


@dataclass(frozen=True)
class Installed:
    """One release on this machine.

    assembly: UNKNOWN for sources without coordinates. files: name -> sha256. installed_at: ISO time.
    terms_accepted_by: who accepted the licence, "" where it asks nobody.
    """

    source: str
    assembly: Assembly
    release: Release
    folder: Path
    files: Mapping[str, str]
    installed_at: str
    size_bytes: int
    terms_accepted_by: str = ""

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
    """$CASEBOARD_KNOWLEDGE, else the user's data folder."""
    asked = os.environ.get("CASEBOARD_KNOWLEDGE", "")
    return Path(asked) if asked else Path(platformdirs.user_data_path("caseboard", appauthor=False)) / "knowledge"


class Library:
    """The installed releases under `folder`, which need not exist. Every method may raise IntegrityError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self, source: str, assembly: Assembly = Assembly.UNKNOWN) -> Installed | None:
        """The release in use for this source and build, None when there is none. Never another build's."""
        version = self._switched().get(slot_of(source, assembly))
        return None if version is None else read_release(self._place(source, assembly, version))

    def in_use(self) -> tuple[Installed, ...]:
        """Every release in use, by slot."""
        return tuple(i for i in self.installed() if self._switched().get(i.slot) == i.release.version)

    def installed(self) -> tuple[Installed, ...]:
        """Every complete release, in use or kept beside it, by slot and version."""
        found = sorted(self.folder.glob(f"releases/*/*/*/{RELEASE_FILE}"))
        return tuple(read_release(file.parent) for file in found)

    def _place(self, source: str, assembly: Assembly, version: str) -> Path:
        return self.folder / "releases" / slot_of(source, assembly) / version

    def _switched(self) -> dict[str, str]:
        try:
            told = json.loads((self.folder / CURRENT_FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as problem:
            raise IntegrityError("The list of releases in use is damaged; run: cli.py knowledge verify") from problem
        return {str(slot): str(version) for slot, version in told.items()}


_converter = cattrs.Converter(forbid_extra_keys=False)


def read_release(folder: Path) -> Installed:
    """The release in `folder` as it was installed. Raises IntegrityError when its description is damaged."""
    try:
        told = json.loads((folder / RELEASE_FILE).read_text(encoding="utf-8"))
        if told["format"] != _FORMAT_VERSION:
            raise ValueError(told["format"])
        return _converter.structure({**told["installed"], "folder": folder}, Installed)
    except (OSError, KeyError, TypeError, ValueError, cattrs.BaseValidationError) as problem:
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
