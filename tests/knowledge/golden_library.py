"""A library of small releases in the formats their owners deliver, written by us; installed as a person would."""

import atexit
import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from models.case import Assembly
from models.knowledge import SOURCES, Knowledge, Library
from models.knowledge.library.install import install_files
from tests.knowledge.real import knowledge

B37, B38 = Assembly.GRCH37, Assembly.GRCH38
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"

CLINVAR_HEAD = (
    "##fileformat=VCFv4.1\n##fileDate=2026-11-10\n##source=ClinVar\n##reference={build}\n"
    '##ID=<Description="ClinVar Variation ID">\n'
    + "".join(
        f'##INFO=<ID={name},Number=.,Type=String,Description="...">\n'
        for name in (
            *("ALLELEID", "CLNDN", "CLNREVSTAT", "CLNSIG", "CLNSIGCONF", "CLNSIGINCL", "GENEINFO", "MC"),
            *("ONC", "ONCREVSTAT", "SCI", "SCIREVSTAT"),
        )
    )
)
CLINVAR_ROWS = (
    "1\t1014143\t183381\tC\tT\t.\t.\tALLELEID=181485;CLNDN=Immunodeficiency_38;"
    "CLNREVSTAT=no_assertion_criteria_provided;CLNSIG=Pathogenic;GENEINFO=ISG15:9636;MC=SO:0001587|nonsense",
    "1\t1043223\t263160\tCCT\tC\t.\t.\tALLELEID=263161;CLNDN=not_provided;"
    "CLNREVSTAT=criteria_provided,_conflicting_classifications;CLNSIG=Conflicting_classifications_of_pathogenicity;"
    "CLNSIGCONF=Pathogenic(1)|Uncertain_significance(3)",
    "13\t20189473\t17000\tC\tT\t.\t.\tALLELEID=32044;CLNREVSTAT=reviewed_by_expert_panel;"
    "CLNSIG=Pathogenic/Likely_pathogenic|risk_factor",
    "17\t43045700\t900001\tG\tA\t.\t.\tALLELEID=900002;CLNREVSTAT=no_classification_for_the_single_variant;"
    "CLNSIGINCL=12345:Pathogenic;ONC=Oncogenic;ONCREVSTAT=criteria_provided,_single_submitter",
    "MT\t3243\t9589\tA\tG\t.\t.\tALLELEID=24628;CLNREVSTAT=reviewed_by_expert_panel;CLNSIG=Pathogenic",
)


def clinvar(rows=CLINVAR_ROWS, build="GRCh38") -> str:
    return CLINVAR_HEAD.format(build=build) + COLUMNS + "".join(f"{row}\n" for row in rows)


def fields_of(names: str, number="A", kind="Float") -> str:
    return "".join(f'##INFO=<ID={n},Number={number},Type={kind},Description="...">\n' for n in names.split())


GROUPS_V4 = ("afr", "amr", "asj", "eas", "fin", "mid", "nfe", "remaining", "sas")
GNOMAD_V4_HEAD = (
    '##fileformat=VCFv4.2\n##hailversion=0.2.122\n##FILTER=<ID=AC0,Description="...">\n'
    '##FILTER=<ID=AS_VQSR,Description="Failed VQSR filtering thresholds">\n'
    + fields_of("AC nhomalt", kind="Integer")
    + fields_of("AN", "1", "Integer")
    + fields_of("AF AF_grpmax fafmax_faf95_max " + " ".join(f"AF_{g}" for g in GROUPS_V4))
    + fields_of("grpmax", kind="String")
    + "##contig=<ID=chr1,length=248956422>\n##contig=<ID=chrX,length=156040895>\n"
)


def gnomad_row(chrom, pos, ref, alt, filters, ac, an, homozygotes=0, **groups) -> str:
    """A row of v4. groups: AF of the groups not at 0."""
    af = f"{ac / an:.5e}" if an else "."
    of = {g: f"{groups.get(g, 0):.5e}" if an else "." for g in GROUPS_V4}
    named = max(groups, key=groups.get) if groups and ac else "."
    highest = f"{groups[named]:.5e}" if named != "." else "."
    fields = [f"AC={ac}", f"AN={an}", f"AF={af}", f"grpmax={named}", f"AF_grpmax={highest}", f"nhomalt={homozygotes}"]
    fields += [f"AF_{g}={value}" for g, value in of.items()]
    return f"{chrom}\t{pos}\trs1\t{ref}\t{alt}\t.\t{filters}\t" + ";".join(fields) + ";vep=T|missense_variant"


EXOME_ROWS = (
    gnomad_row("chr1", 55039940, "C", "T", "PASS", 3, 1_460_000, nfe=2.7e-06),
    gnomad_row("chr1", 55039974, "G", "T", "PASS", 19_800, 1_461_000, 170, nfe=1.6e-02, afr=2.1e-03),
    gnomad_row("chr1", 55039980, "G", "A", "AC0", 0, 1_460_000),
    gnomad_row("chr1", 55039990, "CA", "C", "AS_VQSR", 90_000, 1_400_000, nfe=0.07),
    gnomad_row("chr1", 55040005, "T", "C", "AC0;AS_VQSR", 0, 0),
    gnomad_row("chrX", 31119200, "T", "C", "PASS", 2, 1_100_000, sas=2.5e-05),
)
GENOME_ROWS = (
    gnomad_row("chr1", 55039974, "G", "T", "PASS", 1_780, 152_200, 14, nfe=1.5e-02),
    gnomad_row("chr1", 55100000, "G", "GTTTTTTTTTTTTTTTTTT", "PASS", 12, 152_000, afr=2.9e-04),
)


def gnomad(rows=EXOME_ROWS) -> str:
    return GNOMAD_V4_HEAD + COLUMNS + "".join(f"{row}\n" for row in rows)


ALPHAMISSENSE_HEAD = (
    "# Copyright 2023 DeepMind Technologies Limited\n#\n# Licensed under CC BY 4.0 license\n"
    "#CHROM\tPOS\tREF\tALT\tgenome\tuniprot_id\ttranscript_id\tprotein_variant\tam_pathogenicity\tam_class\n"
)


def alphamissense(genome="hg38") -> str:
    of = f"{genome}\tQ8NH21\tENST00000335137.4"
    rows = (
        f"chr1\t69094\tG\tT\t{of}\tV2L\t0.2937\tlikely_benign",
        f"chr1\t69094\tG\tC\t{of}\tV2L\t0.2937\tlikely_benign",
        f"chr1\t69095\tT\tC\t{of}\tV2A\t0.3609\tambiguous",
        f"chr1\t69095\tT\tC\t{genome}\tQ8NH21\tENST00000000001.1\tV9A\t0.9100\tlikely_pathogenic",
    )
    return ALPHAMISSENSE_HEAD + "".join(f"{row}\n" for row in rows)


REVEL = (
    "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL,Ensembl_transcriptid\n"
    "1,35142,35142,G,A,T,M,0.027,ENST00000417324\n"
    "1,35142,35142,G,C,T,R,0.035,ENST00000417324\n"
    "1,145000000,1000,C,A,T,K,0.500,ENST00000417324\n"
    "1,145000001,.,C,G,T,R,0.900,ENST00000417324\n"
    "1,145000002,1002,A,C,S,A,0.100,ENST00000417324\n"
    "1,145000002,1002,A,C,S,R,0.300,ENST00000417325\n"
)
SPLICEAI_HEAD = (
    "##fileformat=VCFv4.2\n##fileDate=20191004\n##reference={build}\n##contig=<ID=1>\n"
    '##INFO=<ID=SpliceAI,Number=.,Type=String,Description="SpliceAIv1.3 variant annotation. These include delta '
    "scores (DS) and delta positions (DP) for acceptor gain (AG), acceptor loss (AL), donor gain (DG), and donor loss "
    '(DL). Format: ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL">\n'
)


def spliceai(build="GRCh38/hg38") -> str:
    rows = (
        "1\t69091\t.\tA\tC\t.\t.\tSpliceAI=C|OR4F5|0.01|0.00|0.00|0.00|42|25|24|2",
        "1\t69091\t.\tA\tG\t.\t.\tSpliceAI=G|OR4F5|0.00|0.00|0.13|0.92|42|25|24|2,G|OR4F9|0.00|0.03|0.00|0.00|1|2|3|4",
        "1\t69092\t.\tT\tTA\t.\t.\tSpliceAI=TA|OR4F5|.|.|.|.|.|.|.|.",
    )
    return SPLICEAI_HEAD.format(build=build) + COLUMNS + "".join(f"{row}\n" for row in rows)


def cadd(title="CADD GRCh38-v1.7") -> str:
    return (
        f"## {title} (c) University of Washington, Hudson-Alpha Institute for Biotechnology and Berlin Institute of "
        "Health at Charite - Universitaetsmedizin Berlin 2013-2023. All rights reserved.\n"
        "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED\n"
        "1\t10001\tT\tA\t0.767991\t8.78\n1\t10001\tT\tC\t0.797278\t8.97\n1\t10002\tA\tC\t0.749221\t8.63\n"
    )


# (source, build, name of the file, its text); .gz and .zip are packed as the names say.
DELIVERED = (
    ("clinvar", B38, "clinvar.vcf.gz", clinvar()),
    ("clinvar", B37, "clinvar.vcf.gz", clinvar(CLINVAR_ROWS[:1], "GRCh37")),
    ("gnomad_exomes", B38, "gnomad.exomes.v4.1.sites.chr1.vcf.bgz", gnomad()),
    ("gnomad_genomes", B38, "gnomad.genomes.v4.1.sites.chr1.vcf.bgz", gnomad(GENOME_ROWS)),
    ("alphamissense", B38, "AlphaMissense_hg38.tsv.gz", alphamissense()),
    ("revel", B38, "revel-v1.3_all_chromosomes.zip", REVEL),
    ("spliceai", B38, "spliceai_scores.masked.snv.hg38.vcf.gz", spliceai()),
    ("cadd", B38, "whole_genome_SNVs.tsv.gz", cadd()),
)


def packed(folder: Path, name: str, text: str) -> Path:
    """The text as a file of that name, packed as the name says."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("revel_with_transcript_ids", text)
    elif name.endswith((".gz", ".bgz")):
        file.write_bytes(gzip.compress(text.encode()))
    else:
        file.write_text(text, encoding="utf-8")
    return file


def offer_of(source: str, assembly: Assembly):
    return next(o for s in SOURCES if s.key == source for o in s.offers if o.assembly is assembly)


def install(library: Library, source: str, assembly: Assembly, *files: Path, progress: Callable | None = None):
    more = {"progress": progress} if progress else {}
    by = "Dr Test" if offer_of(source, assembly).licence.must_accept else ""
    return install_files(
        library, offer_of(source, assembly), files, at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC), accepted_by=by, **more
    )


@lru_cache(maxsize=1)
def golden_library() -> Library:
    """Everything of DELIVERED, installed; gone when the tests end."""
    place = Path(tempfile.mkdtemp(prefix="caseboard-test-library-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    library = Library(place / "library")
    for source, assembly, name, text in DELIVERED:
        install(library, source, assembly, packed(place / source / assembly.value, name, text))
    return library


@lru_cache(maxsize=1)
def golden_knowledge() -> Knowledge:
    library = golden_library()
    return replace(knowledge(), library=library, installed=library.in_use())
