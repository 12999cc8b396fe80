"""A small stand-in for the knowledge tables."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class FakeGenes:
    frame: pd.DataFrame
    previous: dict[str, str] = field(default_factory=dict)

    def current(self, symbol):
        return self.previous.get(symbol, symbol)


@dataclass(frozen=True)
class FakeTranscripts:
    """spans: (gene, chrom, start, end, region)."""

    spans: tuple[tuple[str, str, int, int, str], ...] = ()

    def locate(self, chrom, pos_1based, end_1based):
        gene = np.full(len(pos_1based), "", dtype=object)
        region = np.full(len(pos_1based), "intergenic", dtype=object)
        for name, where, start, end, kind in self.spans:
            inside = (np.asarray(chrom, dtype=object) == where) & (pos_1based <= end) & (end_1based >= start)
            gene[inside], region[inside] = name, kind
        return gene, region


@dataclass(frozen=True)
class FakeKnowledge:
    genes: FakeGenes
    transcripts: FakeTranscripts = field(default_factory=FakeTranscripts)


def knowing(*spans, **inheritance: str) -> FakeKnowledge:
    """knowing(("SCN1A", "2", 100, 900, "coding"), SCN1A="AD")."""
    frame = pd.DataFrame({"inheritance": pd.Series(inheritance, dtype="str")})
    return FakeKnowledge(FakeGenes(frame), FakeTranscripts(spans))
