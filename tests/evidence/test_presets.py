"""Which variants answer each question of the list."""

import pandas as pd
import pytest

from models.evidence.presets import Preset, may_show_secondary, select
from models.evidence.types import MODE_COLUMNS

GENES = pd.DataFrame({"secondary_finding": [True, False]}, index=["BRCA1", "SCN1A"])


def one(gene: str, clinvar: str, *met: str, dominant_if_affected: bool = False) -> pd.DataFrame:
    modes = {column: [0 if column in met else 2] for column in MODE_COLUMNS.values()}
    return pd.DataFrame(
        {"gene": [gene], "clinvar_class": [clinvar], **modes, "dominant_if_affected": [dominant_if_affected]}
    )


@pytest.mark.parametrize(
    ("column", "preset"),
    [
        ("de_novo", Preset.DE_NOVO),
        ("dominant", Preset.DOMINANT),
        ("homozygous_recessive", Preset.RECESSIVE),
        ("compound_heterozygous", Preset.RECESSIVE),
        ("x_linked", Preset.X_LINKED),
        ("mitochondrial", Preset.MITOCHONDRIAL),
    ],
)
def test_a_mode_that_is_met_puts_the_variant_under_its_question(column: str, preset: Preset) -> None:
    chosen = [p for p, mask in select(one("SCN1A", "", column), GENES).items() if mask.any()]
    assert chosen == [Preset.ALL, preset]


def test_a_mode_that_cannot_be_assessed_is_not_met() -> None:
    assert [p for p, mask in select(one("SCN1A", ""), GENES).items() if mask.any()] == [Preset.ALL]


def test_a_carrier_parent_of_unknown_status_does_not_hide_a_variant_from_dominant() -> None:
    chosen = [p for p, mask in select(one("RAF1", "", dominant_if_affected=True), GENES).items() if mask.any()]
    assert chosen == [Preset.ALL, Preset.DOMINANT]


@pytest.mark.parametrize(
    ("clinvar", "shown"), [("P", True), ("LP", True), ("CONFLICTING", False), ("VUS", False), ("", False)]
)
def test_conflicting_classifications_are_never_read_as_pathogenic(clinvar: str, shown: bool) -> None:
    assert select(one("SCN1A", clinvar), GENES)[Preset.CLINVAR].any() == shown


@pytest.mark.parametrize(
    ("gene", "clinvar", "shown"), [("BRCA1", "P", True), ("BRCA1", "VUS", False), ("SCN1A", "P", False)]
)
def test_a_secondary_finding_is_a_known_pathogenic_variant_in_a_listed_gene(
    gene: str, clinvar: str, shown: bool
) -> None:
    assert select(one(gene, clinvar), GENES)[Preset.SECONDARY].any() == shown


@pytest.mark.parametrize(
    ("consent", "shown"),
    [("secondary findings: no", False), ("Synthetic; secondary findings: NO; teaching: yes", False),
     ("No secondary findings", False), ("declined all secondary findings", False),
     ("does not want secondary findings", False), ("secondary findings not wanted", False),
     ("teaching: no; secondary findings: yes", True),
     ("secondary findings: yes", True), ("", True), ("secondary findings: not discussed", True)],
)  # fmt: skip
def test_who_declined_secondary_findings_is_not_asked_again_by_the_screen(consent: str, shown: bool) -> None:
    assert may_show_secondary(consent) is shown
