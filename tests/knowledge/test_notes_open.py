"""A note's suggestion is shown only when it would add something."""

import pytest

from models.case import Phenotype, Term
from models.knowledge import Suggestion, SuggestionKind, open_suggestions
from tests.knowledge.real import knowledge

SEIZURE, FOCAL, ATAXIA = "HP:0001250", "HP:0007359", "HP:0001251"
PRESENT, ABSENT, FAMILY = SuggestionKind.PRESENT, SuggestionKind.ABSENT, SuggestionKind.FAMILY


def said(term_id: str, kind: SuggestionKind = PRESENT) -> Suggestion:
    return Suggestion(term_id, knowledge().hpo.label(term_id), kind, "A sentence.", "word", 0, 4)


def left(found: list[Suggestion], *terms: Term) -> list[str]:
    return [s.term_id for s in open_suggestions(found, Phenotype(terms), knowledge().hpo)]


@pytest.mark.parametrize("kind", SuggestionKind)
def test_what_is_recorded_is_not_suggested_again(kind: SuggestionKind) -> None:
    assert left([said(SEIZURE, kind), said(ATAXIA)], Term(SEIZURE, "")) == [ATAXIA]


def test_a_feature_that_two_sentences_mention_is_asked_for_once() -> None:
    again = Suggestion(ATAXIA, "Ataxia", PRESENT, "Another sentence.", "ataxia", 0, 6)
    assert open_suggestions([said(ATAXIA), again], Phenotype(), knowledge().hpo) == (said(ATAXIA),)
    assert left([said(ATAXIA), said(ATAXIA, ABSENT)]) == [ATAXIA, ATAXIA]


def test_a_broader_feature_is_not_suggested_beside_the_recorded_kind_of_it() -> None:
    assert left([said(SEIZURE), said(ATAXIA)], Term(FOCAL, "")) == [ATAXIA]


def test_a_broader_feature_is_not_suggested_beside_a_more_exact_suggestion() -> None:
    assert left([said(SEIZURE), said(FOCAL)]) == [FOCAL]


def test_a_more_exact_feature_is_still_suggested_beside_the_broader_recorded_one() -> None:
    assert left([said(FOCAL)], Term(SEIZURE, "")) == [FOCAL]


def test_the_denial_of_a_kind_says_nothing_beyond_the_exclusion_of_all_kinds() -> None:
    assert left([said(FOCAL, ABSENT)], Term(SEIZURE, "", excluded=True)) == []


def test_a_denial_that_contradicts_what_is_recorded_stays() -> None:
    assert left([said(SEIZURE, ABSENT)], Term(FOCAL, "")) == [SEIZURE]


def test_what_a_relative_has_stays() -> None:
    assert left([said(SEIZURE, FAMILY)], Term(FOCAL, "")) == [SEIZURE]
