"""Write a patient's VCF: bgzip-compressed and indexed."""

import random
from pathlib import Path

import pysam

from sample_data.recipe.callers import FORMATS, Call, call, read_counts
from sample_data.recipe.headers import header
from sample_data.recipe.model import Annotator, Caller, Recipe
from sample_data.recipe.site import Site
from sample_data.recipe.snpeff import ann_info
from sample_data.recipe.table import CHROMOSOMES, contig_name
from sample_data.recipe.vep import csq

MEAN_DEPTH = {Caller.GATK: 62.0, Caller.GLNEXUS: 55.0, Caller.DEEPVARIANT: 48.0, Caller.DRAGEN: 44.0}
LOW_QUALITY_CHANCE = 0.02
MISSING_CHANCE = 0.006


def write_vcf(recipe: Recipe, sites: list[Site], counts: dict[tuple[str, str], tuple[int, ...]], path: Path) -> None:
    """`counts`: read counts already fixed by the simulated reads, (sample, site key) -> reads per allele."""
    samples = [m.sample for m in recipe.members if m.sample]
    rng = random.Random(f"calls of {recipe.slug}")
    ordered = sorted(sites, key=lambda s: (CHROMOSOMES.index(s.chrom), s.pos, s.ref))
    lines = [*header(recipe, samples), *(_line(recipe, site, samples, counts, rng) for site in ordered)]
    plain = path.with_suffix("")
    plain.write_text("\n".join(lines) + "\n")
    pysam.tabix_compress(str(plain), str(path), force=True)
    pysam.tabix_index(str(path), preset="vcf", force=True)
    plain.unlink()


def _line(
    recipe: Recipe, site: Site, samples: list[str], counts: dict[tuple[str, str], tuple[int, ...]], rng: random.Random
) -> str:
    calls = [_call(recipe, site, sample, counts.get((sample, site.key)), rng) for sample in samples]
    poor = site.quality == "artefact" or (
        site.quality == "good" and not site.published and rng.random() < LOW_QUALITY_CHANCE
    )
    qual = max((c.phred_not_reference for c in calls), default=0.0) * (0.05 if poor else 1)
    qual = max(qual, 3.0)
    fields = [
        contig_name(site.chrom, recipe.chr_prefix),
        str(site.pos),
        ".",
        site.ref,
        ",".join(a.text for a in site.alts),
        f"{qual:.2f}" if recipe.caller in {Caller.GATK, Caller.DRAGEN} else f"{min(qual, 70):.1f}",
        _filter(recipe.caller, site, poor),
        _info(recipe, site, calls, poor, rng),
        FORMATS[recipe.caller],
        *(c.text for c in calls),
    ]
    return "\t".join(fields)


def _call(recipe: Recipe, site: Site, sample: str, fixed: tuple[int, ...] | None, rng: random.Random) -> Call:
    ad = fixed or read_counts(site, sample, rng, MEAN_DEPTH[recipe.caller])
    missing = rng.random() < MISSING_CHANCE and site.quality == "good" and not site.published and fixed is None
    return call(site, sample, (0,) * len(ad) if missing else ad, recipe.caller)


def _filter(caller: Caller, site: Site, poor: bool) -> str:
    names = {
        Caller.GATK: "VQSRTrancheSNP99.90to100.00",
        Caller.GLNEXUS: ".",
        Caller.DEEPVARIANT: "LowQual",
        Caller.DRAGEN: "DRAGENSnpHardQUAL" if len(site.ref) == len(site.alts[0].text) else "DRAGENIndelHardQUAL",
    }
    return names[caller] if poor else "." if caller is Caller.GLNEXUS else "PASS"


def _info(recipe: Recipe, site: Site, calls: list[Call], poor: bool, rng: random.Random) -> str:
    annotation = ann_info(site, recipe) if recipe.annotator is Annotator.SNPEFF else "CSQ=" + csq(site, recipe)
    return ";".join(
        part for part in (site.info, _caller_info(recipe.caller, site, calls, poor, rng), annotation) if part
    )


def _caller_info(caller: Caller, site: Site, calls: list[Call], poor: bool, rng: random.Random) -> str:
    called = [a for c in calls for a in c.alleles]
    copies = [called.count(i + 1) for i in range(len(site.alts))]
    number, depth = len(called), sum(c.depth for c in calls)
    shares = ",".join(f"{n / number:.3f}" if number else "0" for n in copies)
    totals = f"AC={','.join(map(str, copies))};AF={shares};AN={number};DP={depth}"
    if caller is Caller.GLNEXUS:
        return f"AF={shares};AQ={','.join(str(12 if poor else 60) for _ in copies)}"
    if caller is Caller.DEEPVARIANT:
        return ""
    mapping = rng.uniform(18, 35) if poor else rng.uniform(58.5, 60)
    if caller is Caller.DRAGEN:
        return f"{totals};MQ={mapping:.2f}"
    bias = rng.uniform(60, 90) if poor else rng.uniform(0, 6)
    by_depth = rng.uniform(1, 2) if poor else rng.uniform(9, 24)
    return f"{totals};FS={bias:.3f};MQ={mapping:.2f};QD={by_depth:.2f};SOR={bias / 20 + 0.4:.3f}"
