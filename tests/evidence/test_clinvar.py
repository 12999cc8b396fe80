"""ClinVar's words become classes; a conflict is never pathogenic."""

import pytest

from models.evidence.clinvar import clinvar_class, is_asserted_pathogenic
from tests.builders import a_table, a_variant


@pytest.mark.parametrize(
    ("significance", "expected"),
    [
        ("Pathogenic", "P"),
        ("Likely_pathogenic", "LP"),
        ("Pathogenic/Likely pathogenic", "LP"),
        ("Pathogenic, low penetrance", "P"),
        ("Pathogenic|drug response", "P"),
        ("Pathogenic, risk factor", "P"),
        ("pathogenic&other", "P"),
        ("Uncertain significance", "VUS"),
        ("Benign/Likely benign", "LB"),
        ("Benign", "B"),
        ("drug response", "OTHER"),
        ("risk factor", "OTHER"),
        ("Uncertain risk allele", "OTHER"),
        ("5", "P"),
        ("2|2", "B"),
        ("not provided", ""),
        ("", ""),
    ],
)
def test_each_wording_has_its_class(significance, expected):
    assert clinvar_class(significance) == expected


@pytest.mark.parametrize(
    "significance",
    [
        "Conflicting classifications of pathogenicity",
        "Conflicting_interpretations_of_pathogenicity",
        "Conflicting interpretations of pathogenicity|Pathogenic",
        "Conflicting classifications of pathogenicity, other",
        "pathogenic&uncertain_significance",
        "benign&pathogenic",
    ],
)
def test_a_conflict_is_never_pathogenic(significance):
    assert clinvar_class(significance) == "CONFLICTING"


def _kept(**facts):
    return bool(is_asserted_pathogenic(a_table(a_variant("chr1", 1, "A", "C", **facts)).frame)[0])


@pytest.mark.parametrize(("stars", "kept"), [(0, False), (1, True), (2, True)])
def test_an_assertion_keeps_a_variant_in_from_one_star_on(stars, kept):
    assert _kept(clinvar_significance="Likely pathogenic", clinvar_stars=stars) is kept


def test_an_assertion_counts_where_the_file_brings_no_stars():
    assert _kept(clinvar_significance="Pathogenic")
    assert not _kept(clinvar_significance="Conflicting classifications of pathogenicity")
    assert not _kept()
