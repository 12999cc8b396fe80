"""What a change in the synthetic genome does to its gene: consequence and HGVS on the MANE transcript."""

from dataclasses import dataclass

from sample_data.recipe.genes import Gene
from sample_data.recipe.genome import CODON_TABLE, COMPLEMENT, Genome

_NAMES = "Ala Arg Asn Asp Cys Gln Glu Gly His Ile Leu Lys Met Phe Pro Ser Thr Trp Tyr Val Ter"
THREE = dict(zip("ARNDCQEGHILKMFPSTWYV*", _NAMES.split(" "), strict=True))
IMPACT = {
    "stop_gained": "HIGH",
    "frameshift_variant": "HIGH",
    "splice_donor_variant": "HIGH",
    "splice_acceptor_variant": "HIGH",
    "start_lost": "HIGH",
    "stop_lost": "HIGH",
    "missense_variant": "MODERATE",
    "inframe_deletion": "MODERATE",
    "inframe_insertion": "MODERATE",
    "synonymous_variant": "LOW",
    "stop_retained_variant": "LOW",
    "splice_region_variant": "LOW",
}
SPLICE_REGION_INTRON_BASES = 8  # Sequence Ontology SO:0001630: 3-8 bases into the intron
SPLICE_REGION_EXON_BASES = 3  # and 1-3 bases into the exon


@dataclass(frozen=True)
class Effect:
    """One transcript's view of one allele. Empty text where it does not apply."""

    gene: Gene | None
    consequence: str
    hgvs_c: str = ""
    hgvs_p: str = ""
    exon: str = ""
    intron: str = ""
    cds_pos: int = 0
    amino_acids: str = ""
    codons: str = ""

    @property
    def impact(self) -> str:
        found = [IMPACT[term] for term in self.consequence.split("&") if term in IMPACT]
        return min(found, key=("HIGH", "MODERATE", "LOW").index) if found else "MODIFIER"

    @property
    def primary(self) -> str:
        return self.consequence.split("&")[0]


def effect_of(genome: Genome, gene: Gene, pos: int, ref: str, alt: str) -> Effect:
    """Effect of a substitution, or of an anchored insertion or deletion that does not cross an exon boundary."""
    changed = pos if len(ref) == len(alt) else pos + 1
    if changed in gene.cds_index and (len(ref) > len(alt) or pos in gene.cds_index):
        return (
            _coding_snv(genome, gene, pos, alt) if len(ref) == len(alt) else _coding_indel(genome, gene, pos, ref, alt)
        )
    return _noncoding(gene, changed, ref, alt)


def place(gene: Gene, pos: int) -> tuple[str, str]:
    """("3/8", "") inside an exon, ("", "2/7") in an intron."""
    count = len(gene.exons)
    for i, (start, end) in enumerate(gene.exons):
        if start <= pos <= end:
            return f"{i + 1 if gene.strand == '+' else count - i}/{count}", ""
        if i and gene.exons[i - 1][1] < pos < start:
            return "", f"{i if gene.strand == '+' else count - i}/{count - 1}"
    return "", ""


def hgvs_position(gene: Gene, pos: int) -> str:
    """ "123", "123+5", "124-7", "-18" or "*44" on the coding transcript."""
    if pos in gene.cds_index:
        return str(gene.cds_index[pos])
    edges = [edge for exon in gene.exons for edge in exon]
    if any(start <= pos <= end for start, end in gene.exons):
        return _utr_position(gene, pos)
    edge = min(edges, key=lambda e: abs(e - pos))
    after = (pos > edge) == (gene.strand == "+")
    anchor = str(gene.cds_index[edge]) if edge in gene.cds_index else _utr_position(gene, edge)
    return f"{anchor}{'+' if after else '-'}{abs(edge - pos)}"


def _utr_position(gene: Gene, pos: int) -> str:
    exonic = [p for s, e in gene.exons for p in (range(s, e + 1) if s <= pos <= e or _outside_cds(gene, s, e) else ())]
    low_side = pos < gene.cds_start
    between = [p for p in exonic if (pos <= p < gene.cds_start if low_side else gene.cds_end < p <= pos)]
    return ("-" if low_side == (gene.strand == "+") else "*") + str(len(between))


def _outside_cds(gene: Gene, start: int, end: int) -> bool:
    return start < gene.cds_start or end > gene.cds_end


def _on_strand(gene: Gene, bases: str) -> str:
    return bases if gene.strand == "+" else bases.translate(COMPLEMENT)[::-1]


def _splice_suffix(gene: Gene, pos: int) -> str:
    inner = [e for _, e in gene.exons[:-1]] + [s for s, _ in gene.exons[1:]]
    return "&splice_region_variant" if any(abs(e - pos) < SPLICE_REGION_EXON_BASES for e in inner) else ""


def _coding_snv(genome: Genome, gene: Gene, pos: int, alt: str) -> Effect:
    cds = gene.cds_index[pos]
    number, offset = (cds + 2) // 3, (cds - 1) % 3
    before = genome.codon(gene, number)
    after = before[:offset] + _on_strand(gene, alt) + before[offset + 1 :]
    old, new = CODON_TABLE[before], CODON_TABLE[after]
    consequence, protein = _protein_change(number, old, new)
    shown = [c[:offset].lower() + c[offset] + c[offset + 1 :].lower() for c in (before, after)]
    exon, _ = place(gene, pos)
    return Effect(
        gene,
        consequence + _splice_suffix(gene, pos),
        f"c.{cds}{before[offset]}>{after[offset]}",
        protein,
        exon,
        "",
        cds,
        old if old == new else f"{old}/{new}",
        "/".join(shown),
    )


def _protein_change(number: int, old: str, new: str) -> tuple[str, str]:
    if number == 1:
        return "start_lost", "p.Met1?"
    if old == new:
        return ("stop_retained_variant" if old == "*" else "synonymous_variant"), f"p.{THREE[old]}{number}="
    if new == "*":
        return "stop_gained", f"p.{THREE[old]}{number}Ter"
    if old == "*":
        return "stop_lost", f"p.Ter{number}{THREE[new]}extTer?"
    return "missense_variant", f"p.{THREE[old]}{number}{THREE[new]}"


def _coding_indel(genome: Genome, gene: Gene, pos: int, ref: str, alt: str) -> Effect:
    exon, _ = place(gene, pos)
    frame = (len(alt) - len(ref)) % 3
    kind = "frameshift_variant" if frame else "inframe_deletion" if len(ref) > len(alt) else "inframe_insertion"
    hgvs_c = _indel_name(gene, pos, ref, alt)
    first = gene.cds_index[pos + 1 if gene.strand == "+" or len(ref) > len(alt) else pos]
    if len(ref) > len(alt):
        first = min(gene.cds_index[p] for p in range(pos + 1, pos + len(ref)))
    protein = _shifted_protein(genome, gene, first, len(ref) - len(alt), _on_strand(gene, alt[1:]))
    return Effect(gene, kind, hgvs_c, protein, exon, "", first)


def _indel_name(gene: Gene, pos: int, ref: str, alt: str) -> str:
    ends = (pos + 1, pos + len(ref) - 1) if len(ref) > len(alt) else (pos, pos + 1)
    first, last = ends if gene.strand == "+" else ends[::-1]
    span = hgvs_position(gene, first) if first == last else f"{hgvs_position(gene, first)}_{hgvs_position(gene, last)}"
    return f"c.{span}del" if len(ref) > len(alt) else f"c.{span}ins{_on_strand(gene, alt[1:])}"


def _shifted_protein(genome: Genome, gene: Gene, first: int, removed: int, inserted: str) -> str:
    """Translate on from the codon of c.`first`, with `removed` bases gone (negative: `inserted` put before it)."""
    number = (first + 2) // 3
    reach = gene.cds_positions[3 * number - 3 : 3 * number + 600]
    bases = "".join(genome.base(gene.chrom, p) for p in reach)
    old = bases if gene.strand == "+" else bases.translate(COMPLEMENT)
    cut = first - (3 * number - 2)
    new = old[:cut] + inserted + old[cut + max(0, removed) :]
    before, after = (_translate(text) for text in (old, new))
    if removed % 3 == 0:
        return f"p.{THREE[before[0]]}{number}del" if removed > 0 else f"p.{THREE[before[0]]}{number}delins"
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    stop = after.find("*", at)
    tail = f"fsTer{stop - at + 1}" if stop >= 0 else "fsTer?"
    return f"p.{THREE[before[at]]}{number + at}{THREE[after[at]]}{tail}"


def _translate(bases: str) -> str:
    return "".join(CODON_TABLE[bases[i : i + 3]] for i in range(0, len(bases) - 2, 3))


def _noncoding(gene: Gene, pos: int, ref: str, alt: str) -> Effect:
    exon, intron = place(gene, pos)
    if len(ref) == len(alt):
        name = f"c.{hgvs_position(gene, pos)}{_on_strand(gene, ref)}>{_on_strand(gene, alt)}"
    else:
        name = _indel_name(gene, pos - 1, ref, alt)
    return Effect(gene, _noncoding_consequence(gene, pos, bool(exon)), name, "", exon, intron)


def _noncoding_consequence(gene: Gene, pos: int, exonic: bool) -> str:
    if exonic:
        return "5_prime_UTR_variant" if (pos < gene.cds_start) == (gene.strand == "+") else "3_prime_UTR_variant"
    left = min((pos - e for _, e in gene.exons[:-1] if pos > e), default=10**9)
    right = min((s - pos for s, _ in gene.exons[1:] if pos < s), default=10**9)
    donor = left < right if gene.strand == "+" else right < left
    distance = min(left, right)
    if distance <= 2:
        return "splice_donor_variant" if donor else "splice_acceptor_variant"
    return "splice_region_variant&intron_variant" if distance <= SPLICE_REGION_INTRON_BASES else "intron_variant"
