"""Reading a table of columns: plain, gzipped or zipped, with its names in the first line or in a comment."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from models.errors import InputError, UnreadableFile
from models.intake.inflate import unpack
from models.intake.text_blocks import TextBlocks
from models.knowledge.positions.rows import INSTALL_LIMITS, Block, blocks, place_of

_HEAD_BYTES = 1 << 20  # no table has comments longer than that above its names
_READ_BYTES = 1 << 20


class TableFile:
    """An open table. Use as a context manager; then read `blocks` once.

    comments: the lines above the names, without "#". columns: wanted name -> its place. Raises UnreadableFile
    when a wanted column is not there, or the packing is damaged.
    """

    def __init__(self, file: Path, wanted: Sequence[str], *, separator: str = "\t") -> None:
        self.file = file
        self._separator = separator
        chunks = _chunks(file)
        try:
            head, rest = _head(chunks)
        except InputError as problem:
            raise type(problem)(problem.sentence, file.name) from problem
        self.comments, names = _names(head, file)
        self.columns = place_of(names.split(separator), wanted, file)
        self._first_line = len(self.comments) + 2
        self._text = TextBlocks(_again(rest, chunks), INSTALL_LIMITS)

    def __enter__(self) -> "TableFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.__exit__(kind, error, trace)

    def blocks(self) -> Iterator[Block]:
        """All rows, some thousand at a time."""
        last = max(self.columns.values()) + 1
        return blocks(self._text, self.file, last, separator=self._separator, first_line=self._first_line)


def _chunks(file: Path) -> Iterator[bytes]:
    return _unzip(file) if zipfile.is_zipfile(file) else unpack(file, INSTALL_LIMITS)


def _unzip(file: Path) -> Iterator[bytes]:
    """The one table of a zip archive; never written to disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) != 1:
                raise UnreadableFile(
                    f"The archive holds {len(members)} files, not one table; unpack it and choose one."
                )
            with archive.open(members[0]) as table:
                while chunk := table.read(_READ_BYTES):
                    yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise UnreadableFile("The archive is damaged or cut short; download it again.") from problem


def _head(chunks: Iterator[bytes]) -> tuple[list[str], bytes]:
    """The lines up to and with the first that is no comment or names the columns, and the text after them."""
    text, lines = b"", []
    for chunk in chunks:
        text += chunk
        while b"\n" in text:
            raw, _, text = text.partition(b"\n")
            lines.append(raw.decode("utf-8", "replace").rstrip("\r"))
            if not lines[-1].startswith("#") or "\t" in lines[-1]:
                return lines, text
        if len(text) > _HEAD_BYTES:
            break
    raise UnreadableFile("There is no line that names the columns; choose the table as its owner delivers it.")


def _names(head: list[str], file: Path) -> tuple[tuple[str, ...], str]:
    """(comments, the line that names the columns)."""
    *comments, names = head
    if not names.strip():
        raise UnreadableFile("The line that names the columns is empty.", f"{file.name}, line {len(head)}")
    return tuple(line.lstrip("#").strip() for line in comments), names.lstrip("#")


def _again(rest: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    if rest:
        yield rest
    yield from chunks
