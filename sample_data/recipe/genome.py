"""A synthetic genome: made-up bases on real coordinates, in which the genes have open reading frames.

Nothing of the human reference sequence is in it except the bases that a published allele's own name
states (its REF allele and, for a coding change, a codon that gives the published amino-acid change).
"""

import random
from bisect import bisect_right
from functools import lru_cache

from sample_data.recipe.genes import Gene, load_genes
from sample_data.recipe.model import Published

CODON_TABLE = dict(
    zip(
        (a + b + c for a in "TCAG" for b in "TCAG" for c in "TCAG"),
        "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG",
        strict=True,
    )
)
SENSE = sorted(c for c, aa in CODON_TABLE.items() if aa != "*")
COMPLEMENT = str.maketrans("ACGTN", "TGCAN")
BLOCK = 1024


def reverse_complement(sequence: str) -> str:
    return sequence.translate(COMPLEMENT)[::-1]


class Genome:
    """Bases by (chrom, pos_1based). The same for every patient of an assembly apart from published alleles."""

    def __init__(self, assembly: str, published: tuple[Published, ...] = ()) -> None:
        self.assembly = assembly
        self.genes = load_genes(assembly)
        self._starts: dict[str, list[tuple[int, int, str]]] = {}
        for gene in self.genes.values():
            for start, end in gene.coding_exons:
                self._starts.setdefault(gene.chrom, []).append((start, end, gene.symbol))
        for spans in self._starts.values():
            spans.sort()
        self._coding: dict[str, dict[int, str]] = {}
        self._splice = {k: b for gene in self.genes.values() for k, b in _splice_sites(gene)}
        self._facts: dict[tuple[str, int], str] = {}
        for allele in published:
            self._lay(allele)

    def position(self, allele: Published) -> int:
        return allele.pos_grch38 if self.assembly == "GRCh38" else allele.pos_grch37

    def chrom(self, allele: Published) -> str:
        return allele.chrom or self.genes[allele.gene].chrom

    def base(self, chrom: str, pos: int) -> str:
        given = self._facts.get((chrom, pos)) or self._coding_base(chrom, pos) or self._splice.get((chrom, pos))
        return given or _filler(chrom, pos // BLOCK)[pos % BLOCK]

    def sequence(self, chrom: str, start: int, end: int) -> str:
        """Bases start..end, 1-based closed."""
        return "".join(self.base(chrom, pos) for pos in range(start, end + 1))

    def codon(self, gene: Gene, number: int) -> str:
        """Codon `number` (1-based) on the transcript's strand; shorter past the end."""
        places = gene.cds_positions[3 * number - 3 : 3 * number]
        bases = "".join(self.base(gene.chrom, pos) for pos in places)
        return bases if gene.strand == "+" else bases.translate(COMPLEMENT)

    def _lay(self, allele: Published) -> None:
        chrom, pos = self.chrom(allele), self.position(allele)
        if allele.codon:
            gene = self.genes[allele.gene]
            places = gene.cds_positions[allele.codon_cds_start - 1 :]
            strand_bases = allele.codon if gene.strand == "+" else allele.codon.translate(COMPLEMENT)
            self._facts |= {(chrom, p): b for p, b in zip(places, strand_bases, strict=False)}
        for i, base in enumerate(allele.ref):
            known = self._facts.setdefault((chrom, pos + i), base)
            if known != base:
                raise ValueError(f"{allele.gene} {allele.hgvs_c}: codon {allele.codon} disagrees with REF {allele.ref}")

    def _coding_base(self, chrom: str, pos: int) -> str | None:
        spans = self._starts.get(chrom, [])
        place = bisect_right(spans, (pos, 1 << 40, ""))
        for start, end, symbol in reversed(spans[max(0, place - 3) : place]):
            if start <= pos <= end:
                return self._reading_frame(symbol)[pos]
        return None

    def _reading_frame(self, symbol: str) -> dict[int, str]:
        if symbol not in self._coding:
            gene = self.genes[symbol]
            rng = random.Random(f"reading frame of {symbol}")
            count = len(gene.cds_positions) // 3 + 1
            bases = "ATG" + "".join(rng.choices(SENSE, k=count))
            bases = bases[: len(gene.cds_positions) - 3] + "TAA"
            placed = bases if gene.strand == "+" else bases.translate(COMPLEMENT)
            self._coding[symbol] = dict(zip(gene.cds_positions, placed, strict=True))
        return self._coding[symbol]


@lru_cache(maxsize=4096)
def _filler(chrom: str, block: int) -> str:
    rng = random.Random(f"{chrom}:{block}")
    return "".join(rng.choices("ACGT", weights=(28, 22, 22, 28), k=BLOCK))


def _splice_sites(gene: Gene) -> list[tuple[tuple[str, int], str]]:
    """GT after and AG before every inner exon boundary (CT and AC on the reverse strand)."""
    after, before = ("GT", "AG") if gene.strand == "+" else ("CT", "AC")
    pairs = zip(gene.exons, gene.exons[1:], strict=False)
    places = ((left[1], right[0]) for left, right in pairs)
    return [
        ((gene.chrom, pos), base)
        for end, start in places
        for pos, base in ((end + 1, after[0]), (end + 2, after[1]), (start - 2, before[0]), (start - 1, before[1]))
    ]
