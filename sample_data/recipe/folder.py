"""Write one patient's folder from its recipe."""

import json
import random
from pathlib import Path
from typing import Any

from sample_data.recipe.background import background
from sample_data.recipe.family import Family
from sample_data.recipe.fhir import bundle
from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Published, Recipe
from sample_data.recipe.paperwork import ped_text, phenopacket
from sample_data.recipe.reads import Simulator, loci
from sample_data.recipe.site import Site
from sample_data.recipe.special import artefacts, awkward, harmless_de_novo, mitochondrial, published_site, y_sites
from sample_data.recipe.table import chromosome_length, contig_name
from sample_data.recipe.vcf import write_vcf

ARTEFACTS = 5
RARE_BELOW_FRACTION = 0.01  # the frequency that recessive filters use (Pedersen 2021, npj Genom Med 6:60)
REFERENCE_FLANK_BASES = 60
FASTA_LINE = 60


def write_patient(recipe: Recipe, root: Path) -> Path:
    """`root`/<slug>/ with every file of the patient; returns the folder."""
    folder = root / recipe.slug
    (folder / "reads").mkdir(parents=True, exist_ok=True)
    alleles = (*recipe.causal, *recipe.incidental, *recipe.carried_by_the_way)
    genome = Genome(recipe.assembly, alleles)
    sites = build_sites(recipe, genome, alleles)
    places = loci(_shown(sites, recipe), sites, recipe.assembly)
    simulator = Simulator(recipe, genome)
    for member in recipe.members:
        if member.sample:
            simulator.write(member, places, folder / "reads")
    write_vcf(recipe, sites, simulator.counts, folder / "variants.vcf.gz")
    (folder / "reference.fa").write_text(_fasta(recipe, genome, places))
    (folder / "family.ped").write_text(ped_text(recipe))
    (folder / "note.txt").write_text(recipe.note.strip() + "\n")
    _dump(folder / "phenopacket.json", phenopacket(recipe))
    _dump(folder / "record.fhir.json", bundle(recipe))
    _dump(folder / "case.json", _case(recipe))
    _dump(folder / "answer.json", _answer(recipe, genome))
    return folder


def build_sites(recipe: Recipe, genome: Genome, alleles: tuple[Published, ...]) -> list[Site]:
    """Every site of the VCF, unordered; published alleles first, so that nothing made up lies on them."""
    recessive = frozenset(genome.chrom(a) for a in recipe.causal)
    family = Family(recipe, random.Random(f"family {recipe.slug}"), recessive)
    sites = [published_site(a, family, genome) for a in alleles]
    sites += mitochondrial(family)
    rng = random.Random(f"sites {recipe.slug}")
    sites += artefacts(family, genome, rng, ARTEFACTS)
    sites += harmless_de_novo(family, genome, rng)
    sites += awkward(family, genome, rng)
    taken = {(s.chrom, s.pos + d) for s in sites for d in range(-2, len(s.ref) + 2)}
    sites += background(family, genome, rng, taken)
    sites += y_sites(family, genome, rng)
    return sites


def _shown(sites: list[Site], recipe: Recipe) -> list[Site]:
    """The sites whose reads are kept: all that a person would look at, so that having reads tells nothing.

    Published alleles, the calls that look new, and every rare change of protein or splice site of the proband.
    """
    proband = next(m.sample for m in recipe.members if m.role == "proband")
    return [s for s in sites if s.published or s.quality != "good" or _is_plausible(s, proband)]


def _is_plausible(site: Site, sample: str) -> bool:
    """One of the sample's alleles is rare (RARE_BELOW_FRACTION) and may change a protein or its splicing."""
    carried = (site.alts[number - 1] for number in site.calls[sample] if number)
    return site.chrom != "MT" and any(
        (alt.rarity.overall or 0.0) < RARE_BELOW_FRACTION
        and (alt.effect.impact in {"HIGH", "MODERATE"} or "splice" in alt.effect.consequence)
        for alt in carried
    )


def _fasta(recipe: Recipe, genome: Genome, places: list[Any]) -> str:
    """Slices named >contig:start-end @len=contig length, with a margin around the reads."""
    lines = []
    for place in places:
        length = chromosome_length(place.chrom, recipe.assembly)
        start, end = max(1, place.start - REFERENCE_FLANK_BASES), min(length, place.end + REFERENCE_FLANK_BASES)
        name = contig_name(place.chrom, recipe.chr_prefix)
        bases = genome.sequence(place.chrom, start, end)
        lines.append(f">{name}:{start}-{end} @len={length}")
        lines += [bases[i : i + FASTA_LINE] for i in range(0, len(bases), FASTA_LINE)]
    return "\n".join(lines) + "\n"


def _case(recipe: Recipe) -> dict[str, Any]:
    return {
        "pseudonym": recipe.pseudonym,
        "title": recipe.title,
        "indication": recipe.indication,
        "assembly": recipe.assembly,
        "is_synthetic": True,
        "sex": recipe.sex,
        "age_years": _years(recipe),
        "ancestry": recipe.ancestry,
        "consent": recipe.consent,
        "proband_sample": next(m.sample for m in recipe.members if m.role == "proband"),
        "seen": recipe.seen_date,
    }


def _years(recipe: Recipe) -> float:
    born, seen = (tuple(map(int, d.split("-"))) for d in (recipe.birth_date, recipe.seen_date))
    return round(seen[0] - born[0] + (seen[1] - born[1]) / 12, 1)


def _answer(recipe: Recipe, genome: Genome) -> dict[str, Any]:
    answer = recipe.answer
    return {
        "pseudonym": recipe.pseudonym,
        "causal": [_named(a, genome) for a in recipe.causal],
        "incidental": [_named(a, genome) for a in recipe.incidental],
        "mode": answer.mode,
        "disease": {"id": answer.disease_id, "label": answer.disease},
        "acmg_class": answer.acmg_class,
        "criteria": list(answer.criteria),
        "criteria_source": answer.criteria_source,
        "per_variant": list(answer.per_variant),
        "explanation": answer.explanation,
        "trap": answer.trap,
        "teaching_points": list(answer.teaching_points),
        "sources": list(answer.sources),
    }


def _named(allele: Published, genome: Genome) -> dict[str, Any]:
    chrom, gene = genome.chrom(allele), genome.genes.get(allele.gene)
    transcript = allele.transcript or (gene.refseq_transcript if gene else "")
    return {
        "variant": f"chr{chrom}-{genome.position(allele)}-{allele.ref}-{allele.alt}",
        "grch38": f"chr{chrom}-{allele.pos_grch38}-{allele.ref}-{allele.alt}",
        "gene": allele.gene,
        "transcript": transcript,
        "hgvs_c": allele.hgvs_c,
        "hgvs_p": allele.hgvs_p,
        "clinvar_variation_id": allele.clinvar_id,
        "clinvar_class": allele.clinvar_class,
        "origin": allele.transmitted,
        "source": allele.source,
    }


def _dump(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n")
