"""Reading a VCF of sites: a database's VCF, without samples, as rows of one allele each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from models.case import Assembly
from models.errors import InputError, UnreadableFile, WrongBuild
from models.intake.assembly import recognise_assembly
from models.intake.text_blocks import TextBlocks, open_text
from models.intake.vcf_header import Header, header_of
from models.knowledge.positions.key import Keyed
from models.knowledge.positions.lines import count_alts, pick, split_info
from models.knowledge.positions.rows import INSTALL_LIMITS, Block, Spans, Words, blocks, words

CHROM, POS, ID, REF, ALT, QUAL, FILTER, INFO = range(8)


@dataclass(frozen=True, eq=False)
class Sites:
    """Some alleles of the file, a row each. row: the row of the block each is of; alt: its place, from 0."""

    block: Block
    row: NDArray[np.intp]
    alt: NDArray[np.int64]
    several: bool  # some record has several ALT alleles
    keyed: Keyed
    contig: NDArray[np.uint8]
    fields: dict[str, int]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.row)

    def column(self, place: int) -> Spans:
        """One of the eight columns, for each allele."""
        spans = self.block[place]
        return spans[self.row] if self.several else spans

    def field(self, name: str, *, per_allele: bool = False) -> Spans:
        """One wanted INFO field, for each allele. per_allele: Number=A, of which each takes its own."""
        place = self.fields[name]
        spans = Spans(self.block.text, self.starts[place], self.lengths[place])
        if not self.several:
            return spans
        spans = spans[self.row]
        return _picked(spans, self.alt) if per_allele else spans


class SitesFile:
    """An open VCF of sites. Use as a context manager; then read `alleles` once.

    Raises UnreadableFile when it is no complete VCF or lacks a needed INFO field, WrongBuild when it says
    that it is of another build than `assembly`.
    """

    def __init__(self, file: Path, assembly: Assembly, needed: Sequence[str], wanted: Sequence[str] = ()) -> None:
        self.file = file
        try:
            self._text: TextBlocks = open_text(file, INSTALL_LIMITS)
            self.header: Header = header_of(self._text)
        except InputError as problem:
            raise type(problem)(problem.sentence, ", ".join(filter(None, (file.name, problem.where)))) from problem
        _check_build(self.header, assembly, file)
        missing = [name for name in needed if name not in self.header.infos]
        if missing:
            raise UnreadableFile(
                f"The header does not declare INFO {', '.join(missing)}; choose the file as its owner delivers it.",
                file.name,
            )
        present = [name for name in (*needed, *wanted) if name in self.header.infos]
        self.fields = {name: place for place, name in enumerate(dict.fromkeys(present))}

    def __enter__(self) -> "SitesFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.__exit__(kind, error, trace)

    @cached_property
    def _plan(self) -> Words:
        return words(self.fields)

    def alleles(self) -> Iterator[Sites]:
        """All alleles, some thousand at a time. Raises UnreadableFile with file and line for what is no record."""
        for block in blocks(self._text, self.file, INFO + 1, first_line=self.header.line_count + 1):
            rows = len(block.line)
            starts, lengths = np.zeros((2, max(len(self.fields), 1), rows), np.int64)
            split_info(block.text, block.starts[INFO], block.lengths[INFO], self._plan, starts, lengths)
            yield _sites(block, self.fields, starts, lengths)


def date_of(header: Header) -> str:
    """The ISO date of "##fileDate=2026-11-10" or "##fileDate=20261110", "" when there is none."""
    told = next((value.strip() for key, value in header.meta if key.lower() == "filedate"), "")
    try:
        return date.fromisoformat(told).isoformat()  # takes both ways to write it
    except ValueError:
        return ""


def _check_build(header: Header, assembly: Assembly, file: Path) -> None:
    """A table of another build is refused; one that does not say is taken by the word of who installs it."""
    guess = recognise_assembly(header)
    if guess.contradiction:
        raise WrongBuild(guess.contradiction, file.name)
    if guess.assembly not in (assembly, Assembly.UNKNOWN):
        raise WrongBuild(
            f"This table is on {guess.assembly.value} ({guess.reason}), not on {assembly.value}; "
            f"install it for {guess.assembly.value}.",
            file.name,
        )


def _sites(block: Block, fields: dict[str, int], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Sites:
    alts = np.empty(len(block.line), np.int64)
    count_alts(block.text, block.starts[ALT], block.lengths[ALT], alts)
    row = np.repeat(np.arange(len(alts)), alts)
    alt = np.arange(len(row)) - np.repeat(np.cumsum(alts) - alts, alts)
    several = len(row) != len(alts)
    of = block if not several else _repeated(block, row)
    contig = of[CHROM].contigs()
    keyed = of.keyed(contig, POS, of[REF], _picked(of[ALT], alt) if several else of[ALT])
    return Sites(block, row, alt, several, keyed, contig, fields, starts, lengths)


def _repeated(block: Block, row: NDArray[np.intp]) -> Block:
    return Block(block.text, block.starts[:, row], block.lengths[:, row], block.line[row], block.file)


def _picked(spans: Spans, item: NDArray[np.int64]) -> Spans:
    start, length = np.empty(len(item), np.int64), np.empty(len(item), np.int64)
    pick(spans.text, spans.start, spans.length, item, start, length)
    return Spans(spans.text, start, length)
