"""What a panel can specify for a gene, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from models.evidence.acmg.calibration import Steps
from models.evidence.acmg.types import Strength


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
    """Residues `first` to `last` of MANE, both included, and what lying there weighs.

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
    """Fractions. BA1, BS1: met at or above. PM2: met at or below, 0.0 means absent. None: BA1 and BS1 are not
    applied; of PM2 our table knows no limit (`pm2_applies`: whether the panel uses it at all).

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
    pm2_applies: bool = True


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
class TruncatedAt:
    """Residues `first` to `last` of MANE, both included: what a premature stop there weighs for PVS1.

    strength None: PVS1 is not for it. change: "nonsense" or "frameshift", "any" both.
    """

    first: int
    last: int
    strength: Strength | None
    change: str = "any"


@dataclass(frozen=True)
class Pvs1Rules:
    """Where the panel departs from the general decision tree (Abou Tayoun 2018, PMID:30192042).

    truncating: what stops weigh; a residue in none of them is left to the tree. start_loss: what losing the start
    codon weighs, None left to the tree; start_loss_applies False: PVS1 is not for it. escape: what a stop weighs that
    escapes decay, None left to the tree.
    """

    truncating: tuple[TruncatedAt, ...] = ()
    start_loss: Strength | None = None
    start_loss_applies: bool = True
    escape: Strength | None = None


@dataclass(frozen=True)
class Truncating:
    """Nonsense and frameshift that meet PM5 at supporting: from residue `first` on, with their stop before residue
    `before` (0: anywhere), and, with needs_decay, only where nonsense-mediated decay is predicted."""

    first: int = 0
    before: int = 0
    needs_decay: bool = False


@dataclass(frozen=True)
class Pm5Rules:
    """Another change at the same residue. maximum: highest strength. needs_pathogenic: the other change must be
    pathogenic, likely is not enough. min_others: so many different ones. distance: "grantham_ge" (this change's
    Grantham distance is at least the other's), "grantham_gt", "blosum_le", "" not compared. excludes: criteria with
    which PM5 is not counted. likely_weighs_full: a likely pathogenic one counts like a pathogenic one. missense:
    False where the panel has PM5 for truncating changes only. truncating: None where it has it for none.
    """

    maximum: Strength
    needs_pathogenic: bool = False
    min_others: int = 1
    distance: str = ""
    excludes: tuple[str, ...] = ()
    likely_weighs_full: bool = False
    missense: bool = True
    truncating: Truncating | None = None


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
    pvs1: Pvs1Rules
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
