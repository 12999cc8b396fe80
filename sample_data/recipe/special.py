"""The sites that are not plain background: published alleles, mitochondria, Y, and what makes real files awkward."""

import random
from collections.abc import Iterator
from dataclasses import replace

from sample_data.recipe.background import Y_SITES, frequency, pick_spot, usable_genes
from sample_data.recipe.effect import Effect, effect_of, place
from sample_data.recipe.family import Family
from sample_data.recipe.genes import Gene
from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Member, Published
from sample_data.recipe.scores import made_up_scores
from sample_data.recipe.site import Alt, Rarity, Scores, Site
from sample_data.recipe.table import MT_COMMON, MT_GENES, MT_NOT_H

ARTEFACT_FRACTION = 0.17
Y_REGION = {"GRCh38": (12_900_000, 14_500_000), "GRCh37": (15_000_000, 16_600_000)}


def published_site(allele: Published, family: Family, genome: Genome) -> Site:
    """A real allele, with genotypes as the recipe says: role -> copies, or for MT role -> fraction of reads."""
    chrom, pos = genome.chrom(allele), genome.position(allele)
    calls, fractions = {}, {}
    for member in family.sequenced():
        amount = allele.carried.get(member.role, 0)
        calls[member.sample] = _alleles_of(member, chrom, pos, amount, allele, family)
        if chrom == "MT":
            fractions[member.sample] = float(amount)
    alt = Alt(
        allele.alt,
        _stated_effect(allele, genome, pos),
        _stated_rarity(allele),
        Scores(allele.cadd_phred, allele.revel, allele.am_pathogenicity),
        (allele.clinvar_id, allele.clinvar_class, allele.clinvar_review),
        allele.transcript,
    )
    return Site(chrom, pos, allele.ref, (alt,), calls, fractions=fractions, published=True)


def _alleles_of(
    member: Member, chrom: str, pos: int, amount: float, allele: Published, family: Family
) -> tuple[int, ...]:
    if chrom == "MT":
        return (int(amount > 0),)
    if chrom == "X" and member.sex == "male":
        return (int(amount > 0),)
    if amount in (0, 2):
        return (int(amount > 0),) * 2
    if member.role in {"mother", "father"}:
        carrier = family.transmitted(member.role, chrom, pos)
        passes_on = allele.carried.get("proband", 0) > 0
        return tuple(int((h == carrier) == passes_on) for h in (0, 1))
    return (0, 1) if allele.carried.get("mother") else (1, 0)


def _stated_effect(allele: Published, genome: Genome, pos: int) -> Effect:
    gene = genome.genes.get(allele.gene) or _mt_gene(allele.gene)
    exon, intron = place(gene, pos) if gene and gene.exons[0][1] > 1 else ("", "")
    cds = 0
    if gene and allele.hgvs_c[2:3].isdigit() and allele.consequence.split("&")[0] != "splice_region_variant":
        cds = gene.cds_index.get(pos if len(allele.ref) == 1 else pos + 1, 0)
    return Effect(gene, allele.consequence, allele.hgvs_c, allele.hgvs_p, exon, intron, cds)


def _stated_rarity(allele: Published) -> Rarity:
    """Only the overall frequency is known to us: no counts, no groups, rather than made-up ones."""
    return Rarity(allele.frequency_e or None)


def _mt_gene(symbol: str) -> Gene | None:
    if symbol not in MT_GENES:
        return None
    gene_id, transcript = MT_GENES[symbol]
    return Gene(symbol, "MT", "+", gene_id, transcript, "", transcript, "", 1, 0, ((1, 1),), "disease")


def mitochondrial(family: Family) -> Iterator[Site]:
    """Homoplasmic polymorphisms of the mother's line; the father has his own."""
    maternal = MT_COMMON if family.recipe.mitochondrial_haplogroup == "H" else MT_COMMON + MT_NOT_H
    paternal = MT_COMMON + MT_NOT_H if family.recipe.mitochondrial_haplogroup == "H" else MT_COMMON
    for pos, ref, alt, symbol, consequence, protein in sorted(MT_COMMON + MT_NOT_H):
        calls, fractions = {}, {}
        for member in family.sequenced():
            has = any(row[0] == pos for row in (paternal if member.role == "father" else maternal))
            calls[member.sample] = (int(has),)
            fractions[member.sample] = 1.0 if has else 0.0
        name = f"m.{pos}{ref}>{alt}"
        effect = Effect(_mt_gene(symbol), consequence, "" if not protein else name.replace("m.", "n."), protein)
        if any(1 in c for c in calls.values()):
            common = Rarity(0.99 if (pos, ref, alt) in {r[:3] for r in MT_COMMON} else 0.6)
            yield Site("MT", pos, ref, (Alt(alt, replace(effect, hgvs_c=""), common),), calls, fractions=fractions)


def y_sites(family: Family, genome: Genome, rng: random.Random) -> Iterator[Site]:
    """Y calls of the males; none when nobody sequenced is male."""
    if not any(m.sex == "male" for m in family.sequenced()):
        return
    start, end = Y_REGION[genome.assembly]
    for pos in sorted(rng.sample(range(start, end, 7), Y_SITES)):
        ref = genome.base("Y", pos)
        alt = rng.choice([b for b in "ACGT" if b != ref])
        calls = {m.sample: family.alleles(m, "Y", pos, {"father": (1, 1)}) for m in family.sequenced()}
        yield Site("Y", pos, ref, (Alt(alt, Effect(None, "intergenic_variant"), frequency("common", rng)),), calls)


def artefacts(family: Family, genome: Genome, rng: random.Random, count: int) -> Iterator[Site]:
    """False calls in the proband only: few ALT reads, all on one strand, poorly mapped. They look de novo."""
    proband = next(m for m in family.sequenced() if m.role == "proband")
    made = 0
    genes = [g for g in usable_genes(family.recipe, genome) if g.chrom not in {"X", "Y"} and g.kind != "tolerant"]
    while made < count:
        gene = rng.choice(genes)
        spot = pick_spot(genome, gene, rng, "ultra")
        if spot is None or spot.effect.primary != "missense_variant":
            continue
        made += 1
        calls = {m.sample: (0, 1) if m is proband else (0, 0) for m in family.sequenced()}
        scores = made_up_scores(spot.effect, Rarity(None), rng)
        alt = Alt(spot.alt, spot.effect, Rarity(None), scores)
        fractions = {m.sample: ARTEFACT_FRACTION if m is proband else 0.01 for m in family.sequenced()}
        yield Site(gene.chrom, spot.pos, spot.ref, (alt,), calls, "artefact", fractions)


def harmless_de_novo(family: Family, genome: Genome, rng: random.Random) -> Iterator[Site]:
    """One well-supported new synonymous variant, as most children have; only where both parents are sequenced."""
    roles = {m.role for m in family.sequenced()}
    genes = [g for g in usable_genes(family.recipe, genome) if g.chrom not in {"X", "Y"} and g.kind == "other"]
    while {"mother", "father"} <= roles:
        spot = pick_spot(genome, rng.choice(genes), rng, "common")
        if spot is None or spot.effect.consequence != "synonymous_variant":
            continue
        calls = {m.sample: (1, 0) if m.role == "proband" else (0, 0) for m in family.sequenced()}
        scores = made_up_scores(spot.effect, Rarity(None), rng)
        alt = Alt(spot.alt, spot.effect, Rarity(None), scores)
        yield Site(spot.gene.chrom, spot.pos, spot.ref, (alt,), calls, "new")
        return


def awkward(family: Family, genome: Genome, rng: random.Random) -> Iterator[Site]:
    """Multi-allelic sites, a deletion with a "*" allele inside it, a symbolic deletion, and a missing call."""
    genes = [g for g in usable_genes(family.recipe, genome) if g.chrom not in {"X", "Y"} and g.kind == "other"]
    genes = [g for g in genes if len(g.exons) > 3]
    for gene in rng.sample(genes, 4):
        yield _two_alts(family, genome, gene, rng)
    yield from _spanning(family, genome, rng.choice(genes), rng)
    yield _symbolic(family, genome, rng.choice(genes), rng)


def _draw(family: Family, chrom: str, pos: int, haplotypes: list[int]) -> dict[str, tuple[int, ...]]:
    founders = {"mother": (haplotypes[0], haplotypes[1]), "father": (haplotypes[2], haplotypes[3])}
    return {m.sample: family.alleles(m, chrom, pos, founders) for m in family.sequenced()}


def _two_alts(family: Family, genome: Genome, gene: Gene, rng: random.Random) -> Site:
    pos = gene.exons[1][0] - rng.randint(15, 40)
    ref = genome.base(gene.chrom, pos)
    first, second = rng.sample([b for b in "ACGT" if b != ref], 2)
    calls = _draw(family, gene.chrom, pos, [1, 2, 1, 2])
    alts = tuple(_alt(genome, gene, pos, ref, b, frequency("common", rng), rng) for b in (first, second))
    return Site(gene.chrom, pos, ref, alts, calls)


def _alt(genome: Genome, gene: Gene, pos: int, ref: str, text: str, rarity: Rarity, rng: random.Random) -> Alt:
    effect = effect_of(genome, gene, pos, ref, text)
    return Alt(text, effect, rarity, made_up_scores(effect, rarity, rng))


def _spanning(family: Family, genome: Genome, gene: Gene, rng: random.Random) -> Iterator[Site]:
    """A deletion on the proband's maternal haplotype; inside it a SNV on the paternal one, written "G,*"."""
    pos = gene.exons[2][0] - 45
    mother, father = (family.transmitted(parent, gene.chrom, pos) for parent in ("mother", "father"))
    deleted = genome.sequence(gene.chrom, pos, pos + 6)
    haplotypes = [0, 0, 0, 0]
    haplotypes[mother] = 1
    long_alt = _alt(genome, gene, pos, deleted, deleted[0], frequency("low", rng), rng)
    yield Site(gene.chrom, pos, deleted, (long_alt,), _draw(family, gene.chrom, pos, haplotypes))
    inside, ref = pos + 3, genome.base(gene.chrom, pos + 3)
    haplotypes[mother], haplotypes[2 + father] = 2, 1
    snv = _alt(genome, gene, inside, ref, rng.choice([b for b in "ACGT" if b != ref]), frequency("low", rng), rng)
    star = Alt("*", Effect(None, ""), Rarity(None))
    yield Site(gene.chrom, inside, ref, (snv, star), _draw(family, gene.chrom, pos, haplotypes))


def _symbolic(family: Family, genome: Genome, gene: Gene, rng: random.Random) -> Site:
    """A common 1.2-kb intronic-looking deletion given as <DEL>."""
    pos = gene.exons[2][0] - 60
    length = 1200
    calls = _draw(family, gene.chrom, pos, [1, 0, 1, 0])
    effect = Effect(gene, "intron_variant", "", "", "", place(gene, pos)[1])
    rarity = frequency("common", rng)
    info = f"END={pos + length};SVTYPE=DEL;SVLEN=-{length}"
    return Site(gene.chrom, pos, genome.base(gene.chrom, pos), (Alt("<DEL>", effect, rarity),), calls, info=info)
