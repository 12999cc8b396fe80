"""The reference genome sequence, one a build: what alleles are compared with and proteins read from."""

import gzip
import shutil
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pysam
import pysam.utils

from models.case import Allele, Assembly, Found, Looked, NotAssessed, canonical_chrom
from models.errors import CaseboardError, UnreadableFile, WrongBuild
from models.intake.assembly import BOTH, LENGTHS_BASES
from models.knowledge.delivered import is_gzip, only_file
from models.knowledge.effects.coding_name import MITOCHONDRION_BASES
from models.knowledge.effects.packed import write_packed
from models.knowledge.effects.reference import SOURCE_KEY, open_reference
from models.knowledge.library.installed import Library
from models.knowledge.library.offer import Addressed, Licence, Offer, Progress
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.source import Example, Source
from models.knowledge.types import Release

if TYPE_CHECKING:
    from models.knowledge.load import Knowledge

FASTA_FILE = "reference.fa.gz"  # with .fai and .gzi beside it, as pysam and genome browsers want it
_BLOCK_BYTES = 1 << 22
_NOT_INSTALLED = "no reference sequence is installed"
_RELEASES = {
    Assembly.GRCH38: Release(
        SOURCE_KEY,
        "GRCh38 reference (no-alt analysis set)",
        "GCA_000001405.15",
        "2014-01-17",
        "public domain (NCBI)",
        "Schneider et al. 2017, Genome Res 27:849, PMID:28396521",
        "https://www.ncbi.nlm.nih.gov/datasets/genome/GCF_000001405.26/",
    ),
    Assembly.GRCH37: Release(
        SOURCE_KEY,
        "GRCh37 reference (primary assembly, Ensembl)",
        "GCA_000001405.14",
        "2013-06-28",
        "no restrictions (EMBL-EBI)",
        "Church et al. 2011, PLoS Biol 9:e1001091, PMID:21750661",
        "https://grch37.ensembl.org/info/data/ftp/index.html",
    ),
}
_TERMS = {
    Assembly.GRCH38: "https://www.ncbi.nlm.nih.gov/home/about/policies/",
    Assembly.GRCH37: "https://www.ensembl.org/info/about/legal/disclaimer.html",
}


def build(assembly: Assembly) -> Callable[[Sequence[Path], Path, Progress], None]:
    """An Offer's `build`: a FASTA, plain or compressed, compressed in blocks and indexed, and at two bits a base."""

    def make(files: Sequence[Path], folder: Path, progress: Progress) -> None:
        delivered, fasta = only_file(files), folder / FASTA_FILE
        _compress_in_blocks(delivered, fasta, progress)
        progress("Indexing the reference", None)
        try:
            pysam.faidx(str(fasta))
        except pysam.utils.SamtoolsError as problem:
            raise UnreadableFile("It is not a FASTA file with lines of one length.", delivered.name) from problem
        with pysam.FastaFile(str(fasta)) as opened:
            _pack(opened, assembly, delivered.name, folder, progress)

    return make


def _compress_in_blocks(delivered: Path, fasta: Path, progress: Progress) -> None:
    """Raises UnreadableFile when it is truncated or no FASTA."""
    if is_gzip(delivered) and _has_blocks(delivered):
        shutil.copyfile(delivered, fasta)
        return
    done, size = 0, delivered.stat().st_size
    try:
        with delivered.open("rb") as raw, pysam.BGZFile(str(fasta), "wb", None) as out:
            text = gzip.GzipFile(fileobj=raw) if is_gzip(delivered) else raw
            while block := text.read(_BLOCK_BYTES):
                if not done and not block.startswith(b">"):
                    raise UnreadableFile("It is not a FASTA file: the first character must be '>'.", delivered.name)
                done += len(block)
                out.write(block)
                progress("Compressing the reference", raw.tell() / size)
    except (OSError, EOFError, zlib.error) as problem:
        raise UnreadableFile("It cannot be read to its end; fetch it again.", delivered.name) from problem
    if not done:
        raise UnreadableFile("It is empty; fetch it again.", delivered.name)


def _has_blocks(path: Path) -> bool:
    """Whether a gzip file was made by bgzip: its first block says so in an extra field "BC" (SAM specification 4.1)."""
    with path.open("rb") as content:
        head = content.read(18)
    return len(head) == 18 and bool(head[3] & 4) and head[12:14] == b"BC"


def _pack(fasta: pysam.FastaFile, assembly: Assembly, name: str, folder: Path, progress: Progress) -> None:
    delivered = {canonical_chrom(contig): contig for contig in fasta.references}
    lengths = {chrom: fasta.get_reference_length(delivered[chrom]) for chrom in CONTIGS if chrom in delivered}
    check_lengths(lengths, assembly, name)
    if lengths.get("MT", MITOCHONDRION_BASES) != MITOCHONDRION_BASES:  # UCSC's hg19 has another sequence
        del lengths["MT"]
    total, done = sum(lengths.values()), 0
    try:
        for chrom in write_packed(lengths, lambda c, a, b: fasta.fetch(delivered[c], a, b), folder):
            progress(f"Reading chromosome {chrom}", done / total)
            done += lengths[chrom]
    except (OSError, ValueError) as problem:
        if isinstance(problem, CaseboardError):
            raise
        raise UnreadableFile("Its sequence cannot be read to its end; fetch it again.", name) from problem


def check_lengths(lengths: dict[str, int], assembly: Assembly, name: str) -> None:
    """Raise WrongBuild when a chromosome has not the length it has in `assembly`, UnreadableFile when there is none."""
    expected = {chrom: both[BOTH.index(assembly)] for chrom, both in LENGTHS_BASES.items()}
    known = {chrom: length for chrom, length in lengths.items() if chrom in expected}
    if not known:
        raise UnreadableFile("It has no human chromosome called 1 to 22, X or Y, with or without 'chr'.", name)
    wrong = next((chrom for chrom, length in known.items() if length != expected[chrom]), None)
    if wrong:
        raise WrongBuild(
            f"Chromosome {wrong} has {known[wrong]:,} bases; in {assembly.value} it has {expected[wrong]:,}.", name
        )


def _offer(assembly: Assembly, address: str, size_bytes: int) -> Offer:
    return Offer(
        source=SOURCE_KEY,
        assembly=assembly,
        licence=Licence(_RELEASES[assembly].licence, _TERMS[assembly]),
        fetch=(Addressed(address, size_bytes),),
        release_of=lambda _: _RELEASES[assembly],
        build=build(assembly),
    )


OFFERS = (
    _offer(
        Assembly.GRCH38,
        "https://ftp.ncbi.nlm.nih.gov/genomes/all/GCA/000/001/405/GCA_000001405.15_GRCh38/"
        "seqs_for_alignment_pipelines.ucsc_ids/GCA_000001405.15_GRCh38_no_alt_analysis_set.fna.gz",
        872_000_000,
    ),
    _offer(
        Assembly.GRCH37,
        "https://ftp.ensembl.org/pub/grch37/release-115/fasta/homo_sapiens/dna/"
        "Homo_sapiens.GRCh37.dna.primary_assembly.fa.gz",
        849_000_000,
    ),
)


def release(library: Library) -> Release | None:
    installed = library.current(SOURCE_KEY, Assembly.GRCH38) or library.current(SOURCE_KEY, Assembly.GRCH37)
    return None if installed is None else installed.release


def look_up(knowledge: "Knowledge", query: str) -> Looked[str]:
    """The base of the reference at the place of an allele of GRCh38 ("2-165992342-G-A")."""
    allele = Allele.parse(query, assembly=Assembly.GRCH38)
    reference = open_reference(knowledge.library, Assembly.GRCH38)
    base = reference.bases(allele.chrom, allele.pos_1based, allele.pos_1based) if reference else "N"
    if reference is None or base == "N":
        return NotAssessed(_NOT_INSTALLED if reference is None else "the reference does not know this base")
    return Found(base, reference.label)


SOURCE = Source(
    key=SOURCE_KEY,
    question="Which base does the reference genome have at this place?",
    unit="base of the forward strand, 1-based positions",
    missing="N: the assembly does not know the base; not installed: nothing is compared with it",
    release=release,
    look_up=look_up,
    found=Example("2-165992342-G-A", Found("G", "GRCh38 reference (no-alt analysis set) GCA_000001405.15")),
    missed=Example("2-165992342-G-A", NotAssessed(_NOT_INSTALLED)),
    offers=OFFERS,
)
