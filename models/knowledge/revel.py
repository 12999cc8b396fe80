"""REVEL: an ensemble score of how likely a missense change is to be pathogenic; one file for both builds."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.case import Assembly, Found, NotAssessed
from models.errors import InputError
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.positions.build import highest
from models.knowledge.positions.join import number
from models.knowledge.positions.scores import Seen, scored
from models.knowledge.positions.source import asked_one, release_in_use, tables_among, write_release
from models.knowledge.positions.tsv import TableFile
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

KEY = "revel"
SCHEMA = pa.schema([number("revel_score")])
_POSITION = {Assembly.GRCH38: "grch38_pos", Assembly.GRCH37: "hg19_pos"}
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")
_NEWEST = "1.3"  # its table is called revel_with_transcript_ids once unpacked, without a version
_RELEASED_ON = {"1.0": "2016-09-22", "1.3": "2021-05-03"}  # of the paper, and as its page says


def release_of(files: Sequence[Path], assembly: Assembly) -> Release:
    """The release is told by the file's name alone; the table has no mark of it."""
    file = _only(files)
    with TableFile(file, _columns(assembly), separator=","):
        found = _VERSION.search(file.name)
    version = found[1] if found else _NEWEST
    return Release(
        key=KEY,
        name="REVEL",
        version=version,
        released_on=_RELEASED_ON.get(version, _RELEASED_ON[_NEWEST]),
        licence="free for non-commercial use",
        citation="Ioannidis 2016, Am J Hum Genet 99:877. PMID:27666373",
        address="https://sites.google.com/site/revelgenomics/",
        assembly=assembly.value,
    )


def build(files: Sequence[Path], folder: Path, progress: Progress, assembly: Assembly) -> None:
    """Rows of several transcripts of one allele become one, with the highest score. Rows without a position on
    this build are left out. The table is in order on hg19; on GRCh38 it is sorted while it is written.
    """
    seen = Seen()

    def batches() -> Iterator[pa.RecordBatch]:
        with TableFile(_only(files), _columns(assembly), separator=",") as table:
            chrom, pos, ref, alt, score = table.columns.values()
            for block in table.blocks():
                values = block[score].numbers()
                block.refuse_unless((values >= 0) & (values <= 1), "The score is not between 0 and 1.")
                yield scored(block, (chrom, pos, ref, alt), values, SCHEMA, seen)

    write_release(folder, SCHEMA, highest(SCHEMA.names[0]), batches(), seen.coverage, progress)


def _columns(assembly: Assembly) -> tuple[str, ...]:
    return ("chr", _POSITION[assembly], "ref", "alt", "REVEL")


def _only(files: Sequence[Path]) -> Path:
    tables = tables_among(files)
    if len(tables) > 1:
        raise InputError("REVEL is one file; choose revel-v1.3_all_chromosomes.zip alone.")
    return tables[0]


def _described(row: dict[str, Any]) -> str:
    return f"{row['revel_score']:.3g}"


def _offer(assembly: Assembly) -> Offer:
    return Offer(
        source=KEY,
        assembly=assembly,
        licence=Licence(
            "free for non-commercial use; others ask its authors",
            "https://sites.google.com/site/revelgenomics/",
            must_accept=True,
        ),
        fetch=(Addressed("https://zenodo.org/records/7072866/files/revel-v1.3_all_chromosomes.zip", 645_000_000),),
        release_of=partial(release_of, assembly=assembly),
        build=partial(build, assembly=assembly),
    )


SOURCE = Source(
    key=KEY,
    question="How likely does REVEL think this amino acid change is to be pathogenic?",
    unit="score, 0 (benign) to 1 (pathogenic)",
    missing="absent: not a missense change that it scores; not assessed: no single-base substitution",
    release=release_in_use(KEY),
    look_up=asked_one(KEY, _described),
    found=Example("GRCh38 chr1-35142-G-A", Found("0.027", "REVEL")),
    missed=Example(
        "GRCh38 chr1-35142-G-GA",
        NotAssessed("REVEL: it did not look there, or not for this kind of variant"),
    ),
    offers=(_offer(Assembly.GRCH38), _offer(Assembly.GRCH37)),
)
