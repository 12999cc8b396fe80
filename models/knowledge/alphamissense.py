"""AlphaMissense: how likely each possible missense change is to damage its protein."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from models.case import Absent, Assembly, Found
from models.errors import InputError, WrongBuild
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.positions.build import highest
from models.knowledge.positions.join import number
from models.knowledge.positions.rows import Block
from models.knowledge.positions.scores import Seen, scored
from models.knowledge.positions.source import asked_one, release_in_use, tables_among, write_release
from models.knowledge.positions.tsv import TableFile
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

KEY = "alphamissense"
SCHEMA = pa.schema([number("alphamissense_score")])
_COLUMNS = ("CHROM", "POS", "REF", "ALT", "genome", "am_pathogenicity")
_GENOME = {Assembly.GRCH38: "hg38", Assembly.GRCH37: "hg19"}
_YEAR = re.compile(r"Copyright (\d{4})")
_PUBLISHED_ON = "2023-09-19"  # Cheng 2023 and its tables; later deposits changed the licence only


def release_of(files: Sequence[Path], assembly: Assembly) -> Release:
    """The release is the year that the file names above its columns; it holds no other mark."""
    with TableFile(_only(files), _COLUMNS) as table:
        year = next((found[1] for line in table.comments if (found := _YEAR.search(line))), "2023")
    return Release(
        key=KEY,
        name="AlphaMissense",
        version=year,
        released_on=_PUBLISHED_ON,
        licence="CC BY 4.0",
        citation="Cheng 2023, Science 381:eadg7492. PMID:37733863",
        address="https://zenodo.org/records/10813168",
        assembly=assembly.value,
    )


def build(files: Sequence[Path], folder: Path, progress: Progress, assembly: Assembly) -> None:
    """Rows of several transcripts of one allele become one, with the highest score."""
    seen = Seen()

    def batches() -> Iterator[pa.RecordBatch]:
        with TableFile(_only(files), _COLUMNS) as table:
            chrom, pos, ref, alt, genome, score = table.columns.values()
            for block in table.blocks():
                _check_build(block, genome, assembly)
                values = block[score].numbers()
                block.refuse_unless((values >= 0) & (values <= 1), "The score is not between 0 and 1.")
                yield scored(block, (chrom, pos, ref, alt), values, SCHEMA, seen)

    write_release(folder, SCHEMA, highest(SCHEMA.names[0]), batches(), seen.coverage, progress)


def _check_build(block: Block, genome: int, assembly: Assembly) -> None:
    """Every row names its build."""
    named = block[genome].texts().unique().to_pylist()
    if named != [_GENOME[assembly]]:
        raise WrongBuild(f"This table is on {', '.join(named)}, not on {_GENOME[assembly]}.", block.file.name)


def _only(files: Sequence[Path]) -> Path:
    tables = tables_among(files)
    if len(tables) > 1:
        raise InputError("AlphaMissense is one file a build; choose AlphaMissense_hg38.tsv.gz or _hg19 alone.")
    return tables[0]


def _described(row: dict[str, Any]) -> str:
    return f"{row['alphamissense_score']:.4g}"


def _offer(assembly: Assembly, size_bytes: int) -> Offer:
    address = f"https://storage.googleapis.com/dm_alphamissense/AlphaMissense_{_GENOME[assembly]}.tsv.gz"
    return Offer(
        source=KEY,
        assembly=assembly,
        licence=Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        fetch=(Addressed(address, size_bytes),),
        release_of=partial(release_of, assembly=assembly),
        build=partial(build, assembly=assembly),
    )


SOURCE = Source(
    key=KEY,
    question="How likely does AlphaMissense think this amino acid change is to damage the protein?",
    unit="score, 0 (benign) to 1 (pathogenic)",
    missing="absent: not a missense change of a protein it scores; not assessed: no single-base substitution",
    release=release_in_use(KEY),
    look_up=asked_one(KEY, _described),
    found=Example("GRCh38 chr1-69094-G-T", Found("0.2937", "AlphaMissense")),
    missed=Example("GRCh38 chr1-69096-G-T", Absent("AlphaMissense")),
    offers=(_offer(Assembly.GRCH38, 643_000_000), _offer(Assembly.GRCH37, 622_000_000)),
)
