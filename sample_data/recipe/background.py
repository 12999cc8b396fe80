"""The variants everybody has: made-up alleles at made-up places of real genes, inherited by the rules."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from sample_data.recipe.effect import Effect, effect_of
from sample_data.recipe.family import Family
from sample_data.recipe.genes import Gene
from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Recipe
from sample_data.recipe.scores import made_up_scores
from sample_data.recipe.site import GROUPS, Alt, Rarity, Site

# Share of sites per frequency class in one family's exome, coarsened from what exome studies report:
# most carried alleles are common; a few per cent are below 1 %.
CLASSES = (("common", 0.70), ("low", 0.11), ("rare", 0.12), ("ultra", 0.07))
ALLELE_NUMBER = 1_461_000
TRANSITIONS = {"A": "G", "G": "A", "C": "T", "T": "C"}
X_SITES = 210
Y_SITES = 24
CODING_INDEL_SHARE = 0.06


@dataclass(frozen=True)
class Spot:
    gene: Gene
    pos: int
    ref: str
    alt: str
    effect: Effect


def background(family: Family, genome: Genome, rng: random.Random, taken: set[tuple[str, int]]) -> Iterator[Site]:
    """Autosomal and X sites, made until the numbers asked for are reached; never within 12 bases of `taken`."""
    genes = usable_genes(family.recipe, genome)
    autosomal = [g for g in genes if g.chrom not in {"X", "Y"}]
    x_genes = [g for g in genes if g.chrom == "X"]
    for pool, count in ((autosomal, family.recipe.background_sites), (x_genes, X_SITES)):
        made = 0
        while made < count:
            site = _one(family, genome, rng, rng.choice(pool), taken)
            if site is not None:
                made += 1
                yield site


def usable_genes(recipe: Recipe, genome: Genome) -> list[Gene]:
    """Genes that made-up variants may lie in: not those of the answer, nor those the recipe keeps clean."""
    skip = set(recipe.excluded_from_background) | {p.gene for p in (*recipe.causal, *recipe.incidental)}
    return [g for g in genome.genes.values() if g.symbol not in skip]


def _one(family: Family, genome: Genome, rng: random.Random, gene: Gene, taken: set[tuple[str, int]]) -> Site | None:
    rarity_class = rng.choices([c for c, _ in CLASSES], [w for _, w in CLASSES])[0]
    spot = pick_spot(genome, gene, rng, rarity_class)
    if spot is None or any((gene.chrom, spot.pos + d) in taken for d in range(-12, 13)):
        return None
    rarity = frequency(rarity_class, rng)
    founders = founder_alleles(family, gene.chrom, spot.pos, rarity, rng)
    calls = {m.sample: family.alleles(m, gene.chrom, spot.pos, founders) for m in family.sequenced()}
    if not any(1 in alleles for alleles in calls.values()):
        return None
    taken.add((gene.chrom, spot.pos))
    alt = Alt(spot.alt, spot.effect, rarity, made_up_scores(spot.effect, rarity, rng))
    return Site(gene.chrom, spot.pos, spot.ref, (alt,), calls)


def founder_alleles(
    family: Family, chrom: str, pos: int, rarity: Rarity, rng: random.Random
) -> dict[str, tuple[int, int]]:
    """Alleles of the four parental haplotypes: by chance when common, on one haplotype when rare."""
    frequency_here = rarity.overall or 0.0
    haplotypes = [int(rng.random() < frequency_here) for _ in range(4)]
    if frequency_here < 0.01 or not any(haplotypes):
        haplotypes = [0, 0, 0, 0]
        haplotypes[rng.randrange(4)] = 1
    mother, father = [haplotypes[0], haplotypes[1]], [haplotypes[2], haplotypes[3]]
    if family.is_autozygous(chrom, pos):
        shared = mother[family.transmitted("mother", chrom, pos)]
        father[family.transmitted("father", chrom, pos)] = shared
    return {"mother": (mother[0], mother[1]), "father": (father[0], father[1])}


def frequency(rarity_class: str, rng: random.Random) -> Rarity:
    """A gnomAD-like entry: overall frequency of the class, groups scattered around it."""
    if rarity_class == "common":
        overall = 0.05 + 0.9 * rng.random() ** 1.6
    elif rarity_class == "low":
        overall = 10 ** rng.uniform(-2, -1.3)
    elif rarity_class == "rare":
        overall = 10 ** rng.uniform(-5, -2.05)
    elif rng.random() < 0.35:
        return Rarity(None)
    else:
        overall = 10 ** rng.uniform(-6.1, -5)
    return _counted(overall, rng)


def _counted(overall: float, rng: random.Random) -> Rarity:
    number = ALLELE_NUMBER - 2 * rng.randrange(0, 40_000)
    count = max(1, round(overall * number))
    spread = {g: min(1.0, overall * rng.lognormvariate(0, 0.35)) for g in GROUPS}
    if count < 30:
        home = rng.choice(GROUPS)
        spread = {g: (overall * 4 if g == home else 0.0) for g in GROUPS}
    homozygotes = round(number / 2 * (count / number) ** 2)
    return Rarity(count / number, spread, count, number, homozygotes)


def pick_spot(genome: Genome, gene: Gene, rng: random.Random, rarity_class: str) -> Spot | None:
    """A place and a change in `gene` of a kind that the class allows, or None when chance says no."""
    kind = rng.choices(("coding", "intron", "utr", "indel"), (46, 38, 9, 7))[0]
    if kind == "indel":
        return _indel(genome, gene, rng)
    pos = _place(gene, rng, kind)
    ref = genome.base(gene.chrom, pos)
    alt = (
        TRANSITIONS[ref] if rng.random() < 0.68 else rng.choice([b for b in "ACGT" if b not in {ref, TRANSITIONS[ref]}])
    )
    effect = effect_of(genome, gene, pos, ref, alt)
    return Spot(gene, pos, ref, alt, effect) if _allowed(effect, gene, rarity_class, rng) else None


def _place(gene: Gene, rng: random.Random, kind: str) -> int:
    if kind == "coding":
        return rng.choice(gene.cds_positions)
    start, end = rng.choice(gene.exons)
    if kind == "utr":
        return rng.randint(start, end)
    return rng.choice((start - rng.randint(3, 70), end + rng.randint(3, 70)))


def _allowed(effect: Effect, gene: Gene, rarity_class: str, rng: random.Random) -> bool:
    """Selection: common alleles are mostly silent; loss of function is rare and avoids disease genes."""
    if effect.impact == "HIGH":
        chance = {"common": 0.03, "low": 0.1, "rare": 0.6, "ultra": 0.8}[rarity_class]
        return gene.kind == "tolerant" and rng.random() < chance
    if effect.primary == "missense_variant":
        return rng.random() < {"common": 0.35, "low": 0.5, "rare": 0.75, "ultra": 0.85}[rarity_class]
    return bool(effect.consequence) and bool(effect.exon or effect.intron)


def _indel(genome: Genome, gene: Gene, rng: random.Random) -> Spot | None:
    """A small insertion or deletion: mostly intronic, sometimes a whole codon, a shift only in tolerant genes."""
    if rng.random() < CODING_INDEL_SHARE:
        return _lost_codon(genome, gene, rng) if gene.kind != "tolerant" else _lost_base(genome, gene, rng)
    start, end = rng.choice(gene.exons)
    pos = rng.choice((start - rng.randint(12, 60), end + rng.randint(9, 60)))
    size = rng.choice((1, 1, 1, 2, 3, 4, 5))
    before = genome.sequence(gene.chrom, pos, pos + size)
    if rng.random() < 0.55:
        return _unambiguous(genome, gene, pos, before, before[0], "intron_variant")
    inserted = before[0] + "".join(rng.choices("ACGT", k=size))
    return _unambiguous(genome, gene, pos, before[0], inserted, "intron_variant")


def _lost_codon(genome: Genome, gene: Gene, rng: random.Random) -> Spot | None:
    number = rng.randint(2, len(gene.cds_positions) // 3 - 1)
    first, last = sorted(gene.cds_positions[3 * number - 3 : 3 * number : 2])
    ref = genome.sequence(gene.chrom, first - 1, last)
    if last - first != 2 or first - 1 not in gene.cds_index:
        return None
    return _unambiguous(genome, gene, first - 1, ref, ref[0], "inframe_deletion")


def _lost_base(genome: Genome, gene: Gene, rng: random.Random) -> Spot | None:
    pos = rng.choice(gene.cds_positions[30:-60] or gene.cds_positions)
    if pos + 1 not in gene.cds_index:
        return None
    ref = genome.sequence(gene.chrom, pos, pos + 1)
    return _unambiguous(genome, gene, pos, ref, ref[0], "frameshift_variant")


def _unambiguous(genome: Genome, gene: Gene, pos: int, ref: str, alt: str, wanted: str) -> Spot | None:
    """The indel when it has only one place and the wanted consequence, so that its name needs no shifting."""
    longer = ref if len(ref) > len(alt) else alt
    after = genome.base(gene.chrom, pos + len(ref))
    if longer[-1] == longer[0] or longer[1] == after:
        return None
    effect = effect_of(genome, gene, pos, ref, alt)
    return Spot(gene, pos, ref, alt, effect) if effect.consequence == wanted else None
