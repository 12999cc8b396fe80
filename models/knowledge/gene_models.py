"""All transcripts of a gene, beyond MANE: for one variant, when somebody asks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from models.case import Absent, Assembly, Found, Looked, NotAssessed
from models.errors import UnreadableFile
from models.knowledge.delivered import only_file
from models.knowledge.effects.gff import read_gff
from models.knowledge.effects.layout import models_of
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.source import Example, Source
from models.knowledge.types import Release, TranscriptModel

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

KEY = "ensembl"
TABLE_FILE = "transcripts.parquet"
_ROWS_A_GROUP = 2000  # sorted by gene, so that one gene's transcripts are read without the rest
_NOT_INSTALLED = "Ensembl's transcripts are not installed"
_RELEASE = Release(
    KEY,
    "Ensembl transcripts",
    "115",
    "2025-09-02",
    "no restrictions (EMBL-EBI)",
    "Dyer et al. 2025, Nucleic Acids Res 53:D948, PMID:39656687; ensembl.org",
    "https://www.ensembl.org/info/data/ftp/index.html",
)
# GRCh37 is frozen: its genes are those of release 75 to 87.
_RELEASED_ON = {"115": "2025-09-02", "87": "2016-12-08"}


def build(assembly: Assembly) -> Callable[[Sequence[Path], Path, Progress], None]:
    def make(files: Sequence[Path], folder: Path, progress: Progress) -> None:
        table = read_gff(only_file(files), assembly, progress)
        table.to_parquet(folder / TABLE_FILE, compression="zstd", index=False, row_group_size=_ROWS_A_GROUP)

    return make


def release_of(files: Sequence[Path]) -> Release:
    """The release told by the file's name ("Homo_sapiens.GRCh38.115.gff3.gz")."""
    name = only_file(files).name
    told = re.search(r"\.(\d+)\.(?:chr\.)?gff3(?:\.gz)?$", name)
    if told is None:
        raise UnreadableFile("Its name does not say the release; keep the name it has at Ensembl.", name)
    return replace(_RELEASE, version=told[1], released_on=_RELEASED_ON.get(told[1], _RELEASE.released_on))


def transcripts_of(library: Library, assembly: Assembly, gene: str) -> tuple[TranscriptModel, ...] | None:
    """Every transcript of a gene by Ensembl's symbol, empty where it knows no such gene; None when not installed."""
    installed = library.current(KEY, assembly)
    if installed is None:
        return None
    return tuple(models_of(pd.read_parquet(installed.file(TABLE_FILE), filters=[("gene", "==", gene)])))


def release(library: Library) -> Release | None:
    installed = library.current(KEY, Assembly.GRCH38) or library.current(KEY, Assembly.GRCH37)
    return None if installed is None else installed.release


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The transcripts of a gene on GRCh38, ", "-joined."""
    models = transcripts_of(knowledge.library, Assembly.GRCH38, gene)
    if models is None:
        return NotAssessed(_NOT_INSTALLED)
    return Found(", ".join(m.refseq for m in models), _RELEASE.name) if models else Absent(_RELEASE.name)


def _offer(assembly: Assembly, address: str, size_bytes: int) -> Offer:
    return Offer(
        source=KEY,
        assembly=assembly,
        licence=Licence(_RELEASE.licence, "https://www.ensembl.org/info/about/legal/disclaimer.html"),
        fetch=(Addressed(address, size_bytes),),
        release_of=release_of,
        build=build(assembly),
    )


SOURCE = Source(
    key=KEY,
    question="Which transcripts does this gene have besides MANE's?",
    unit="transcripts with version, those with known ends",
    missing="Ensembl calls the gene otherwise, or none of its transcripts has known ends",
    release=release,
    look_up=look_up,
    found=Example("TOY", Found("T1.2, T2.2", _RELEASE.name)),
    missed=Example("SCN1A", NotAssessed(_NOT_INSTALLED)),
    offers=(
        _offer(
            Assembly.GRCH38,
            "https://ftp.ensembl.org/pub/release-115/gff3/homo_sapiens/Homo_sapiens.GRCh38.115.gff3.gz",
            89_000_000,
        ),
        _offer(
            Assembly.GRCH37,
            "https://ftp.ensembl.org/pub/grch37/release-115/gff3/homo_sapiens/Homo_sapiens.GRCh37.87.gff3.gz",
            43_000_000,
        ),
    ),
)
