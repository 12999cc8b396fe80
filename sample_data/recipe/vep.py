"""The CSQ text of one site, in the layout of Ensembl VEP with common plugins."""

from sample_data.recipe.effect import Effect
from sample_data.recipe.genes import Gene
from sample_data.recipe.model import Recipe
from sample_data.recipe.site import GROUPS, Alt, Site

CSQ_FIELDS = (
    "Allele Consequence IMPACT SYMBOL Gene Feature_type Feature BIOTYPE EXON INTRON HGVSc HGVSp CDS_position "
    "Protein_position Amino_acids Codons Existing_variation STRAND VARIANT_CLASS CANONICAL MANE_SELECT ENSP gnomADe_AF "
    + " ".join(f"gnomADe_{g}_AF" for g in GROUPS)
    + " gnomADe_AC gnomADe_AN gnomADe_nhomalt gnomADg_AF MAX_AF CLIN_SIG ClinVar ClinVar_CLNSIG ClinVar_CLNREVSTAT "
    "CADD_PHRED REVEL am_class am_pathogenicity SpliceAI_pred_DS_AG SpliceAI_pred_DS_AL SpliceAI_pred_DS_DG "
    "SpliceAI_pred_DS_DL phyloP100way_vertebrate"
).split()


def csq(site: Site, recipe: Recipe) -> str:
    """One entry per ALT allele that VEP annotates ("*" gets none)."""
    alts = [alt for alt in site.alts if alt.text != "*"]
    if not recipe.merged_transcripts:
        return ",".join(_entry(site, alt, recipe) for alt in alts)
    return ",".join(entry for alt in alts for entry in (_refseq_entry(site, alt, recipe), _entry(site, alt, recipe)))


def _number(value: float | None, digits: int = 4) -> str:
    return "" if value is None else f"{value:.{digits}g}"


def _allele(site: Site, alt: Alt) -> str:
    if alt.text.startswith("<"):
        return alt.text.strip("<>").replace("DEL", "deletion")
    if len(site.ref) == len(alt.text):
        return alt.text
    return alt.text[1:] or "-"


def _entry(site: Site, alt: Alt, recipe: Recipe) -> str:
    values = dict.fromkeys(CSQ_FIELDS, "")
    values |= {"Allele": _allele(site, alt), "Consequence": alt.effect.consequence, "IMPACT": alt.effect.impact}
    values |= _class_of(site, alt)
    values |= _transcript(alt, alt.effect, recipe) | _frequency(alt) | _clinical(alt) | _scores(alt)
    return "|".join(values[name] for name in CSQ_FIELDS)


def _refseq_entry(site: Site, alt: Alt, recipe: Recipe) -> str:
    """The same allele on the RefSeq twin of the MANE transcript; the Ensembl entry where there is none."""
    gene = alt.effect.gene
    if gene is None or gene.chrom == "MT":
        return _entry(site, alt, recipe)
    fields = _entry(site, alt, recipe).split("|")
    at = {name: CSQ_FIELDS.index(name) for name in ("Feature", "HGVSc", "HGVSp", "MANE_SELECT", "ENSP", "Gene")}
    fields[at["Feature"]], fields[at["MANE_SELECT"]] = gene.refseq_transcript, gene.ensembl_transcript
    fields[at["HGVSc"]] = f"{gene.refseq_transcript}:{alt.effect.hgvs_c}" if alt.effect.hgvs_c else ""
    protein = alt.effect.hgvs_p.replace("=", "%3D")
    fields[at["HGVSp"]] = f"{gene.refseq_protein}:{protein}" if protein else ""
    fields[at["ENSP"]], fields[at["Gene"]] = gene.refseq_protein, ""
    return "|".join(fields)


def _class_of(site: Site, alt: Alt) -> dict[str, str]:
    if len(site.ref) == len(alt.text):
        return {"VARIANT_CLASS": "SNV" if len(site.ref) == 1 else "substitution"}
    return {"VARIANT_CLASS": "deletion" if len(site.ref) > len(alt.text) or alt.text == "<DEL>" else "insertion"}


def _transcript(alt: Alt, effect: Effect, recipe: Recipe) -> dict[str, str]:
    gene = effect.gene
    if gene is None:
        return {}
    return _feature(gene, alt, recipe) | {
        "SYMBOL": gene.symbol,
        "Gene": gene.ensembl_gene.split(".")[0],
        "Feature_type": "Transcript",
        "BIOTYPE": _biotype(gene.symbol),
        "EXON": effect.exon,
        "INTRON": effect.intron,
        "CDS_position": str(effect.cds_pos or ""),
        "Protein_position": str((effect.cds_pos + 2) // 3) if effect.cds_pos else "",
        "Amino_acids": effect.amino_acids,
        "Codons": effect.codons,
        "STRAND": "1" if gene.strand == "+" else "-1",
        "CANONICAL": "YES",
    }


def _feature(gene: Gene, alt: Alt, recipe: Recipe) -> dict[str, str]:
    """The transcript and the names on it: RefSeq on GRCh37, where VEP knows no MANE, else Ensembl."""
    grch37 = recipe.assembly == "GRCh37"
    feature = alt.transcript or (gene.refseq_transcript if grch37 else gene.ensembl_transcript)
    protein = gene.refseq_protein if grch37 else gene.ensembl_protein
    changed = alt.effect.hgvs_p.replace("=", "%3D")
    return {
        "Feature": feature.split(".")[0] if gene.chrom == "MT" else feature,
        "HGVSc": f"{feature}:{alt.effect.hgvs_c}" if alt.effect.hgvs_c else "",
        "HGVSp": f"{protein or feature}:{changed}" if changed else "",
        "ENSP": protein.split(".")[0],
        "MANE_SELECT": "" if grch37 or gene.chrom == "MT" else gene.refseq_transcript,
    }


def _biotype(symbol: str) -> str:
    if symbol.startswith("MT-T"):
        return "Mt_tRNA"
    return "Mt_rRNA" if symbol.startswith("MT-R") else "protein_coding"


def _frequency(alt: Alt) -> dict[str, str]:
    rarity = alt.rarity
    if rarity.overall is None:
        return {}
    groups = {f"gnomADe_{g}_AF": _number(rarity.groups.get(g)) for g in GROUPS}
    counts = {}
    if rarity.allele_number:
        counts = {
            "gnomADe_AC": str(rarity.allele_count),
            "gnomADe_AN": str(rarity.allele_number),
            "gnomADe_nhomalt": str(rarity.homozygotes),
        }
    exomes = {"gnomADe_AF": _number(rarity.overall), **groups, **counts}
    if not rarity.groups:
        return exomes  # a published allele: nothing is said that we do not know
    genome = rarity.overall if rarity.overall > 1e-4 else None
    return exomes | {"gnomADg_AF": _number(genome), "MAX_AF": _number(max(rarity.overall, *rarity.groups.values()))}


def _clinical(alt: Alt) -> dict[str, str]:
    number, significance, review = alt.clinvar
    if not number:
        return {}
    return {
        "CLIN_SIG": significance.lower().replace(" ", "_"),
        "ClinVar": number,
        "ClinVar_CLNSIG": significance.replace(" ", "_"),
        "ClinVar_CLNREVSTAT": review.replace(" ", "_").replace(",", "&"),
    }


def _scores(alt: Alt) -> dict[str, str]:
    scores = alt.scores
    am = scores.am_pathogenicity
    splice = scores.spliceai or ("", "", "", "")
    names = ("AG", "AL", "DG", "DL")
    return {
        "CADD_PHRED": _number(scores.cadd_phred, 4),
        "REVEL": _number(scores.revel),
        "am_pathogenicity": _number(am),
        "am_class": "" if am is None else _am_class(am),
        "phyloP100way_vertebrate": _number(scores.phylop),
        **{f"SpliceAI_pred_DS_{n}": "" if d == "" else f"{d:.2f}" for n, d in zip(names, splice, strict=True)},
    }


def _am_class(value: float) -> str:
    """Classes of AlphaMissense: below 0.34 likely benign, above 0.564 likely pathogenic (Cheng 2023)."""
    return "likely_benign" if value < 0.34 else "likely_pathogenic" if value > 0.564 else "ambiguous"
