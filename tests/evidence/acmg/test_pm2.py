"""PM2 needs to have been looked up: absence of an answer is not absence from the population."""

from dataclasses import replace

import pytest

from models.case import Found, Verdict
from models.evidence.acmg.calibration import PM2_SOURCE
from models.evidence.acmg.pm2 import CRITERION as PM2
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import RECESSIVE, a_missense, panel, seen

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE


def test_not_looked_up_is_never_absent():
    said = PM2(a_missense())
    assert said.verdict is OPEN and said.lacking == "gnomAD"


def test_absent_is_supporting_not_moderate():
    said = PM2(a_missense(frequency=seen(None)))
    assert (said.verdict, said.strength) == (MET, Strength.SUPPORTING)


def test_for_a_dominant_gene_without_a_panel_one_carrier_is_too_many():
    assert PM2(a_missense(frequency=seen(0.000004))).verdict is NOT_MET


def test_seen_in_a_group_outside_the_group_maximum_is_not_absent():
    """gnomAD leaves Finns and Ashkenazi Jews out of its group maximum."""
    finnish = replace(seen(0.0), group="", overall_fraction=Found(0.0000043), allele_count=Found(6))
    said = PM2(a_missense(frequency=finnish))
    assert said.verdict is NOT_MET and said.reason.startswith("AF 4.3e-06 overall, 0 in gnomAD's large groups (6 of")
    assert PM2(a_missense(frequency=seen(0.0))).verdict is MET


@pytest.mark.parametrize(("fraction", "expected"), [(0.00009, MET), (0.0001, MET), (0.00011, NOT_MET)])
def test_a_recessive_gene_allows_one_in_ten_thousand(fraction, expected):
    assert PM2(a_missense(gene_facts=RECESSIVE, frequency=seen(fraction))).verdict is expected


@pytest.mark.parametrize(("fraction", "expected"), [(0.00019, MET), (0.0002, MET), (0.00021, NOT_MET)])
def test_a_panels_own_limit_goes_first(fraction, expected):
    rules = panel()
    rules = replace(rules, frequency=replace(rules.frequency, pm2_fraction=0.0002))
    assert PM2(a_missense(frequency=seen(fraction)), rules).verdict is expected


def test_a_panel_whose_limit_is_not_known_leaves_the_general_one():
    rules = panel()
    rules = replace(rules, frequency=replace(rules.frequency, pm2_fraction=None))
    answer = PM2(a_missense(frequency=seen(0.000004)), rules)
    assert (answer.verdict, answer.source) == (NOT_MET, PM2_SOURCE)


def test_a_panel_that_does_not_use_it_is_quoted():
    rules = panel()
    rules = replace(rules, frequency=replace(rules.frequency, pm2_applies=False))
    answer = PM2(a_missense(frequency=seen(0.000004)), rules)
    assert answer.verdict is NOT_MET
    assert "does not use PM2" in answer.reason


@pytest.mark.parametrize(("homozygotes", "expected"), [(0, MET), (1, MET), (2, NOT_MET)])
def test_a_panel_may_limit_the_homozygotes(homozygotes, expected):
    rules = panel()
    rules = replace(rules, frequency=replace(rules.frequency, pm2_fraction=0.001, pm2_max_homozygotes=1))
    assert PM2(a_missense(frequency=seen(0.0001, homozygotes)), rules).verdict is expected
