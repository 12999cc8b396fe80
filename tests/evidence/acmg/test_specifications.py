"""The shipped rules of the expert panels: a contract for every row, and golden rows read from the registry."""

import itertools

import pytest

from models.errors import IntegrityError
from models.evidence.acmg import specifications
from models.evidence.acmg.calibration import (
    ALPHAMISSENSE_BENIGN,
    ALPHAMISSENSE_PATHOGENIC,
    CADD_BENIGN,
    CADD_PATHOGENIC,
    REVEL_BENIGN,
    REVEL_PATHOGENIC,
    Steps,
)
from models.evidence.acmg.specifications import (
    Basis,
    MissenseTool,
    Specification,
    Truncating,
    specification,
    specified_genes,
)
from models.evidence.acmg.types import Strength


def every() -> list[Specification]:
    found = [s for gene in specified_genes() if (s := specification(gene)) is not None]
    special = specification("RYR1", "malignant hyperthermia, susceptibility to, 1")
    return [*found, *([special] if special else [])]


@pytest.mark.parametrize("spec", every(), ids=lambda s: f"{s.gene} {s.disease}".strip())
def test_every_rule_names_its_source_and_keeps_its_units(spec: Specification) -> None:
    f = spec.frequency
    assert spec.document.startswith("GN") and spec.version and spec.panel, "source"
    assert spec.modes <= {"AD", "AR", "XL", "MT"}
    present = [v for v in (f.ba1_fraction, f.bs1_fraction, f.pm2_fraction) if v is not None]
    assert all(0 <= v < 0.5 for v in present), "fractions, not percent"
    assert present == sorted(present, reverse=True), "BA1 >= BS1 >= PM2"
    if f.bs1_supporting_fraction is not None:
        assert f.bs1_fraction is not None and f.bs1_supporting_fraction < f.bs1_fraction
    assert f.pm2_strength in (Strength.SUPPORTING, Strength.MODERATE)
    assert 0 < spec.splice_benign_delta <= 0.3
    assert all(0 < r.first <= r.last for r in (*spec.pm1_regions, *spec.pm4_regions, *spec.bp1_outside))
    assert spec.bp1 in ("", "missense", "truncating", "any")


@pytest.mark.parametrize("spec", every(), ids=lambda s: f"{s.gene} {s.disease}".strip())
def test_higher_revel_never_weighs_less_and_benign_lies_below_pathogenic(spec: Specification) -> None:
    up, down = spec.missense.pathogenic, spec.missense.benign
    assert list(up) == sorted(up, key=lambda s: s[0]) == sorted(up, key=lambda s: s[1].value)
    assert list(down) == sorted(down, key=lambda s: -s[0])
    if up and down:
        assert down[0][0] < up[0][0]
    assert bool(up or down) == (spec.missense.tool is MissenseTool.REVEL)


@pytest.mark.parametrize(
    ("gene", "document", "ba1", "bs1", "pm2", "basis"),
    [
        ("PAH", "GN006", 0.015, 0.002, 0.0002, Basis.FILTERING),
        ("PTEN", "GN003", 0.00056, 0.000043, 0.00001, Basis.FILTERING),
        ("RUNX1", "GN008", 0.0015, 0.00015, 0.00005, Basis.GROUP_MAXIMUM),
        ("LDLR", "GN013", 0.005, 0.002, 0.0002, Basis.FILTERING),
        ("GJB2", "GN005", 0.005, 0.003, 0.00007, Basis.FILTERING),
        ("KCNQ4", "GN005", 0.001, 0.0002, 0.00002, Basis.FILTERING),
        ("MECP2", "GN036", 0.000083, 0.0000083, 0.0, Basis.GROUP_MAXIMUM),
        ("RPGR", "GN106", 0.05, 0.000083, 0.00005, Basis.MALES),
    ],
)
def test_thresholds_are_those_of_the_registry(
    gene: str, document: str, ba1: float, bs1: float, pm2: float, basis: Basis
) -> None:
    spec = specification(gene)
    assert spec is not None
    f = spec.frequency
    assert (spec.document, f.ba1_fraction, f.bs1_fraction, f.pm2_fraction, f.basis) == (document, ba1, bs1, pm2, basis)


def test_ryr1_is_judged_by_the_panel_of_the_disease() -> None:
    hyperthermia = specification("RYR1", "malignant hyperthermia, susceptibility to, 1")
    myopathy = specification("RYR1", "congenital myopathy 1A")
    assert hyperthermia is not None and myopathy is not None
    assert hyperthermia.source == "Malignant Hyperthermia Susceptibility VCEP, GN012 2.0.0"
    assert not hyperthermia.pvs1_applies and myopathy.pvs1_applies, "gain of function against loss"
    assert not hyperthermia.frequency.pm2_applies
    assert [614 in r for r in hyperthermia.pm1_regions] == [False] * 3
    assert hyperthermia.pm1_regions[0].strength is Strength.MODERATE and 552 in hyperthermia.pm1_regions[0]
    assert 553 not in hyperthermia.pm1_regions[0]


def test_a_disease_that_tells_nothing_gets_the_most_careful_rules() -> None:
    assert specification("RYR1") == specification("RYR1", "RYR1-related disorder")


def test_a_gene_without_a_panel_has_no_specification() -> None:
    assert specification("TTN") is None


def test_every_mitochondrial_gene_shares_one_specification() -> None:
    assert specification("MT-TL1") == specification("MT-ND5") != specification("MTOR")


def test_runx1_weighs_its_hot_residues_more_than_its_domain() -> None:
    spec = specification("RUNX1")
    assert spec is not None

    def first(residue: int) -> Strength | None:
        return next((r.strength for r in spec.pm1_regions if residue in r), None)

    assert (first(107), first(108), first(88), first(205)) == (Strength.STRONG, Strength.SUPPORTING, None, None)


def test_panels_that_do_not_judge_missense_by_revel_say_so() -> None:
    tools = {gene: spec.missense.tool for gene in ("RAG1", "TP53", "SCN1A", "PAH") if (spec := specification(gene))}
    assert tools == {
        "RAG1": MissenseTool.NONE,
        "TP53": MissenseTool.OWN,
        "SCN1A": MissenseTool.GENERAL,
        "PAH": MissenseTool.REVEL,
    }


def test_a_damaged_row_is_refused_with_the_gene() -> None:
    with pytest.raises(IntegrityError, match="PAH"):
        specifications._specification({"gene": "PAH"}, [], [], [])


@pytest.mark.parametrize("steps", [REVEL_PATHOGENIC, CADD_PATHOGENIC, ALPHAMISSENSE_PATHOGENIC])
def test_calibrated_pathogenic_steps_rise(steps: Steps) -> None:
    assert list(steps) == sorted(steps) and [s.value for _, s in steps] == sorted(s.value for _, s in steps)


@pytest.mark.parametrize("steps", [REVEL_BENIGN, CADD_BENIGN, ALPHAMISSENSE_BENIGN])
def test_calibrated_benign_steps_fall_and_weigh_more(steps: Steps) -> None:
    assert [at for at, _ in steps] == sorted((at for at, _ in steps), reverse=True)
    assert [s.value for _, s in steps] == sorted(s.value for _, s in steps)


def test_the_calibration_is_the_published_one() -> None:
    """Table 2 of Pejaver 2022 (PMC9748256)."""
    assert [at for at, _ in REVEL_PATHOGENIC] == [0.644, 0.773, 0.932]
    assert [at for at, _ in REVEL_BENIGN] == [0.290, 0.183, 0.016, 0.003]
    assert [at for at, _ in CADD_PATHOGENIC] == [25.3, 28.1]
    assert [at for at, _ in CADD_BENIGN] == [22.7, 17.3, 0.15]


def test_truncating_changes_meet_pm5_where_a_panel_says_so() -> None:
    rules = {gene: spec.pm5 for gene in ("RUNX1", "ATM", "CDH1", "PAH", "BRCA1") if (spec := specification(gene))}
    assert rules["RUNX1"] is not None and rules["RUNX1"].truncating == Truncating(first=34)
    assert rules["RUNX1"].missense
    assert rules["ATM"] is not None and rules["ATM"].truncating == Truncating(before=3047)
    assert rules["CDH1"] is not None and rules["CDH1"].truncating == Truncating(needs_decay=True)
    assert rules["PAH"] is not None and rules["PAH"].truncating is None
    assert rules["BRCA1"] is not None and not rules["BRCA1"].missense


@pytest.mark.parametrize("spec", every(), ids=lambda s: f"{s.gene} {s.disease}".strip())
def test_a_later_stop_never_weighs_more_and_no_residue_is_told_twice(spec: Specification) -> None:
    """But for beta globin, whose first residues escape decay (HBB), and genes whose start can be skipped."""
    for change in ("nonsense", "frameshift"):
        told = [t for t in spec.pvs1.truncating if t.change in ("any", change)]
        assert all(a.last < b.first for a, b in itertools.pairwise(told))
        if spec.gene not in {"HBB", "VHL", "APC", "PIK3R1"}:
            weights = [t.strength.value if t.strength else 0 for t in told]
            assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("gene", "residue", "expected"),
    [
        ("PAH", 428, Strength.VERY_STRONG),
        ("PAH", 429, Strength.STRONG),
        ("GAA", 915, Strength.VERY_STRONG),
        ("GAA", 916, Strength.MODERATE),
        ("TP53", 350, Strength.VERY_STRONG),
        ("TP53", 351, Strength.STRONG),
        ("TP53", 356, Strength.MODERATE),
        ("VHL", 53, None),
        ("VHL", 54, Strength.VERY_STRONG),
        ("GCK", 464, Strength.VERY_STRONG),
    ],
)
def test_a_stop_weighs_for_pvs1_what_the_panel_says(gene: str, residue: int, expected: Strength | None) -> None:
    spec = specification(gene)
    assert spec is not None
    assert [t.strength for t in spec.pvs1.truncating if t.first <= residue <= t.last] == [expected]


def test_a_lost_start_codon_weighs_what_the_panel_says_or_is_left_to_the_tree() -> None:
    rules = {gene: spec.pvs1 for gene in ("PAH", "VHL", "LDLR") if (spec := specification(gene))}
    assert (rules["PAH"].start_loss, rules["PAH"].start_loss_applies) == (Strength.STRONG, True)
    assert not rules["VHL"].start_loss_applies
    assert (rules["LDLR"].start_loss, rules["LDLR"].start_loss_applies) == (None, True)


def test_residues_are_those_of_mane_not_of_the_panels_older_transcript() -> None:
    """MECP2's methyl-DNA binding domain is 90 to 162 in NM_004992, whose first exon is shorter by 12 residues."""
    spec = specification("MECP2")
    assert spec is not None
    assert [(r.first, r.last) for r in spec.pm1_regions] == [(102, 174), (314, 318)]
