"""The genes the synthetic genome is made of: real MANE coordinates, read from facts/genes.tsv."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FACTS = Path(__file__).resolve().parents[1] / "facts"


@dataclass(frozen=True)
class Gene:
    """A MANE Select transcript on one assembly. exons: genomic order, 1-based closed.

    kind: "disease", "tolerant" (loss of function seen on both copies in healthy people) or "other".
    """

    symbol: str
    chrom: str
    strand: str
    ensembl_gene: str
    ensembl_transcript: str
    ensembl_protein: str
    refseq_transcript: str
    refseq_protein: str
    cds_start: int
    cds_end: int
    exons: tuple[tuple[int, int], ...]
    kind: str

    @cached_property
    def coding_exons(self) -> tuple[tuple[int, int], ...]:
        clipped = ((max(s, self.cds_start), min(e, self.cds_end)) for s, e in self.exons)
        return tuple((s, e) for s, e in clipped if s <= e)

    @cached_property
    def cds_positions(self) -> tuple[int, ...]:
        """Genomic position of c.1, c.2, ... in transcript order."""
        forward = [p for s, e in self.coding_exons for p in range(s, e + 1)]
        return tuple(forward if self.strand == "+" else reversed(forward))

    @cached_property
    def cds_index(self) -> dict[int, int]:
        """Genomic position -> c. position, 1-based."""
        return {pos: i + 1 for i, pos in enumerate(self.cds_positions)}

    @property
    def start(self) -> int:
        return self.exons[0][0]

    @property
    def end(self) -> int:
        return self.exons[-1][1]


def _read(row: dict[str, str], assembly: str) -> Gene | None:
    if assembly == "GRCh37" and not row["offset_to_grch37"]:
        return None
    shift = int(row["offset_to_grch37"]) if assembly == "GRCh37" else 0
    pairs = (span.split("-") for span in row["exons_1based"].split(","))
    return Gene(
        row["gene"],
        row["chrom"],
        row["strand"],
        row["ensembl_gene"],
        row["ensembl_transcript"],
        row["ensembl_protein"],
        row["refseq_transcript"],
        row["refseq_protein"],
        int(row["cds_start_1based"]) + shift,
        int(row["cds_end_1based"]) + shift,
        tuple((int(s) + shift, int(e) + shift) for s, e in pairs),
        row["kind"],
    )


def load_genes(assembly: str) -> dict[str, Gene]:
    """All genes placed on `assembly`; on GRCh37 only those whose distance between assemblies is known."""
    with (FACTS / "genes.tsv").open(newline="") as stream:
        genes = (_read(row, assembly) for row in csv.DictReader(stream, delimiter="\t"))
        return {g.symbol: g for g in genes if g is not None}
