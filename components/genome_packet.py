"""Everything one case's genome view needs, gathered into one packet of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.genome_locus import locus_text
from components.genome_session import CollectingBrowser, Packet
from components.genome_tracks import contig_lines, genes_refflat, role_samples, variants_vcf
from components.igv_assets import igv_url
from models.case import Assembly, Case
from models.errors import InputError
from models.intake.reads import DEPTH_CAP_READS, ReadsExcerpt, excerpts
from models.intake.reference import ReferenceExcerpt, read_slices, reference_excerpt
from models.intake.regions import FLANK_BP, Region, around, drawn_name
from models.knowledge.types import TranscriptModel

if TYPE_CHECKING:
    from models.workup import Workup

# Shares of the height that is left for reads: the proband's pane is the one people read first.
_PROBAND_SHARE, _PROBAND_SHARE_OF_MANY = 0.5, 0.4
# Room beyond the last variant on a contig whose length no file says.
_BEYOND_BP = 1_000_000
_BAND = "rgba(200, 60, 60, 0.16)"
_GENE = "rgb(60, 90, 160)"

NO_READS = "No reads came with this case. To see them here, add a BAM and its .bai index to the case's files."
NO_SEQUENCE = (
    "Reads came with this case, but no reference sequence: without it a mismatch looks like any other base, "
    "so the reads are not drawn. Add a FASTA file with the sequence around the variants."
)
GENES_ON_38 = "Genes are drawn on GRCh38 only; this case is on another build."
OTHER_BUILD = (
    "the contigs of these reads have other lengths than the reference; they belong to another genome build and are "
    "not drawn. Give reads and reference of one build."
)
REMEMBERED = "No FASTA came with the case: the reference shown is what the reads' MD tags remember of it."
SYNTHETIC = "Made-up sequence and reads of a synthetic person."


@dataclass(frozen=True)
class Scope:
    """Which variants are drawn, and which of them bring the reads around them."""

    drawn_rows: tuple[int, ...]
    read_rows: tuple[int, ...]


@dataclass(frozen=True)
class _Reads:
    label: str
    cut: ReadsExcerpt


def build_packet(workup: Workup, scope: Scope, start_row: int, token: str) -> bytes:
    """The packet `genome_browser.js` replays, for one case and one scope."""
    case, packet = workup.case, Packet()
    regions = [r for row in scope.read_rows for r in _region(case, row)]
    reads = tuple(_reads(case, regions, packet))
    reference = _reference(case, regions, packet) or _remembered(reads, packet)
    reads = tuple(_drawable(reads, reference, packet))
    _say_what_is_shown(case, reference, reads, packet)
    igv = CollectingBrowser(_config(case, reference, reads, start_row, packet))
    igv.load_track(_variants_track(case, scope.drawn_rows, packet))
    genes = tuple(_genes(workup, scope.drawn_rows))
    if genes:
        igv.load_track(_genes_track(genes, packet))
    for at, person in enumerate(reads):
        igv.load_track(_reads_track(person, at, len(reads), packet))
    igv.load_roi(_bands(case, scope.drawn_rows))
    return packet.pack(
        igv.messages, igv_url=igv_url(), token=token, covers=_covers(reference), indels=_indels(case, scope.drawn_rows)
    )


def _covers(reference: ReferenceExcerpt) -> list[tuple[str, int, int]]:
    return [(r.chrom, r.start_1based, r.end_1based) for r in reference.covers]


def _indels(case: Case, rows: Sequence[int]) -> list[str]:
    """ "chr1:155237000" of the drawn insertions and deletions: reads differ one base further on."""
    frame = case.variants.frame.iloc[list(rows)]
    shifted = frame[frame["ref"].str.len() != frame["alt"].str.len()]
    return [f"{drawn_name(str(c))}:{int(p)}" for c, p in zip(shifted["chrom"], shifted["pos_1based"], strict=True)]


def _region(case: Case, row: int) -> tuple[Region, ...]:
    at = case.variants.frame.iloc[row]
    return around(str(at["chrom"]), int(at["pos_1based"]), int(at["end_1based"]))


def _reference(case: Case, regions: Sequence[Region], packet: Packet) -> ReferenceExcerpt | None:
    """What the case's own FASTA has; None when there is none of use."""
    if case.reference is None:
        return None
    try:
        found = reference_excerpt(case.reference.fasta, regions)
    except InputError as problem:
        packet.notes.append(problem.sentence)
        return None
    return found if found.covers else None


def _remembered(reads: Sequence[_Reads], packet: Packet) -> ReferenceExcerpt:
    """The reference as the reads' own tags remember it; empty when they do not."""
    fasta = b"".join(r.cut.fasta for r in reads)
    if not fasta:
        return ReferenceExcerpt(b"", (), {})
    packet.notes.append(REMEMBERED)
    return read_slices(fasta)


def _reads(case: Case, regions: Sequence[Region], packet: Packet) -> Iterable[_Reads]:
    """The family's reads, the proband first; what could not be read is said in words."""
    labels = role_samples(case)
    order = list(labels)
    files = sorted(case.reads, key=lambda f: order.index(f.sample) if f.sample in labels else len(order))
    for file, cut in zip(files, excerpts(files, regions), strict=True):
        label = labels.get(file.sample, "Unlinked sample")
        if isinstance(cut, ReadsExcerpt):
            yield _Reads(label, cut)
        else:
            packet.notes.append(f"{label}: {cut.sentence}")


def _drawable(reads: Sequence[_Reads], reference: ReferenceExcerpt, packet: Packet) -> Iterable[_Reads]:
    """Reads that can be compared with the reference; without it mismatches would look like reference."""
    for person in reads if reference.covers else ():
        if _fits(person.cut, reference):
            yield person
        else:
            packet.notes.append(f"{person.label}: {OTHER_BUILD}")


def _fits(cut: ReadsExcerpt, reference: ReferenceExcerpt) -> bool:
    """Whether reads and reference are of one build: a contig has one length in each."""
    return all(reference.contigs.get(name, length) == length for name, length in cut.contigs.items())


def _say_what_is_shown(case: Case, reference: ReferenceExcerpt, reads: Sequence[_Reads], packet: Packet) -> None:
    if not case.reads:
        packet.notes.append(NO_READS)
    elif not reference.covers:
        packet.notes.append(NO_SEQUENCE)
    if case.assembly is not Assembly.GRCH38:
        packet.notes.append(GENES_ON_38)
    if any(not r.cut.whole for r in reads):
        packet.notes.append(f"Reads within {FLANK_BP} bases of the top variants are shown.")
    if any(r.cut.thinned for r in reads):
        packet.notes.append(f"Places deeper than {DEPTH_CAP_READS} reads were thinned to about that.")
    made_up = case.patient.is_synthetic or (case.reference is not None and case.reference.is_synthetic)
    if reads and made_up:
        packet.notes.append(SYNTHETIC)


def _config(
    case: Case, reference: ReferenceExcerpt, reads: Sequence[_Reads], start_row: int, packet: Packet
) -> dict[str, object]:
    """igv's settings: nothing fetched from elsewhere, no name that would make igv add outside links."""
    fasta = reference.fasta + contig_lines(_lengths(case, reference, reads), reference.contigs)
    return {
        "reference": {"id": "case", "name": "case", "fastaPath": packet.add("reference.fa", fasta), "indexed": False},
        "locus": _locus(case, start_row),
        "loadDefaultGenomes": False,
        "search": False,
        "showNavigation": False,
        "showIdeogram": False,
        "showSVGButton": False,
        "showTrackLabels": True,
        "minimumBases": 40,
    }


def _locus(case: Case, row: int) -> str:
    at = case.variants.frame.iloc[row]
    return locus_text(str(at["chrom"]), int(at["pos_1based"]), int(at["end_1based"]))


def _lengths(case: Case, reference: ReferenceExcerpt, reads: Sequence[_Reads]) -> dict[str, int]:
    """Drawn contig -> length; where no file says, beyond the last variant."""
    last = case.variants.frame.groupby("chrom", observed=True)["end_1based"].max()
    lengths = {drawn_name(str(c)): int(end) + _BEYOND_BP for c, end in last.items() if drawn_name(str(c))}
    for person in reads:
        lengths |= person.cut.contigs
    return lengths | reference.contigs


def _variants_track(case: Case, rows: Sequence[int], packet: Packet) -> dict[str, object]:
    return {
        "type": "variant",
        "format": "vcf",
        "name": "Variants",
        "path": packet.add("variants.vcf", variants_vcf(case, rows)),
        "indexed": False,
        "displayMode": "SQUISHED",
        "visibilityWindow": -1,
        "height": 40,
        "order": 2,
    }


def _genes(workup: Workup, rows: Sequence[int]) -> Iterable[TranscriptModel]:
    """The MANE transcripts of the drawn variants' genes; none unless the case is on GRCh38."""
    if workup.case.assembly is not Assembly.GRCH38:
        return
    frame = workup.evidence.frame
    for gene in sorted({str(g) for g in frame.loc[frame.index.isin(rows), "gene"].dropna() if g}):
        model = workup.knowledge.transcripts.model(gene)
        if model is not None:
            yield model


def _genes_track(genes: Sequence[TranscriptModel], packet: Packet) -> dict[str, object]:
    return {
        "type": "annotation",
        "format": "refflat",
        "name": "Genes (MANE)",
        "path": packet.add("genes.txt", genes_refflat(genes)),
        "indexed": False,
        "displayMode": "COLLAPSED",
        "color": _GENE,
        "visibilityWindow": -1,
        "height": 36,
        "order": 3,
    }


def _reads_track(person: _Reads, at: int, people: int, packet: Packet) -> dict[str, object]:
    return {
        "type": "alignment",
        "format": "bam",
        "name": f"{person.label} reads",
        "path": packet.add(f"reads{at}.bam", person.cut.bam),
        "indexPath": packet.add(f"reads{at}.bam.csi", person.cut.index),
        "heightShare": _share(at, people),
        "height": 100,
        "coverageTrackHeight": 26,
        "alignmentRowHeight": 9,
        "visibilityWindow": 30_000,
        "showSoftClips": False,
        "order": 4 + at,
    }


def _share(at: int, people: int) -> float:
    if people == 1:
        return 1.0
    first = _PROBAND_SHARE if people <= 3 else _PROBAND_SHARE_OF_MANY
    return round(first if at == 0 else (1 - first) / (people - 1), 3)


def _bands(case: Case, rows: Sequence[int]) -> dict[str, object]:
    """A faint band over each drawn variant, so that the eye finds the column."""
    frame = case.variants.frame.iloc[list(rows)]
    features = [
        {"chr": name, "start": int(pos) - 1, "end": int(end)}
        for chrom, pos, end in zip(frame["chrom"], frame["pos_1based"], frame["end_1based"], strict=True)
        if (name := drawn_name(str(chrom)))
    ]
    return {"name": "Variants", "color": _BAND, "features": features}
