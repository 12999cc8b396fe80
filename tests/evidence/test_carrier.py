"""One pathogenic copy in a recessive gene."""

from typing import Any

import pytest

from models.evidence.carrier import is_carrier_finding
from tests.evidence.fakes import knowing

GENES = knowing(ACADVL="AR", GJB2="AD;AR", IL2RG="XLR", SCN1A="AD", NEW="").genes


def a_row(**more: Any) -> dict[str, Any]:
    plain = {"gene": "ACADVL", "zygosity": "heterozygous", "clinvar_class": "P", "partner_phase": ""}
    return {**plain, **more}


@pytest.mark.parametrize("clinvar", ["P", "LP"])
@pytest.mark.parametrize("phase", ["", "in cis"])
def test_a_single_pathogenic_copy_in_a_recessive_gene_is_a_carrier_finding(clinvar: str, phase: str) -> None:
    assert is_carrier_finding(a_row(clinvar_class=clinvar, partner_phase=phase), GENES)


def test_a_girl_with_one_pathogenic_copy_on_x_in_a_recessive_gene_is_a_carrier() -> None:
    assert is_carrier_finding(a_row(gene="IL2RG"), GENES)


@pytest.mark.parametrize(
    "other",
    [
        {"zygosity": "homozygous"},
        {"zygosity": "hemizygous"},
        {"clinvar_class": "VUS"},
        {"clinvar_class": "CONFLICTING"},
        {"clinvar_class": ""},
        {"partner_phase": "in trans"},
        {"partner_phase": "unknown"},
        {"gene": "GJB2"},
        {"gene": "SCN1A"},
        {"gene": "NEW"},
        {"gene": "NOT-IN-THE-TABLE"},
        {"gene": ""},
    ],
)
def test_it_is_no_carrier_finding_when_the_copy_may_explain_or_is_not_known_to_harm(other: dict[str, str]) -> None:
    assert not is_carrier_finding(a_row(**other), GENES)
