"""Frequencies, predictors and neighbours of a table's variants, from our collections of labelled variants.

Only what sources say of a variant is read as its own: amino acids, frequencies, REVEL, AlphaMissense, CADD. Its label,
tier, stars and origin never are. ClinVar's class is read for other variants only: a different change at the same
residue, with at least one review star, for PS1 and PM5, as those criteria ask. The collections do not tell P from LP,
so such a neighbour counts as likely pathogenic.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from models.case import Found, Looked, NotAssessed, State
from models.evaluation.acmg_evidence import Known, frequency_of
from models.evaluation.acmg_table import Record
from models.evidence.acmg.coding_name import protein_part
from models.evidence.acmg.facts import Frequency, Neighbour, Predictors
from models.evidence.acmg.protein_name import ProteinChange, ProteinKind, protein_change
from models.evidence.residues import RESIDUES, THREE_LETTERS

OWN = [
    "key", "af_exac", "gnomad_af", "gnomad_ac", "gnomad_hom", "gnomad_popmax_af", "gnomad_popmax_pop", "revel",
    "am_pathogenicity", "cadd_phred", "aa_ref", "aa_pos", "aa_alt", "consequence",
]  # fmt: skip
NOT_OF_PEOPLE = ("af_exac", "revel", "aa_ref", "aa_pos", "aa_alt")
IN_BOTH = [c for c in OWN if c not in NOT_OF_PEOPLE]
OF_OTHERS = ["key", "gene", "aa_ref", "aa_pos", "aa_alt", "label", "stars", "consequence"]
THREE = dict(zip(RESIDUES, THREE_LETTERS, strict=True))
GNOMAD, EXAC = "gnomAD v2.1", "ExAC"
OUTSIDE_OF_EXOMES = frozenset({"intron", "utr5", "utr3", "up_downstream", "intergenic", "noncoding_exon", "other"})


def training_tables_evidence(records: Sequence[Record], data: Path) -> dict[int, Known]:
    """By line of the table; values only for variants that the collections hold, neighbours for every missense one."""
    folder = data / "pathogenicity"
    train = pd.read_parquet(folder / "train.parquet", columns=sorted({*OWN, *OF_OTHERS}))
    people = pd.read_parquet(folder / "weak_population.parquet", columns=IN_BOTH)
    own = pd.concat([train[OWN], people]).drop_duplicates("key").set_index("key")
    own = own.loc[own.index.isin({_key(r) for r in records})]
    neighbours = _neighbours(train)
    return {r.line: _known(r, own, neighbours) for r in records}


def _key(record: Record) -> str:
    a = record.allele
    return f"{a.chrom}-{a.pos_1based}-{a.ref}-{a.alt}" if a else ""


def _known(
    record: Record, own: pd.DataFrame, neighbours: dict[tuple[str, str, int], list[tuple[str, Neighbour]]]
) -> Known:
    key = _key(record)
    found = own.loc[key] if key in own.index else None
    return Known(
        _frequency(found) if found is not None else None,
        _predictors(found) if found is not None else None,
        _of_residue(record, key, neighbours),
        _protein_name(found) if found is not None else "",
    )


def _protein_name(row: "pd.Series[Any]") -> str:
    known = row["aa_ref"] in THREE and row["aa_alt"] in THREE and pd.notna(row["aa_pos"])
    if row["consequence"] != "missense" or not known:
        return ""
    return f"p.{THREE[row['aa_ref']]}{int(row['aa_pos'])}{THREE[row['aa_alt']]}"


def _frequency(row: "pd.Series[Any]") -> Frequency | None:
    """gnomAD's with its groups, else the overall one of ExAC; 0 means looked up and not seen, where an exome looks."""
    overall, label = (row["gnomad_af"], GNOMAD) if pd.notna(row["gnomad_af"]) else (row["af_exac"], EXAC)
    if pd.isna(overall) or (label == EXAC and overall == 0 and row["consequence"] in OUTSIDE_OF_EXOMES):
        return None
    of_gnomad = label == GNOMAD
    nothing = float("nan")
    values = {
        "af_fraction": float(overall),
        "af_group_max_fraction": float(row["gnomad_popmax_af"]) if of_gnomad else nothing,
        "allele_count": float(row["gnomad_ac"]) if of_gnomad else nothing,
        "allele_number": nothing,
        "homozygote_count": float(row["gnomad_hom"]) if of_gnomad else nothing,
    }
    group = str(row["gnomad_popmax_pop"]) if of_gnomad and pd.notna(row["gnomad_popmax_pop"]) else ""
    return frequency_of(values, State.FOUND if overall > 0 else State.ABSENT, label, group)


def _predictors(row: "pd.Series[Any]") -> Predictors:
    def one(column: str, label: str) -> Looked[float]:
        value = row[column]
        return Found(float(value), label) if pd.notna(value) else NotAssessed(f"{label} is not at hand for it")

    return Predictors(one("revel", "REVEL"), one("am_pathogenicity", "AlphaMissense"), one("cadd_phred", "CADD"))


def _neighbours(train: pd.DataFrame) -> dict[tuple[str, str, int], list[tuple[str, Neighbour]]]:
    """(gene, amino acid, residue) -> (key, missense change that ClinVar calls pathogenic or likely so)."""
    known = train[(train["label"] == 1) & (train["stars"] >= 1) & (train["consequence"] == "missense")]
    known = known.dropna(subset=["aa_ref", "aa_pos", "aa_alt"])
    found: dict[tuple[str, str, int], list[tuple[str, Neighbour]]] = {}
    for key, gene, ref, pos, alt, stars in known[["key", "gene", "aa_ref", "aa_pos", "aa_alt", "stars"]].itertuples(
        index=False
    ):
        if ref not in THREE or alt not in THREE:
            continue
        name = f"p.{THREE[ref]}{int(pos)}{THREE[alt]}"
        change = ProteinChange(name, ProteinKind.MISSENSE, THREE[ref], int(pos), int(pos), THREE[alt])
        found.setdefault((gene, THREE[ref], int(pos)), []).append((key, Neighbour(name, change, "LP", int(stars))))
    return found


def _of_residue(
    record: Record, key: str, neighbours: dict[tuple[str, str, int], list[tuple[str, Neighbour]]]
) -> Looked[tuple[Neighbour, ...]]:
    """The other known changes of the residue, never the variant itself."""
    change = protein_change(protein_part(record.variation))
    if change.kind is not ProteinKind.MISSENSE or not key:
        return NotAssessed("the collection holds missense changes with coordinates")
    others = neighbours.get((record.gene, change.ref, change.first), [])
    told = tuple(n for other, n in others if other != key)
    return Found(told, "ClinVar, at least one star") if told else NotAssessed("the collection is not all of ClinVar")


__all__ = ["training_tables_evidence"]
