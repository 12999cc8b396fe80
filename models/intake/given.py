"""What was given: files with the names people know, and what a person said beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.case import Assembly, Role, Sex
from models.errors import InputError
from models.intake.recognise import FileKind, recognise


@dataclass(frozen=True)
class GivenFile:
    """A file on disk and the name people know it by."""

    path: Path
    display_name: str


@dataclass(frozen=True)
class CaseOptions:
    """What a person said beside the files. Empty means: find out from the files.

    terms: text with HPO ids. roles: sample -> role in the family, used when there is no PED file.
    """

    proband: str = ""
    sex: Sex = Sex.UNKNOWN
    terms: str = ""
    pseudonym: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    assembly: Assembly = Assembly.UNKNOWN


class Kinds(dict[FileKind, list[GivenFile]]):
    """Files by the part they play."""

    def one(self, kind: FileKind, what: str) -> GivenFile | None:
        """The only file of a kind, None without; InputError when there are several."""
        files = self.get(kind, [])
        if len(files) > 1:
            names = ", ".join(f.display_name for f in files[:4])
            raise InputError(f"{len(files)} {what} were given ({names}); a case has one. Remove the others.")
        return files[0] if files else None


def files_of(folder: Path) -> tuple[GivenFile, ...]:
    """Every file below `folder`, hidden ones left out. Raises InputError when it is no folder."""
    if not folder.is_dir():
        raise InputError("no such folder; give a folder with a VCF in it, or a VCF.", folder.name)
    found = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    return tuple(GivenFile(p, str(p.relative_to(folder))) for p in found)


def sort_files(files: Sequence[GivenFile]) -> Kinds:
    """Each file under what it is, by its content."""
    kinds = Kinds()
    for file in files:
        kinds.setdefault(recognise(file.path, file.display_name), []).append(file)
    return kinds
