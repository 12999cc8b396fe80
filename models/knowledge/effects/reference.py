"""The installed reference sequence: its bases, and whether the alleles of a case agree with it."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import Assembly, Finding, Severity
from models.errors import WrongBuild
from models.knowledge.effects.genetic_code import CODE_OF_LETTER, UNKNOWN_BASE
from models.knowledge.effects.packed import BASES_FILE, INDEX_FILE, Packed, read_packed
from models.knowledge.library.installed import Installed, Library
from models.knowledge.positions.alleles import CONTIGS, Alleles

SOURCE_KEY = "reference"
_CODE = {name: code for code, name in enumerate(CONTIGS) if name}


class Agreement(IntEnum):
    """Of an allele's REF with the sequence. UNKNOWN: not spelled out, or the sequence has an N there."""

    AGREES = 0
    DIFFERS = 1
    UNKNOWN = 2


@dataclass(frozen=True, eq=False)
class Reference:
    """A genome of one assembly. Contigs are called as everywhere in Caseboard ("1", "X", "MT")."""

    assembly: Assembly
    label: str
    genome: Packed

    def bases(self, chrom: str, start_1based: int, end_1based: int) -> str:
        """Upper-case bases of a closed span of the forward strand, N where they are not known."""
        return self.genome.bases(_CODE.get(chrom, 0), start_1based, end_1based)

    def agreement(self, alleles: Alleles) -> NDArray[np.int8]:
        """An Agreement for each row. Raises WrongBuild for alleles of another assembly."""
        self.check(alleles.assembly)
        letters, row, along = letters_of(alleles.ref)
        here = self.genome.codes(alleles.contig[row], alleles.pos_1based[row] + along)
        said = CODE_OF_LETTER[letters]
        unknown = (here == UNKNOWN_BASE) | (said == UNKNOWN_BASE)
        worst = np.zeros(len(alleles), np.int8)
        np.maximum.at(worst, row[~unknown & (here != said)], np.int8(Agreement.DIFFERS))
        np.maximum.at(worst, row[unknown], np.int8(Agreement.UNKNOWN))
        return np.where(alleles.is_sequence, worst, Agreement.UNKNOWN).astype(np.int8)

    def check(self, assembly: Assembly) -> None:
        """Raise WrongBuild unless alleles of `assembly` may be looked up here."""
        if assembly is not self.assembly:
            raise WrongBuild(
                f"The variants are on {assembly.value} and the reference on {self.assembly.value}; "
                f"install the reference of {assembly.value} or lift the variants over."
            )


def open_reference(library: Library, assembly: Assembly) -> Reference | None:
    """The installed reference of an assembly, None when there is none. Raises IntegrityError when it is damaged."""
    installed = None if assembly is Assembly.UNKNOWN else library.current(SOURCE_KEY, assembly)
    return None if installed is None else reference_of(installed)


def reference_of(installed: Installed) -> Reference:
    """An installed reference. Raises IntegrityError when it is damaged."""
    return _opened(installed.assembly, installed.label, installed.file(BASES_FILE), installed.file(INDEX_FILE))


@lru_cache(maxsize=4)
def _opened(assembly: Assembly, label: str, bases_file: Path, index_file: Path) -> Reference:
    return Reference(assembly, label, read_packed(bases_file, index_file))


def disagreement(agreement: NDArray[np.int8], reference: Reference) -> Finding | None:
    """What to tell people of alleles whose REF is not what the reference has; None when all agree."""
    count = int((agreement == Agreement.DIFFERS).sum())
    if not count:
        return None
    named = "1 allele disagrees" if count == 1 else f"{count} alleles disagree"
    sentence = (
        f"{named} with the installed reference ({reference.label}); what these do to their genes is not "
        "assessed. Check that the file was made with this assembly."
    )
    return Finding("reference-disagrees", Severity.WARNING, sentence)


def letters_of(column: pa.LargeStringArray) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """(letter, row, place in the row's text from 0) of every character of a text column."""
    offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
    buffer = column.buffers()[2]
    letters = np.frombuffer(buffer, np.uint8)[offsets[0] : offsets[-1]] if buffer else np.zeros(0, np.uint8)
    size = np.diff(offsets)
    row = np.repeat(np.arange(len(column)), size)
    return letters, row, np.arange(len(letters)) - np.repeat(offsets[:-1] - offsets[0], size)
