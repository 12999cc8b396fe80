"""How fast ClinVar is installed, as a ratio to `bcftools view -Ou` of the same file to nowhere.

    python -m benchmarks.knowledge_install [--rows 2500000] [--runs 3]

A VCF as NCBI delivers it (bgzipped, its fields, lengths and share of classes made up) is generated in a
folder that goes away again. Ours is the whole build: inflating, scanning, keys, sorting, Parquet. Runs are
paired, bcftools and then ours; medians are printed.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
import pysam

from benchmarks.knowledge_join import peak_mb
from models.case import Assembly
from models.intake.assembly import LENGTHS_BASES
from models.knowledge import clinvar

_CLASSES = (
    ["Uncertain_significance"] * 50
    + ["Likely_benign"] * 25
    + ["Benign"] * 8
    + ["Pathogenic"] * 7
    + ["Likely_pathogenic"] * 4
    + ["Conflicting_classifications_of_pathogenicity"] * 6
)
_REVIEWS = (
    ["criteria_provided,_single_submitter"] * 7
    + ["criteria_provided,_multiple_submitters,_no_conflicts"] * 2
    + ["no_assertion_criteria_provided"]
)
_EFFECTS = ["SO:0001583|missense_variant", "SO:0001819|synonymous_variant", "SO:0001627|intron_variant"]
HEADER = """##fileformat=VCFv4.1
##fileDate=2026-11-10
##source=ClinVar
##reference=GRCh38
##ID=<Description="ClinVar Variation ID">
""" + "".join(
    f'##INFO=<ID={name},Number=.,Type=String,Description="{name}">\n'
    for name in (
        *("ALLELEID", "CLNDISDB", "CLNDN", "CLNHGVS", "CLNREVSTAT", "CLNSIG", "CLNSIGCONF", "CLNVC"),
        *("CLNVCSO", "GENEINFO", "MC", "ORIGIN", "RS"),
    )
)


def generate(file: Path, rows: int) -> None:
    """`rows` records over all chromosomes by their lengths, in ClinVar's order."""
    rng = random.Random(11)
    total = sum(lengths[1] for lengths in LENGTHS_BASES.values())
    diseases = [f"Disease_{i}_of_the_kind_{i % 97}" for i in range(18_000)]
    plain = file.with_suffix("")
    with plain.open("w", encoding="utf-8") as out:
        out.write(HEADER + "".join(f"##contig=<ID={c}>\n" for c in LENGTHS_BASES))
        out.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
        number = 0
        for chrom, lengths in LENGTHS_BASES.items():
            count = rows * lengths[1] // total
            for pos in sorted(rng.sample(range(10_001, lengths[1]), count)):
                number += 1
                out.write(_record(rng, chrom, pos, number, diseases))
    pysam.tabix_compress(str(plain), str(file), force=True)
    plain.unlink()


def _record(rng: random.Random, chrom: str, pos: int, number: int, diseases: list[str]) -> str:
    ref, alt = rng.sample("ACGT", 2)
    if number % 12 == 0:
        ref += "".join(rng.choices("ACGT", k=number % 31))
        alt = ref[0]
    sig = rng.choice(_CLASSES)
    conflict = "CLNSIGCONF=Pathogenic(1)|Uncertain_significance(3);" if sig.startswith("Confl") else ""
    of_gene = number // 140 % 6000 * 3  # a gene's records name its few diseases
    names = "|".join(rng.sample(diseases[of_gene : of_gene + 3], k=1 + number % 3))
    return (
        f"{chrom}\t{pos}\t{number}\t{ref}\t{alt}\t.\t.\tALLELEID={number + 15041};"
        f"CLNDISDB=MedGen:C{number % 99999:07d},OMIM:{number % 619999},Orphanet:{number % 9999}|MedGen:CN169374;"
        f"CLNDN={names}|not_provided;CLNHGVS=NC_000001.11:g.{pos}{ref}>{alt};"
        f"CLNREVSTAT={rng.choice(_REVIEWS)};CLNSIG={sig};{conflict}CLNVC=single_nucleotide_variant;"
        f"CLNVCSO=SO:0001483;GENEINFO=GENE{number // 140}:{number // 140 + 1};MC={rng.choice(_EFFECTS)};"
        f"ORIGIN=1;RS={number + 180_000}\n"
    )


def ours(file: Path, folder: Path) -> float:
    started = time.perf_counter()
    clinvar.build([file], folder, lambda _doing, _share: None, Assembly.GRCH38)
    return time.perf_counter() - started


def theirs(file: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["bcftools", "view", "-Ou", "-o", "/dev/null", str(file)], check=True)
    return time.perf_counter() - started


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=2_500_000)
    asked.add_argument("--runs", type=int, default=3)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        file, built = Path(scratch, "clinvar.vcf.gz"), Path(scratch, "built")
        built.mkdir()
        generate(file, given.rows)
        small = Path(scratch, "small.vcf.gz")
        generate(small, 1000)
        ours(small, built)  # the kernels are compiled once on a machine
        pairs = [(theirs(file), ours(file, built)) for _ in range(given.runs)]
        rows = pq.read_metadata(built / "variants.parquet").num_rows
        size = sum(f.stat().st_size for f in built.iterdir())
    seconds = [statistics.median(column) for column in zip(*pairs, strict=True)]
    print(f"{rows:,} rows, {file.name}; medians of {given.runs} paired runs")
    print(f"bcftools view -Ou > /dev/null   {seconds[0]:6.1f} s")
    print(f"install, to {size / 1e6:,.0f} MB of Parquet  {seconds[1]:6.1f} s")
    print(f"peak memory of the process {peak_mb():,.0f} MB")
    print(f"our speed / bcftools' speed     {statistics.median(a / b for a, b in pairs):6.2f}   (asked: at least 0.5)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
