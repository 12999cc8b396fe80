"""What knowledge looks like to the other rooms: releases, search hits, suggestions, gene models."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


@dataclass(frozen=True)
class Release:
    """One source as installed. released_on: ISO date ("2025-01-16"). licence: as its owner states it.

    key: stable short name ("hpo"). name: as people know it. citation: how its owner asks to be cited.
    address: where it came from. assembly: the build of its positions ("GRCh38"), "" without positions.
    """

    key: str
    name: str
    version: str
    released_on: str
    licence: str
    citation: str
    address: str
    assembly: str = ""

    def age_days(self, today: date) -> int:
        """Days from the release to `today`; negative when `today` is before it."""
        return (today - date.fromisoformat(self.released_on)).days


@dataclass(frozen=True)
class TermHit:
    """One answer of a term search. matched: the label or synonym that matched the text."""

    id: str
    label: str
    matched: str
    is_synonym: bool


class SuggestionKind(str, Enum):
    """What a note says about a suggested term."""

    PRESENT = "present"
    ABSENT = "absent"
    FAMILY = "family"


@dataclass(frozen=True)
class Suggestion:
    """A term that a note seems to mention. start, end: characters of `matched` in the whole text."""

    term_id: str
    label: str
    kind: SuggestionKind
    sentence: str
    matched: str
    start: int
    end: int


@dataclass(frozen=True)
class TranscriptModel:
    """The MANE transcript of a gene on GRCh38, for drawing.

    exons: (start, end) 1-based closed, ascending by position whatever the strand. cds_start_1based,
    cds_end_1based: the coding part, lowest to highest position; 0 when the transcript does not code.
    """

    gene: str
    chrom: str
    strand: str
    refseq: str
    ensembl: str
    mane_status: str
    exons: tuple[tuple[int, int], ...]
    cds_start_1based: int
    cds_end_1based: int
