"""Reading a gene-level table as its owner delivers it, and writing it as one of ours."""

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from models.errors import UnreadableFile
from models.knowledge.in_use import table_file
from models.knowledge.library.offer import Progress

GZIP_MAGIC = b"\x1f\x8b"


def only_file(files: Sequence[Path]) -> Path:
    """The one file of a release that has one. Raises UnreadableFile for none or several."""
    if len(files) != 1:
        raise UnreadableFile(f"This release is one file, and {len(files)} were given.")
    return files[0]


def read_delivered(path: Path, needed: Iterable[str], **how: Any) -> pd.DataFrame:
    """A table of texts, plain or gzip, with at least one row and the columns `needed`; `how`: pandas.read_csv's.

    Raises UnreadableFile when it is truncated, damaged or another table.
    """
    try:
        table = pd.read_csv(path, dtype=str, compression="gzip" if is_gzip(path) else None, **how)
    except (OSError, EOFError, ValueError, zlib.error) as problem:
        raise UnreadableFile("It cannot be read to its end as a table; fetch it again.", path.name) from problem
    lacking = [name for name in needed if name not in table.columns]
    if lacking:
        raise UnreadableFile(f"It has no column '{lacking[0]}', so it is not the file meant here.", path.name)
    if table.empty:
        raise UnreadableFile("It holds no rows; fetch it again.", path.name)
    return table


def is_gzip(path: Path) -> bool:
    try:
        with path.open("rb") as content:
            return content.read(2) == GZIP_MAGIC
    except OSError as problem:
        raise UnreadableFile("It cannot be opened.", path.name) from problem


def head_lines(path: Path, count: int) -> list[str]:
    """The first lines of a plain text file. Raises UnreadableFile when it is not text."""
    try:
        with path.open(encoding="utf-8") as lines:
            return [line.rstrip("\n") for line, _ in zip(lines, range(count), strict=False)]
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile("It is not a text file.", path.name) from problem


def date_told(path: Path, pattern: str, written: str, lines: int = 10) -> str:
    """The ISO date that the head of a file states: the group of `pattern`, `written` as strptime reads it.

    Raises UnreadableFile when it states none: a release without a date cannot be told from an older one.
    """
    for line in head_lines(path, lines):
        if (told := re.search(pattern, line)) is not None:
            try:
                return datetime.strptime(told[1], written).date().isoformat()  # noqa: DTZ007 - a day, not a moment
            except ValueError:
                continue
    raise UnreadableFile("Its head does not say when it was made, so it is not the file meant here.", path.name)


def date_in_name(path: Path) -> str:
    """The ISO date in a file's name ("..._2026-03-09.tsv"); a month alone counts as its first day.

    Raises UnreadableFile when there is none: such a file does not say itself how old it is.
    """
    told = re.search(r"(20\d{2})-(\d{2})(?:-(\d{2}))?(?!\d)", path.name)
    try:
        if told:
            return date(int(told[1]), int(told[2]), int(told[3] or 1)).isoformat()
    except ValueError:
        pass  # digits that are no day: said below like a name without any
    raise UnreadableFile(
        "It does not say how old it is; put the day it was made into its name, as in name_2026-03-09.tsv.", path.name
    )


def table_builder(
    key: str, convert: Callable[[Sequence[Path]], pd.DataFrame]
) -> Callable[[Sequence[Path], Path, Progress], None]:
    """An Offer's `build` for a source whose release is one table."""

    def build(files: Sequence[Path], folder: Path, progress: Progress) -> None:
        progress("Reading the table", None)
        table = convert(files)
        progress("Writing the table", None)
        table.to_parquet(folder / table_file(key), compression="zstd", index=False)

    return build
