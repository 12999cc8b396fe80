"""Position tables with one score an allele: what the readers of AlphaMissense, REVEL, SpliceAI and CADD share."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.case import Kind
from models.knowledge.positions.coverage import Coverage, whole_contigs
from models.knowledge.positions.key import KINDS, Keyed
from models.knowledge.positions.rows import Block, batch_of


class Seen:
    """Contigs and kinds of the rows read so far.

    A score is computed for every substitution there is on a contig, so a substitution without one is absent:
    it is not of the kind that is scored. Insertions and deletions are computed for a choice only: one without
    a score is not assessed.
    """

    def __init__(self) -> None:
        self._contigs: set[int] = set()

    def note(self, contig: NDArray[np.uint8], keyed: Keyed) -> None:
        is_snv = keyed.kind == KINDS.index(Kind.SNV)
        self._contigs |= set(np.unique(contig[is_snv]).tolist())

    def coverage(self) -> Coverage:
        return whole_contigs(self._contigs, (Kind.SNV,))


def scored(
    block: Block, places: Sequence[int], score: NDArray[np.float32], schema: pa.Schema, seen: Seen
) -> pa.RecordBatch:
    """Rows of a block with their score. places: columns of contig, position, REF and ALT."""
    chrom, pos, ref, alt = places
    contig = block[chrom].contigs()
    keyed = block.keyed(contig, pos, block[ref], block[alt])
    seen.note(contig, keyed)
    return batch_of(keyed, {schema.names[0]: score}, schema)
