"""Genotype columns in the dialects of four callers, from read counts under one simple error model."""

import math
import random
from dataclasses import dataclass
from itertools import combinations_with_replacement

from sample_data.recipe.model import Caller
from sample_data.recipe.site import Site

READ_ERROR = 0.004
GQ_CAP = {Caller.GATK: 99, Caller.GLNEXUS: 60, Caller.DEEPVARIANT: 60, Caller.DRAGEN: 48}
FORMATS = {
    Caller.GATK: "GT:AD:DP:GQ:PL",
    Caller.GLNEXUS: "GT:DP:AD:GQ:PL:RNC",
    Caller.DEEPVARIANT: "GT:GQ:DP:AD:VAF:PL",
    Caller.DRAGEN: "GT:AD:AF:DP:GQ:PL",
}


@dataclass(frozen=True)
class Call:
    """One sample at one site as a caller sees it. text: the genotype column. phred_not_reference feeds QUAL."""

    text: str
    depth: int
    ad: tuple[int, ...]
    alleles: tuple[int, ...]
    phred_not_reference: float


def read_counts(site: Site, sample: str, rng: random.Random, mean_depth: float) -> tuple[int, ...]:
    """Reads per allele, drawn from the true genotype."""
    carried = site.calls[sample]
    count = len(site.alts) + 1
    if not carried:
        return (0,) * count
    share = 0.55 if len(carried) == 1 and site.chrom != "MT" else 1.0
    depth = max(4, round(rng.gauss(mean_depth * share, mean_depth * share * 0.28)))
    fraction = site.fractions.get(sample)
    weights = [carried.count(i) / len(carried) for i in range(count)]
    if fraction is not None:
        weights = [1 - fraction, fraction] + [0.0] * (count - 2)
    noisy = [w * (1 - READ_ERROR) + READ_ERROR / count / 4 for w in weights]
    drawn = rng.choices(range(count), noisy, k=depth)
    return tuple(drawn.count(i) for i in range(count))


def genotypes_of(alleles: int, ploidy: int) -> list[tuple[int, ...]]:
    """All genotypes in VCF order: for diploid j/k at k(k+1)/2+j."""
    if ploidy == 1:
        return [(i,) for i in range(alleles)]
    return sorted(combinations_with_replacement(range(alleles), 2), key=lambda g: (g[1], g[0]))


def likelihoods(ad: tuple[int, ...], ploidy: int) -> list[int]:
    """Phred-scaled genotype likelihoods (PL), best genotype 0."""
    logs = []
    for genotype in genotypes_of(len(ad), ploidy):
        mix = [genotype.count(i) / ploidy * (1 - 2 * READ_ERROR) + READ_ERROR for i in range(len(ad))]
        logs.append(sum(n * math.log10(m) for n, m in zip(ad, mix, strict=True)))
    return [min(99999, round(10 * (max(logs) - value))) for value in logs]


def call(site: Site, sample: str, ad: tuple[int, ...], caller: Caller) -> Call:
    """Write the sample's column. Male X and Y: one allele (DRAGEN) or two equal ones (the others)."""
    carried = site.calls[sample]
    if not carried or sum(ad) == 0:
        return Call(_missing(caller, len(ad)), 0, (0,) * len(ad), (), 0.0)
    ploidy = 1 if len(carried) == 1 and caller is Caller.DRAGEN else 2
    pls = likelihoods(ad, ploidy)
    best = _called(site, sample, ploidy)
    quality = sorted(pls)[1] if len(pls) > 1 else 0
    gq = min(GQ_CAP[caller], quality)
    if site.quality == "artefact":
        gq = min(gq, 18)
    text = _column(caller, best, ad, gq, pls)
    return Call(text, sum(ad), ad, best, float(pls[0]) if any(best) else 0.0)


def _called(site: Site, sample: str, ploidy: int) -> tuple[int, ...]:
    carried = site.calls[sample]
    if site.chrom == "MT":
        fraction = site.fractions[sample]
        return (0,) * ploidy if fraction == 0 else (1,) * ploidy if fraction == 1 else (0, 1)[-ploidy:]
    if len(carried) == 1:
        return carried * ploidy
    return tuple(sorted(carried))


def _missing(caller: Caller, alleles: int) -> str:
    zeros = ",".join("0" * alleles)
    blank = {
        Caller.GATK: f"./.:{zeros}:0:.:.",
        Caller.GLNEXUS: f"./.:0:{zeros}:.:.:II",
        Caller.DEEPVARIANT: f"./.:0:0:{zeros}:.:.",
        Caller.DRAGEN: f"./.:{zeros}:.:0:.:.",
    }
    return blank[caller]


def _column(caller: Caller, alleles: tuple[int, ...], ad: tuple[int, ...], gq: int, pls: list[int]) -> str:
    gt, depth = "/".join(map(str, alleles)), sum(ad)
    counts, pl = ",".join(map(str, ad)), ",".join(map(str, pls))
    fractions = ",".join(f"{n / depth:.3f}" for n in ad[1:])
    shapes = {
        Caller.GATK: f"{gt}:{counts}:{depth}:{gq}:{pl}",
        Caller.GLNEXUS: f"{gt}:{depth}:{counts}:{gq}:{pl}:..",
        Caller.DEEPVARIANT: f"{gt}:{gq}:{depth}:{counts}:{fractions}:{pl}",
        Caller.DRAGEN: f"{gt}:{counts}:{fractions}:{depth}:{gq}:{pl}",
    }
    return shapes[caller]
