"""Re-express public gene facts as the small table that the generator needs; run once per MANE release.

Reads MANE exons, ClinGen gene-disease validity and a table of variants that has both assemblies
(the distance between them is constant within most genes), and writes `facts/genes.tsv`.
The generator itself never runs this.
"""

import csv
import gzip
import random
from collections import defaultdict
from pathlib import Path

FACTS = Path(__file__).resolve().parents[1] / "facts"
COLUMNS = (
    "gene",
    "chrom",
    "strand",
    "ensembl_gene",
    "ensembl_transcript",
    "ensembl_protein",
    "refseq_transcript",
    "refseq_protein",
    "cds_start_1based",
    "cds_end_1based",
    "exons_1based",
    "offset_to_grch37",
    "kind",
)
MAX_EXONS = 40
MAX_CDS_BASES = 9000
# Genes of the patients' answers, of the published carriers they also have, and of neighbouring diseases.
ALWAYS_TEXT = """
SCN1A SCN2A SCN8A SCN1B KCNQ2 CDKL5 PCDH19 STXBP1 GABRG2 GABRA1 SLC2A1 CACNA1A POLG ALDH7A1 TSC1 TSC2 DEPDC5
ACADVL CPT2 ACADM HADHA HADHB ETFDH PYGM LPIN1 RYR1 CACNA1S CAV3 AMPD1 ETHE1 ACADS MUT MMAA HIBCH IL2RG JAK3
IL7R RAG1 RAG2 ADA DCLRE1C BTK CD40LG WAS XIAP FOXP3 RAF1 PTPN11 SOS1 KRAS NRAS HRAS BRAF MAP2K1 MAP2K2
SHOC2 CBL RIT1 LZTR1 NF1 MYH7 MYBPC3 GJB2 SLC26A4 MYO7A USH2A OTOF TMC1 KCNQ4 COCH TECTA CDH23 MYO15A PAH
RPE65 GCK HNF1A HNF1B KCNJ11 ABCC8 WFS1 MECP2 FOXG1 UBE3A TCF4 CFTR HFE SERPINA1 ATM BRCA1 BRCA2 LDLR APOB
MLH1 MSH2 TP53 PTEN RB1 DMD ABCD1 EMD LMNA SGCA CAPN3 DYSF ANO5 GAA GLA GBA1 HEXA SMPD1 NPC1 ARSA GALC
ITGA2B ITGB3 RUNX1 ACVRL1 ENG MTHFR F5 F2 CYP2C19 CYP2D6 TPMT NUDT15 DPYD SLCO1B1 VKORC1 UGT1A1
"""
ALWAYS = tuple(ALWAYS_TEXT.split())
Y_GENES = ("ZFY", "USP9Y", "DDX3Y", "UTY", "KDM5D", "EIF1AY", "TBL1Y", "NLGN4Y", "AMELY", "TMSB4Y", "PCDH11Y")


def _mane_rows(path: Path) -> dict[str, dict[str, str]]:
    with gzip.open(path, "rt") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {r["gene_symbol"]: r for r in rows if r["mane_status"] == "MANE Select" and "_" not in r["chrom"]}


def _disease_genes(path: Path) -> set[str]:
    with path.open(newline="") as stream:
        return {r[0] for r in csv.reader(stream) if len(r) > 6 and r[6] in {"Definitive", "Strong", "Moderate"}}


def _offsets(path: Path) -> dict[str, str]:
    import pandas as pd

    table = pd.read_parquet(path, columns=["gene", "pos", "pos_hg19"]).dropna()
    shift = (table.pos_hg19 - table.pos).astype(int).groupby(table.gene.astype(str)).agg(["nunique", "count", "first"])
    sure = shift[(shift["nunique"] == 1) & (shift["count"] >= 2)]
    return {str(gene): str(value) for gene, value in sure["first"].items()}


def _exons(row: dict[str, str]) -> list[tuple[int, int]]:
    start = int(row["start0"])
    sizes = [int(s) for s in row["exon_sizes"].strip(",").split(",")]
    begins = [start + int(s) for s in row["exon_starts_rel"].strip(",").split(",")]
    return [(b + 1, b + s) for b, s in zip(begins, sizes, strict=True)]


def _coding_bases(row: dict[str, str]) -> int:
    first, last = int(row["cds_start0"]) + 1, int(row["cds_end"])
    return sum(max(0, min(e, last) - max(s, first) + 1) for s, e in _exons(row))


def _chosen(mane: dict[str, dict[str, str]], disease: set[str], tolerant: set[str]) -> list[str]:
    rng = random.Random("genes of the sample patients")
    usable = sorted(g for g, r in mane.items() if _coding_bases(r) <= MAX_CDS_BASES and int(r["n_exons"]) <= MAX_EXONS)
    autosomal = [g for g in usable if mane[g]["chrom"] not in {"chrX", "chrY"}]
    x_genes = [g for g in usable if mane[g]["chrom"] == "chrX" and 2_800_000 < int(mane[g]["start0"]) < 155_600_000]
    pools = (
        rng.sample([g for g in autosomal if g in disease], 170),
        rng.sample([g for g in autosomal if g not in disease], 220),
        rng.sample([g for g in autosomal if g in tolerant], 30),
        rng.sample([g for g in x_genes if g in disease], 25),
        rng.sample([g for g in x_genes if g not in disease], 45),
    )
    return sorted({g for pool in (*pools, ALWAYS, Y_GENES) for g in pool if g in mane})


def refresh(shared: Path) -> int:
    """Write facts/genes.tsv from the shared tables; returns the number of genes."""
    mane = _mane_rows(shared / "gene/transcripts/mane_transcripts_exons_hg38.tsv.gz")
    disease = _disease_genes(shared / "gene/clingen/clingen_gene_disease_validity_2026-06-21.csv")
    tolerant_list = shared / "gene/gene_lists/macarthur/homozygous_lof_tolerant_twohit.tsv"
    tolerant = set(tolerant_list.read_text().split())
    offsets = _offsets(shared / "pathogenicity/train.parquet")
    kinds: dict[str, str] = defaultdict(lambda: "other")
    kinds |= dict.fromkeys(tolerant, "tolerant") | dict.fromkeys(disease, "disease")
    genes = _chosen(mane, disease, tolerant - disease)
    with (FACTS / "genes.tsv").open("w", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_fact_row(gene, mane[gene], offsets.get(gene, ""), kinds[gene]) for gene in genes)
    return len(genes)


def _fact_row(gene: str, row: dict[str, str], offset: str, kind: str) -> tuple[str, ...]:
    exons = ",".join(f"{s}-{e}" for s, e in _exons(row))
    names = (row["ensembl_gene"], row["enst"], row["ensp"], row["refseq_nm"], row["refseq_np"])
    coding = (str(int(row["cds_start0"]) + 1), row["cds_end"])
    return (gene, row["chrom"].removeprefix("chr"), row["strand"], *names, *coding, exons, offset, kind)
