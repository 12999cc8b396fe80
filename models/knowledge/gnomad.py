"""gnomAD: how often an allele is seen in the general population; its exomes and its genomes are two sources."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from models.case import Absent, Assembly, Found, NotAssessed
from models.errors import InputError, UnreadableFile
from models.intake.assembly import BOTH, LENGTHS_BASES
from models.knowledge.gnomad_sites import DESCRIBED, SCHEMA, Looked, header_of, read
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.positions.build import highest
from models.knowledge.positions.coverage import Coverage, whole_contigs
from models.knowledge.positions.regions import is_regions, read_regions
from models.knowledge.positions.source import asked_one, release_in_use, tables_among, write_release
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

EXOMES, GENOMES = "gnomad_exomes", "gnomad_genomes"
# Sites of one calling region lie a few bases apart: 17 million in the exomes of v2.1, 183 million in those of
# v4, a site every 3.5 and every base or two of what was captured. A gap of more than 50 bases by chance would
# be seen a few times in all of v2.1 (e^(-50/3.5) a site), and the introns that were not called are longer than
# that: calling went 50 bases (v2) or 150 (v4) past each exon. So a longer gap is where nobody looked; to take
# one for that wrongly costs an "absent", never makes one up.
EXOME_GAP_BASES = 50
_NAME = re.compile(r"gnomad\.(exomes|genomes)\.[vr](\d+(?:\.\d+)*)")
# Days on which gnomAD announced its releases (gnomad.broadinstitute.org/news).
_RELEASED_ON = {
    "2.0.2": "2017-10-03", "2.1": "2018-10-17", "2.1.1": "2019-03-06", "3.0": "2019-10-16", "3.1": "2020-10-29",
    "3.1.1": "2021-03-20", "3.1.2": "2021-10-22", "4.0": "2023-11-01", "4.1": "2024-04-19",
}  # fmt: skip


def release_of(files: Sequence[Path], source: str, assembly: Assembly) -> Release:
    """The release is told by the names of the files alone: gnomAD writes none into them.

    Raises UnreadableFile for another name, InputError when files of several releases or of exomes and genomes
    are mixed.
    """
    kind = source.removeprefix("gnomad_")
    told = set()
    for file in _sites_among(files):
        header_of(file, assembly)
        found = _NAME.search(file.name)
        if found is None:
            raise UnreadableFile(
                "The name does not tell which gnomAD release this is; give it the name gnomAD delivers it under, "
                f"like gnomad.{kind}.v4.1.sites.chr1.vcf.bgz.",
                file.name,
            )
        told.add(found.groups())
    if {of for of, _ in told} != {kind} or len(told) > 1:
        raise InputError(f"These files are not all of gnomAD's {kind} of one release; choose those of one release.")
    version = next(iter(told))[1]
    return Release(
        key=source,
        name=f"gnomAD {kind}",
        version=version,
        released_on=_RELEASED_ON.get(version) or _day_of(files[0]),
        licence="CC0 1.0",
        citation="Chen 2024, Nature 625:92. PMID:38057664",
        address="https://gnomad.broadinstitute.org/",
        assembly=assembly.value,
    )


def build(files: Sequence[Path], folder: Path, progress: Progress, source: str, assembly: Assembly) -> None:
    """Coverage of genomes: the contigs that the files list sites on. Of exomes: the calling regions when their
    file (.bed, .interval_list) is among `files`, else the runs of sites themselves (EXOME_GAP_BASES).
    """
    regions = [file for file in files if is_regions(file)]
    looked = Looked(EXOME_GAP_BASES)

    def covered() -> Coverage:
        if source == GENOMES:
            return whole_contigs(looked.contigs, DESCRIBED)
        return read_regions(regions, DESCRIBED, looked.contigs) if regions else looked.runs()

    batches = read(_sites_among(files), assembly, looked)
    write_release(folder, SCHEMA, highest("af_fraction"), batches, covered, progress)


def _sites_among(files: Sequence[Path]) -> list[Path]:
    """The VCFs by chromosome, so that a table is written in order whatever order they are given in."""
    return sorted((f for f in tables_among(files) if not is_regions(f)), key=_chromosome)


def _chromosome(file: Path) -> tuple[int, str]:
    found = re.search(r"\.(?:chr)?(\d+|X|Y)\.(?:.*\.)?vcf", file.name)
    place = {"X": 23, "Y": 24}
    return (int(place.get(found[1], found[1])) if found else 0, file.name)


def _day_of(file: Path) -> str:
    """The day the file was written: for releases younger than this program."""
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date().isoformat()


def _described(row: dict[str, Any]) -> str:
    name = f", highest in {row['af_group_max_name']}" if row["af_group_max_name"] else ""
    return f"AF {row['af_fraction']:.2e} ({row['allele_count']:,.0f}/{row['allele_number']:,.0f}){name}"


_BUCKET = "https://storage.googleapis.com/gcp-public-data--gnomad/release"
_FILES = {
    Assembly.GRCH38: "4.1/vcf/{kind}/gnomad.{kind}.v4.1.sites.chr{chrom}.vcf.bgz",
    Assembly.GRCH37: "2.1.1/vcf/{kind}/gnomad.{kind}.r2.1.1.sites.{chrom}.vcf.bgz",
}


def _offer(source: str, assembly: Assembly, size_bytes: int) -> Offer:
    """One file a chromosome. size_bytes: of all; each is told as its share by the length of the chromosome."""
    kind, place = source.removeprefix("gnomad_"), BOTH.index(assembly)
    # v2.1.1's genomes have no Y.
    chromosomes = [c for c in LENGTHS_BASES if (source, assembly, c) != (GENOMES, Assembly.GRCH37, "Y")]
    name = _FILES[assembly].format(kind=kind, chrom="{}")
    total = sum(LENGTHS_BASES[c][place] for c in chromosomes)
    return Offer(
        source=source,
        assembly=assembly,
        licence=Licence("CC0 1.0", "https://gnomad.broadinstitute.org/policies"),
        fetch=tuple(
            Addressed(f"{_BUCKET}/{name.format(c)}", size_bytes * LENGTHS_BASES[c][place] // total) for c in chromosomes
        ),
        release_of=partial(release_of, source=source, assembly=assembly),
        build=partial(build, source=source, assembly=assembly),
    )


def _source(key: str, found: Example, missed: Example, sizes: dict[Assembly, int]) -> Source:
    kind = key.removeprefix("gnomad_")
    return Source(
        key=key,
        question=f"How often is this allele seen in gnomAD's {kind}, overall and in each ancestry group?",
        unit="fraction of called alleles, 0 to 1, with their counts",
        missing="absent: they looked there and nobody carries it; not assessed: nobody looked there, it failed "
        "their filters, or gnomAD does not list such variants",
        release=release_in_use(key),
        look_up=asked_one(key, _described),
        found=found,
        missed=missed,
        offers=tuple(_offer(key, assembly, size) for assembly, size in sizes.items()),
    )


EXOME_SOURCE = _source(
    EXOMES,
    Example("GRCh38 chr1-55039974-G-T", Found("AF 1.36e-02 (19,800/1,461,000), highest in nfe", "gnomAD exomes")),
    Example(
        "GRCh38 chr1-55040500-G-T", NotAssessed("gnomAD exomes: it did not look there, or not for this kind of variant")
    ),
    {Assembly.GRCH38: 190_000_000_000, Assembly.GRCH37: 59_000_000_000},
)
GENOME_SOURCE = _source(
    GENOMES,
    Example("GRCh38 chr1-55039974-G-T", Found("AF 1.17e-02 (1,780/152,200), highest in nfe", "gnomAD genomes")),
    Example("GRCh38 chr1-55039974-G-C", Absent("gnomAD genomes")),
    {Assembly.GRCH38: 700_000_000_000, Assembly.GRCH37: 461_000_000_000},
)
