"""What ClinGen's expert panels specify for a gene.

The tables beside this file (tables/README.md) re-express the panels' published specifications (Criteria Specification
Registry, cspec.genome.network). A gene without a specification has none: `specification` answers None, and the
general values of `calibration` hold.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from models.errors import IntegrityError
from models.evidence.acmg.calibration import PM2_STRENGTH, Steps
from models.evidence.acmg.types import Strength

TABLES = Path(__file__).with_name("tables")


class Basis(str, Enum):
    """The gnomAD frequency that a panel's BA1 and BS1 are compared with."""

    FILTERING = "filtering allele frequency"  # lower bound of the 95 % interval of the highest group
    GROUP_MAXIMUM = "group maximum"  # the point estimate of the highest group
    MALES = "males"


class MissenseTool(str, Enum):
    """What a panel judges missense by for PP3 and BP4."""

    REVEL = "REVEL"
    OWN = "own"  # a predictor or a table of its own that we do not have: then not assessable
    NONE = "none"  # the panel does not apply PP3 and BP4 to missense
    GENERAL = "general"  # ClinGen's calibration


@dataclass(frozen=True)
class Region:
    """Residues `first` to `last` of the panel's transcript, both included, and what lying there weighs.

    strength None: the criterion is not for this region. only_new: amino acid that must arise, "" any.
    """

    first: int
    last: int
    strength: Strength | None
    only_new: str = ""

    def __contains__(self, residue: object) -> bool:
        return isinstance(residue, int) and self.first <= residue <= self.last


@dataclass(frozen=True)
class FrequencyRules:
    """Fractions. BA1, BS1: met at or above. PM2: met at or below, 0.0 means absent. None: the panel does not apply it.

    ba1_homozygotes: homo- and hemizygotes that alone meet BA1. pm2_max_homozygotes: PM2 is not met above; with
    pm2_counts_hemizygotes they count too (in X-linked genes).
    """

    ba1_fraction: float | None
    bs1_fraction: float | None
    bs1_supporting_fraction: float | None
    pm2_fraction: float | None
    pm2_strength: Strength
    basis: Basis
    ba1_homozygotes: int | None = None
    pm2_max_homozygotes: int | None = None
    pm2_counts_hemizygotes: bool = False


@dataclass(frozen=True)
class MissenseRules:
    """PP3 and BP4 of missense. pathogenic: REVEL at or above; benign: at or below, from weakest to strongest.

    Both empty unless tool is REVEL. cap: PP3 weighs no more than this, None no cap.
    """

    tool: MissenseTool
    pathogenic: Steps
    benign: Steps
    cap: Strength | None = None


@dataclass(frozen=True)
class Pm5Rules:
    """Another change at the same residue. maximum: highest strength. needs_pathogenic: the other change must be
    pathogenic, likely is not enough. min_others: so many different ones. distance: "grantham_ge" (this change's
    Grantham distance is at least the other's), "grantham_gt", "blosum_le", "" not compared. excludes: criteria with
    which PM5 is not counted.
    """

    maximum: Strength
    needs_pathogenic: bool = False
    min_others: int = 1
    distance: str = ""
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Specification:
    """One panel's rules for one gene, and for one of its diseases where the panels differ.

    disease: "" when the rules are for all of the gene's. document, version: in the registry ("GN006", "2.0.0").
    modes: AD, AR, XL; empty when not told. *_applies: False where the panel says the criterion does not apply.
    pvs1_exons: strength of skipping that exon at a canonical splice site, exon number as in MANE.
    pm1_regions, pm4_regions: where the criterion applies at which strength; pm4_only_regions: nowhere else.
    pm4_supporting_max_residues: in-frame changes of at most so many residues are supporting, 0 none.
    bs2_counts: (healthy adults with the genotype, strength) from weakest to strongest. bp1: the class of change it is
    for ("missense", "truncating", "any"), "" not at all. bp7_phylop: conserved at or above, None: not looked at.
    bp7_intron: first intronic base before ("-4" is 4) and after the exon where BP7 begins.
    splice_benign_delta: SpliceAI at or below which splicing is not affected.
    """

    gene: str
    disease: str
    panel: str
    document: str
    version: str
    modes: frozenset[str]
    frequency: FrequencyRules
    missense: MissenseRules
    pvs1_applies: bool
    pvs1_exons: Mapping[int, Strength | None]
    ps1_applies: bool
    ps1_maximum: Strength
    pm1_applies: bool
    pm1_regions: tuple[Region, ...]
    pm4_applies: bool
    pm4_supporting_max_residues: int
    pm4_regions: tuple[Region, ...]
    pm4_only_regions: bool
    pm4_stop_loss: Strength | None
    pm5: Pm5Rules | None
    pp2_applies: bool
    bs2_applies: bool
    bs2_counts: tuple[tuple[int, Strength], ...]
    bs2_homozygotes_only: bool
    bp1: str
    bp1_strength: Strength
    bp1_outside: tuple[Region, ...]
    bp3_applies: bool
    bp3_regions: tuple[Region, ...]
    bp7_phylop: float | None
    bp7_intron_acceptor_bases: int
    bp7_intron_donor_bases: int
    splice_benign_delta: float

    @property
    def source(self) -> str:
        """ "Phenylketonuria VCEP, GN006 2.0.0": as shown beside a criterion."""
        return f"{self.panel} VCEP, {self.document} {self.version}"


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
    found: dict[str, tuple[Specification, ...]] = {}
    for row in _rows("panel_rules.tsv"):
        gene = row["gene"]
        of_gene = [r for r in regions.get(gene, []) if r["disease"] == row["disease"]]
        made = _specification(row, of_gene, exons.get(gene, []))
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


def _specification(
    row: Mapping[str, str], regions: Iterable[Mapping[str, str]], exons: Iterable[Mapping[str, str]]
) -> Specification:
    try:
        return _made(row, list(regions), list(exons))
    except (KeyError, ValueError) as fault:
        raise IntegrityError(f"the shipped rules for {row.get('gene')} cannot be read: {fault}.") from fault


def _made(row: Mapping[str, str], regions: list[Mapping[str, str]], exons: list[Mapping[str, str]]) -> Specification:
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


def _frequency(row: Mapping[str, str]) -> FrequencyRules:
    most = row["pm2_max_homozygotes"]
    return FrequencyRules(
        ba1_fraction=_number(row["ba1_fraction"]),
        bs1_fraction=_number(row["bs1_fraction"]),
        bs1_supporting_fraction=_number(row["bs1_supporting_fraction"]),
        pm2_fraction=_number(row["pm2_fraction"]),
        pm2_strength=_strength(row["pm2_strength"]) or PM2_STRENGTH,
        basis=Basis(row["basis"]),
        ba1_homozygotes=int(row["ba1_homozygotes"]) if row["ba1_homozygotes"] else None,
        pm2_max_homozygotes=int(most) if most else None,
        pm2_counts_hemizygotes=_yes(row["pm2_counts_hemizygotes"]),
    )


def _missense(row: Mapping[str, str]) -> MissenseRules:
    tiers = (("supporting", Strength.SUPPORTING), ("moderate", Strength.MODERATE), ("strong", Strength.STRONG))
    cut = {(way, s): row[f"revel_{way}_{word}"] for way in ("pp3", "bp4") for word, s in tiers}
    steps = {way: tuple((float(cut[way, s]), s) for _, s in tiers if cut[way, s]) for way in ("pp3", "bp4")}
    return MissenseRules(MissenseTool(row["missense_tool"]), steps["pp3"], steps["bp4"], _strength(row["pp3_cap"]))


def _pm5(row: Mapping[str, str]) -> Pm5Rules | None:
    maximum = _strength(row["pm5_maximum"])
    if maximum is None:
        return None
    excludes = tuple(filter(None, row["pm5_excludes"].split(",")))
    others = int(row["pm5_min_others"] or 1)
    return Pm5Rules(maximum, _yes(row["pm5_needs_pathogenic"]), others, row["pm5_distance"], excludes)


def _region(row: Mapping[str, str]) -> Region:
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
