"""Small made-up transcripts and sequences."""

from dataclasses import dataclass
from functools import lru_cache

from models.knowledge.transcripts import load_transcripts
from models.knowledge.types import TranscriptModel
from tests.knowledge.real import compiled_folder


def transcript(strand="+", exons=((11, 20), (31, 45), (61, 90)), cds=(14, 70), chrom="1", gene="TOY"):
    return TranscriptModel(gene, chrom, strand, "NM_1.1", "ENST1.1", "MANE Select", exons, *cds)


@dataclass(frozen=True)
class Sequence:
    """A reference of one contig whose first base is at `start_1based`; N elsewhere."""

    text: str
    chrom: str = "1"
    start_1based: int = 1

    def bases(self, chrom, start_1based, end_1based):
        if chrom != self.chrom:
            return "N" * (end_1based - start_1based + 1)
        places = range(start_1based - self.start_1based, end_1based - self.start_1based + 1)
        return "".join(self.text[i] if 0 <= i < len(self.text) else "N" for i in places)


@lru_cache(maxsize=1)
def mane():
    """The shipped MANE transcripts."""
    return load_transcripts(compiled_folder())
