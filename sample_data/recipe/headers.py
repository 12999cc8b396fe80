"""VCF header lines per caller and annotator. Every file says in its first lines that it is synthetic."""

from sample_data.recipe.model import Annotator, Caller, Recipe
from sample_data.recipe.snpeff import ANN_DESCRIPTION
from sample_data.recipe.table import CHROMOSOMES, chromosome_length, contig_name
from sample_data.recipe.vep import CSQ_FIELDS

_CALLER_LINES = {
    Caller.GATK: (
        '##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="none: dialect written by a script",Version="4.5">',
        '##FILTER=<ID=VQSRTrancheSNP99.90to100.00,Description="Truth sensitivity tranche level for SNP model">',
        '##FILTER=<ID=LowQual,Description="Low quality">',
        '##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count in genotypes">',
        '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency in this call set">',
        '##INFO=<ID=AN,Number=1,Type=Integer,Description="Total number of alleles in called genotypes">',
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="Approximate read depth">',
        '##INFO=<ID=FS,Number=1,Type=Float,Description="Phred-scaled p-value of strand bias">',
        '##INFO=<ID=MQ,Number=1,Type=Float,Description="RMS mapping quality">',
        '##INFO=<ID=QD,Number=1,Type=Float,Description="Variant confidence by depth">',
        '##INFO=<ID=SOR,Number=1,Type=Float,Description="Symmetric odds ratio of strand bias">',
    ),
    Caller.GLNEXUS: (
        "##GLnexusVersion=v1.4.1",
        "##GLnexusConfigName=DeepVariantWES",
        '##FILTER=<ID=MONOALLELIC,Description="Site represents one ALT allele in a region with multiple variants">',
        '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele Frequency estimate for each alternate allele">',
        '##INFO=<ID=AQ,Number=A,Type=Integer,Description="Allele Quality score (Phred)">',
        '##FORMAT=<ID=RNC,Number=2,Type=Character,Description="Reason for No Call in GT">',
    ),
    Caller.DEEPVARIANT: (
        "##DeepVariant_version=1.6.1",
        '##FILTER=<ID=RefCall,Description="Genotyping model thinks this site is reference.">',
        '##FILTER=<ID=LowQual,Description="Confidence in this variant being real is below calling threshold.">',
        '##FORMAT=<ID=VAF,Number=A,Type=Float,Description="Variant allele fractions.">',
    ),
    Caller.DRAGEN: (
        '##DRAGENVersion=<ID=dragen,Version="SW: 4.2.4 dialect, written by a script">',
        '##FILTER=<ID=DRAGENSnpHardQUAL,Description="Set if true:QUAL < 10.41">',
        '##FILTER=<ID=DRAGENIndelHardQUAL,Description="Set if true:QUAL < 7.83">',
        '##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count in genotypes">',
        '##INFO=<ID=AF,Number=A,Type=Float,Description="Allele frequency in this call set">',
        '##INFO=<ID=AN,Number=1,Type=Integer,Description="Total number of alleles in called genotypes">',
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="Approximate read depth">',
        '##INFO=<ID=MQ,Number=1,Type=Float,Description="RMS mapping quality">',
        '##FORMAT=<ID=AF,Number=A,Type=Float,Description="Allele fractions for alt alleles in the order listed">',
    ),
}
_COMMON = (
    '##FILTER=<ID=PASS,Description="All filters passed">',
    '##ALT=<ID=DEL,Description="Deletion">',
    '##INFO=<ID=END,Number=1,Type=Integer,Description="End position of the variant">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type of structural variant">',
    '##INFO=<ID=SVLEN,Number=.,Type=Integer,Description="Length difference of the structural variant">',
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Allelic depths (ref and alt alleles in the order listed)">',
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Read depth">',
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Phred-scaled genotype likelihoods">',
)


def _annotation_line(recipe: Recipe) -> tuple[str, ...]:
    if recipe.annotator is Annotator.SNPEFF:
        return (
            '##SnpEffVersion="5.2 layout, written by a script"',
            f'##INFO=<ID=ANN,Number=.,Type=String,Description="{ANN_DESCRIPTION}">',
            '##INFO=<ID=gnomAD_AF,Number=A,Type=Float,Description="gnomAD v4 exomes allele frequency">',
            '##INFO=<ID=gnomAD_AF_grpmax,Number=A,Type=Float,Description="gnomAD v4 group maximum frequency">',
            '##INFO=<ID=CLNSIG,Number=.,Type=String,Description="ClinVar clinical significance">',
            '##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="ClinVar review status">',
            '##INFO=<ID=CADD_PHRED,Number=A,Type=Float,Description="CADD, phred-scaled">',
        )
    fields = "|".join(CSQ_FIELDS)
    cache = "113_GRCh38" if recipe.assembly == "GRCh38" else "113_GRCh37"
    return (
        f'##VEP="v113 layout, written by a script" cache="homo_sapiens/{cache}" assembly="{recipe.assembly}"',
        '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. '
        f'Format: {fields}">',
    )


def header(recipe: Recipe, samples: list[str]) -> list[str]:
    """All header lines, the column line last."""
    contigs = [
        f"##contig=<ID={contig_name(c, recipe.chr_prefix)},length={chromosome_length(c, recipe.assembly)},"
        f"assembly={recipe.assembly}>"
        for c in CHROMOSOMES
    ]
    columns = "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *samples])
    return [
        "##fileformat=VCFv4.2",
        "##source=Caseboard synthetic sample",
        f"##synthetic_patient={recipe.pseudonym}: no real person; published alleles among made-up ones",
        f"##reference={recipe.assembly}",
        *_COMMON,
        *_CALLER_LINES[recipe.caller],
        *_annotation_line(recipe),
        *contigs,
        columns,
    ]
