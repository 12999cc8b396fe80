"""A sample patient's bare twin, and the releases that know what the annotated file knew.

The twin has the same people, calls, reads and record, and a VCF without any annotation. The releases are
written in the formats their owners deliver, from the facts of the patient's own recipe, and installed as a
person would install them: the synthetic genome stands for the reference.
"""

import csv
import gzip
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pysam

from models.case import Assembly
from models.knowledge import SOURCES
from models.knowledge.effects.packed import BASES_FILE, CODE_OF_LETTER, INDEX_FILE
from models.knowledge.library import Library, Licence, Offer, Progress, install_files
from models.knowledge.positions.alleles import CONTIGS
from models.knowledge.types import Release
from sample_data.patients import PATIENTS
from sample_data.recipe.folder import build_sites
from sample_data.recipe.genome import Genome
from sample_data.recipe.model import Recipe
from sample_data.recipe.site import GROUPS, Alt, Site
from sample_data.recipe.table import CHROMOSOMES, chromosome_length
from tests.sample_data.patients import ROOT

AT = datetime(2026, 11, 20, tzinfo=UTC)
KNOWN_AROUND_BASES = 200  # of the synthetic sequence around each site; the rest is N
_ANNOTATION = {"CSQ", "ANN", "gnomAD_AF", "gnomAD_AF_grpmax", "CLNSIG", "CLNREVSTAT", "CADD_PHRED"}
_CLINVAR_HEAD = """##fileformat=VCFv4.1
##fileDate=2026-11-10
##source=ClinVar
##reference=GRCh38
##INFO=<ID=ALLELEID,Number=1,Type=Integer,Description="the ClinVar Allele ID">
##INFO=<ID=CLNREVSTAT,Number=.,Type=String,Description="review status">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="germline classification">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"""
_SPLICEAI_HEAD = """##fileformat=VCFv4.2
##fileDate=20191004
##reference=GRCh38/hg38
##INFO=<ID=SpliceAI,Number=.,Type=String,Description="SpliceAIv1.3 variant annotation. These include delta scores (DS) \
and delta positions (DP) for acceptor gain (AG), acceptor loss (AL), donor gain (DG), and donor loss (DL). Format: \
ALLELE|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|DP_AL|DP_DG|DP_DL">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"""


def recipe_of(slug: str) -> Recipe:
    return next(p for p in PATIENTS if p.slug == slug)


def write_bare_twin(slug: str, folder: Path) -> Path:
    """A copy of the patient's folder whose VCF says nothing but what the caller said; without the answer."""
    shutil.copytree(ROOT / slug, folder, ignore=shutil.ignore_patterns("variants.vcf.gz*", "answer.json"))
    with gzip.open(ROOT / slug / "variants.vcf.gz", "rt") as annotated:
        lines = [bare for line in annotated if (bare := _bare(line.rstrip("\n")))]
    plain = folder / "variants.vcf"
    plain.write_text("\n".join(lines) + "\n")
    pysam.tabix_compress(str(plain), str(folder / "variants.vcf.gz"), force=True)
    plain.unlink()
    return folder


def _bare(line: str) -> str:
    if line.startswith("##"):
        telling = ("##VEP", "##SnpEff", *(f"##INFO=<ID={name}," for name in _ANNOTATION))
        return "" if line.startswith(telling) else line
    if line.startswith("#"):
        return line
    fields = line.split("\t")
    kept = [part for part in fields[7].split(";") if part.split("=")[0] not in _ANNOTATION]
    return "\t".join([*fields[:7], ";".join(kept) or ".", *fields[8:]])


def install_twins_knowledge(slug: str, library: Library, work: Path) -> None:
    """Everything that the annotated file of a GRCh38 patient knew, installed from files in `work`."""
    recipe = recipe_of(slug)
    alleles = (*recipe.causal, *recipe.incidental, *recipe.carried_by_the_way)
    genome = Genome(recipe.assembly, alleles)
    as_called = build_sites(recipe, genome, alleles)
    spelling = [_leftmost(genome, site) for site in as_called]
    sites = sorted(spelling, key=lambda s: (CHROMOSOMES.index(s.chrom), s.pos, s.ref))
    work.mkdir(parents=True, exist_ok=True)
    delivered = {
        "clinvar": [_clinvar(sites, work / "clinvar.vcf.gz")],
        "gnomad_exomes": [*_gnomad(sites, work / "gnomad.exomes.v4.1.sites.vcf.bgz")],
        "alphamissense": [_alphamissense(sites, work / "AlphaMissense_hg38.tsv.gz")],
        "revel": [_revel(sites, work / "revel-v1.3.csv")],
        "cadd": [_cadd(sites, work / "whole_genome_SNVs.tsv.gz")],
        "spliceai": [_spliceai(sites, work / "spliceai_scores.masked.vcf.gz")],
    }
    _install_reference(genome, as_called, library, work)
    offers = {o.source: o for s in SOURCES for o in s.offers if o.assembly is Assembly.GRCH38}
    for source, files in delivered.items():
        install_files(library, offers[source], files, at=AT, accepted_by="the tests")


def spelled(sites: Iterable[Site]) -> Iterator[tuple[Site, Alt]]:
    """Every allele that is spelled out."""
    return ((site, alt) for site in sites for alt in site.alts if alt.text.isalpha())


def _leftmost(genome: Genome, site: Site) -> Site:
    """As the sources write it: an insertion or deletion of one allele as far to the left as it can be."""
    alt = site.alts[0]
    pos, ref, new = site.pos, site.ref, alt.text
    if len(site.alts) > 1 or not new.isalpha() or len(ref) == len(new):
        return site
    while ref[-1] == new[-1]:
        ref, new = ref[:-1], new[:-1]
        if not ref or not new:
            pos -= 1
            base = genome.base(site.chrom, pos)
            ref, new = base + ref, base + new
    return replace(site, pos=pos, ref=ref, alts=(replace(alt, text=new),))


def _install_reference(genome: Genome, sites: list[Site], library: Library, work: Path) -> None:
    """The synthetic genome around the sites and in the genes they lie in, at whole length; elsewhere N."""

    def build(_files: Sequence[Path], folder: Path, _progress: Progress) -> None:
        _write_sparsely(genome, sites, folder)

    recipe_only = work / "reference"
    recipe_only.write_text("made by the recipe")
    release = Release(
        "reference", "Synthetic sequence", "1", "2026-11-20", "Apache-2.0", "sample_data", "https://example.org"
    )
    offer = Offer("reference", Assembly.GRCH38, Licence("Apache-2.0", "-"), (), lambda _: release, build)
    install_files(library, offer, [recipe_only], at=AT)


def _write_sparsely(genome: Genome, sites: list[Site], folder: Path) -> None:
    """As models.knowledge.effects.packed writes a genome, without walking through three thousand million N."""
    length = np.array([0, *(chromosome_length(c, genome.assembly) for c in CONTIGS[1:])], np.int64)
    first = np.cumsum(np.concatenate(([0], -(-length[:-1] // 4) * 4)))
    packed = np.memmap(folder / BASES_FILE, np.uint8, "w+", shape=int((first[-1] + length[-1]) // 4 + 1))
    at, codes = [], []
    for contig, chrom in enumerate(CONTIGS[1:], 1):
        places, letters = _known_bases(genome, [s for s in sites if s.chrom == chrom], chrom)
        at.append(first[contig] + np.array(places, np.int64))
        codes.append(CODE_OF_LETTER[np.frombuffer(letters, np.uint8)])
    known, code = np.concatenate(at), np.concatenate(codes)
    np.bitwise_or.at(packed, known >> 2, code << ((known & 3) * 2).astype(np.uint8))
    packed.flush()
    gap = np.flatnonzero(np.diff(known) > 1)
    start = np.concatenate(([0], known[gap] + 1, [known[-1] + 1]))
    end = np.concatenate(([known[0]], known[gap + 1], [first[-1] + length[-1]]))
    np.savez(folder / INDEX_FILE, first=first, length=length, unknown_start=start, unknown_end=end)


def _known_bases(genome: Genome, sites: list[Site], chrom: str) -> tuple[list[int], bytes]:
    """Places (0-based, ascending) and their bases."""
    spans = [(s.pos - KNOWN_AROUND_BASES, s.pos + len(s.ref) + KNOWN_AROUND_BASES) for s in sites]
    touched = {alt.effect.gene.symbol: alt.effect.gene for s in sites for alt in s.alts if alt.effect.gene}
    spans += [exon for gene in touched.values() for exon in gene.exons]
    length = chromosome_length(chrom, genome.assembly)
    letters = {p: genome.base(chrom, p) for start, end in spans for p in range(max(start, 1), min(end, length) + 1)}
    letters |= {s.pos + i: base for s in sites for i, base in enumerate(s.ref)}
    places = sorted(letters)
    return [p - 1 for p in places], "".join(letters[p] for p in places).encode()


def _compressed(path: Path, lines: Iterable[str]) -> Path:
    with pysam.BGZFile(str(path), "wb", None) as out:
        out.write(("\n".join(lines) + "\n").encode())
    return path


def _clinvar(sites: list[Site], path: Path) -> Path:
    records = [
        f"{s.chrom}\t{s.pos}\t{a.clinvar[0]}\t{s.ref}\t{a.text}\t.\t.\tALLELEID={n};"
        f"CLNREVSTAT={a.clinvar[2].replace(' ', '_')};CLNSIG={a.clinvar[1].replace(' ', '_')}"
        for n, (s, a) in enumerate(spelled(sites), 1)
        if a.clinvar[0]
    ]
    # ClinVar covers the whole genome: one record on every other contig says that it looked there.
    named = {r.split("\t")[0] for r in records}
    fillers = [
        f"{c}\t9\t{900 + n}\tA\tC\t.\t.\tALLELEID={900 + n};CLNREVSTAT=no_assertion_criteria_provided;CLNSIG=Benign"
        for n, c in enumerate(CHROMOSOMES)
        if c not in named
    ]
    ordered = sorted([*records, *fillers], key=lambda r: (CHROMOSOMES.index(r.split("\t")[0]), int(r.split("\t")[1])))
    return _compressed(path, [_CLINVAR_HEAD, *ordered])


def _gnomad(sites: list[Site], path: Path) -> tuple[Path, Path]:
    """The exomes' sites, and regions that say they looked at every nuclear site of this patient."""
    groups = "".join(
        f'##INFO=<ID=AF_{g.lower()},Number=A,Type=Float,Description="Alternate allele frequency">\n' for g in GROUPS
    )
    contigs = "".join(f"##contig=<ID=chr{c},length={chromosome_length(c, 'GRCh38')}>\n" for c in CHROMOSOMES[:-1])
    head = (
        "##fileformat=VCFv4.2\n"
        '##FILTER=<ID=AC0,Description="Allele count is zero after filtering">\n'
        '##INFO=<ID=AC,Number=A,Type=Integer,Description="Alternate allele count">\n'
        '##INFO=<ID=AN,Number=1,Type=Integer,Description="Total number of alleles">\n'
        '##INFO=<ID=AF,Number=A,Type=Float,Description="Alternate allele frequency">\n'
        '##INFO=<ID=nhomalt,Number=A,Type=Integer,Description="Count of homozygous individuals">\n'
        f"{groups}{contigs}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    )
    nuclear = [(s, a) for s, a in spelled(sites) if s.chrom != "MT"]
    known = [(s, a) for s, a in nuclear if a.rarity.overall is not None]
    lines = [f"chr{s.chrom}\t{s.pos}\t.\t{s.ref}\t{a.text}\t.\tPASS\t{_counted(a)}" for s, a in known]
    regions = path.with_name("regions.bed")
    regions.write_text("".join(f"chr{s.chrom}\t{max(s.pos - 51, 0)}\t{s.pos + 50}\n" for s, _ in nuclear))
    return _compressed(path, [head, *lines]), regions


def _counted(alt: Alt) -> str:
    rarity = alt.rarity
    number = rarity.allele_number or 1_460_000
    count = rarity.allele_count if rarity.allele_number else round((rarity.overall or 0) * number)
    groups = "".join(f";AF_{g.lower()}={f:.6g}" for g, f in rarity.groups.items())
    return f"AC={count};AN={number};AF={rarity.overall:.6g};nhomalt={rarity.homozygotes}{groups}"


def _alphamissense(sites: list[Site], path: Path) -> Path:
    head = [
        "# Copyright 2023 DeepMind Technologies Limited",
        "#CHROM\tPOS\tREF\tALT\tgenome\tuniprot_id\ttranscript_id\tprotein_variant\tam_pathogenicity\tam_class",
    ]
    rows = [
        f"chr{s.chrom}\t{s.pos}\t{s.ref}\t{a.text}\thg38\tP0\tENST0\tA1C\t{a.scores.am_pathogenicity:.4f}\tambiguous"
        for s, a in spelled(sites)
        if a.scores.am_pathogenicity is not None and len(s.ref) == len(a.text) == 1
    ]
    with gzip.open(path, "wt") as out:
        out.write("\n".join([*head, *rows]) + "\n")
    return path


def _revel(sites: list[Site], path: Path) -> Path:
    with path.open("w", newline="") as out:
        table = csv.writer(out)
        table.writerow(
            ("chr", "hg19_pos", "grch38_pos", "ref", "alt", "aaref", "aaalt", "REVEL", "Ensembl_transcriptid")
        )
        for s, a in spelled(sites):
            if a.scores.revel is not None and len(s.ref) == len(a.text) == 1:
                table.writerow([s.chrom, s.pos, s.pos, s.ref, a.text, "A", "C", f"{a.scores.revel:.3f}", "ENST0"])
    return path


def _cadd(sites: list[Site], path: Path) -> Path:
    rows = [
        f"{s.chrom}\t{s.pos}\t{s.ref}\t{a.text}\t0.1\t{a.scores.cadd_phred:.4g}"
        for s, a in spelled(sites)
        if a.scores.cadd_phred is not None
    ]
    head = ["## CADD GRCh38-v1.7 (c) University of Washington", "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED"]
    return _compressed(path, [*head, *rows])


def _spliceai(sites: list[Site], path: Path) -> Path:
    contigs = [f"##contig=<ID={c},length={chromosome_length(c, 'GRCh38')}>" for c in CHROMOSOMES[:-1]]
    head = _SPLICEAI_HEAD.split("\n")
    rows = [
        f"{s.chrom}\t{s.pos}\t.\t{s.ref}\t{a.text}\t.\t.\tSpliceAI={a.text}|GENE|"
        + "|".join(f"{d:.2f}" for d in a.scores.spliceai)
        + "|1|2|3|4"
        for s, a in spelled(sites)
        if a.scores.spliceai and s.chrom != "MT"
    ]
    return _compressed(path, [*head[:-1], *contigs, head[-1], *rows])
