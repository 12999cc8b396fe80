"""Small made-up transcripts and sequences."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from models.case import Assembly
from models.knowledge.effects.packed import BASES_FILE, INDEX_FILE, read_packed, write_packed
from models.knowledge.effects.reference import Reference
from models.knowledge.positions.alleles import CONTIGS, Alleles
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


def reference(folder, contigs, assembly=Assembly.GRCH38):
    """An installed reference of whole contigs: name -> sequence."""
    lengths = {name: len(text) for name, text in contigs.items()}
    list(write_packed(lengths, lambda name, start, end: contigs[name][start:end], folder))
    return Reference(assembly, "toy reference 1", read_packed(folder / BASES_FILE, folder / INDEX_FILE))


def alleles(*rows, assembly=Assembly.GRCH38):
    """Rows of (chrom, pos, ref, alt); an ALT in angle brackets is not spelled out."""
    chrom, pos, ref, alt = zip(*rows, strict=True) if rows else ((), (), (), ())
    contig = np.array([CONTIGS.index(c) if c in CONTIGS else 0 for c in chrom], np.uint8)
    spelled = np.array([set(a) <= set("ACGTN") for a in alt], np.bool_)
    texts = (pa.array(column, pa.large_string()) for column in (ref, alt))
    return Alleles(assembly, contig, np.array(pos, np.int32), *texts, spelled & (contig > 0))
