"""BS1 rests on what the disorder allows; where nobody says that, recessive genes are left to a human."""

from dataclasses import replace

import pytest

from models.case import Verdict
from models.evidence.acmg.bs1 import CRITERION as BS1
from models.evidence.acmg.specification_types import Basis
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import RECESSIVE, a_missense, panel, seen

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE


def _panel(strong, supporting=None):
    rules = panel()
    frequency = replace(
        rules.frequency, bs1_fraction=strong, bs1_supporting_fraction=supporting, basis=Basis.GROUP_MAXIMUM
    )
    return replace(rules, frequency=frequency)


@pytest.mark.parametrize(("fraction", "expected"), [(0.0099, NOT_MET), (0.01, MET), (0.0101, MET)])
def test_one_percent_is_more_than_a_dominant_disorder_allows(fraction, expected):
    assert BS1(a_missense(frequency=seen(fraction))).verdict is expected


def test_a_recessive_gene_without_a_panel_is_left_to_a_human():
    said = BS1(a_missense(gene_facts=RECESSIVE, frequency=seen(0.012)))
    assert said.verdict is OPEN and "expected frequency" in said.lacking


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [(0.00019, NOT_MET), (0.0002, Strength.SUPPORTING), (0.0019, Strength.SUPPORTING), (0.002, Strength.STRONG)],
)
def test_a_panel_may_have_two_limits(fraction, expected):
    said = BS1(a_missense(frequency=seen(fraction)), _panel(0.002, 0.0002))
    assert (said.strength if said.verdict is MET else said.verdict) is expected


def test_a_panel_without_a_limit_does_not_use_it():
    assert "does not use BS1" in BS1(a_missense(frequency=seen(0.02)), _panel(None)).reason


def test_not_looked_up_is_no_answer():
    assert BS1(a_missense()).verdict is OPEN
