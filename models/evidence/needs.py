"""What evidence asks of knowledge: the two tables it reads, and nothing else."""

from typing import Any, Protocol

import pandas as pd
from numpy.typing import NDArray


class GeneTable(Protocol):
    """`frame` is indexed by symbol; column `inheritance` is ";"-joined AD AR XL XLD XLR MT, "" unknown."""

    @property
    def frame(self) -> pd.DataFrame: ...

    def current(self, symbol: str) -> str:
        """Today's symbol of a gene that a file may name by an older one."""


class TranscriptTable(Protocol):
    """Genes and regions by GRCh38 position."""

    def locate(self, chrom: Any, pos_1based: NDArray[Any], end_1based: NDArray[Any]) -> tuple[Any, Any]:
        """(gene symbol or "", region) of each position; region: coding, splice, utr, intron, intergenic."""


class KnowledgeForEvidence(Protocol):
    """The part of models.knowledge.Knowledge used here."""

    @property
    def genes(self) -> GeneTable: ...

    @property
    def transcripts(self) -> TranscriptTable: ...
