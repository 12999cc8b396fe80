"""The order of small families, with the shipped model."""

import numpy as np

from models.evidence.assess import assess_variants
from models.evidence.phenotype import score_phenotype
from models.knowledge import Knowledge
from models.ranking import LightGbmScorer, rank, rerank
from tests.builders import a_case, a_single, a_variant
from tests.ranking.families import DRAVET_TERMS, dravet_case, harmless_variants, ranked, scn1a_de_novo


def test_a_new_stop_in_the_gene_that_explains_the_features_comes_first(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    _, _, ranking = ranked(dravet_case(), knowledge, scorer)
    assert ranking.rank_of(0) == 1


def test_both_hits_of_a_compound_heterozygote_stand_together_on_top(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    hits = [
        a_variant("12", 102_840_000, "C", "T", gene="PAH", consequence="missense_variant", hgvs_p="p.Arg408Trp",
                  af_fraction=8e-4, proband="0/1", mother="0/1", father="0/0"),
        a_variant("12", 102_850_000, "G", "A", gene="PAH", consequence="splice_donor_variant",
                  af_fraction=1e-4, proband="0/1", mother="0/0", father="0/1"),
    ]  # fmt: skip
    others = [v for v in harmless_variants() if v["gene"] != "PAH"]
    case = a_case(*hits, *others, terms=("HP:0004923", "HP:0001249", "HP:0001250"))
    _, _, ranking = ranked(case, knowledge, scorer)
    assert {ranking.rank_of(0), ranking.rank_of(1)} == {1, 2}
    assert ranking.table["partner_row"].tolist()[:2] in ([0, 1], [1, 0])


def test_equal_variants_are_ordered_as_in_the_file(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    same = [a_variant("3", 38_550_000 + i, "A", "G", proband="0/1") for i in range(5)]
    case = a_case(*same, pedigree=a_single())
    _, _, ranking = ranked(case, knowledge, scorer)
    assert ranking.table["row"].tolist() == [0, 1, 2, 3, 4]


def test_a_case_without_annotation_terms_or_parents_is_still_ranked(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    rows = [a_variant("2", 166_002_500, "C", "CT", proband="0/1"), a_variant("2", 3_000_000, "C", "T", proband="0/1")]
    _, _, ranking = ranked(a_case(*rows, pedigree=a_single()), knowledge, scorer)
    assert len(ranking.table) == 2
    assert np.isfinite(ranking.table["log_odds"]).all()


def test_a_case_without_variants_has_an_empty_ranking(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = a_case(scn1a_de_novo(proband="0/0"), terms=DRAVET_TERMS)
    _, _, ranking = ranked(case, knowledge, scorer)
    assert ranking.table.empty
    assert ranking.rank_of(0) is None


def test_other_terms_rerank_exactly_as_a_fresh_ranking_would(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = dravet_case(("HP:0000717",))
    evidence, _, before = ranked(case, knowledge, scorer)
    phenotype = score_phenotype(dravet_case().phenotype, knowledge)
    again = rerank(before, evidence, phenotype, scorer)
    fresh = rank(case, evidence, phenotype, knowledge, scorer)
    assert again.table.equals(fresh.table)
    np.testing.assert_array_equal(again.features, fresh.features)


def test_taking_the_terms_away_is_not_the_same_as_a_poor_match(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    _, _, with_terms = ranked(dravet_case(), knowledge, scorer)
    _, _, without = ranked(dravet_case(()), knowledge, scorer)
    column = with_terms.card.feature_names.index("phenotype_explained_fraction")
    assert np.isnan(without.features[:, column]).all()
    assert np.isfinite(with_terms.features[:, column]).all()


def test_a_score_does_not_depend_on_the_order_of_the_file(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    forward = a_case(scn1a_de_novo(), *harmless_variants(), terms=DRAVET_TERMS)
    backward = a_case(scn1a_de_novo(), *reversed(harmless_variants()), terms=DRAVET_TERMS)
    scores = [
        ranked(c, knowledge, scorer)[2].table.set_index("gene")["log_odds"].to_dict() for c in (forward, backward)
    ]
    assert scores[0] == scores[1]


def test_ranked_rows_are_exactly_those_that_stayed_in_the_funnel(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    case = dravet_case()
    evidence, _, ranking = ranked(case, knowledge, scorer)
    assert sorted(ranking.table["row"]) == evidence.frame.index.tolist()
    assert assess_variants(case, knowledge).frame.index.equals(evidence.frame.index)
