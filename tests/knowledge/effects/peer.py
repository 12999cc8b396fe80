"""`bcftools csq` as pysam brings it: an independent judge of consequences, on a made-up genome."""

import random
import subprocess
import sys
from itertools import product
from pathlib import Path

import pysam

from models.intake.severity import ALIASES
from models.knowledge.effects.genetic_code import STANDARD, reverse_complement, translate
from models.knowledge.types import TranscriptModel

CODONS = ["".join(bases) for bases in product("ACGT", repeat=3)]
SENSE = [codon for codon in CODONS if translate(codon, STANDARD) != "*"]
SPACING = 6000


def genome(seed: int, genes: int) -> tuple[str, tuple[TranscriptModel, ...]]:
    """A contig "1" with `genes` protein-coding genes on both strands, far apart."""
    rng = random.Random(seed)
    bases, models = [], []
    for number in range(genes):
        text, exons, cds = _gene(rng)
        first = len(bases) + SPACING
        bases += rng.choices("ACGT", k=SPACING)
        strand = rng.choice("+-")
        if strand == "-":
            size = len(text)
            text = reverse_complement(text)
            exons = [(size + 1 - b, size + 1 - a) for a, b in reversed(exons)]
            cds = (size + 1 - cds[1], size + 1 - cds[0])
        bases += text
        placed = tuple((first + a, first + b) for a, b in exons)
        name = f"G{number}"
        models.append(
            TranscriptModel(
                name, "1", strand, f"T{number}", name, "MANE Select", placed, first + cds[0], first + cds[1]
            )
        )
    return "".join(bases) + "".join(rng.choices("ACGT", k=SPACING)), tuple(models)


def _gene(rng: random.Random) -> tuple[str, list[tuple[int, int]], tuple[int, int]]:
    """(sequence, exons, coding part) in the gene's own direction, 1-based closed."""
    codons = ["ATG", *rng.choices(SENSE, k=rng.randint(40, 160)), rng.choice(["TAA", "TAG", "TGA"])]
    utr_5, utr_3 = ("".join(rng.choices("ACGT", k=rng.randint(20, 80))) for _ in range(2))
    transcript = utr_5 + "".join(codons) + utr_3
    count = rng.randint(1, 5)
    cuts = sorted(rng.sample(range(15, len(transcript) - 15, 14), count - 1))
    text, exons = "", []
    for start, end in zip([0, *cuts], [*cuts, len(transcript)], strict=True):
        exons.append((len(text) + 1, len(text) + end - start))
        text += transcript[start:end]
        if end < len(transcript):
            text += "GT" + "".join(rng.choices("ACGT", k=rng.randint(60, 200))) + "AG"
    places = [p for a, b in exons for p in range(a, b + 1)]
    return text, exons, (places[len(utr_5)], places[len(utr_5) + 3 * len(codons) - 1])


def by_csq(
    folder: Path, text: str, models: tuple[TranscriptModel, ...], rows: list[tuple[str, int, str, str]]
) -> list[set[str]]:
    """The Sequence Ontology terms that csq gives each allele by itself; none where it gives none."""
    (folder / "r.fa").write_text(f">1\n{text}\n")
    pysam.faidx(str(folder / "r.fa"))
    (folder / "g.gff3").write_text("##gff-version 3\n" + "".join(_gff(m) for m in models))
    lines = sorted((pos, f"1\t{pos}\tv{i}\t{ref}\t{alt}\t.\t.\t.\n") for i, (_, pos, ref, alt) in enumerate(rows))
    head = f"##fileformat=VCFv4.2\n##contig=<ID=1,length={len(text)}>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    (folder / "v.vcf").write_text(head + "".join(line for _, line in lines))
    # In a process of its own: csq keeps the last position between calls and then finds the next file unsorted.
    files = "'-f', 'r.fa', '-g', 'g.gff3', '-o', 'out.vcf', 'v.vcf'"
    call = f"import pysam.bcftools; pysam.bcftools.csq('-l', {files}, catch_stdout=False)"
    subprocess.run([sys.executable, "-c", call], cwd=folder, check=True, capture_output=True)
    found: list[set[str]] = [set() for _ in rows]
    for line in (folder / "out.vcf").read_text().splitlines():
        if not line.startswith("#"):
            fields = line.split("\t")
            entries = fields[7].partition("BCSQ=")[2].split(",")
            said = {term.lstrip("*") for entry in entries for term in entry.split("|")[0].split("&")} - {""}
            found[int(fields[2][1:])] = {ALIASES.get(term, term) for term in said}
    return found


def _gff(m: TranscriptModel) -> str:
    def line(kind: str, start: int, end: int, phase: str, attributes: str) -> str:
        return f"1\tx\t{kind}\t{start}\t{end}\t.\t{m.strand}\t{phase}\t{attributes}\n"

    low, high = m.exons[0][0], m.exons[-1][1]
    text = line("gene", low, high, ".", f"ID=gene:{m.gene};Name={m.gene};biotype=protein_coding")
    of_gene = f"ID=transcript:{m.refseq};Parent=gene:{m.gene};biotype=protein_coding"
    text += line("mRNA", low, high, ".", of_gene)
    done = 0
    exons = m.exons if m.strand == "+" else tuple(reversed(m.exons))
    for a, b in exons:
        text += line("exon", a, b, ".", f"Parent=transcript:{m.refseq}")
        start, end = max(a, m.cds_start_1based), min(b, m.cds_end_1based)
        if start <= end:
            text += line("CDS", start, end, str(-done % 3), f"Parent=transcript:{m.refseq}")
            done += end - start + 1
        before, after = (a, min(b, m.cds_start_1based - 1)), (max(a, m.cds_end_1based + 1), b)
        kinds = ("five_prime_UTR", "three_prime_UTR") if m.strand == "+" else ("three_prime_UTR", "five_prime_UTR")
        for kind, (x, y) in zip(kinds, (before, after), strict=True):
            if x <= y:
                text += line(kind, x, y, ".", f"Parent=transcript:{m.refseq}")
    return text
