"""The bases of a codon on the genome."""

from models.knowledge.effects.spliced import spliced
from models.knowledge.types import TranscriptModel


def codon_positions(transcript: TranscriptModel, aa_pos_1based: int) -> tuple[int, ...]:
    """Genomic positions of a codon's bases, in the transcript's order; empty outside of the reading frame."""
    layout = spliced(transcript)
    if layout.coding is None or not 1 <= aa_pos_1based <= (layout.cds_length + 2) // 3:
        return ()
    first = layout.coding[0] + 3 * (aa_pos_1based - 1)
    return tuple(layout.genomic(at) for at in range(first, min(first + 3, layout.coding[1] + 1)))
