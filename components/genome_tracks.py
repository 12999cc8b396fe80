"""The case's own variants and genes as small files for the genome browser.

Only values of closed sets and numbers go in (positions, bases, genotypes, gene symbols of our own
table): nothing a file wrote as free text can reach igv, which draws its pop-ups as markup.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from models.case import Case, Role
from models.intake.regions import drawn_name
from models.knowledge.types import TranscriptModel

_BASES = re.compile(r"^[ACGTNacgtn]{1,1000}$")
_HEADER = "##fileformat=VCFv4.2\n"
_GT = '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">\n'


def role_samples(case: Case) -> dict[str, str]:
    """Sample name -> what a track of it is called: "Proband", "Mother", "Sibling 2"; never the name."""
    people = [p for p in case.pedigree.people if p.sample]
    ranked = sorted(people, key=lambda p: list(Role).index(case.pedigree.role(p.id)))
    counts: dict[Role, int] = {}
    labels: dict[str, str] = {}
    for person in ranked:
        role = case.pedigree.role(person.id)
        counts[role] = counts.get(role, 0) + 1
        word = "Relative" if role is Role.OTHER else role.value.capitalize()
        labels[person.sample] = word if counts[role] == 1 else f"{word} {counts[role]}"
    return labels


def variants_vcf(case: Case, rows: Sequence[int]) -> bytes:
    """A VCF of the sequence-resolved `rows` with the genotypes of the family, columns named by role."""
    labels = {s: label for s, label in role_samples(case).items() if case.variants.sample_index(s) >= 0}
    frame = case.variants.frame.iloc[sorted(rows)]
    lines = []
    for row, chrom, pos, ref, alt in zip(
        sorted(rows), frame["chrom"], frame["pos_1based"], frame["ref"], frame["alt"], strict=True
    ):
        name = drawn_name(str(chrom))
        if name and _BASES.match(str(ref)) and _BASES.match(str(alt)):
            calls = "\t".join(_gt(case, row, sample) for sample in labels)
            lines.append((name, int(pos), f"{name}\t{pos}\t.\t{ref}\t{alt}\t.\t.\t.\tGT\t{calls}\n"))
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + "\t".join(labels.values()) + "\n"
    return (_HEADER + _GT + columns + "".join(text for _, _, text in sorted(lines))).encode()


def _gt(case: Case, row: int, sample: str) -> str:
    """GT of one person for one allele; alleles that were not called are "."."""
    at, calls = case.variants.sample_index(sample), case.variants.genotypes
    copies, called = int(calls.alt_copies[row, at]), int(calls.called_copies[row, at])
    ploidy = max(1, int(calls.ploidy[row, at]))
    if copies < 0:
        return "/".join(["."] * ploidy)
    return "/".join(["0"] * max(0, called - copies) + ["1"] * copies + ["."] * max(0, ploidy - called))


def genes_refflat(models: Iterable[TranscriptModel]) -> bytes:
    """Transcripts in UCSC's refFlat columns; starts are 0-based there."""
    return "".join(f"{line}\n" for line in sorted(_refflat(m) for m in models if drawn_name(m.chrom))).encode()


def _refflat(model: TranscriptModel) -> str:
    first, last = model.exons[0][0] - 1, model.exons[-1][1]
    codes = model.cds_start_1based > 0
    cds = (model.cds_start_1based - 1, model.cds_end_1based) if codes else (last, last)
    starts = ",".join(str(start - 1) for start, _ in model.exons)
    ends = ",".join(str(end) for _, end in model.exons)
    numbers = (first, last, *cds, len(model.exons))
    place = (model.gene, model.refseq or model.ensembl, drawn_name(model.chrom), model.strand)
    return "\t".join([*place, *map(str, numbers), f"{starts},", f"{ends},"])


def contig_lines(lengths: Mapping[str, int], present: Iterable[str]) -> bytes:
    """FASTA records of one unknown base for contigs without sequence, so that igv knows their length."""
    have = set(present)
    return b"".join(f">{name}:1-2 @len={length}\nNN\n".encode() for name, length in lengths.items() if name not in have)
