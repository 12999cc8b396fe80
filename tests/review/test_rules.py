"""What may be decided, and what two people who decide at once are shown."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evidence.acmg.types import Class, Strength
from models.review import EventKind
from models.review.commands import (
    Assign,
    Classify,
    Command,
    Consent,
    Dismiss,
    ExchangeParents,
    JudgeCriterion,
    OpenInEmergency,
    OverrideCheck,
    PutBack,
    Reading,
    RejectSuggestion,
    RemoveTerm,
    Ruling,
    SetConsent,
    SetStatus,
    SetTerm,
    Shortlist,
    SignReport,
    StartCase,
    Status,
    WriteNote,
)
from models.review.events import OF_THE_INSTALLATION, Event, thing_of
from models.review.rules import NEXT, Conflict, Decided, Refused, decide
from models.review.state import EMPTY, project

A, B = "chr1-100-A-T", "chr2-200-C-G"
SHA = "a" * 64


def after(*commands, who="Dr A"):
    """The state once these were kept, each decided on the newest screen."""
    state = EMPTY
    for command in commands:
        outcome = decide(state, command, who)
        assert isinstance(outcome, Decided), outcome
        number = state.version + 1
        event = Event(number, "c-1", outcome.kind, who, "2026-01-02T03:04:05+00:00", outcome.payload, "", "h", number)
        state = project([event], state)
    return state


def sentence(state, command, who="Dr B"):
    outcome = decide(state, command, who)
    assert isinstance(outcome, Refused), outcome
    return outcome.sentence


def test_a_decision_on_a_stale_screen_is_a_conflict_that_shows_both():
    state = after(Shortlist(0, A, "fits the seizures"))
    conflict = decide(state, Dismiss(0, A, "artefact"), "Dr B")
    assert isinstance(conflict, Conflict)
    assert conflict.yours.payload == {"allele": A, "reason": "artefact"}
    assert (conflict.theirs.who, conflict.theirs.payload["note"]) == ("Dr A", "fits the seizures")
    assert "Dr A changed this" in conflict.sentence


def test_whoever_has_seen_the_other_decision_may_replace_it():
    state = after(Shortlist(0, A))
    assert isinstance(decide(state, Dismiss(1, A, "artefact"), "Dr B"), Decided)


@pytest.mark.parametrize(
    "unrelated",
    [
        Shortlist(0, B),
        Classify(0, A, Class.PATHOGENIC),
        JudgeCriterion(0, A, "PM2", Ruling.ACCEPTED, Strength.SUPPORTING),
        WriteNote(0, "call the parents", A),
        Assign(0, ("Dr B",)),
        SetStatus(0, Status.ON_HOLD),
        SetConsent(0, frozenset({Consent.DIAGNOSIS})),
        SetTerm(0, "HP:0001250", "Seizure"),
    ],
    ids=lambda c: c.kind.value,
)
def test_edits_of_other_things_on_a_stale_screen_do_not_conflict(unrelated):
    assert isinstance(decide(after(Shortlist(0, A)), unrelated, "Dr B"), Decided)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Shortlist(0, A), PutBack(0, A)),
        (Classify(0, A, Class.BENIGN), Classify(0, A, Class.PATHOGENIC)),
        (
            JudgeCriterion(0, A, "PM2", Ruling.REJECTED, None, "common here"),
            JudgeCriterion(0, A, "PM2", Ruling.ACCEPTED, Strength.SUPPORTING),
        ),
        (Assign(0, ("Dr A",)), Assign(0, ("Dr B",))),
        (SetStatus(0, Status.IN_REVIEW), SetStatus(0, Status.ON_HOLD)),
        (SetConsent(0, frozenset()), SetConsent(0, frozenset({Consent.RESEARCH}))),
        (SetTerm(0, "HP:1", "Seizure"), RemoveTerm(0, "HP:1")),
        (OverrideCheck(0, "sex", "sex-1", "XY", "known"), OverrideCheck(0, "sex", "sex-1", "XY", "typo")),
        (ExchangeParents(0, "swap", "found", "labels"), ExchangeParents(0, "swap", "found", "labels")),
        (OverrideCheck(0, "parents-swapped", "p-1", "f", "fine"), ExchangeParents(0, "parents-swapped", "f", "labels")),
        (ExchangeParents(0, "parents-swapped", "f", "labels"), OverrideCheck(0, "parents-swapped", "p-1", "f", "fine")),
        (RejectSuggestion(0, "HP:1", "s"), RejectSuggestion(0, "HP:1", "s")),
    ],
    ids=lambda c: c.kind.value,
)
def test_two_stale_edits_of_one_thing_conflict(first, second):
    assert isinstance(decide(after(first), second, "Dr B"), Conflict)


def test_exchanged_parents_stay_exchanged_so_the_check_they_answer_is_not_overridden():
    state = after(ExchangeParents(0, "parents-swapped", "found", "labels"))
    assert "Dr A exchanged" in sentence(state, OverrideCheck(1, "parents-swapped", "p-1", "found", "labels are right"))
    assert isinstance(decide(state, OverrideCheck(1, "sex", "sex-1", "XY", "known"), "Dr B"), Decided)


def test_notes_are_added_and_never_conflict():
    state = after(WriteNote(0, "one", A))
    assert isinstance(decide(state, WriteNote(0, "two", A), "Dr B"), Decided)


def test_a_screen_from_before_a_restore_is_told_to_open_the_case_again():
    assert "open it again" in sentence(after(Shortlist(0, A)), Shortlist(2, A))


def test_two_readers_do_not_stand_in_each_others_way():
    state = after(Classify(0, A, Class.PATHOGENIC))
    second = Classify(0, A, Class.UNCERTAIN, reading=Reading.SECOND)
    assert isinstance(decide(state, second, "Dr B"), Decided)


@pytest.mark.parametrize(
    "again",
    [
        Classify(1, A, Class.PATHOGENIC, reading=Reading.SECOND),
        JudgeCriterion(1, A, "PM2", Ruling.ACCEPTED, Strength.SUPPORTING, reading=Reading.SECOND),
    ],
)
def test_nobody_is_their_own_second_reader(again):
    state = after(JudgeCriterion(0, A, "PP3", Ruling.ACCEPTED, Strength.SUPPORTING))
    assert "needs somebody else" in sentence(state, again, "Dr A")
    assert isinstance(decide(state, again, "Dr B"), Decided)


def test_both_readers_may_write_the_consensus():
    state = after(Classify(0, A, Class.PATHOGENIC))
    assert isinstance(decide(state, Classify(1, A, Class.BENIGN, reading=Reading.CONSENSUS), "Dr A"), Decided)


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (Dismiss(0, A, "  "), "say why"),
        (OverrideCheck(0, "c", "f", "x", ""), "say why"),
        (ExchangeParents(0, "c", "f", ""), "say why"),
        (WriteNote(0, " \n"), "note is empty"),
        (Assign(0, ("Dr A", " ")), "needs a name"),
        (Shortlist(0, ""), "names no variant"),
        (SetTerm(0, " ", "Seizure"), "names no feature"),
        (JudgeCriterion(0, A, "PM9", Ruling.ACCEPTED, Strength.STRONG), "not a criterion"),
        (JudgeCriterion(0, A, "PP5", Ruling.ACCEPTED, Strength.SUPPORTING), "not a criterion"),
        (JudgeCriterion(0, A, "PM2", Ruling.ACCEPTED), "which strength"),
        (JudgeCriterion(0, A, "PM2", Ruling.CHANGED, Strength.MODERATE), "say why PM2 is changed"),
        (JudgeCriterion(0, A, "PM2", Ruling.REJECTED), "say why PM2 is rejected"),
        (JudgeCriterion(0, A, "PM2", Ruling.REJECTED, Strength.MODERATE, "x"), "has no strength"),
        (JudgeCriterion(0, A, "PM2", Ruling.CHANGED, Strength.STAND_ALONE, "x"), "Only BA1"),
        (SetStatus(0, Status.SIGNED), "by signing its report"),
        (SetStatus(0, Status.SECOND_READING), "cannot become"),
        (SignReport(0, 1, SHA), "in review first"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(command, says):
    assert says in sentence(EMPTY, command)


def test_ba1_may_stand_alone():
    command = JudgeCriterion(0, A, "BA1", Ruling.ACCEPTED, Strength.STAND_ALONE)
    assert isinstance(decide(EMPTY, command, "Dr A"), Decided)


def test_a_case_goes_only_where_its_status_allows():
    for start, allowed in NEXT.items():
        assert start not in allowed
        assert Status.SIGNED not in allowed
        assert Status.NEW not in allowed


IN_REVIEW = SetStatus(0, Status.IN_REVIEW)


def test_a_signed_case_is_frozen_until_it_is_reopened_with_a_reason():
    state = after(IN_REVIEW, SignReport(1, 1, SHA))
    assert state.status is Status.SIGNED
    assert "is signed" in sentence(state, Shortlist(2, A))
    assert "no longer signed" in sentence(state, SetStatus(2, Status.IN_REVIEW))
    assert isinstance(decide(state, WriteNote(2, "parents called"), "Dr B"), Decided)
    assert isinstance(decide(state, SetStatus(2, Status.IN_REVIEW, "new sample"), "Dr B"), Decided)


def test_an_amended_report_names_the_one_before_it():
    state = after(IN_REVIEW, SignReport(1, 1, SHA), SetStatus(2, Status.IN_REVIEW, "typo in the name"))
    assert "does not follow" in sentence(state, SignReport(3, 2, "b" * 64))
    assert "does not follow" in sentence(state, SignReport(3, 1, "b" * 64, SHA))
    assert isinstance(decide(state, SignReport(3, 2, "b" * 64, SHA), "Dr B"), Decided)


def test_a_report_drawn_up_before_the_last_decision_is_not_signed():
    state = after(IN_REVIEW, Shortlist(1, A), Shortlist(2, B))
    assert "read it again" in sentence(state, SignReport(2, 1, SHA))
    assert isinstance(decide(state, SignReport(3, 1, SHA), "Dr A"), Decided)


def test_a_report_without_the_hash_of_its_content_is_not_signed():
    assert "not bound" in sentence(after(IN_REVIEW), SignReport(1, 1, ""))


def test_the_first_decision_about_a_variant_puts_a_new_case_in_review():
    assert after(WriteNote(0, "arrived by courier")).status is Status.NEW
    assert after(Shortlist(0, A)).status is Status.IN_REVIEW


def test_a_case_opened_in_an_emergency_says_why_also_when_it_is_signed():
    until = "2026-01-02T07:00:00+00:00"
    assert "say why" in sentence(EMPTY, OpenInEmergency(0, " ", until))
    signed = after(IN_REVIEW, SignReport(1, 1, SHA))
    assert isinstance(decide(signed, OpenInEmergency(2, "Seizures tonight.", until), "Dr B"), Decided)
    assert isinstance(decide(EMPTY, StartCase(0), "Dr B"), Decided)


def test_every_kind_is_written_by_a_command_or_belongs_to_the_installation():
    assert set(EventKind) - {command.kind for command in get_args(Command)} == OF_THE_INSTALLATION


COMMANDS = st.one_of(
    st.builds(Shortlist, st.integers(0, 12), st.sampled_from([A, B]), st.text(max_size=3)),
    st.builds(Dismiss, st.integers(0, 12), st.sampled_from([A, B]), st.just("reason")),
    st.builds(Classify, st.integers(0, 12), st.sampled_from([A, B]), st.sampled_from(Class)),
    st.builds(SetStatus, st.integers(0, 12), st.sampled_from(Status), st.just("reason")),
    st.builds(Assign, st.integers(0, 12), st.just(("Dr A",))),
    st.builds(WriteNote, st.integers(0, 12), st.just("note"), st.sampled_from(["", A])),
)


@given(st.lists(COMMANDS, max_size=15))
def test_whatever_is_decided_in_any_order_nothing_unseen_is_replaced_and_the_state_is_its_events(commands):
    events, state = [], EMPTY
    for command in commands:
        outcome = decide(state, command, "Dr A")
        if isinstance(outcome, Decided):
            number = state.version + 1
            thing = thing_of(outcome.kind, outcome.payload)
            assert thing is None or all(
                e.version <= command.seen for e in events if thing_of(e.kind, e.payload) == thing
            )
            at = "2026-01-02T03:04:05+00:00"
            events.append(Event(number, "c-1", outcome.kind, "Dr A", at, outcome.payload, "", f"h{number}", number))
            state = project(events[-1:], state)
    assert state == project(events)
    assert state.version == len(events)
