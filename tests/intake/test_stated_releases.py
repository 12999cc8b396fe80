"""Which release the file's own annotator used, as far as its header says so; and never more of a path than its file."""

import pytest

from models.intake.annotation_fields import FIELDS
from models.intake.limits import LIMITS
from models.intake.scan_setup import set_up
from models.intake.stated_releases import NOT_STATED, release_words
from models.intake.vcf_header import read_header
from models.intake.vcf_read import _brought
from tests.intake.vcf_builder import CSQ, a_record, a_vcf, read_text

VEP_113 = (
    '##VEP="v113.0" API="v113" cache="/home/jdoe/vep/113_GRCh38" ensembl-variation=113.cef2add 1000genomes="phase3" '
    'COSMIC="99" ClinVar="202404" assembly="GRCh38.p14" dbSNP="156" gnomADe="v4.1" gnomADg="v4.1"'
)
VEP_104 = '##VEP="v104" ClinVar="202012" gnomAD="r2.1" 1000genomes="phase3"'
VEP_88 = (
    "##VEP=v88 cache=/mnt/vep/88_GRCh37 db=. gencode=GENCODE 19 ExAC=0.3 ClinVar=201610 1000genomes=phase3 dbSNP=147"
)
IN_FIELD = '##INFO=<ID={},Number=.,Type=String,Description="CLNSIG field from /home/jdoe/clinvar_20240819.vcf.gz">'
SNPSIFT = '##SnpSiftCmd="SnpSift Annotate clinvar_20201003.vcf.gz /home/jdoe/Jane_Doe_1999.01.02.vcf"'
BCFTOOLS = "##bcftools_annotateCommand=annotate -a /refs/gnomad.exomes.v4.1.sites.bcf -c INFO/AF in.bcf"
AS_FLOAT = '##INFO=<ID={},Number=A,Type=Float,Description="{}">'


def said(column: str, origin: str, *meta: str) -> str:
    return release_words(column, [origin], read_header(a_vcf(meta=meta).splitlines()))


@pytest.mark.parametrize(
    ("column", "origin", "meta", "want"),
    [
        ("clinvar_significance", "INFO/CSQ CLIN_SIG", VEP_113, "release ClinVar 202404"),
        ("clinvar_significance", "INFO/CSQ CLIN_SIG", VEP_88, "release ClinVar 201610"),
        ("af_fraction", "INFO/CSQ gnomADe_AF", VEP_113, "release gnomADe v4.1"),
        ("allele_count", "INFO/vep gnomADg_AC", VEP_113, "release gnomADg v4.1"),
        ("af_nfe_fraction", "INFO/CSQ gnomADe_NFE_AF", VEP_104, "release gnomAD r2.1"),
        ("af_fraction", "INFO/CSQ gnomAD_AF", VEP_104, "release gnomAD r2.1"),
        ("af_fraction", "INFO/CSQ AF", VEP_104, "release 1000genomes phase3"),
        ("af_fraction", "INFO/CSQ ExAC_AF", VEP_88, "release ExAC 0.3"),
        ("af_fraction", "INFO/CSQ gnomADe_AF", VEP_88, NOT_STATED),
        ("clinvar_significance", "INFO/CLNSIG", VEP_113, NOT_STATED),
        ("clinvar_significance", "INFO/CLNSIG", IN_FIELD.format("CLNSIG"), "release clinvar_20240819.vcf.gz"),
        ("clinvar_significance", "INFO/CSQ V_CLNSIG", IN_FIELD.format("V_CLNSIG"), "release clinvar_20240819.vcf.gz"),
        ("clinvar_significance", "INFO/CLNSIG", SNPSIFT, "release ClinVar 20201003"),
        ("af_fraction", "INFO/gnomad_AF", BCFTOOLS, "release gnomAD v4.1"),
        ("af_fraction", "INFO/gnomAD41_exome_AF", "", "release gnomAD 4.1 (the field's name says so)"),
        ("af_fraction", "INFO/gnomAD211_exome_AF", "", "release gnomAD 2.1.1 (the field's name says so)"),
        ("af_fraction", "INFO/gnomAD4.1_AF", "", "release gnomAD 4.1 (the field's name says so)"),
        ("af_fraction", "INFO/gnomAD_AF", "", NOT_STATED),
        ("cadd_phred", "INFO/CADD", AS_FLOAT.format("CADD", "from cadd_v1.6.tsv.gz"), "release cadd_v1.6.tsv.gz"),
        ("revel_score", "INFO/REVEL", AS_FLOAT.format("REVEL", "from revel_grch38.vcf.gz"), NOT_STATED),
        ("revel_score", "INFO/dbNSFP_REVEL_score", "##SnpSiftCmd=dbnsfp -db dbNSFP4.9.txt.gz", "release dbNSFP 4.9"),
        ("gene", "INFO/CSQ SYMBOL", VEP_113, ""),
        ("phylop_score", "INFO/CSQ phyloP100way_vertebrate", VEP_113, ""),
    ],
)  # fmt: skip
def test_the_release_is_taken_from_where_the_header_says_it(column: str, origin: str, meta: str, want: str) -> None:
    found = said(column, origin, *([meta] if meta else []))
    assert found == want
    assert "doe" not in found.lower()


def test_of_two_fields_the_one_whose_release_is_not_said_is_named() -> None:
    header = read_header(a_vcf(meta=[VEP_113]).splitlines())
    found = release_words("af_fraction", ["INFO/CSQ gnomADe_AF", "INFO/CSQ gnomADg_AF", "INFO/AF_x"], header)
    assert found == "release gnomADe v4.1, gnomADg v4.1; that of INFO/AF_x not stated"


def test_every_field_that_brings_a_frequency_clinvar_or_a_predictor_tells_a_release_or_that_none_is_stated() -> None:
    names = "|".join(f.name.replace("{group}", "nfe") for f in FIELDS if f.only != "info")
    header = read_header(a_vcf(meta=[CSQ.format(f"Allele|{names}")]).splitlines())
    brought = _brought(header, set_up(header, (), LIMITS))
    silent = {name for name, origin in brought.items() if "release" not in origin}
    own = {"gene", "transcript", "exon", "intron", "consequence", "hgvs_c", "hgvs_p", "phylop_score", "gerp_score"}
    assert silent == own | {"af_group_max_name"} & silent


def test_the_release_stands_beside_the_field_that_brought_the_value(tmp_path) -> None:
    meta = [VEP_113, CSQ.format("Allele|Consequence|gnomADe_AF|gnomADe_NFE_AF|CLIN_SIG")]
    brought = read_text(
        tmp_path, a_vcf(a_record(info="CSQ=G|missense_variant|0.1|0.2|benign"), meta=meta)
    ).facts.brought
    assert brought["clinvar_significance"] == "INFO/CSQ CLIN_SIG (VEP v113.0), release ClinVar 202404"
    assert brought["af_fraction"] == "INFO/CSQ gnomADe_AF (VEP v113.0), release gnomADe v4.1"
    assert brought["af_group_max_fraction"] == "largest of nfe, release gnomADe v4.1"
    assert brought["consequence"] == "INFO/CSQ Consequence (VEP v113.0)"
