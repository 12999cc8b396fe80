"""Makes the tables of this folder from a folder of downloaded public files.

    python -m models.knowledge.tables.build <data folder>

The data folder holds gene/ (ClinGen, PanelApp, Gene2Phenotype, ACMG, MANE) and pathogenicity/
(gnomAD constraint by gene). Only facts are kept, in our own columns; README.md names every origin.
How a file becomes our columns stands with its source in models/knowledge/, which converts a release
installed later in the same way.
"""

import argparse
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd

import models.knowledge as sources
from models.knowledge.hpo_files import data_folder
from models.knowledge.source import MANIFEST
from models.knowledge.tables.mitochondrion import mitochondrial_rows

HERE = Path(__file__).parent
CANONICAL = re.compile(r"^chr([0-9]{1,2}|X|Y)$")


def transcripts(data: Path) -> pd.DataFrame:
    """MANE transcripts on whole chromosomes, named by today's symbols, and the mitochondrial genes."""
    raw = pd.read_csv(data / "gene/transcripts/mane_transcripts_exons_hg38.tsv.gz", sep="\t")
    raw = raw[raw["chrom"].str.match(CANONICAL)].reset_index(drop=True)
    today = _symbol_of_transcript(data)
    relative = [np.array(t.strip(",").split(","), dtype=np.int32) for t in raw["exon_starts_rel"]]
    sizes = [np.array(t.strip(",").split(","), dtype=np.int32) for t in raw["exon_sizes"]]
    table = pd.DataFrame(
        {
            "gene": raw["enst"].str.split(".").str[0].map(today).fillna(raw["gene_symbol"]),
            "chrom": raw["chrom"].str.removeprefix("chr"),
            "strand": raw["strand"],
            "refseq": raw["refseq_nm"],
            "ensembl": raw["enst"],
            "ensembl_gene": raw["ensembl_gene"].str.split(".").str[0],
            "ncbi_gene": raw["ncbi_gene"].astype("int32"),
            "mane_status": raw["mane_status"],
            "start_1based": (raw["start0"] + 1).astype("int32"),
            "cds_start_1based": (raw["cds_start0"] + 1).astype("int32"),
            "cds_end_1based": raw["cds_end"].astype("int32"),
            "exon_offsets": relative,
            "exon_sizes": sizes,
        }
    )
    return pd.concat([table, mitochondrial_rows(table.columns)], ignore_index=True)


def _symbol_of_transcript(data: Path) -> dict[str, str]:
    newest = pd.read_csv(data / "gene/transcripts/mane_select_2026.tsv", sep="\t")
    return dict(zip(newest["ensembl"].str.split(".").str[0], newest["gene_symbol"], strict=True))


# our column -> gnomAD's, as the gene table names it
CONSTRAINT_COLUMNS = {
    "loeuf": "loeuf",
    "pli": "pli",
    "missense_z": "mis_z",
    "missense_oe": "oe_mis",
    "cds_length_bases": "cds_length",
}
LIST_COLUMNS = {"listed_dominant": "list_ad", "listed_recessive": "list_ar", "listed_x_linked": "list_x"}


def _gene_columns(
    data: Path, wanted: dict[str, str], names: dict[str, str], by_ensembl: dict[str, str]
) -> pd.DataFrame:
    """Columns of the gene table under our names, by today's symbol."""
    raw = pd.read_parquet(data / "pathogenicity/gene_table.parquet", columns=["gene", "ensg", *wanted.values()])
    gene = raw["ensg"].map(by_ensembl).fillna(raw["gene"].map(lambda g: names.get(g, g)))
    return pd.DataFrame({"gene": gene} | {ours: raw[theirs].astype("float32") for ours, theirs in wanted.items()})


def constraint(data: Path, names: dict[str, str], by_ensembl: dict[str, str]) -> pd.DataFrame:
    table = _gene_columns(data, CONSTRAINT_COLUMNS, names, by_ensembl)
    table = table[table[["loeuf", "pli", "missense_z"]].notna().any(axis=1)]
    return table.sort_values(["gene", "loeuf"]).drop_duplicates("gene").reset_index(drop=True)


def gene_lists(data: Path, names: dict[str, str], by_ensembl: dict[str, str]) -> pd.DataFrame:
    table = _gene_columns(data, LIST_COLUMNS, names, by_ensembl).groupby("gene", as_index=False).max()
    return table[table[list(LIST_COLUMNS)].eq(1.0).any(axis=1)].reset_index(drop=True)


def clingen_validity(data: Path, names: dict[str, str]) -> pd.DataFrame:
    path = data / "gene/clingen/clingen_gene_disease_validity_2026-06-21.csv"
    return sources.clingen_validity.from_official(path, names)


def clingen_dosage(data: Path, names: dict[str, str]) -> pd.DataFrame:
    return sources.clingen_dosage.from_bed(data / "gene/clingen/ClinGen_haploinsufficiency_gene_GRCh38.bed", names)


def panelapp(data: Path, names: dict[str, str]) -> pd.DataFrame:
    return sources.panelapp.from_official(data / "gene/panelapp/panelapp_ge_core_2026-03.tsv.gz", names)


def gene2phenotype(data: Path, names: dict[str, str]) -> pd.DataFrame:
    return sources.gene2phenotype.from_official(_g2p_files(data), names)


def _g2p_files(data: Path) -> list[Path]:
    return [data / f"gene/g2p/{name}.csv.gz" for name in sources.gene2phenotype.FILES]


def secondary_findings(data: Path, names: dict[str, str]) -> pd.DataFrame:
    return sources.secondary_findings.from_official(data / "gene/acmg_sf/acmg_sf_v3.2.tsv", names)


def previous_symbols(data: Path, table: pd.DataFrame) -> pd.DataFrame:
    """Older symbol -> today's, where exactly one gene of today ever had it and none has it now."""
    pairs = [*_renamed_in_mane(data), *_renamed_in_gnomad(data, table), *_renamed_in_hpo(table), *_renamed_in_g2p(data)]
    today = set(table["gene"])
    targets: dict[str, set[str]] = {}
    for old, new in pairs:
        if old not in today and new in today:
            targets.setdefault(old, set()).add(new)
    rows = [(old, next(iter(new))) for old, new in sorted(targets.items()) if len(new) == 1]
    return pd.DataFrame(rows, columns=["previous", "gene"])


def _renamed_in_mane(data: Path) -> list[tuple[str, str]]:
    raw = pd.read_csv(data / "gene/transcripts/mane_transcripts_exons_hg38.tsv.gz", sep="\t")
    now = raw["enst"].str.split(".").str[0].map(_symbol_of_transcript(data))
    return [(old, new) for old, new in zip(raw["gene_symbol"], now, strict=True) if isinstance(new, str)]


def _renamed_in_gnomad(data: Path, table: pd.DataFrame) -> list[tuple[str, str]]:
    raw = pd.read_parquet(data / "pathogenicity/gene_table.parquet", columns=["gene", "ensg"]).dropna()
    now = raw["ensg"].map(dict(zip(table["ensembl_gene"], table["gene"], strict=True)))
    return [(old, new) for old, new in zip(raw["gene"], now, strict=True) if isinstance(new, str)]


def _renamed_in_hpo(table: pd.DataFrame) -> list[tuple[str, str]]:
    raw = pd.read_csv(data_folder() / "genes_to_phenotype.txt", sep="\t", usecols=["ncbi_gene_id", "gene_symbol"])
    raw = raw.drop_duplicates()
    now = raw["ncbi_gene_id"].map(dict(zip(table["ncbi_gene"], table["gene"], strict=True)))
    return [(old, new) for old, new in zip(raw["gene_symbol"], now, strict=True) if isinstance(new, str)]


def _renamed_in_g2p(data: Path) -> list[tuple[str, str]]:
    raw = pd.concat([pd.read_csv(file, dtype=str) for file in _g2p_files(data)])
    raw = raw.dropna(subset=["prev symbols"])
    return [
        (old.strip(), new)
        for olds, new in zip(raw["prev symbols"], raw["gene symbol"], strict=True)
        for old in re.split("[;,]", olds)
        if old.strip()
    ]


def write_manifest(folder: Path) -> None:
    """The sha256 of every table, which read_table compares before it parses one."""
    sums = {t.stem: hashlib.sha256(t.read_bytes()).hexdigest() for t in sorted(folder.glob("*.parquet"))}
    (folder / MANIFEST).write_text(json.dumps(sums, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    arguments = argparse.ArgumentParser(description="Make the shipped gene tables from downloaded files.")
    arguments.add_argument("data", type=Path, help="folder with gene/ and pathogenicity/")
    data = arguments.parse_args().data
    mane = transcripts(data)
    aliases = previous_symbols(data, mane)
    names = dict(zip(aliases["previous"], aliases["gene"], strict=True))
    by_ensembl = {e: g for e, g in zip(mane["ensembl_gene"], mane["gene"], strict=True) if e}
    tables = {
        "mane": mane.drop(columns=["ensembl_gene", "ncbi_gene"]),
        "previous_symbols": aliases,
        "constraint": constraint(data, names, by_ensembl),
        "gene_lists": gene_lists(data, names, by_ensembl),
        "clingen_validity": clingen_validity(data, names),
        "clingen_dosage": clingen_dosage(data, names),
        "panelapp": panelapp(data, names),
        "gene2phenotype": gene2phenotype(data, names),
        "secondary_findings": secondary_findings(data, names),
    }
    for name, table in tables.items():
        table.to_parquet(HERE / f"{name}.parquet", compression="zstd", index=False)
    write_manifest(HERE)
    for name, table in tables.items():
        print(f"{name}: {len(table)} rows, {(HERE / f'{name}.parquet').stat().st_size // 1024} KiB")  # noqa: T201


if __name__ == "__main__":
    main()
