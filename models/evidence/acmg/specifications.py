"""What ClinGen's expert panels specify for a gene.

The tables beside this file (tables/README.md) re-express the panels' published specifications (Criteria Specification
Registry, cspec.genome.network). A gene without a specification has none: `specification` answers None, and the
general values of `calibration` hold.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from models.errors import IntegrityError
from models.evidence.acmg.calibration import PM2_STRENGTH
from models.evidence.acmg.specification_types import (
    Basis,
    FrequencyRules,
    MissenseRules,
    MissenseTool,
    Pm5Rules,
    Pvs1Rules,
    Region,
    Specification,
    TruncatedAt,
    Truncating,
)
from models.evidence.acmg.types import Strength

Row = Mapping[str, str]
TABLES = Path(__file__).with_name("tables")


def specification(gene: str, disease: str = "") -> Specification | None:
    """The panel's rules for a gene, None when no panel has specified it.

    gene: HGNC symbol. disease: in words, decides where panels differ by disease (RYR1, ACTA1, VWF); when it does not
    tell, the rules that call fewest variants benign or rare. Mitochondrial genes ("MT-TL1") share one specification.
    """
    found = _all().get("MT-" if gene.startswith("MT-") else gene, ())
    named = [s for s in found if s.disease and s.disease in disease.lower()]
    return next(iter(named), None) or next((s for s in found if not s.disease), None)


def specified_genes() -> tuple[str, ...]:
    """Genes with a specification, in alphabetical order; "MT-" stands for the mitochondrial ones."""
    return tuple(sorted(_all()))


@cache
def _all() -> Mapping[str, tuple[Specification, ...]]:
    regions = _by_gene(_rows("panel_regions.tsv"))
    exons = _by_gene(_rows("panel_pvs1_exons.tsv"))
    stops = _by_gene(_rows("panel_pvs1_residues.tsv"))
    found: dict[str, tuple[Specification, ...]] = {}
    for row in _rows("panel_rules.tsv"):
        gene = row["gene"]
        of_gene = [r for r in regions.get(gene, []) if r["disease"] == row["disease"]]
        made = _specification(row, of_gene, exons.get(gene, []), stops.get(gene, []))
        found[gene] = (*found.get(gene, ()), made)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _by_gene(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["gene"], []).append(row)
    return grouped


def _specification(row: Row, regions: Sequence[Row], exons: Sequence[Row], stops: Sequence[Row]) -> Specification:
    try:
        return _made(row, regions, exons, stops)
    except (KeyError, ValueError) as fault:
        raise IntegrityError(f"the shipped rules for {row.get('gene')} cannot be read: {fault}.") from fault


def _made(row: Row, regions: Sequence[Row], exons: Sequence[Row], stops: Sequence[Row]) -> Specification:
    def of(criterion: str) -> tuple[Region, ...]:
        return tuple(_region(r) for r in regions if r["criterion"] == criterion)

    return Specification(
        gene=row["gene"],
        disease=row["disease"],
        panel=row["panel"],
        document=row["document"],
        version=row["version"],
        modes=frozenset(filter(None, row["modes"].split(","))),
        frequency=_frequency(row),
        missense=_missense(row),
        pvs1_applies=_yes(row["pvs1"]),
        pvs1_exons={int(e["exon"]): _strength(e["strength"]) for e in exons},
        pvs1=_pvs1(row, stops),
        ps1_applies=_yes(row["ps1"]),
        ps1_maximum=_strength(row["ps1_maximum"]) or Strength.STRONG,
        pm1_applies=_yes(row["pm1"]),
        pm1_regions=of("PM1"),
        pm4_applies=_yes(row["pm4"]),
        pm4_supporting_max_residues=int(row["pm4_supporting_max_residues"] or 0),
        pm4_regions=of("PM4"),
        pm4_only_regions=_yes(row["pm4_only_regions"]),
        pm4_stop_loss=_strength(row["pm4_stop_loss"]),
        pm5=_pm5(row),
        pp2_applies=_yes(row["pp2"]),
        bs2_applies=_yes(row["bs2"]),
        bs2_counts=_counts(row["bs2_counts"]),
        bs2_homozygotes_only=_yes(row["bs2_homozygotes_only"]),
        bp1=row["bp1"],
        bp1_strength=_strength(row["bp1_strength"]) or Strength.SUPPORTING,
        bp1_outside=of("BP1"),
        bp3_applies=_yes(row["bp3"]),
        bp3_regions=of("BP3"),
        bp7_phylop=_number(row["bp7_phylop"]),
        bp7_intron_acceptor_bases=int(row["bp7_intron_acceptor_bases"]),
        bp7_intron_donor_bases=int(row["bp7_intron_donor_bases"]),
        splice_benign_delta=float(row["splice_benign_delta"]),
    )


def _pvs1(row: Row, stops: Sequence[Row]) -> Pvs1Rules:
    start = row["pvs1_start_loss"]
    return Pvs1Rules(
        tuple(
            TruncatedAt(int(r["first_residue"]), int(r["last_residue"]), _strength(r["strength"]), r["change"])
            for r in stops
        ),
        None if start == "none" else _strength(start),
        start != "none",
        _strength(row["pvs1_escape"]),
    )


NOT_APPLIED = "no"  # a panel that says it does not use PM2; an empty cell is a limit we do not know


def _frequency(row: Row) -> FrequencyRules:
    most = row["pm2_max_homozygotes"]
    return FrequencyRules(
        ba1_fraction=_number(row["ba1_fraction"]),
        bs1_fraction=_number(row["bs1_fraction"]),
        bs1_supporting_fraction=_number(row["bs1_supporting_fraction"]),
        pm2_fraction=_number(row["pm2_fraction"].removeprefix(NOT_APPLIED)),
        pm2_strength=_strength(row["pm2_strength"]) or PM2_STRENGTH,
        basis=Basis(row["basis"]),
        ba1_homozygotes=int(row["ba1_homozygotes"]) if row["ba1_homozygotes"] else None,
        pm2_max_homozygotes=int(most) if most else None,
        pm2_counts_hemizygotes=_yes(row["pm2_counts_hemizygotes"]),
        pm2_applies=row["pm2_fraction"] != NOT_APPLIED,
    )


def _missense(row: Row) -> MissenseRules:
    tiers = (("supporting", Strength.SUPPORTING), ("moderate", Strength.MODERATE), ("strong", Strength.STRONG))
    cut = {(way, s): row[f"revel_{way}_{word}"] for way in ("pp3", "bp4") for word, s in tiers}
    steps = {way: tuple((float(cut[way, s]), s) for _, s in tiers if cut[way, s]) for way in ("pp3", "bp4")}
    return MissenseRules(MissenseTool(row["missense_tool"]), steps["pp3"], steps["bp4"], _strength(row["pp3_cap"]))


def _pm5(row: Row) -> Pm5Rules | None:
    maximum = _strength(row["pm5_maximum"])
    if maximum is None:
        return None
    return Pm5Rules(
        maximum,
        _yes(row["pm5_needs_pathogenic"]),
        int(row["pm5_min_others"] or 1),
        row["pm5_distance"],
        tuple(filter(None, row["pm5_excludes"].split(","))),
        _yes(row["pm5_likely_weighs_full"]),
        _yes(row["pm5_missense"]),
        _truncating(row) if row["pm5_truncating"] else None,
    )


def _truncating(row: Row) -> Truncating:
    first, before = (int(row[f"pm5_truncating_{side}_residue"] or 0) for side in ("from", "before"))
    return Truncating(first, before, row["pm5_truncating"] == "decay")


def _region(row: Row) -> Region:
    return Region(int(row["first_residue"]), int(row["last_residue"]), _strength(row["strength"]), row["only_new"])


def _counts(text: str) -> tuple[tuple[int, Strength], ...]:
    """ "1:SUPPORTING,3:STRONG" """
    pairs = (p.split(":") for p in text.split(",") if p)
    return tuple((int(n), Strength[name]) for n, name in pairs)


def _strength(word: str) -> Strength | None:
    return Strength[word] if word else None


def _number(text: str) -> float | None:
    return float(text) if text else None


def _yes(word: str) -> bool:
    if word not in ("yes", "no"):
        raise ValueError(f"{word!r} is neither yes nor no")
    return word == "yes"


__all__ = [
    "Basis",
    "FrequencyRules",
    "MissenseRules",
    "MissenseTool",
    "Pm5Rules",
    "Pvs1Rules",
    "Region",
    "Specification",
    "TruncatedAt",
    "Truncating",
    "specification",
    "specified_genes",
]
