"""Where genes are on GRCh38: MANE transcripts for drawing, and positions to genes by the hundred thousand."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.case import Absent, Found, Looked
from models.knowledge.cache import compiled
from models.knowledge.in_use import release_in_use, replacing, table_file, table_in_use
from models.knowledge.library.installed import Library
from models.knowledge.mane_offer import OFFER, RELEASE
from models.knowledge.segments import SPLICE_BASES, Segments, paint
from models.knowledge.source import TABLES, Example, Source
from models.knowledge.types import TranscriptModel

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

FORMAT_VERSION = 1


class Region(str, Enum):
    """Part of a gene, most telling first. RNA: an exon of a gene that codes no protein."""

    CODING = "coding"
    SPLICE = "splice"
    RNA = "rna"
    UTR = "utr"
    INTRON = "intron"
    INTERGENIC = "intergenic"


REGIONS = tuple(Region)


@dataclass(frozen=True, eq=False)
class Transcripts:
    """MANE on GRCh38 and the mitochondrial genes on rCRS. Positions of GRCh37 must not be asked."""

    table: pd.DataFrame
    segments: Mapping[str, Segments]
    genes: NDArray[np.object_]

    def locate(
        self, chrom: NDArray[np.object_] | pd.Series, pos_1based: NDArray[np.int32], end_1based: NDArray[np.int32]
    ) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """(gene, region) of each span of bases: the most telling region it touches.

        gene: "" where the span touches none. region: values of Region; a contig we do not know is
        "intergenic". Where two genes are equally telling, the first by symbol is given.
        """
        names = pd.Categorical(chrom)
        start, end = np.asarray(pos_1based), np.maximum(np.asarray(end_1based), np.asarray(pos_1based))
        gene = np.full(len(names), len(self.genes) - 1, dtype=np.int32)
        region = np.full(len(names), len(REGIONS) - 1, dtype=np.int8)
        for code, name in enumerate(names.categories):
            if name in self.segments:
                rows = np.flatnonzero(names.codes == code)
                gene[rows], region[rows] = self.segments[name].best(start[rows], end[rows])
        return self.genes[gene], np.array([r.value for r in REGIONS], dtype=object)[region]

    def model(self, gene: str) -> TranscriptModel | None:
        """The MANE Select transcript of a gene by today's symbol, None when there is none."""
        at = self._first_row.get(gene)
        if at is None:
            return None
        row = self.table.iloc[at]
        starts = row["start_1based"] + np.asarray(row["exon_offsets"])
        exons = tuple((int(s), int(s + n - 1)) for s, n in zip(starts, row["exon_sizes"], strict=True))
        return TranscriptModel(
            gene,
            row["chrom"],
            row["strand"],
            row["refseq"],
            row["ensembl"],
            row["mane_status"],
            exons,
            int(row["cds_start_1based"]),
            int(row["cds_end_1based"]),
        )

    @cached_property
    def chromosome_of(self) -> dict[str, str]:
        return dict(zip(self.table["gene"].tolist(), self.table["chrom"].tolist(), strict=True))

    @cached_property
    def _first_row(self) -> dict[str, int]:
        genes, plus = self.table["gene"].tolist(), self.table["mane_status"].eq("MANE Plus Clinical").to_numpy()
        first: dict[str, int] = {}
        for at in np.argsort(plus, kind="stable").tolist():
            first.setdefault(genes[at], at)
        return first


def load_transcripts(cache_dir: Path, library: Library | None = None) -> Transcripts:
    """The table as shipped, or as installed in `library`, with its painted chromosomes; painted once, then
    read in a moment."""
    library = library or Library(cache_dir / "nothing-installed")
    table = table_in_use(library, RELEASE)
    genes = sorted(set(table["gene"]))
    digest = _digest(library)[:16]
    place = cache_dir / f"mane-{digest}-splice-{SPLICE_BASES}-format-{FORMAT_VERSION}"
    segments = compiled(place, lambda scratch: _compile(table, genes, scratch), _read)
    return Transcripts(table, segments, np.array([*genes, ""], dtype=object))


def _digest(library: Library) -> str:
    """Of the table in use, after `table_in_use` compared it with its description."""
    installed, file = replacing(library, RELEASE), table_file(RELEASE.key)
    return hashlib.sha256((TABLES / file).read_bytes()).hexdigest() if installed is None else installed.files[file]


def _compile(table: pd.DataFrame, genes: list[str], scratch: Path) -> None:
    codes = {g: i for i, g in enumerate(genes)}
    for chrom, rows in table.groupby("chrom"):
        painted = paint(rows, codes, none=len(genes))
        np.savez(scratch / f"{chrom}.npz", start=painted.start, gene=painted.gene, region=painted.region)


def _read(place: Path) -> dict[str, Segments]:
    found = {}
    for file in sorted(place.glob("*.npz")):
        with np.load(file, allow_pickle=False) as arrays:
            found[file.stem] = Segments(arrays["start"], arrays["gene"], arrays["region"])
    return found


def look_up(knowledge: "Knowledge", gene: str) -> Looked[str]:
    """The RefSeq id of the gene's MANE Select transcript."""
    model = knowledge.transcripts.model(knowledge.genes.current(gene))
    return Found(model.refseq, RELEASE.name) if model else Absent(RELEASE.name)


SOURCE = Source(
    key="mane",
    question="Which transcript stands for this gene, and where are its exons on GRCh38?",
    unit="positions: 1-based, closed, GRCh38 (mitochondrion: rCRS)",
    missing="no MANE transcript: the gene does not code a protein, or MANE has not chosen yet",
    release=partial(release_in_use, shipped=RELEASE),
    look_up=look_up,
    found=Example("SCN1A", Found("NM_001165963.4", RELEASE.name)),
    missed=Example("XIST", Absent(RELEASE.name)),
    offers=(OFFER,),
)
