"""From a case to a ranked list: the checks wait for a person, and changed terms change only the phenotype."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.case import Finding, Phenotype, Severity, Term
from models.errors import NeedsOverride
from models.intake import files_of, read_case
from models.knowledge import load_knowledge
from models.ranking import load_scorer
from models.workup import blocking, inspect, ranked, rerank, work_up

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


@pytest.fixture(scope="module")
def scorer():
    return load_scorer()


def case_of(slug, folder):
    return read_case(files_of(SAMPLES / slug), folder)


@pytest.fixture(scope="module")
def trio(knowledge, scorer, tmp_path_factory):
    return work_up(case_of("dravet-trio", tmp_path_factory.mktemp("trio")), knowledge, scorer)


def test_ranking_again_equals_ranking_afresh(trio, knowledge, scorer):
    terms = Phenotype((Term("HP:0000407", "Sensorineural hearing impairment"),))
    again = rerank(trio, terms, scorer)
    afresh = work_up(trio.case.with_phenotype(terms), knowledge, scorer)
    pd.testing.assert_frame_equal(again.ranking.table, afresh.ranking.table)
    np.testing.assert_array_equal(again.ranking.features, afresh.ranking.features)
    assert not again.ranking.table.equals(trio.ranking.table)


def test_going_back_to_the_first_terms_gives_the_first_order(trio, scorer):
    there = rerank(trio, Phenotype(), scorer)
    back = rerank(there, trio.case.phenotype, scorer)
    pd.testing.assert_frame_equal(back.ranking.table, trio.ranking.table)


def test_every_ranked_variant_stayed_in_the_funnel_and_every_other_left_at_a_step(trio):
    rows = set(trio.ranking.table["row"])
    assert rows == set(np.flatnonzero(trio.evidence.left_at == 0))
    counted = sum(step.left for step in trio.evidence.funnel)
    assert counted + len(rows) == len(trio.case.variants)


def test_exchanged_parents_wait_for_an_override_and_then_rank(knowledge, scorer, tmp_path):
    case = case_of("parents-swapped", tmp_path)
    with pytest.raises(NeedsOverride):
        work_up(case, knowledge, scorer)
    _, findings = inspect(case, knowledge)
    with pytest.raises(NeedsOverride):
        work_up(case, knowledge, scorer, {f.code for f in findings})
    keys = {f.key for f in findings if f.severity.value == "blocking"}
    assert work_up(case, knowledge, scorer, keys).ranking.table["rank"].iloc[0] == 1


def test_a_case_inspected_already_is_ranked_as_one_inspected_again(knowledge, scorer, tmp_path):
    case, findings = inspect(case_of("parents-swapped", tmp_path), knowledge)
    with pytest.raises(NeedsOverride):
        ranked(case, knowledge, scorer)
    keys = {f.key for f in findings}
    once, twice = ranked(case, knowledge, scorer, keys), work_up(case, knowledge, scorer, keys)
    pd.testing.assert_frame_equal(once.ranking.table, twice.ranking.table)
    assert once.findings == twice.findings == findings
    assert once.confidence == twice.confidence


def test_an_override_silences_only_the_finding_it_was_given_for():
    found = Finding("wrong-sex", Severity.BLOCKING, "3 % of 412 X sites are heterozygous.", people=("kid",))
    for other in (
        replace(found, sentence="31 % of 412 X sites are heterozygous."),
        replace(found, people=("sister",)),
        replace(found, code="wrong-sex-sibling"),
        replace(found, where="other.vcf"),
    ):
        assert blocking((found, other), {found.key}) == (other,)
    assert blocking((found, replace(found)), {found.key}) == ()
