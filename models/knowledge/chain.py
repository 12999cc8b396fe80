"""The chain file that carries places of GRCh37 to GRCh38: for display and joining, never to answer for a build."""

import gzip
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from models.case import Absent, Allele, Assembly, Found, Looked, NotAssessed
from models.knowledge.delivered import is_gzip, only_file
from models.knowledge.effects.lift import REASONS, Chains, Lift, lifted, read_chains
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.positions.alleles import CONTIGS, Alleles
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

KEY = "chain"
CHAIN_FILE = "grch37_to_grch38.chain.gz"
_NOT_INSTALLED = "no chain file is installed"
RELEASE = Release(
    KEY,
    "UCSC chain file hg19ToHg38",
    "2013-12-31",
    "2013-12-31",
    "free for any use (UCSC Genome Browser)",
    "Kuhn, Haussler, Kent 2013, Brief Bioinform 14:144, PMID:22908213",
    "https://hgdownload.soe.ucsc.edu/goldenPath/hg19/liftOver/",
)


def build(files: Sequence[Path], folder: Path, progress: Progress) -> None:
    """An Offer's `build`: the file as delivered, read to its end first."""
    delivered = only_file(files)
    progress("Reading the chain file", None)
    read_chains(delivered)
    with delivered.open("rb") as raw, (folder / CHAIN_FILE).open("wb") as out:
        shutil.copyfileobj(raw, out) if is_gzip(delivered) else out.write(gzip.compress(raw.read()))


def open_chains(library: Library) -> Chains | None:
    """The installed chain file, None when there is none."""
    installed = library.current(KEY, Assembly.GRCH37)
    return None if installed is None else read_chains(installed.file(CHAIN_FILE))


def release(library: Library) -> Release | None:
    installed = library.current(KEY, Assembly.GRCH37)
    return None if installed is None else installed.release


def look_up(knowledge: "Knowledge", query: str) -> Looked[str]:
    """An allele of GRCh37 ("2-166848852-G-A") as it is written on GRCh38; its REF is not compared here."""
    chains = open_chains(knowledge.library)
    if chains is None:
        return NotAssessed(_NOT_INSTALLED)
    allele = Allele.parse(query, assembly=Assembly.GRCH37)
    there = lifted(_alone(allele), chains, None)
    outcome = Lift(int(there.outcome[0]))
    if outcome is not Lift.LIFTED:
        return Absent(REASONS[outcome])
    on = there.alleles
    chrom = CONTIGS[on.contig[0]]
    return Found(f"chr{chrom}-{on.pos_1based[0]}-{on.ref[0].as_py()}-{on.alt[0].as_py()}", RELEASE.name)


def _alone(allele: Allele) -> Alleles:
    contig = np.array([CONTIGS.index(allele.chrom) if allele.chrom in CONTIGS else 0], np.uint8)
    ref, alt = (pa.array([text], pa.large_string()) for text in (allele.ref, allele.alt))
    return Alleles(allele.assembly, contig, np.array([allele.pos_1based], np.int32), ref, alt, contig > 0)


SOURCE = Source(
    key=KEY,
    question="Where is this place of GRCh37 on GRCh38?",
    unit="1-based positions; the allele as GRCh38's forward strand reads it",
    missing="the place has no single counterpart in GRCh38",
    release=release,
    look_up=look_up,
    found=Example("2-166848852-G-A", Found("chr2-165992342-G-A", RELEASE.name)),
    missed=Example("2-166848852-G-A", NotAssessed(_NOT_INSTALLED)),
    offers=(
        Offer(
            source=KEY,
            assembly=Assembly.GRCH37,
            licence=Licence(RELEASE.licence, "https://genome.ucsc.edu/license/"),
            fetch=(
                Addressed("https://hgdownload.soe.ucsc.edu/goldenPath/hg19/liftOver/hg19ToHg38.over.chain.gz", 227_698),
            ),
            release_of=lambda _: RELEASE,
            build=build,
        ),
    ),
)
