"""CADD: how deleterious a change is, against all possible ones; tables computed beforehand."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.case import Assembly, Found, NotAssessed
from models.errors import InputError, UnreadableFile, WrongBuild
from models.knowledge.library.offer import Licence, Offer, Progress
from models.knowledge.positions.build import highest
from models.knowledge.positions.join import number
from models.knowledge.positions.scores import Seen, scored
from models.knowledge.positions.source import asked_one, release_in_use, tables_among, write_release
from models.knowledge.positions.tsv import TableFile
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

KEY = "cadd"
SCHEMA = pa.schema([number("cadd_phred")])
_COLUMNS = ("Chrom", "Pos", "Ref", "Alt", "PHRED")
_TITLE = re.compile(r"CADD (GRCh3[78])-v(\d+(?:\.\d+)+)")
_YEAR = re.compile(r"-(\d{4})\.")  # "... 2013-2023. All rights reserved."
_UNDATED = "2024-01-05"  # v1.7's paper; for a table that has no copyright line
_LICENCE = "free for non-commercial use"


def release_of(files: Sequence[Path], assembly: Assembly) -> Release:
    """Build, version and year stand in the first line ("## CADD GRCh38-v1.7 (c) ... 2013-2023."); the year's first
    day stands for it. All files must agree.

    Raises UnreadableFile when a file does not say, WrongBuild for another build, InputError for several versions.
    """
    titles = {_title(file, assembly) for file in tables_among(files)}
    versions = sorted({version for version, _ in titles})
    if len(versions) > 1:
        raise InputError(f"These files are of CADD {' and '.join(versions)}; choose files of one version.")
    return Release(
        key=KEY,
        name="CADD",
        version=versions[0],
        released_on=max(day for _, day in titles),
        licence=_LICENCE,
        citation="Schubach 2024, Nucleic Acids Res 52:D1143. PMID:38183205",
        address="https://cadd.gs.washington.edu/download",
        assembly=assembly.value,
    )


def build(files: Sequence[Path], folder: Path, progress: Progress, assembly: Assembly) -> None:
    """PHRED-scaled scores. Insertions and deletions are there for those that gnomAD lists: another one is not
    assessed.
    """
    seen = Seen()

    def batches() -> Iterator[pa.RecordBatch]:
        for path in tables_among(files):
            _title(path, assembly)
            with TableFile(path, _COLUMNS) as table:
                *places, score = table.columns.values()
                for block in table.blocks():
                    values = block[score].numbers()
                    block.refuse_unless(values >= 0, "The PHRED score is not a number.")
                    yield scored(block, places, values, SCHEMA, seen)

    write_release(folder, SCHEMA, highest(SCHEMA.names[0]), batches(), seen.coverage, progress)


def _title(file: Path, assembly: Assembly) -> tuple[str, str]:
    """(version, day)."""
    with TableFile(file, _COLUMNS) as table:
        line = next((line for line in table.comments if _TITLE.search(line)), "")
    found, year = _TITLE.search(line), _YEAR.search(line)
    if found is None:
        raise UnreadableFile("The first line does not say which CADD this is; choose the file as delivered.", file.name)
    if found[1] != assembly.value:
        raise WrongBuild(f"This table is on {found[1]}, not on {assembly.value}.", file.name)
    return found[2], f"{year[1]}-01-01" if year else _UNDATED


def _described(row: dict[str, Any]) -> str:
    return f"{row['cadd_phred']:.3g}"


def _offer(assembly: Assembly) -> Offer:
    return Offer(
        source=KEY,
        assembly=assembly,
        licence=Licence(
            f"{_LICENCE}; others need a licence of the University of Washington",
            "https://cadd.gs.washington.edu/",
            must_accept=True,
        ),
        fetch=(),
        release_of=partial(release_of, assembly=assembly),
        build=partial(build, assembly=assembly),
        by_hand=f"Download whole_genome_SNVs.tsv.gz for {assembly.value} (about 80 GB), and the table of insertions "
        "and deletions beside it if you like, from cadd.gs.washington.edu/download, and give them here.",
    )


SOURCE = Source(
    key=KEY,
    question="How deleterious does CADD think this change is, against all possible ones?",
    unit="PHRED-scaled rank: 10 is the most deleterious 10 %, 20 the most deleterious 1 %",
    missing="not assessed: not installed, or an insertion or deletion that was not computed",
    release=release_in_use(KEY),
    look_up=asked_one(KEY, _described),
    found=Example("GRCh38 chr1-10001-T-A", Found("8.78", "CADD")),
    missed=Example(
        "GRCh38 chr1-10001-T-TA", NotAssessed("CADD: it did not look there, or not for this kind of variant")
    ),
    offers=(_offer(Assembly.GRCH38), _offer(Assembly.GRCH37)),
)
