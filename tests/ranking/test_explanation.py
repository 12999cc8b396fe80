"""Explanations add up to the score and say only what the numbers say."""

import numpy as np
import pytest

from models.errors import InputError
from models.knowledge import Knowledge
from models.ranking import Group, LightGbmScorer, contrast, explain
from tests.builders import a_case
from tests.ranking.families import DRAVET_TERMS, dravet_case, harmless_variants, ranked, scn1a_de_novo


def test_baseline_and_groups_add_up_to_the_score_of_every_variant(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = a_case(
        scn1a_de_novo(clinvar_significance="Pathogenic", clinvar_stars=2.0),
        *(v | {"revel_score": 0.95} for v in harmless_variants()),
        terms=DRAVET_TERMS,
    )
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    for row in ranking.table["row"]:
        told = explain(ranking, int(row), case, evidence, phenotype, scorer)
        assert told.baseline + sum(g.log_odds for g in told.groups) == pytest.approx(told.log_odds, abs=1e-6)
        for group in told.groups:
            assert sum(f.log_odds for f in group.features) == pytest.approx(group.log_odds, abs=1e-9)


def test_all_six_groups_are_there_and_the_largest_comes_first(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = dravet_case()
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    told = explain(ranking, 0, case, evidence, phenotype, scorer)
    assert {g.group for g in told.groups} == set(Group)
    sizes = [abs(g.log_odds) for g in told.groups]
    assert sizes == sorted(sizes, reverse=True)


def test_the_sentence_names_gene_change_and_place(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = dravet_case()
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    sentence = explain(ranking, 0, case, evidence, phenotype, scorer).sentence
    assert sentence.startswith("SCN1A p.Arg1234Ter is number 1 of 11; for it: ")
    assert "_" not in sentence


def test_counts_of_the_file_are_quoted_as_clinicians_write_them(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    seen = scn1a_de_novo(af_fraction=1.2e-5, allele_count=3.0, allele_number=251_000.0)
    case = a_case(seen, *harmless_variants(), terms=DRAVET_TERMS)
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    told = explain(ranking, 0, case, evidence, phenotype, scorer)
    words = {f.name: f.value_text for g in told.groups for f in g.features}
    assert words["frequency_log10"] == "seen in 3 of 251,000 alleles"


def test_a_variant_that_left_the_funnel_cannot_be_explained(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = a_case(scn1a_de_novo(proband="0/0"), *harmless_variants(), terms=DRAVET_TERMS)
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    with pytest.raises(InputError, match="not ranked"):
        explain(ranking, 0, case, evidence, phenotype, scorer)


def test_a_contrast_is_the_difference_of_two_explanations(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = dravet_case()
    evidence, phenotype, ranking = ranked(case, knowledge, scorer)
    second = int(ranking.table["row"][1])
    one, two = (explain(ranking, r, case, evidence, phenotype, scorer) for r in (second, 0))
    told = contrast(one, two)
    assert (told.upper, told.lower) == (0, second)
    assert sum(gap for _, gap in told.groups) == pytest.approx(told.log_odds, abs=1e-6)
    assert told.sentence.startswith("Number 1 stands above number 2 mostly by ")


def test_scores_are_finite_and_fractions_are_between_nought_and_one(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    _, _, ranking = ranked(dravet_case(), knowledge, scorer)
    assert np.isfinite(ranking.table["log_odds"]).all()
    assert ranking.table["score_fraction"].between(0, 1).all()
