"""Two people read apart, differ, and settle it on the record."""

from datetime import UTC, datetime

import pytest

from models.errors import InputError
from models.evidence.acmg.types import Class, Strength
from models.review import DecisionLog, Event
from models.review.commands import (
    Classify,
    Command,
    Dismiss,
    JudgeCriterion,
    Reading,
    ReleaseReading,
    Ruling,
    WriteNote,
)
from models.review.second_reading import (
    Stage,
    begun,
    differences,
    is_covered,
    outcome_of,
    readers_needed,
    same_person,
    standing_criteria,
    turn_of,
    uncovered,
    unsettled,
)
from models.review.state import ReviewState

A = "chr1-100-A-T"
LP, VUS = Class.LIKELY_PATHOGENIC, Class.UNCERTAIN


class Case:
    """A case in the log: `case.by("Ada", Classify(...))` decides with what stands now before the eyes."""

    def __init__(self, log: DecisionLog) -> None:
        self.log = log

    @property
    def state(self) -> ReviewState:
        return self.log.state("c-1")

    def by(self, who: str, command: Command) -> Event:
        kept = self.log.decide("c-1", command, who=who, at=datetime(2026, 1, 2, tzinfo=UTC))
        assert isinstance(kept, Event)
        return kept

    def classified(self, who: str, as_: Class, reading: Reading, note: str = "") -> Event:
        return self.by(who, Classify(self.state.version, A, as_, "Dravet syndrome", note, reading))

    def judged(self, who: str, code: str, strength: Strength | None, reading: Reading) -> Event:
        ruling = Ruling.REJECTED if strength is None else Ruling.CHANGED
        return self.by(who, JudgeCriterion(self.state.version, A, code, ruling, strength, "read", reading))


@pytest.fixture
def case(log: DecisionLog) -> Case:
    return Case(log)


@pytest.mark.parametrize(
    ("said", "needed"), [({}, 1), ({"CASEBOARD_READERS": " 2 "}, 2), ({"CASEBOARD_READERS": "1"}, 1)]
)
def test_the_installation_says_whether_two_people_are_needed(said: dict[str, str], needed: int) -> None:
    assert readers_needed(said) == needed


@pytest.mark.parametrize("said", ["0", "3", "two", "-1", "1.0"])
def test_a_number_of_readers_that_cannot_be_is_refused_in_a_sentence(said: str) -> None:
    with pytest.raises(InputError, match="set it to 1 or 2"):
        readers_needed({"CASEBOARD_READERS": said})


def test_names_that_differ_in_case_and_spaces_only_are_one_person_and_nobody_is_nobody() -> None:
    assert same_person(" ada  Byron", "Ada byron ")
    assert not same_person("Ada", "Ben")
    assert not same_person("", " ")


def test_with_one_reader_a_class_stands_at_once_and_a_later_person_replaces_it_on_the_record(case: Case) -> None:
    assert outcome_of(case.state.variant(A), 1).stage is Stage.UNREAD
    case.classified("Ada", LP, Reading.FIRST)
    assert outcome_of(case.state.variant(A), 1).acmg_class is LP
    assert turn_of(case.state.variant(A), "Ben", 1) is Reading.FIRST
    case.classified("Ben", VUS, Reading.FIRST)
    assert outcome_of(case.state.variant(A), 1).acmg_class is VUS


def test_with_two_readers_the_first_class_waits_and_the_second_reader_does_not_see_it(case: Case) -> None:
    first = case.classified("Ada", LP, Reading.FIRST)
    judged = case.judged("Ada", "PM2", Strength.SUPPORTING, Reading.FIRST)
    note = case.by("Ada", WriteNote(case.state.version, "pathogenic, I think", A))
    variant = case.state.variant(A)
    assert outcome_of(variant, 2) == outcome_of(variant, 2).__class__(Stage.WAITING)
    assert unsettled(case.state, 2) == {A: Stage.WAITING} and unsettled(case.state, 1) == {}
    for other in ("Ben", ""):
        seen = uncovered(variant, other, 2)
        assert not seen.classes and not seen.criteria and not seen.notes
        assert all(is_covered(e, case.state, other, 2) for e in (first, judged, note))
    assert uncovered(variant, "ada", 2) == variant
    assert not is_covered(first, case.state, "Ada", 2) and not is_covered(first, case.state, "Ben", 1)


def test_what_is_no_reading_is_never_covered(case: Case) -> None:
    dismissed = case.by("Ada", Dismiss(0, A, "in both parents"))
    on_the_case = case.by("Ada", WriteNote(1, "parents asked"))
    assert not is_covered(dismissed, case.state, "Ben", 2) and not is_covered(on_the_case, case.state, "Ben", 2)


def test_each_persons_decisions_belong_to_their_own_reading_and_a_third_waits(case: Case) -> None:
    variant = case.state.variant(A)
    assert turn_of(variant, "Ada", 2) is Reading.FIRST
    case.judged("Ada", "PM2", Strength.MODERATE, Reading.FIRST)
    assert turn_of(case.state.variant(A), "Ada", 2) is Reading.FIRST
    assert turn_of(case.state.variant(A), " ADA ", 2) is Reading.FIRST
    assert turn_of(case.state.variant(A), "Ben", 2) is Reading.SECOND
    case.judged("Ben", "PM2", Strength.MODERATE, Reading.SECOND)
    assert turn_of(case.state.variant(A), "Cid", 2) is None


def test_two_who_agree_settle_the_class_and_both_may_be_read(case: Case) -> None:
    case.classified("Ada", LP, Reading.FIRST)
    case.classified("Ben", LP, Reading.SECOND)
    variant = case.state.variant(A)
    assert outcome_of(variant, 2).acmg_class is LP
    assert uncovered(variant, "Cid", 2) == variant
    assert unsettled(case.state, 2) == {}


def test_two_who_differ_are_shown_criterion_by_criterion_and_nothing_stands_until_it_is_resolved(case: Case) -> None:
    case.judged("Ada", "PM2", Strength.SUPPORTING, Reading.FIRST)
    case.judged("Ada", "PP4", Strength.MODERATE, Reading.FIRST)
    case.classified("Ada", LP, Reading.FIRST)
    case.judged("Ben", "PM2", Strength.SUPPORTING, Reading.SECOND)
    case.judged("Ben", "PP3", None, Reading.SECOND)
    case.classified("Ben", VUS, Reading.SECOND)
    variant = case.state.variant(A)
    assert outcome_of(variant, 2).stage is Stage.DISAGREED and outcome_of(variant, 2).acmg_class is None
    assert outcome_of(variant, 1).stage is Stage.DISAGREED
    assert [(d.code, d.differs) for d in differences(variant)] == [("PM2", False), ("PP3", False), ("PP4", True)]
    assert not standing_criteria(variant, 2)
    assert {turn_of(variant, who, 2) for who in ("Ada", "Ben", "Cid")} == {Reading.CONSENSUS}
    case.judged("Ada", "PP4", Strength.SUPPORTING, Reading.CONSENSUS)
    case.classified("Ada", VUS, Reading.CONSENSUS, "PP4 is supporting only: one term")
    variant = case.state.variant(A)
    assert outcome_of(variant, 2).acmg_class is VUS
    assert {c: j.strength for c, j in standing_criteria(variant, 2).items()} == {
        "PM2": Strength.SUPPORTING,
        "PP4": Strength.SUPPORTING,
    }


def test_the_criteria_behind_one_readers_class_are_that_readers(case: Case) -> None:
    case.judged("Ada", "PM2", Strength.SUPPORTING, Reading.FIRST)
    assert not standing_criteria(case.state.variant(A), 1)
    case.classified("Ada", VUS, Reading.FIRST)
    assert set(standing_criteria(case.state.variant(A), 1)) == {"PM2"}


def released(case: Case, reading: Reading, of: str, reason: str = "On leave until spring.", seen: int = 0) -> Event:
    command = ReleaseReading(seen or case.state.version, A, reading, of, of, reason)
    return case.by("Dr Chief", command)


def test_who_judges_one_criterion_and_leaves_keeps_the_place_until_it_is_released_with_a_reason(case: Case) -> None:
    case.classified("Ada", LP, Reading.FIRST)
    case.judged("Bo", "PM2", Strength.SUPPORTING, Reading.SECOND)
    (left,) = begun(case.state.variant(A))
    assert (left.reading, left.of, left.name) == (Reading.SECOND, "Bo", "Bo")
    assert turn_of(case.state.variant(A), "Cy", 2) is None
    kept = released(case, Reading.SECOND, "Bo")
    assert kept.payload["reason"] == "On leave until spring."
    variant = case.state.variant(A)
    assert begun(variant) == ()
    assert turn_of(variant, "Cy", 2) is Reading.SECOND
    assert variant.classes[Reading.FIRST].acmg_class is LP
    case.classified("Cy", LP, Reading.SECOND)
    assert outcome_of(case.state.variant(A), 2).stage is Stage.SETTLED
    assert not any(d.differs and d.code == "PM2" for d in differences(case.state.variant(A))), "Bo's counts no more"


def test_the_first_reader_does_not_get_the_place_that_was_released(case: Case) -> None:
    case.classified("Ada", LP, Reading.FIRST)
    case.judged("Bo", "PM2", Strength.SUPPORTING, Reading.SECOND)
    released(case, Reading.SECOND, "Bo")
    assert turn_of(case.state.variant(A), "Ada", 2) is Reading.FIRST
    with pytest.raises(InputError, match="needs somebody else"):
        case.classified("Ada", LP, Reading.SECOND)


def test_what_the_released_reader_judged_stays_in_the_chain(case: Case) -> None:
    said = case.judged("Bo", "PM2", Strength.SUPPORTING, Reading.FIRST)
    released(case, Reading.FIRST, "Bo")
    assert said in case.log.events("c-1")
    assert case.log.verify("c-1") is None


def test_a_finished_reading_is_never_taken_back_and_none_that_nobody_began(case: Case) -> None:
    case.classified("Ada", LP, Reading.FIRST)
    for reading, of, told in (
        (Reading.FIRST, "Ada", "is complete"),
        (Reading.SECOND, "Bo", "Nobody has begun"),
        (Reading.CONSENSUS, "Ada", "Nobody has begun"),
        (Reading.FIRST, "Bo", "Nobody has begun"),
    ):
        with pytest.raises(InputError, match=told):
            released(case, reading, of)


def test_a_reading_is_released_only_with_a_reason_and_as_it_was_seen(case: Case) -> None:
    case.judged("Bo", "PM2", Strength.SUPPORTING, Reading.FIRST)
    seen = case.state.version
    with pytest.raises(InputError, match="say why"):
        released(case, Reading.FIRST, "Bo", "  ")
    case.judged("Bo", "PP3", Strength.SUPPORTING, Reading.FIRST)
    with pytest.raises(InputError, match="went on after you"):
        released(case, Reading.FIRST, "Bo", seen=seen)
    assert case.state.variant(A).readers(Reading.FIRST) == {"Bo"}
