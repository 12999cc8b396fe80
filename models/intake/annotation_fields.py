"""Which field of a VCF feeds which column of the variant table: one literal table.

To teach Caseboard a new field name, add a line to FIELDS. Names are compared in lower case without
punctuation ("gnomADe_AF" is "gnomadeaf"), both for plain INFO keys and for the subfields of VEP's
CSQ, SnpEff's ANN and EFF, and bcftools' BCSQ. `{group}` stands for each genetic-ancestry group.

Sources: Ensembl VEP 88-115 output documentation (CSQ, gnomAD, CLIN_SIG, MANE, plugins CADD, REVEL,
AlphaMissense, SpliceAI, dbNSFP), SnpEff and SnpSift manuals (ANN, dbNSFP_ prefix), bcftools csq
manual, ANNOVAR's VCF output, slivar and vcfanno examples, Scout's MIP files, Hail's export names.

Left out on purpose: VEP's GMAF, AFR_MAF, ExAC_MAF of releases before 90 (frequency of the minor
allele, not of this ALT); MAX_AF (takes in bottlenecked groups); a file's own AC, AN and AF (its own
cohort, not a population); anything written in per cent; ClinVar's ALLELEID (another numbering than the VariationID
that opens a record, where the same number is another variant's).
"""

import re
from dataclasses import dataclass

from models.case import ANCESTRY_GROUPS


@dataclass(frozen=True)
class Feed:
    """One field name and what it feeds.

    rank: 1 is taken first; lower ranks only where the better are empty (gnomAD, then ExAC, then 1000
    Genomes). Several fields of one rank give their largest value (exomes and genomes).
    only: "info" or "entry" when the name means something only there; "" for both.
    """

    name: str
    column: str
    rank: int = 1
    only: str = ""


FIELDS: tuple[Feed, ...] = (
    # gene, transcript, consequence
    Feed("symbol", "gene", only="entry"),
    Feed("hgnc", "gene", 2, only="entry"),
    Feed("gene_name", "gene", 1, only="entry"),
    Feed("gene", "gene", 3, only="entry"),
    Feed("gene.refgene", "gene", 4, only="info"),
    Feed("gene.refgenewithver", "gene", 4, only="info"),
    Feed("feature", "transcript", only="entry"),
    Feed("feature_id", "transcript", only="entry"),
    Feed("transcript_id", "transcript", only="entry"),
    Feed("transcript", "transcript", only="entry"),
    Feed("exon", "exon", only="entry"),
    Feed("intron", "intron", only="entry"),
    Feed("rank", "exon", only="entry"),  # SnpEff's ANN: of the exon, or of the intron where the change lies in one
    Feed("exon_rank", "exon", only="entry"),  # SnpEff's EFF: the same, without how many there are
    Feed("consequence", "consequence", only="entry"),
    Feed("annotation", "consequence", only="entry"),
    Feed("effect", "consequence", only="entry"),
    Feed("hgvsc", "hgvs_c", only="entry"),
    Feed("hgvs.c", "hgvs_c", only="entry"),
    Feed("hgvsp", "hgvs_p", only="entry"),
    Feed("hgvs.p", "hgvs_p", only="entry"),
    # frequency, overall
    Feed("gnomade_af", "af_fraction"),
    Feed("gnomadg_af", "af_fraction"),
    Feed("gnomad_af", "af_fraction"),
    Feed("gnomad_exomes_af", "af_fraction"),
    Feed("gnomad_genomes_af", "af_fraction"),
    Feed("gnomad_exome_af", "af_fraction"),
    Feed("gnomad_genome_af", "af_fraction"),
    Feed("gnomad_exome_all", "af_fraction"),
    Feed("gnomad_genome_all", "af_fraction"),
    Feed("gnomad2.1_af", "af_fraction"),
    Feed("gnomad3_af", "af_fraction"),
    Feed("gnomad4_af", "af_fraction"),
    Feed("gnomad4.1_af", "af_fraction"),
    Feed("gnomad41_exome_af", "af_fraction"),
    Feed("gnomad41_genome_af", "af_fraction"),
    Feed("gnomad40_exome_af", "af_fraction"),
    Feed("gnomad40_genome_af", "af_fraction"),
    Feed("gnomad4_exomes_af", "af_fraction"),
    Feed("gnomad4_genomes_af", "af_fraction"),
    Feed("gnomad211_exome_af", "af_fraction"),
    Feed("gnomad312_af", "af_fraction"),
    Feed("gnomad_joint_af", "af_fraction"),
    Feed("gnomadjoint_af", "af_fraction"),
    Feed("af_gnomad", "af_fraction"),
    Feed("gno_af", "af_fraction"),
    Feed("gno_af_all", "af_fraction"),
    Feed("dbnsfp_gnomad_exomes_af", "af_fraction"),
    Feed("dbnsfp_gnomad_genomes_af", "af_fraction"),
    # mitochondrial DNA: gnomAD's own release, share of people homoplasmic and heteroplasmic for the allele
    Feed("gnomad_mt_af_hom", "af_fraction"),
    Feed("gnomad_mt_af_het", "af_fraction"),
    Feed("gnomadm_af_hom", "af_fraction"),
    Feed("gnomadm_af_het", "af_fraction"),
    Feed("gnomad_chrm_af_hom", "af_fraction"),
    Feed("gnomad_chrm_af_het", "af_fraction"),
    Feed("af_hom", "af_fraction"),
    Feed("af_het", "af_fraction"),
    Feed("exac_af", "af_fraction", 2),
    Feed("af_exac", "af_fraction", 2),
    Feed("exac_all", "af_fraction", 2),
    Feed("exac_adj_af", "af_fraction", 2),
    Feed("dbnsfp_exac_af", "af_fraction", 2),
    Feed("af", "af_fraction", 3, only="entry"),  # VEP --af: 1000 Genomes
    Feed("1000gaf", "af_fraction", 3),
    Feed("1000g_all", "af_fraction", 3),
    Feed("af_1kg", "af_fraction", 3),
    Feed("dbnsfp_1000gp3_af", "af_fraction", 3),
    Feed("1000gp3_af", "af_fraction", 3),
    # counts
    Feed("gnomad_ac", "allele_count"),
    Feed("gnomade_ac", "allele_count"),
    Feed("gnomadg_ac", "allele_count"),
    Feed("gnomad_joint_ac", "allele_count"),
    Feed("ac_gnomad", "allele_count"),
    Feed("exac_ac", "allele_count", 2),
    Feed("gnomad_an", "allele_number"),
    Feed("gnomade_an", "allele_number"),
    Feed("gnomadg_an", "allele_number"),
    Feed("gnomad_joint_an", "allele_number"),
    Feed("an_gnomad", "allele_number"),
    Feed("exac_an", "allele_number", 2),
    Feed("gnomad_nhomalt", "homozygote_count"),
    Feed("gnomade_nhomalt", "homozygote_count"),
    Feed("gnomadg_nhomalt", "homozygote_count"),
    Feed("gnomad_joint_nhomalt", "homozygote_count"),
    Feed("nhomalt_gnomad", "homozygote_count"),
    Feed("gnomad_num_hom", "homozygote_count"),
    Feed("gnomad_nhom", "homozygote_count"),
    Feed("gnomad_hom", "homozygote_count"),
    Feed("gnomad_homcount", "homozygote_count"),
    Feed("gno_hom", "homozygote_count"),
    Feed("exac_hom", "homozygote_count", 2),
    # frequency by genetic ancestry
    Feed("gnomade_{group}_af", "af_{group}_fraction"),
    Feed("gnomadg_{group}_af", "af_{group}_fraction"),
    Feed("gnomad_{group}_af", "af_{group}_fraction"),
    Feed("gnomade_af_{group}", "af_{group}_fraction"),
    Feed("gnomadg_af_{group}", "af_{group}_fraction"),
    Feed("gnomad_af_{group}", "af_{group}_fraction"),
    Feed("gnomad_exomes_{group}_af", "af_{group}_fraction"),
    Feed("gnomad_genomes_{group}_af", "af_{group}_fraction"),
    Feed("gnomad_exome_{group}", "af_{group}_fraction"),
    Feed("gnomad_genome_{group}", "af_{group}_fraction"),
    Feed("gnomad2.1_af_{group}", "af_{group}_fraction"),
    Feed("gnomad3_af_{group}", "af_{group}_fraction"),
    Feed("gnomad4_af_{group}", "af_{group}_fraction"),
    Feed("gnomad41_exome_af_{group}", "af_{group}_fraction"),
    Feed("gnomad41_genome_af_{group}", "af_{group}_fraction"),
    Feed("gnomad_joint_af_{group}", "af_{group}_fraction"),
    Feed("dbnsfp_gnomad_exomes_{group}_af", "af_{group}_fraction"),
    Feed("dbnsfp_gnomad_genomes_{group}_af", "af_{group}_fraction"),
    Feed("gno_af_{group}", "af_{group}_fraction"),
    Feed("exac_{group}_af", "af_{group}_fraction", 2),
    Feed("exac_af_{group}", "af_{group}_fraction", 2),
    Feed("dbnsfp_exac_{group}_af", "af_{group}_fraction", 2),
    # group maximum as the file gives it
    Feed("gnomad_af_grpmax", "af_group_max_fraction"),
    Feed("gnomade_af_grpmax", "af_group_max_fraction"),
    Feed("gnomadg_af_grpmax", "af_group_max_fraction"),
    Feed("gnomade_grpmax_af", "af_group_max_fraction"),
    Feed("gnomadg_grpmax_af", "af_group_max_fraction"),
    Feed("gnomad_grpmax_af", "af_group_max_fraction"),
    Feed("gnomad_joint_af_grpmax", "af_group_max_fraction"),
    Feed("gnomad4_af_grpmax", "af_group_max_fraction"),
    Feed("gnomad_af_popmax", "af_group_max_fraction"),
    Feed("gnomad_popmax_af", "af_group_max_fraction"),
    Feed("gnomade_af_popmax", "af_group_max_fraction"),
    Feed("gnomadg_af_popmax", "af_group_max_fraction"),
    Feed("gnomade_popmax_af", "af_group_max_fraction"),
    Feed("gnomadg_popmax_af", "af_group_max_fraction"),
    Feed("gnomad2.1_af_popmax", "af_group_max_fraction"),
    Feed("gnomad3_af_popmax", "af_group_max_fraction"),
    Feed("gnomadaf_popmax", "af_group_max_fraction"),
    Feed("af_popmax", "af_group_max_fraction"),
    Feed("af_grpmax", "af_group_max_fraction"),
    Feed("gno_af_popmax", "af_group_max_fraction"),
    Feed("exac_max_aftol", "af_group_max_fraction", 2),
    # ClinVar
    Feed("clin_sig", "clinvar_significance", 2),
    Feed("clnsig", "clinvar_significance"),
    Feed("clinvar_clnsig", "clinvar_significance"),
    Feed("clinvar_sig", "clinvar_significance"),
    Feed("clinvar_clin_sig", "clinvar_significance"),
    Feed("dbnsfp_clinvar_clnsig", "clinvar_significance"),
    Feed("clnrevstat", "clinvar_stars"),
    Feed("clinvar_clnrevstat", "clinvar_stars"),
    Feed("clinvar_review", "clinvar_stars"),
    Feed("clinvar_review_status", "clinvar_stars"),
    Feed("dbnsfp_clinvar_review", "clinvar_stars"),
    Feed("clinvar", "clinvar_id", only="entry"),
    Feed("clnvid", "clinvar_id"),
    Feed("clinvar_id", "clinvar_id"),
    Feed("clinvar_clnvid", "clinvar_id"),
    Feed("clnacc", "clinvar_id", 2),
    Feed("clinvar_variationid", "clinvar_id"),
    # predictors
    Feed("cadd_phred", "cadd_phred"),
    Feed("caddphred", "cadd_phred"),
    Feed("cadd", "cadd_phred", 2),
    Feed("cadd_phred_score", "cadd_phred"),
    Feed("dbnsfp_cadd_phred", "cadd_phred"),
    Feed("revel", "revel_score"),
    Feed("revel_score", "revel_score"),
    Feed("dbnsfp_revel_score", "revel_score"),
    Feed("am_pathogenicity", "alphamissense_score"),
    Feed("alphamissense_score", "alphamissense_score"),
    Feed("alphamissense_pathogenicity", "alphamissense_score"),
    Feed("alphamissense", "alphamissense_score"),
    Feed("dbnsfp_alphamissense_score", "alphamissense_score"),
    Feed("spliceai_pred_ds_ag", "spliceai_delta_max"),
    Feed("spliceai_pred_ds_al", "spliceai_delta_max"),
    Feed("spliceai_pred_ds_dg", "spliceai_delta_max"),
    Feed("spliceai_pred_ds_dl", "spliceai_delta_max"),
    Feed("spliceai_ds_ag", "spliceai_delta_max"),
    Feed("spliceai_ds_al", "spliceai_delta_max"),
    Feed("spliceai_ds_dg", "spliceai_delta_max"),
    Feed("spliceai_ds_dl", "spliceai_delta_max"),
    Feed("ds_ag", "spliceai_delta_max"),
    Feed("ds_al", "spliceai_delta_max"),
    Feed("ds_dg", "spliceai_delta_max"),
    Feed("ds_dl", "spliceai_delta_max"),
    Feed("spliceai_max", "spliceai_delta_max"),
    Feed("spliceai_delta_score", "spliceai_delta_max"),
    Feed("spliceai_ds_max", "spliceai_delta_max"),
    Feed("spliceai", "spliceai_delta_max"),
    Feed("spliceai_pred", "spliceai_delta_max"),
    Feed("spliceai_spliceai", "spliceai_delta_max"),
    # conservation
    Feed("phylop100way_vertebrate", "phylop_score"),
    Feed("phylop100way", "phylop_score"),
    Feed("phylop", "phylop_score"),
    Feed("phylop_100way", "phylop_score"),
    Feed("phylop30way_mammalian", "phylop_score", 2),
    Feed("dbnsfp_phylop100way_vertebrate", "phylop_score"),
    Feed("gerp++_rs", "gerp_score"),
    Feed("gerp_rs", "gerp_score"),
    Feed("gerp++", "gerp_score"),
    Feed("gerp", "gerp_score", 2),
    Feed("dbnsfp_gerp___rs", "gerp_score"),
    Feed("dbnsfp_gerp++_rs", "gerp_score"),
)

# Columns whose value is text; every other fed column is a number.
TEXT_COLUMNS = frozenset(
    {"gene", "transcript", "exon", "intron", "consequence", "hgvs_c", "hgvs_p"}
    | {"clinvar_significance", "clinvar_stars", "clinvar_id"}
)
AFTER_COLON_COLUMNS = frozenset({"hgvs_c", "hgvs_p"})
# Names under which all of SpliceAI stands in one value (models.intake.scan_splice), plain.
COMBINED_SPLICE = frozenset({"spliceai", "spliceaipred", "spliceaispliceai"})
# What a value can be at all: below, it is a mark for "missing" (slivar writes -1); above, it is not what
# the name says (a percentage), so it is not assessed.
BOUNDS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("af_fraction", "af_group_max_fraction"), (0.0, 1.0)),
    **{f"af_{group}_fraction": (0.0, 1.0) for group in ANCESTRY_GROUPS},
    **dict.fromkeys(("allele_count", "allele_number", "homozygote_count"), (0.0, 1e9)),
    **dict.fromkeys(("revel_score", "alphamissense_score", "spliceai_delta_max"), (0.0, 1.0)),
}

# ClinVar review status -> gold stars (ClinVar help, "Review status", 2024 wording and the one before).
STARS = {
    "practiceguideline": 4.0,
    "reviewedbyexpertpanel": 3.0,
    "criteriaprovidedmultiplesubmittersnoconflicts": 2.0,
    "criteriaprovidedmultiplesubmitters": 2.0,
    "criteriaprovidedsinglesubmitter": 1.0,
    "criteriaprovidedconflictinginterpretations": 1.0,
    "criteriaprovidedconflictingclassifications": 1.0,
    "noassertioncriteriaprovided": 0.0,
    "noassertionprovided": 0.0,
    "noclassificationprovided": 0.0,
    "noclassificationforthesinglevariant": 0.0,
    "noclassificationsfromunflaggedrecords": 0.0,
    "nointerpretationforthesinglevariant": 0.0,
    "nointerpretationforthesingleallele": 0.0,
}


def plain(name: str) -> str:
    """Name in lower case without punctuation, as it is compared."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _expanded() -> dict[str, list[Feed]]:
    table: dict[str, list[Feed]] = {}
    for feed in FIELDS:
        groups = ANCESTRY_GROUPS if "{group}" in feed.name else ("",)
        for group in groups:
            name, column = (text.replace("{group}", group) for text in (feed.name, feed.column))
            table.setdefault(plain(name), []).append(Feed(name, column, feed.rank, feed.only))
    return table


_BY_NAME = _expanded()


def feeds_of(name: str, place: str) -> tuple[Feed, ...]:
    """What the field `name` of `place` ("info" or "entry") feeds; empty when we know nothing of it."""
    return tuple(feed for feed in _BY_NAME.get(plain(name), ()) if feed.only in ("", place))
