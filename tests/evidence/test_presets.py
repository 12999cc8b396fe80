"""Which variants answer each question of the list."""

import pandas as pd
import pytest

from models.evidence.presets import Preset, select
from models.evidence.types import MODE_COLUMNS


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
    chosen = [p for p, mask in select(one("SCN1A", "", column), None).items() if mask.any()]
    assert chosen == [Preset.ALL, preset]


def test_a_mode_that_cannot_be_assessed_is_not_met() -> None:
    assert [p for p, mask in select(one("SCN1A", ""), None).items() if mask.any()] == [Preset.ALL]


def test_a_carrier_parent_of_unknown_status_does_not_hide_a_variant_from_dominant() -> None:
    chosen = [p for p, mask in select(one("RAF1", "", dominant_if_affected=True), None).items() if mask.any()]
    assert chosen == [Preset.ALL, Preset.DOMINANT]


@pytest.mark.parametrize(
    ("clinvar", "shown"), [("P", True), ("LP", True), ("CONFLICTING", False), ("VUS", False), ("", False)]
)
def test_conflicting_classifications_are_never_read_as_pathogenic(clinvar: str, shown: bool) -> None:
    assert select(one("SCN1A", clinvar), None)[Preset.CLINVAR].any() == shown


def test_secondary_findings_are_a_question_only_once_they_are_looked_for() -> None:
    assert Preset.SECONDARY not in select(one("BRCA1", "P"), None)
    assert select(one("BRCA1", "P"), ())[Preset.SECONDARY].tolist() == [False]
    assert select(one("BRCA1", "P"), {0})[Preset.SECONDARY].tolist() == [True]
