"""The INFO text of one site, in the layout of SnpEff ANN with frequencies and ClinVar from SnpSift."""

from sample_data.recipe.model import Recipe
from sample_data.recipe.site import Alt, Site

ANN_DESCRIPTION = (
    "Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | Feature_Type | "
    "Feature_ID | Transcript_BioType | Rank | HGVS.c | HGVS.p | cDNA.pos / cDNA.length | CDS.pos / CDS.length | "
    "AA.pos / AA.length | Distance | ERRORS / WARNINGS / INFO'"
)


def ann_info(site: Site, recipe: Recipe) -> str:
    """ANN plus the annotation fields that SnpSift adds, semicolon-joined."""
    alts = [a for a in site.alts if a.text != "*"]
    parts = ["ANN=" + ",".join(_entry(a) for a in alts)] if alts else []
    parts += _list("gnomAD_AF", [a.rarity.overall for a in site.alts])
    parts += _list("gnomAD_AF_grpmax", [max(a.rarity.groups.values(), default=None) for a in site.alts])
    parts += _list("CADD_PHRED", [a.scores.cadd_phred for a in site.alts])
    clinical = [a.clinvar for a in alts if a.clinvar[0]]
    if clinical:
        parts.append("CLNSIG=" + clinical[0][1].replace(" ", "_"))
        parts.append("CLNREVSTAT=" + clinical[0][2].replace(" ", "_"))
    return ";".join(parts)


def _list(name: str, values: list[float | None]) -> list[str]:
    if all(v is None for v in values):
        return []
    return [f"{name}=" + ",".join("." if v is None else f"{v:.4g}" for v in values)]


def _entry(alt: Alt) -> str:
    effect, gene = alt.effect, alt.effect.gene
    if gene is None:
        return "|".join([alt.text, "intergenic_region", "MODIFIER", *[""] * 13])
    total = len(gene.cds_positions) if gene.chrom != "MT" else 0
    number = (effect.cds_pos + 2) // 3
    where = [f"{effect.cds_pos}/{total}", f"{number}/{total // 3}"] if effect.cds_pos else ["", ""]
    transcript = alt.transcript or gene.refseq_transcript
    first = [alt.text, effect.consequence, effect.impact, gene.symbol, gene.symbol, "transcript", transcript]
    names = ["protein_coding", effect.exon or effect.intron, effect.hgvs_c, effect.hgvs_p, ""]
    return "|".join([*first, *names, *where, "", ""])
