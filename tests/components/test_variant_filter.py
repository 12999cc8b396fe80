"""Which of all variants a filter shows, on a case built by hand."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from components.variant_filter import Order, Rarity, VariantFilter, in_order, matching_rows, ranks
from components.variant_table import as_shown
from components.variant_zygosity import zygosities
from models.case import Sex, Zygosity
from models.evidence.types import Step
from tests.builders import a_case, a_variant

ROWS = (
    a_variant("chr2", 100, "A", "G", gene="SCN1A", consequence="missense_variant", af_fraction=None, proband="0/1"),
    a_variant("chr2", 200, "A", "G", gene="SCN2A", consequence="stop_gained", af_fraction=0.0099, proband="1/1"),
    a_variant(
        "chr7", 300, "A", "G", gene="CFTR", consequence="missense_variant&splice_region_variant", af_fraction=0.01
    ),
    a_variant("chrX", 40_000_000, "A", "G", gene="DMD", consequence="stop_gained", proband="1/1"),
    a_variant("chr9", 500, "A", "G", proband="0/0", af_fraction=0.0),
)
LEFT = np.array([Step.RANKED, Step.RANKED, Step.NOT_CALLED, Step.RANKED, Step.NOT_CARRIED], dtype=np.int8)


@dataclass(frozen=True)
class _Ranking:
    table: pd.DataFrame


@dataclass(frozen=True)
class _Evidence:
    left_at: Any


@dataclass(frozen=True)
class _Workup:
    case: Any
    evidence: _Evidence
    ranking: _Ranking


@pytest.fixture
def workup() -> Any:
    table = pd.DataFrame({"rank": [1, 2, 3], "row": [3, 0, 1]})
    return _Workup(a_case(*ROWS, sex=Sex.MALE), _Evidence(LEFT), _Ranking(table))


def shown(workup: Any, **wanted: Any) -> list[int]:
    return matching_rows(workup, VariantFilter(**wanted)).tolist()


def test_no_filter_shows_every_variant_of_the_file(workup: Any) -> None:
    assert shown(workup) == [0, 1, 2, 3, 4]


def test_a_gene_is_found_by_part_of_its_name_in_any_case(workup: Any) -> None:
    assert shown(workup, gene="scn") == [0, 1]


def test_one_of_several_consequences_is_enough(workup: Any) -> None:
    assert shown(workup, consequences=("splice_region_variant",)) == [2]
    assert shown(workup, consequences=("missense_variant",)) == [0, 2]


def test_below_one_percent_lets_just_under_through_and_not_the_threshold_itself(workup: Any) -> None:
    assert shown(workup, rarity=Rarity.BELOW_1_PERCENT) == [0, 1, 4]


def test_not_seen_and_not_assessed_are_two_different_answers(workup: Any) -> None:
    assert shown(workup, rarity=Rarity.NOT_SEEN) == [0, 4]
    assert shown(workup, rarity=Rarity.NOT_ASSESSED) == [3]


def test_a_boys_x_variant_is_hemizygous_and_a_missing_call_is_no_call(workup: Any) -> None:
    assert zygosities(workup.case, np.arange(5)).tolist() == [
        "heterozygous",
        "homozygous",
        "missing",
        "hemizygous",
        "reference",
    ]
    assert shown(workup, zygosities=(Zygosity.HEMIZYGOUS, Zygosity.MISSING)) == [2, 3]


def test_a_step_shows_those_who_left_there(workup: Any) -> None:
    assert shown(workup, step=Step.NOT_CARRIED) == [4]
    assert shown(workup, step=Step.RANKED, gene="SCN1A") == [0]


def test_a_preset_narrows_what_the_other_filters_let_through(workup: Any) -> None:
    assert shown(workup, rows=(3, 1), gene="SCN2A") == [1]


def test_by_rank_the_unranked_come_last_in_file_order(workup: Any) -> None:
    assert in_order(np.arange(5), workup, Order.RANK).tolist() == [3, 0, 1, 2, 4]
    assert ranks(workup).tolist() == [2, 3, 0, 1, 0]


def test_by_rarity_a_frequency_that_was_not_assessed_comes_last_not_first(workup: Any) -> None:
    assert in_order(np.arange(5), workup, Order.RARITY).tolist()[-1] == 3


def test_the_table_says_not_assessed_where_the_file_brought_nothing(workup: Any) -> None:
    table = as_shown(workup, np.arange(5))
    assert table["Frequency"][3] == "not assessed"
    assert table["Frequency"][0] == "not seen in gnomAD"
    assert table["Gene"][4] == "not assessed"
    assert table["ClinVar"].tolist() == ["not assessed"] * 5
    assert table["Rank"].isna().tolist() == [False, False, True, False, True]
    assert table["Where"][4] == "out: not carried"
