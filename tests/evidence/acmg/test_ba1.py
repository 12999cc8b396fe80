"""BA1 needs a frequency that was looked up, in enough alleles, and knows its exceptions."""

from dataclasses import replace

import pytest

from models.case import Allele, Assembly, Verdict
from models.evidence.acmg.ba1 import CRITERION as BA1
from models.evidence.acmg.population import lower_bound
from models.evidence.acmg.specification_types import Basis
from models.evidence.acmg.types import Strength
from tests.evidence.acmg.build import a_missense, panel, seen

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(("fraction", "expected"), [(0.049, NOT_MET), (0.05, MET), (0.051, MET)])
def test_five_percent_is_too_common_for_a_rare_disorder(fraction, expected):
    assert BA1(a_missense(frequency=seen(fraction))).verdict is expected


@pytest.mark.parametrize(("fraction", "expected"), [(0.0014, NOT_MET), (0.0015, MET), (0.0016, MET)])
def test_a_panels_own_limit_goes_first(fraction, expected):
    rules = panel()
    rules = replace(rules, frequency=replace(rules.frequency, ba1_fraction=0.0015, basis=Basis.GROUP_MAXIMUM))
    said = BA1(a_missense(frequency=seen(fraction)), rules)
    assert said.verdict is expected and said.source == rules.source


@pytest.mark.parametrize(("alleles", "expected"), [(1_999, OPEN), (2_000, MET), (2_001, MET)])
def test_it_takes_two_thousand_alleles(alleles, expected):
    assert BA1(a_missense(frequency=seen(0.2, alleles=alleles))).verdict is expected


def test_absent_is_not_common_and_not_looked_up_is_no_answer():
    assert BA1(a_missense(frequency=seen(None))).verdict is NOT_MET
    said = BA1(a_missense())
    assert said.verdict is OPEN and said.lacking == "gnomAD"


@pytest.mark.parametrize(("assembly", "position"), [(Assembly.GRCH38, 26092913), (Assembly.GRCH37, 26093141)])
def test_a_published_exception_is_never_too_common(assembly, position):
    hfe = Allele(assembly, "6", position, "G", "A")
    assert BA1(a_missense(frequency=seen(0.06), allele=hfe)).verdict is NOT_MET


def test_where_the_panel_asks_for_the_filtering_frequency_a_few_alleles_prove_nothing():
    rules = panel()
    rules = replace(rules, frequency=replace(rules.frequency, ba1_fraction=0.001, basis=Basis.FILTERING))
    assert BA1(a_missense(frequency=seen(0.0015, alleles=2_000)), rules).verdict is NOT_MET
    assert BA1(a_missense(frequency=seen(0.0015, alleles=200_000)), rules).verdict is MET


# Exact one-sided 95 % bounds of a Poisson count: 0.051 of 1, 1.970 of 5, 82.7 of 100... by chi-square tables.
@pytest.mark.parametrize(("count", "exact"), [(1, 0.0513), (5, 1.970), (10, 5.425), (100, 84.139)])
def test_the_lower_bound_of_a_count_is_close_to_the_exact_one(count, exact):
    assert lower_bound(count) == pytest.approx(exact, rel=0.05, abs=0.02)


def test_it_stands_alone():
    assert BA1(a_missense(frequency=seen(0.06))).strength is Strength.STAND_ALONE
