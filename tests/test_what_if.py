"""What would change a place is found by scoring again, and agrees with a case that really is so."""

import numpy as np
import pytest

from models.case import Case, Phenotype
from models.errors import InputError
from models.knowledge import Knowledge, load_knowledge
from models.ranking import LightGbmScorer, load_scorer
from models.what_if import Kind, WhatIf, what_would_change
from models.workup import Workup, rerank, work_up
from tests.builders import a_case, a_variant
from tests.ranking.families import DRAVET_TERMS, harmless_variants, scn1a_de_novo


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def scorer() -> LightGbmScorer:
    return load_scorer()


def _all_findings(case: Case, knowledge: Knowledge, scorer: LightGbmScorer) -> Workup:
    from models.workup import inspect

    return work_up(case, knowledge, scorer, {f.key for f in inspect(case, knowledge)[1]})


def _family(knowledge: Knowledge, scorer: LightGbmScorer, **answer: object) -> Workup:
    return _all_findings(a_case(scn1a_de_novo(**answer), *harmless_variants(), terms=DRAVET_TERMS), knowledge, scorer)


def _one(found: tuple[WhatIf, ...], kind: Kind, word: str) -> WhatIf:
    return next(w for w in found if w.kind is kind and word in w.words)


def _score(workup: Workup, row: int) -> float:
    return float(workup.ranking.table["log_odds"][workup.ranking.rank_of(row) - 1])


def test_a_mother_who_carried_the_variant_lowers_it_exactly_as_in_a_family_where_she_does(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    new = _family(knowledge, scorer)
    told = _one(what_would_change(new, 0, scorer), Kind.PARENT, "mother")
    calls = {"proband": "0/1", "mother": "0/1", "father": "0/0"}
    inherited = _all_findings(
        a_case(scn1a_de_novo(**calls), *harmless_variants(), terms=DRAVET_TERMS), knowledge, scorer
    )
    assert told.gain < -0.5
    assert told.rank_after == inherited.ranking.rank_of(0)
    assert told.log_odds_after == pytest.approx(_score(inherited, 0), abs=0.3)  # depth and GQ of the call may differ


def test_a_newer_clinvar_class_moves_the_score_as_a_file_that_brings_it(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    silent = _family(knowledge, scorer, clinvar_significance=None, clinvar_stars=None)
    said = _family(knowledge, scorer, clinvar_significance="Benign", clinvar_stars=2.0)
    told = _one(what_would_change(silent, 0, scorer), Kind.CLINVAR, "benign")
    assert told.log_odds_after == pytest.approx(_score(said, 0), abs=1e-6)
    assert told.rank_after == said.ranking.rank_of(0)
    assert _one(what_would_change(silent, 0, scorer), Kind.CLINVAR, "pathogenic").gain > 0


def test_a_term_less_is_the_ranking_without_that_term(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    workup = _family(knowledge, scorer)
    found = what_would_change(workup, 0, scorer)
    assert sum(w.kind is Kind.TERM_REMOVED for w in found) == len(DRAVET_TERMS)
    term = workup.case.phenotype.terms[0]
    rest = Phenotype(tuple(t for t in workup.case.phenotype.terms if t != term))
    told = _one(found, Kind.TERM_REMOVED, term.label)
    assert told.log_odds_after == pytest.approx(_score(rerank(workup, rest, scorer), 0), abs=1e-9)


def test_a_patient_without_parents_is_told_what_their_genotypes_could_say(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    alone = a_case(
        a_variant(
            "2", 166_010_000, "C", "T", gene="SCN1A", consequence="stop_gained", hgvs_p="p.Arg1234Ter",
            af_fraction=None, proband="0/1",
        ),
        *harmless_variants(parents=False),
        terms=DRAVET_TERMS,
    )  # fmt: skip
    found = what_would_change(_all_findings(alone, knowledge, scorer), 0, scorer)
    told = [w for w in found if w.kind is Kind.PARENT]
    assert [w.words for w in told] == ["were the mother and the father known not to carry it"]
    assert told[0].gain > 0.5


def test_what_moves_the_score_most_comes_first(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    gains = [abs(w.gain) for w in what_would_change(_family(knowledge, scorer), 0, scorer)]
    assert gains == sorted(gains, reverse=True)


def test_a_second_hit_that_would_lose_its_parent_is_scored_with_its_partner(
    knowledge: Knowledge, scorer: LightGbmScorer
) -> None:
    def hit(pos: int, mother: str, father: str) -> dict[str, object]:
        return a_variant(
            "17", pos, "C", "T", gene="ACADVL", consequence="stop_gained", hgvs_p="p.Arg100Ter",
            af_fraction=1e-5, proband="0/1", mother=mother, father=father,
        )  # fmt: skip

    pair = a_case(hit(7_220_000, "0/1", "0/0"), hit(7_221_000, "0/0", "0/1"), *harmless_variants(), terms=DRAVET_TERMS)
    cis = a_case(hit(7_220_000, "0/1", "0/1"), hit(7_221_000, "0/0", "0/1"), *harmless_variants(), terms=DRAVET_TERMS)
    told = _one(what_would_change(_all_findings(pair, knowledge, scorer), 0, scorer), Kind.PARENT, "father carried")
    truth = _all_findings(cis, knowledge, scorer)
    assert told.rank_after == truth.ranking.rank_of(0)
    assert np.isclose(told.log_odds_after, _score(truth, 0), atol=0.3)


def test_a_variant_that_is_not_ranked_has_no_what_if(knowledge: Knowledge, scorer: LightGbmScorer) -> None:
    with pytest.raises(InputError, match="not ranked"):
        what_would_change(_family(knowledge, scorer, proband="0/0"), 0, scorer)
