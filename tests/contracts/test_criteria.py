"""Every ACMG/AMP criterion cites its guideline and knows three answers, each with a reason."""

from dataclasses import fields

import pytest

from models.case import Verdict
from models.evidence.acmg import CRITERIA, Criterion
from models.evidence.acmg.codes import CODES, RETIRED
from models.evidence.acmg.facts import Facts
from tests.evidence.acmg.build import UNKNOWN_EFFECT, a_missense
from tests.evidence.acmg.examples import BY_READING, EXAMPLES

JUDGED = [c for c in CRITERIA if c.code not in BY_READING]
VERDICTS = (Verdict.MET, Verdict.NOT_MET, Verdict.NOT_ASSESSABLE)
every = pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.code)
judged = pytest.mark.parametrize("criterion", JUDGED, ids=lambda c: c.code)


def test_every_criterion_of_the_guideline_is_there_once_but_the_retired_ones() -> None:
    assert [c.code for c in CRITERIA] == [code for code in CODES if code not in RETIRED]


@every
def test_a_criterion_cites_its_guideline_by_year_and_says_what_it_asks(criterion: Criterion) -> None:
    assert any(part.isdigit() and len(part) == 4 for part in criterion.guideline.replace(",", " ").split())
    assert criterion.title[0].isupper() and not criterion.title.endswith(".")


@judged
@pytest.mark.parametrize("expected", VERDICTS, ids=lambda v: v.value)
def test_a_criterion_has_an_example_of_each_answer_with_its_reason(criterion: Criterion, expected: Verdict) -> None:
    facts, panel = EXAMPLES[criterion.code][VERDICTS.index(expected)]
    said = criterion(facts, panel)
    assert (said.code, said.verdict) == (criterion.code, expected), said.reason
    assert said.reason and said.source


@judged
def test_only_what_could_not_be_assessed_lacks_something(criterion: Criterion) -> None:
    answers = [criterion(*example) for example in EXAMPLES[criterion.code]]
    assert [bool(a.lacking) for a in answers] == [False, False, True]
    assert answers[0].points or criterion.code == "BA1"
    assert answers[1].points == answers[2].points == 0


@every
def test_nothing_is_met_when_nothing_is_known(criterion: Criterion) -> None:
    assert criterion(UNKNOWN_EFFECT).verdict is not Verdict.MET
    assert criterion(Facts()).verdict is not Verdict.MET


@pytest.mark.parametrize("code", BY_READING)
def test_what_needs_a_reader_is_never_decided_here(code: str) -> None:
    criterion = next(c for c in CRITERIA if c.code == code)
    said = criterion(a_missense())
    assert said.verdict is Verdict.NOT_ASSESSABLE and said.lacking


def test_the_class_of_the_variant_itself_is_no_fact() -> None:
    assert not [f.name for f in fields(Facts) if "clinvar" in f.name or "significance" in f.name]
