"""From criteria to a class: each line of the published tables, and where they contradict each other."""

import itertools

import pytest

from models.case import Verdict
from models.evidence.acmg.codes import expert_results, read_codes
from models.evidence.acmg.combine import (
    BENIGN_POINTS,
    LIKELY_PATHOGENIC_POINTS,
    PATHOGENIC_POINTS,
    by_points,
    classify,
)
from models.evidence.acmg.types import Class, CriterionResult, Strength

P, LP, VUS, LB, B = (
    Class.PATHOGENIC,
    Class.LIKELY_PATHOGENIC,
    Class.UNCERTAIN,
    Class.LIKELY_BENIGN,
    Class.BENIGN,
)


def of(codes: str, panel: str = "", gene: str = "") -> Class:
    read, unread = read_codes(codes)
    assert not unread
    return classify(expert_results(read, "a test"), panel, gene)[0]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (PATHOGENIC_POINTS + 1, P),
        (PATHOGENIC_POINTS, P),
        (PATHOGENIC_POINTS - 1, LP),
        (LIKELY_PATHOGENIC_POINTS, LP),
        (LIKELY_PATHOGENIC_POINTS - 1, VUS),
        (0, VUS),
        (-1, LB),
        (BENIGN_POINTS + 1, LB),
        (BENIGN_POINTS, B),
        (BENIGN_POINTS - 1, B),
    ],
)
def test_points_are_those_of_tavtigian_2020(points: int, expected: Class) -> None:
    assert by_points(points) is expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        # Richards 2015, table 5, pathogenic (i) to (iii)
        ("PVS1, PS3", P),
        ("PVS1, PM1, PM2", P),
        ("PVS1, PM2, PP3", P),
        ("PVS1, PP3, PP4", P),
        ("PS1, PS3", P),
        ("PS3, PM1, PM2, PM5", P),
        ("PS3, PM1, PM2, PP2, PP3", P),
        ("PS3, PM1, PP1, PP2, PP3, PP4", P),
        # likely pathogenic (i) to (vi)
        ("PVS1, PM2", LP),
        ("PS3, PM2", LP),
        ("PS3, PM1, PM2", LP),
        ("PS3, PP1, PP3", LP),
        ("PM1, PM2, PM5", LP),
        ("PM1, PM2, PP2, PP3", LP),
        ("PM1, PP1, PP2, PP3, PP4", LP),
        # ClinGen SVI 2020
        ("PVS1, PM2_Supporting", LP),
        # Tavtigian 2020: eight points, for which the table has no line
        ("PVS1", LP),
        # one short of each
        ("PVS1_Strong", VUS),
        ("PS3, PP3", VUS),
        ("PM1, PM2, PP3", VUS),
        ("PM1, PP1, PP2, PP3", VUS),
        ("PP1, PP2, PP3, PP4", VUS),
    ],
)
def test_pathogenic_evidence_alone_follows_the_table(codes: str, expected: Class) -> None:
    assert of(codes) is expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("BA1", B),
        ("BA1, BS1, BP4", B),
        ("BS1, BS2", B),
        ("BS1, BP4", LB),
        ("BP4, BP7", LB),
        ("BP4_Moderate", LB),
        ("BS1_Moderate, BP7", LB),
        ("BS1", LB),
        ("BP4", VUS),
        ("BS2_Supporting", VUS),
        ("BS1_Very Strong", B),
        ("", VUS),
    ],
)
def test_benign_evidence_alone_follows_the_table(codes: str, expected: Class) -> None:
    assert of(codes) is expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ("PS3, PM2, BS1, BP4", VUS),
        ("PS3, PM2, PM1, BS1, BS2", VUS),
        ("PM2, BP4", VUS),
        ("PM2_Supporting, BP4", VUS),
        ("PM2_Supporting, BP4, BP7", LB),
        ("PM2, BP4, BP7", VUS),
        ("PVS1, PM3_Strong, PM2, PP4, BS3_Supporting", P),
        ("PVS1, PM2, BP5", LP),
        ("PVS1, PM2_Supporting, BS1", VUS),
        ("BS1, PP3", VUS),
        ("BS1, BS2, PP3", B),
        ("BS1, BS2, PM2", LB),
    ],
)
def test_contradicting_evidence_gets_the_more_careful_class(codes: str, expected: Class) -> None:
    assert of(codes) is expected


ALL = [(code, s) for code in ("PVS1", "PS3", "PM2", "PP3") for s in (Strength.SUPPORTING, Strength.STRONG)]
BENIGN = [("BS1", Strength.STRONG), ("BP4", Strength.SUPPORTING), ("BA1", Strength.STAND_ALONE)]


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_conflict_is_never_pathogenic_by_points_below_ten(n: int) -> None:
    for up in itertools.combinations(ALL, n):
        for down in BENIGN:
            results = expert_results([*dict(up).items(), down], "a test")
            suggested, points, _ = classify(results)
            assert suggested is not P or points >= PATHOGENIC_POINTS


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_one_more_benign_criterion_never_makes_a_variant_more_pathogenic(n: int) -> None:
    order = [B, LB, VUS, LP, P]
    for up in itertools.combinations(ALL, n):
        base = list(dict(up).items())
        before = order.index(classify(expert_results(base, "a test"))[0])
        for down in BENIGN:
            after = order.index(classify(expert_results([*base, down], "a test"))[0])
            assert after <= max(before, order.index(VUS))


def test_a_common_variant_with_weak_pathogenic_evidence_is_benign() -> None:
    assert of("BA1, PP3") is B


def test_a_common_variant_that_is_pathogenic_otherwise_is_for_a_human() -> None:
    suggested, _, sentence = classify(expert_results(read_codes("BA1, PVS1, PM3_Very Strong")[0], "x"))
    assert suggested is VUS
    assert "BA1 contradicts" in sentence


def test_malignant_hyperthermia_combines_by_points() -> None:
    codes = "PP3_Moderate, PP1_Moderate, PM1, PS3_Moderate, PS4_Moderate"
    assert of(codes) is LP
    assert of(codes, panel="Malignant Hyperthermia Susceptibility VCEP", gene="RYR1") is P
    assert of(codes, gene="RYR1") is LP, "other panels curate RYR1 too"


def test_what_is_not_met_weighs_nothing() -> None:
    results = [CriterionResult("PVS1", v, Strength.VERY_STRONG, "", "") for v in Verdict if v is not Verdict.MET]
    assert classify(results)[:2] == (VUS, 0)


def test_the_sentence_names_points_criteria_and_rule() -> None:
    _, points, sentence = classify(expert_results(read_codes("PVS1, PM2")[0], "x"))
    assert points == 10
    assert sentence == (
        "Likely Pathogenic (10 points): PVS1, PM2; Richards 2015, table 5, with ClinGen SVI 2020 "
        "(by points alone: Pathogenic)."
    )


def test_a_variant_of_which_nothing_could_be_assessed_is_not_said_to_meet_nothing():
    open_ = [CriterionResult("PM2", Verdict.NOT_ASSESSABLE, Strength.SUPPORTING, "needs gnomAD", "", "gnomAD")]
    assert classify(open_)[2] == "Uncertain Significance: none of the criteria could be assessed."
