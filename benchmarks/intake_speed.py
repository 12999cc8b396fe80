"""How fast a VCF becomes a table, as ratios to `bcftools view -Ou` on the same file.

    python benchmarks/intake_speed.py --cache ~/.cache/caseboard-bench [--runs 5] [--only exome|genome]

Two synthetic files are made once in the cache folder: an exome (100,000 variants, trio, VEP CSQ of 80
subfields, several transcripts) and a genome (5,000,000 variants, one sample, the same 80 subfields,
mostly intronic). Runs are paired: bcftools, then ours, then again; medians are printed. Everything
counts: the child, inflating, scanning, writing the table file, opening it in the parent. By default one
child waits with its imports done, as in the running application; --cold starts each anew.
"""

# ruff: noqa: E501 (tables of values read better in one line)
import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pysam

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.case.table_file import read_table
from models.intake import LIMITS, keep_a_child_ready, read_variants, warm_up

SUBFIELDS = [
    "Allele",
    "Consequence",
    "IMPACT",
    "SYMBOL",
    "Gene",
    "Feature_type",
    "Feature",
    "BIOTYPE",
    "EXON",
    "INTRON",
    "HGVSc",
    "HGVSp",
    "cDNA_position",
    "CDS_position",
    "Protein_position",
    "Amino_acids",
    "Codons",
    "Existing_variation",
    "ALLELE_NUM",
    "DISTANCE",
    "STRAND",
    "FLAGS",
    "VARIANT_CLASS",
    "SYMBOL_SOURCE",
    "HGNC_ID",
    "CANONICAL",
    "MANE_SELECT",
    "MANE_PLUS_CLINICAL",
    "TSL",
    "APPRIS",
    "CCDS",
    "ENSP",
    "SWISSPROT",
    "TREMBL",
    "UNIPARC",
    "UNIPROT_ISOFORM",
    "GENE_PHENO",
    "SIFT",
    "PolyPhen",
    "DOMAINS",
    "HGVS_OFFSET",
    "AF",
    "gnomADe_AF",
    "gnomADe_AFR_AF",
    "gnomADe_AMR_AF",
    "gnomADe_ASJ_AF",
    "gnomADe_EAS_AF",
    "gnomADe_FIN_AF",
    "gnomADe_MID_AF",
    "gnomADe_NFE_AF",
    "gnomADe_SAS_AF",
    "gnomADg_AF",
    "gnomADg_AFR_AF",
    "gnomADg_AMI_AF",
    "gnomADg_AMR_AF",
    "gnomADg_ASJ_AF",
    "gnomADg_EAS_AF",
    "gnomADg_FIN_AF",
    "gnomADg_MID_AF",
    "gnomADg_NFE_AF",
    "gnomADg_SAS_AF",
    "MAX_AF",
    "MAX_AF_POPS",
    "CLIN_SIG",
    "SOMATIC",
    "PHENO",
    "PUBMED",
    "CADD_PHRED",
    "CADD_RAW",
    "REVEL",
    "am_class",
    "am_pathogenicity",
    "SpliceAI_pred_DS_AG",
    "SpliceAI_pred_DS_AL",
    "SpliceAI_pred_DS_DG",
    "SpliceAI_pred_DS_DL",
    "phyloP100way_vertebrate",
    "GERP++_RS",
    "LOEUF",
    "ClinVar_CLNREVSTAT",
]
EXOME_RECORDS, GENOME_RECORDS = 100_000, 5_000_000
TEMPLATES = 4_000
LIMIT_EXOME, LIMIT_GENOME, LIMIT_BYTES, LIMIT_REOPEN_S = 2.5, 3.0, 400, 0.5


def header(samples: list[str]) -> str:
    lines = [
        "##fileformat=VCFv4.2",
        '##FILTER=<ID=PASS,Description="All filters passed">',
        '##INFO=<ID=AC,Number=A,Type=Integer,Description="Allele count">',
        '##INFO=<ID=AN,Number=1,Type=Integer,Description="Alleles">',
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: '
        + "|".join(SUBFIELDS) + '">',
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Depths">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">',
        '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Likelihoods">',
        *(f"##contig=<ID=chr{c},length={n}>" for c, n in (("1", 248956422), ("2", 242193529))),
        "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *samples]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def entry(rng: random.Random, alt: str, *, rich: bool, first: bool) -> str:
    """One CSQ entry: a coding transcript with most subfields, or an intronic one with few."""
    gene, transcript = rng.randrange(20_000), rng.randrange(200_000)
    values = dict.fromkeys(SUBFIELDS, "")
    values |= {
        "Allele": alt, "Consequence": rng.choice(["missense_variant", "synonymous_variant"]) if rich else "intron_variant",
        "IMPACT": "MODIFIER", "SYMBOL": f"GENE{gene}", "Gene": f"ENSG{gene:011d}", "Feature_type": "Transcript",
        "Feature": f"ENST{transcript:011d}.4", "BIOTYPE": "protein_coding", "STRAND": "1", "VARIANT_CLASS": "SNV",
        "SYMBOL_SOURCE": "HGNC", "HGNC_ID": f"HGNC:{gene}", "CANONICAL": "YES" if first else "",
        "HGVSc": f"ENST{transcript:011d}.4:c.{rng.randrange(5000)}+{rng.randrange(99)}A>{alt}",
    }  # fmt: skip
    if rich:
        values |= {
            "MANE_SELECT": f"NM_{transcript:06d}.3" if first else "", "EXON": "3/12", "HGVSc": f"ENST{transcript:011d}.4:c.{gene}A>{alt}",
            "HGVSp": f"ENSP{transcript:011d}.2:p.Arg{gene}Cys", "Amino_acids": "R/C", "Codons": "Cgt/Tgt", "CADD_PHRED": f"{rng.random() * 40:.2f}",
            "REVEL": f"{rng.random():.3f}", "am_pathogenicity": f"{rng.random():.4f}", "phyloP100way_vertebrate": f"{rng.random() * 9:.3f}",
            "SpliceAI_pred_DS_AG": "0.01", "SpliceAI_pred_DS_DG": "0.00", "SIFT": "deleterious(0.01)", "DOMAINS": "Pfam:PF00001&SMART:SM00002",
        }  # fmt: skip
    if rich or rng.random() < 0.5:
        for name in SUBFIELDS:
            if name.startswith("gnomAD"):
                values[name] = f"{rng.random() ** 6:.4g}"
    return "|".join(values.values())


def templates(rng: random.Random, *, rich: bool) -> list[tuple[str, str, str]]:
    made = []
    for _ in range(TEMPLATES):
        ref, alt = rng.sample("ACGT", 2)
        count = rng.randrange(3, 9) if rich else rng.randrange(1, 3)
        made.append((ref, alt, ",".join(entry(rng, alt, rich=rich, first=i == 0) for i in range(count))))
    return made


def write_vcf(path: Path, records: int, samples: list[str], *, rich: bool, seed: int) -> None:
    rng = random.Random(seed)
    infos = templates(rng, rich=rich)
    calls = ["0/1:18,20:38:99:400,0,380", "0/0:33,0:33:90:0,90,900", "1/1:0,31:31:93:900,93,0", "./.:0,0:0:.:."]
    step = 240_000_000 * 2 // records
    unfinished = path.with_suffix(".part")
    with pysam.BGZFile(str(unfinished), "wb") as out:
        out.write(header(samples).encode())
        for chunk in range(0, records, 5_000):
            lines = []
            for i in range(chunk, min(chunk + 5_000, records)):
                chrom, pos = ("chr1", i * step) if i * 2 < records else ("chr2", (i - records // 2) * step)
                ref, alt, csq = infos[rng.randrange(TEMPLATES)]
                genotypes = "\t".join(rng.choice(calls) for _ in samples)
                lines.append(
                    f"{chrom}\t{pos + 1}\t.\t{ref}\t{alt}\t{50 + i % 900}\tPASS\tAC=1;AN=2;DP=40;CSQ={csq}\tGT:AD:DP:GQ:PL\t{genotypes}\n"
                )
            out.write("".join(lines).encode())
    unfinished.rename(path)


def made(cache: Path, name: str, records: int, samples: list[str], *, rich: bool) -> Path:
    path = cache / f"{name}-{records}.vcf.gz"
    if not path.exists():
        print(f"making {path.name} ...", flush=True)
        write_vcf(path, records, samples, rich=rich, seed=records)
    return path


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bcftools(path: Path) -> None:
    subprocess.run(["bcftools", "view", "-Ou", "-o", "/dev/null", str(path)], check=True, stderr=subprocess.DEVNULL)


def resident_bytes() -> int:
    fields = Path("/proc/self/statm").read_text().split()
    return int(fields[1]) * resource.getpagesize()


def measure(path: Path, runs: int, work_dir: Path) -> dict[str, float]:
    theirs, ours, reopen = [], [], []
    growth, rows = 0.0, 1
    for _ in range(runs):
        theirs.append(timed(lambda: bcftools(path)))
        before = resident_bytes()
        start = time.perf_counter()
        table, _ = read_variants(path, display_name="benchmark", work_dir=work_dir, limits=LIMITS)
        ours.append(time.perf_counter() - start)
        rows = len(table)
        touched = sum(float(table.frame[c].isna().sum()) for c in table.frame) + float(table.genotypes.alt_copies.sum())
        growth = max(growth, (resident_bytes() - before) / rows) if touched is not None else growth
        del table
        stored = max(work_dir.glob("*.arrow"), key=lambda p: p.stat().st_mtime)
        reopen.append(timed(lambda stored=stored: read_table(stored)))
        for old in work_dir.glob("*.arrow"):
            old.unlink()
    pairs = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return {
        "rows": rows, "bcftools_s": statistics.median(theirs), "ours_s": statistics.median(ours),
        "ratio": statistics.median(pairs), "bytes_per_variant": growth, "reopen_s": statistics.median(reopen),
    }  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cache", type=Path, required=True, help="folder for the two synthetic files")
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--only", choices=["exome", "genome"])
    asked.add_argument("--json", type=Path, help="also write the figures here")
    asked.add_argument("--cold", action="store_true", help="start every child anew, as a terminal command does")
    options = asked.parse_args()
    warm_up()
    if not options.cold:
        keep_a_child_ready()
    options.cache.mkdir(parents=True, exist_ok=True)
    work_dir = Path(tempfile.mkdtemp(dir=options.cache))
    results = {}
    if options.only != "genome":
        path = made(options.cache, "exome", EXOME_RECORDS, ["CHILD", "MOTHER", "FATHER"], rich=True)
        results["exome, trio, 100k"] = (measure(path, options.runs, work_dir), LIMIT_EXOME)
    if options.only != "exome":
        path = made(options.cache, "genome", GENOME_RECORDS, ["SAMPLE"], rich=False)
        results["genome, single, 5M"] = (measure(path, options.runs, work_dir), LIMIT_GENOME)
    shutil.rmtree(work_dir)
    print(
        f"{'file':20s} {'rows':>9s} {'bcftools':>9s} {'ours':>8s} {'ratio':>6s} {'limit':>6s} {'B/variant':>9s} {'reopen':>8s}"
    )
    for name, (r, limit) in results.items():
        print(
            f"{name:20s} {r['rows']:9,.0f} {r['bcftools_s']:8.2f}s {r['ours_s']:7.2f}s {r['ratio']:6.2f} {limit:6.1f} "
            f"{r['bytes_per_variant']:9.0f} {r['reopen_s'] * 1000:6.1f}ms"
        )
    if options.json:
        options.json.write_text(json.dumps({name: r for name, (r, _) in results.items()}, indent=1))


if __name__ == "__main__":
    main()
