"""Is a file whole? Its owner's published checksum, else its own packing read to the end."""

import hashlib
import re
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

from models.errors import UnreadableFile
from models.intake.inflate import unpack
from models.intake.limits import LIMITS
from models.intake.sniff import Packing, packing_of

_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_LINE = re.compile(r"(?P<sum>[0-9a-fA-F]+)(?:\s+\*?(?P<name>\S.*))?")  # md5sum, sha256sum
_BSD_LINE = re.compile(r"\w+ ?\((?P<name>.+)\) ?= ?(?P<sum>[0-9a-fA-F]+)")  # md5 on BSD and macOS, openssl
# Published files are as large as their owners make them; a bomb costs time here and no memory.
_UNCAPPED = replace(LIMITS, upload_bytes=1 << 62, inflated_bytes=1 << 62, inflate_ratio=1 << 30)


def published_sum(text: str, name: str) -> str:
    """The checksum that a published list gives for `name`, in lower case.

    A list of one line counts whatever it calls the file: ClinVar's names the dated file, not the alias.
    Raises UnreadableFile when the list does not give one.
    """
    found = [(_base(m["name"] or ""), m["sum"].lower()) for line in text.splitlines() if (m := _match(line.strip()))]
    named = {checksum for called, checksum in found if called == name}
    if not named and len(found) == 1:
        named = {found[0][1]}
    if len(named) != 1:
        raise UnreadableFile(f"The published list of checksums does not name {name}; nothing was accepted.")
    return named.pop()


def _match(line: str) -> re.Match[str] | None:
    match = _BSD_LINE.fullmatch(line) or _LINE.fullmatch(line)
    return match if match and len(match["sum"]) in _ALGORITHMS else None


def _base(name: str) -> str:
    return re.split(r"[/\\]", name)[-1]


def has_sum(path: Path, checksum: str) -> bool:
    """Whether the file has this md5, sha1, sha256 or sha512, told apart by length."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.new(_ALGORITHMS[len(checksum)], usedforsecurity=False))
    return digest.hexdigest() == checksum


def check_whole(path: Path, name: str) -> None:
    """Read a packed file through to its end. Raises UnreadableFile, where: `name`.

    gzip and bgzip to the last block (and the block that marks the end), zip with every member's checksum;
    a name that says packed with something else inside is not accepted.
    """
    with path.open("rb") as file:
        packing = packing_of(file.read(18))
    try:
        if name.endswith(".zip"):
            _read_zip(path)
        elif packing is not Packing.PLAIN:
            for _ in unpack(path, _UNCAPPED):
                pass
        elif name.endswith((".gz", ".bgz")):
            raise UnreadableFile(
                "This is not a packed file, as its name says; the server may have sent a page instead."
            )
    except UnreadableFile as problem:
        raise UnreadableFile(problem.sentence, name) from problem


def _read_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise UnreadableFile("The archive is damaged or cut short; download it again.") from problem
    if damaged:
        raise UnreadableFile("A member of the archive is damaged; download it again.")
