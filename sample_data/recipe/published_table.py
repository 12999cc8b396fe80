"""One table of every real allele in the sample patients, so that training and benchmarks can leave them out."""

from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Published, Recipe

COLUMNS = ("patient", "part", "gene", "grch38", "grch37", "hgvs_c", "hgvs_p", "clinvar_id", "clinvar_class", "source")


def published_table(recipes: tuple[Recipe, ...]) -> str:
    """Tab-separated text, one row per patient and allele. part: causal, incidental or by_the_way."""
    genome = Genome("GRCh38")
    lines = ["\t".join(COLUMNS)]
    for recipe in recipes:
        parts = (
            ("causal", recipe.causal),
            ("incidental", recipe.incidental),
            ("by_the_way", recipe.carried_by_the_way),
        )
        lines += [_line(recipe, part, allele, genome.chrom(allele)) for part, alleles in parts for allele in alleles]
    return "\n".join(lines) + "\n"


def _line(recipe: Recipe, part: str, allele: Published, chrom: str) -> str:
    places = [f"chr{chrom}-{pos}-{allele.ref}-{allele.alt}" for pos in (allele.pos_grch38, allele.pos_grch37)]
    names = (allele.hgvs_c, allele.hgvs_p, allele.clinvar_id, allele.clinvar_class, allele.source)
    return "\t".join([recipe.slug, part, allele.gene, *places, *names])
