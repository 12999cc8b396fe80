"""Facts of a position in its transcript that need no sequence: exon, reading frame, the last junction."""

from dataclasses import dataclass

from models.knowledge.effects.spliced import spliced
from models.knowledge.types import TranscriptModel

# A premature stop more than 50 bases before the last exon-exon junction is expected to lead to
# nonsense-mediated decay; in the last exon, or in the last 50 bases of the one before, it is not.
# Source: Abou Tayoun et al. 2018, Hum Mutat 39:1517, PMID:30192042 (ClinGen's PVS1 decision tree).
NMD_ESCAPE_BASES = 50


@dataclass(frozen=True)
class PositionInTranscript:
    """Where a genomic position lies in a transcript.

    name: as HGVS counts, without "c." ("123+4", "-18", "*44"). exon, intron: 1-based, in the transcript's
    order; the one it does not lie in is None. cds_position: 1-based in the reading frame, None outside of
    it. bases_to_last_junction: spliced bases from here to the last exon-exon junction (1: the last base of
    the exon before the last one; 0 or less: in the last exon); None in introns and in a transcript of one exon.
    """

    name: str
    exon: int | None
    intron: int | None
    exon_count: int
    cds_position: int | None
    cds_length: int
    bases_to_last_junction: int | None

    @property
    def is_last_exon(self) -> bool:
        return self.exon == self.exon_count

    @property
    def aa_position(self) -> int | None:
        """1-based codon number, None outside of the reading frame."""
        return None if self.cds_position is None else (self.cds_position + 2) // 3


def position_in_transcript(transcript: TranscriptModel, pos_1based: int) -> PositionInTranscript | None:
    """None outside of the transcript."""
    layout = spliced(transcript)
    place = layout.place(pos_1based)
    if place is None:
        return None
    in_exon = place.into_intron == 0
    intron = None if in_exon else place.exon if place.into_intron > 0 else place.exon - 1
    junction = layout.last_junction
    return PositionInTranscript(
        layout.name(place),
        place.exon if in_exon else None,
        intron,
        len(layout.exons),
        layout.cds_position(place),
        layout.cds_length,
        junction - place.anchor if in_exon and junction is not None else None,
    )


def codon_positions(transcript: TranscriptModel, aa_pos_1based: int) -> tuple[int, ...]:
    """Genomic positions of a codon's bases, in the transcript's order; empty outside of the reading frame."""
    layout = spliced(transcript)
    if layout.coding is None or not 1 <= aa_pos_1based <= (layout.cds_length + 2) // 3:
        return ()
    first = layout.coding[0] + 3 * (aa_pos_1based - 1)
    return tuple(layout.genomic(at) for at in range(first, min(first + 3, layout.coding[1] + 1)))


def nmd_predicted(transcript: TranscriptModel, stop_cds_position: int) -> bool | None:
    """Whether a premature stop whose first base is at this place of the reading frame (1-based; counting on
    into the 3' UTR) leads to nonsense-mediated decay by the 50-base rule; None where nothing is coded."""
    layout = spliced(transcript)
    if layout.coding is None:
        return None
    if layout.last_junction is None:
        return False
    return layout.last_junction - (layout.coding[0] + stop_cds_position - 1) > NMD_ESCAPE_BASES
