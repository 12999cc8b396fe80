"""SpliceAI: how much a change is predicted to alter splicing nearby; the tables Illumina computed beforehand."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.case import Absent, Assembly, Found
from models.errors import InputError, UnreadableFile
from models.knowledge.library.offer import Licence, Offer, Progress
from models.knowledge.positions.build import highest
from models.knowledge.positions.join import number, text
from models.knowledge.positions.lines import largest_of_fields
from models.knowledge.positions.rows import batch_of
from models.knowledge.positions.scores import Seen
from models.knowledge.positions.sites import Sites, SitesFile, date_of
from models.knowledge.positions.source import asked_one, release_in_use, tables_among, write_release
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

KEY = "spliceai"
SCHEMA = pa.schema([number("spliceai_delta_max"), text("spliceai_gene")])
_FIELD = "SpliceAI"
# ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL, places from 0
_FIRST_DELTA, _LAST_DELTA = 2, 5
_SYMBOL = r"^[^|]*\|(?P<symbol>[^|]*)\|"
_VERSION = re.compile(r"SpliceAIv(\d+(?:\.\d+)+)")
_UNDATED = "2019-10-04"  # ##fileDate of the tables of v1.3, the last ones computed


def release_of(files: Sequence[Path], assembly: Assembly) -> Release:
    """The version stands in the header; masked and raw scores are different releases, told by the files' names.

    Raises InputError when masked and raw files are mixed.
    """
    ways = {"raw" if "raw" in file.name else "masked" for file in tables_among(files)}
    if len(ways) > 1:
        raise InputError("Masked and raw SpliceAI scores cannot be mixed; choose files of one of them.")
    with SitesFile(tables_among(files)[0], assembly, (_FIELD,)) as sites:
        found = _VERSION.search(sites.header.infos[_FIELD].description)
        day = date_of(sites.header) or _UNDATED
    return Release(
        key=KEY,
        name="SpliceAI",
        version=f"{found[1] if found else 'unknown'}-{next(iter(ways))}",
        released_on=day,
        licence="free for academic and non-commercial use (Illumina)",
        citation="Jaganathan 2019, Cell 176:535. PMID:30661751",
        address="https://basespace.illumina.com/s/otSPW8hnhaZR",
        assembly=assembly.value,
    )


def build(files: Sequence[Path], folder: Path, progress: Progress, assembly: Assembly) -> None:
    """The largest of the four delta scores, over all genes at the place. Insertions are there up to one base and
    deletions up to four, so a longer one has no score and is not assessed.
    """
    seen = Seen()

    def batches() -> Iterator[pa.RecordBatch]:
        for path in sorted(tables_among(files)):
            with SitesFile(path, assembly, (_FIELD,)) as file:
                for sites in file.alleles():
                    seen.note(sites.contig, sites.keyed)
                    yield _batch(sites)

    write_release(folder, SCHEMA, highest(SCHEMA.names[0]), batches(), seen.coverage, progress)


def _batch(sites: Sites) -> pa.RecordBatch:
    if sites.several:
        raise UnreadableFile(
            "A record holds several alleles; choose the file as Illumina delivers it.", sites.block.file.name
        )
    scores = sites.field(_FIELD)
    delta = np.empty(len(sites), np.float32)
    largest_of_fields(scores.text, scores.start, scores.length, _FIRST_DELTA, _LAST_DELTA, delta)
    gene = pc.struct_field(pc.extract_regex(scores.texts(), _SYMBOL), "symbol")
    return batch_of(sites.keyed, {"spliceai_delta_max": delta, "spliceai_gene": gene}, SCHEMA, ~np.isnan(delta))


def _described(row: dict[str, Any]) -> str:
    return f"{row['spliceai_delta_max']:.2g} ({row['spliceai_gene']})"


def _offer(assembly: Assembly) -> Offer:
    hg = "hg38" if assembly is Assembly.GRCH38 else "hg19"
    return Offer(
        source=KEY,
        assembly=assembly,
        licence=Licence(
            "free for academic and non-commercial use; others need a licence of Illumina",
            "https://github.com/Illumina/SpliceAI",
            must_accept=True,
        ),
        fetch=(),
        release_of=partial(release_of, assembly=assembly),
        build=partial(build, assembly=assembly),
        by_hand="Sign in at Illumina BaseSpace (basespace.illumina.com/s/otSPW8hnhaZR), download "
        f"spliceai_scores.masked.snv.{hg}.vcf.gz and spliceai_scores.masked.indel.{hg}.vcf.gz, and give both here.",
    )


SOURCE = Source(
    key=KEY,
    question="How much does SpliceAI predict this change to alter splicing?",
    unit="largest of four delta scores, 0 (not at all) to 1",
    missing="absent: outside of the genes it scores; not assessed: not installed, or an insertion or deletion "
    "that was not computed",
    release=release_in_use(KEY),
    look_up=asked_one(KEY, _described),
    found=Example("GRCh38 chr1-69091-A-C", Found("0.01 (OR4F5)", "SpliceAI")),
    missed=Example("GRCh38 chr1-500000-A-C", Absent("SpliceAI")),
    offers=(_offer(Assembly.GRCH38), _offer(Assembly.GRCH37)),
)
