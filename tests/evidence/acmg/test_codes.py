"""Criteria as experts write them."""

from collections.abc import Iterator

import pandas as pd
import pytest

from models.case import Verdict
from models.evidence.acmg.codes import expert_results, own_strength, read_code, read_codes, write_code, write_codes
from models.evidence.acmg.types import CriterionResult, Strength
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("word", "code", "strength"),
    [
        ("PVS1", "PVS1", Strength.VERY_STRONG),
        ("PS3", "PS3", Strength.STRONG),
        ("PM2", "PM2", Strength.MODERATE),
        ("PP4", "PP4", Strength.SUPPORTING),
        ("BA1", "BA1", Strength.STAND_ALONE),
        ("BS1", "BS1", Strength.STRONG),
        ("BP7", "BP7", Strength.SUPPORTING),
        ("PM3_Very Strong", "PM3", Strength.VERY_STRONG),
        ("PM3_VeryStrong", "PM3", Strength.VERY_STRONG),
        ("BS2_Stand Alone", "BS2", Strength.STAND_ALONE),
        ("PM2_Supporting", "PM2", Strength.SUPPORTING),
        ("pvs1_strong", "PVS1", Strength.STRONG),
        ("PVS1 (moderate)", "PVS1", Strength.MODERATE),
        ("PS4-Supporting", "PS4", Strength.SUPPORTING),
        ("PP1_M", "PP1", Strength.MODERATE),
        (" PM2 ", "PM2", Strength.MODERATE),
    ],
)
def test_a_code_is_read_with_its_strength(word: str, code: str, strength: Strength) -> None:
    assert read_code(word) == (code, strength)


@pytest.mark.parametrize("word", ["", "PX1", "PM7", "PVS2", "BA2", "PM2_Huge", "Pathogenic", "PM", "PM2_", "PM22"])
def test_what_is_no_criterion_is_not_read(word: str) -> None:
    assert read_code(word) is None


def test_unreadable_words_are_named_and_the_rest_is_read() -> None:
    codes, unread = read_codes("PVS1, PM2_Supporting; nonsense,PX9")
    assert codes == (("PVS1", Strength.VERY_STRONG), ("PM2", Strength.SUPPORTING))
    assert unread == ("nonsense", "PX9")


def test_the_same_evidence_is_never_counted_twice() -> None:
    assert read_codes("PM3, PM3_Strong, PM3_Supporting")[0] == (("PM3", Strength.STRONG),)
    assert read_codes("BS2_Strong, BS2_Stand Alone")[0] == (("BS2", Strength.STAND_ALONE),)


def test_no_codes_are_no_criteria() -> None:
    assert read_codes("") == ((), ()) == read_codes(" , ,")


def test_another_laboratorys_class_is_not_evidence() -> None:
    codes, _ = read_codes("PP5_Strong, PM2, BP6")
    assert [r.code for r in expert_results(codes, "x")] == ["PM2"]


def test_only_met_criteria_are_written() -> None:
    met = CriterionResult("PM2", Verdict.MET, Strength.SUPPORTING, "", "")
    own = CriterionResult("PVS1", Verdict.MET, Strength.VERY_STRONG, "", "")
    rest = [CriterionResult("PP3", v, Strength.SUPPORTING, "", "") for v in Verdict if v is not Verdict.MET]
    assert write_codes([own, *rest, met]) == "PVS1,PM2_Supporting"


@pytest.mark.parametrize("strength", [s for s in Strength if s is not Strength.STAND_ALONE])
@pytest.mark.parametrize("code", ["PVS1", "PS1", "PM2", "PP3", "BS1", "BP4"])
def test_what_is_written_is_read_back(code: str, strength: Strength) -> None:
    assert read_code(write_code(code, strength)) == (code, strength)


def _words() -> Iterator[str]:
    table = pd.read_csv(shared("gene/acmg/clingen_erepo.tsv.gz"), sep="\t", dtype=str, keep_default_na=False)
    for cell in (*table["codes_met"], *table["codes_not_met"]):
        yield from filter(None, (w.strip() for w in cell.split(",")))


def test_every_code_of_the_evidence_repository_is_read() -> None:
    words = set(_words())
    assert len(words) > 60
    assert not {w for w in words if read_code(w) is None}


def test_strengths_by_name_are_those_of_richards() -> None:
    assert own_strength("PVS1") is Strength.VERY_STRONG and own_strength("BA1") is Strength.STAND_ALONE


def test_strengths_are_written_as_clingen_writes_them() -> None:
    assert write_code("PM3", Strength.VERY_STRONG) == "PM3_Very Strong"
    assert write_code("BS2", Strength.STAND_ALONE) == "BS2_Stand Alone"
    assert write_code("PM2", Strength.SUPPORTING) == "PM2_Supporting"
    assert write_code("PVS1", Strength.VERY_STRONG) == "PVS1"
