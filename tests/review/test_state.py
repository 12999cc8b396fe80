"""The state that decisions add up to, read back from each database."""

from datetime import UTC, datetime

import pytest

from models.errors import IntegrityError
from models.evidence.acmg.types import Class, Strength
from models.review import Event, EventKind
from models.review.commands import (
    Assign,
    Classify,
    Consent,
    Dismiss,
    JudgeCriterion,
    OverrideCheck,
    PutBack,
    Reading,
    Ruling,
    SetConsent,
    SetStatus,
    Shortlist,
    SignReport,
    Status,
    WriteNote,
)
from models.review.state import Triage, project

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
A, B, C = "chr1-100-A-T", "chr2-200-C-G", "chrX-300-G-GA"
EVIDENCE = {"releases": ["ClinVar 2026-11-15"], "model_sha256": "f" * 64, "suggested": {"class": "Pathogenic"}}


def kept(log, *commands, who="Dr A", **more):
    for command in commands:
        outcome = log.decide("c-1", command, who=who, at=AT, **more)
        assert isinstance(outcome, Event), outcome
    return log.state("c-1")


def test_a_variant_is_shortlisted_dismissed_with_a_reason_and_put_back(log):
    state = kept(log, Shortlist(0, A, "fits"), Dismiss(1, B, "in both parents"), Shortlist(2, C), Dismiss(3, C, "x"))
    assert (state.variant(A).triage, state.variant(A).reason) == (Triage.SHORTLISTED, "fits")
    assert (state.variant(B).triage, state.variant(B).reason) == (Triage.DISMISSED, "in both parents")
    assert state.shortlisted == (A,)
    state = kept(log, PutBack(4, C))
    assert state.variant(C).triage is Triage.UNDECIDED
    assert state.variant("chr9-9-A-C").triage is Triage.UNDECIDED


def test_a_criterion_keeps_who_judged_it_how_why_and_on_what_evidence(log):
    command = JudgeCriterion(0, A, "PM2", Ruling.CHANGED, Strength.SUPPORTING, "too few alleles there")
    state = kept(log, command, evidence=EVIDENCE, account="u-7")
    judged = state.variant(A).criteria[Reading.FIRST, "PM2"]
    assert (judged.ruling, judged.strength, judged.note) == (
        Ruling.CHANGED,
        Strength.SUPPORTING,
        "too few alleles there",
    )
    assert (judged.event.who, judged.event.account, judged.event.evidence) == ("Dr A", "u-7", EVIDENCE)


def test_a_rejected_criterion_has_no_strength(log):
    state = kept(log, JudgeCriterion(0, A, "PS1", Ruling.REJECTED, None, "other transcript"))
    assert state.variant(A).criteria[Reading.FIRST, "PS1"].strength is None


def test_the_class_of_each_reading_is_kept_beside_the_other(log):
    kept(log, Classify(0, A, Class.PATHOGENIC, "Dravet syndrome"))
    state = kept(log, Classify(0, A, Class.LIKELY_PATHOGENIC, "Dravet syndrome", reading=Reading.SECOND), who="Dr B")
    classes = state.variant(A).classes
    assert (classes[Reading.FIRST].acmg_class, classes[Reading.FIRST].event.who) == (Class.PATHOGENIC, "Dr A")
    assert (classes[Reading.SECOND].acmg_class, classes[Reading.SECOND].event.who) == (Class.LIKELY_PATHOGENIC, "Dr B")
    assert state.variant(A).readers(Reading.SECOND) == {"Dr B"}


def test_notes_stand_with_the_case_or_with_the_variant_in_order(log):
    state = kept(log, WriteNote(0, "first"), WriteNote(1, "on A", A), WriteNote(2, "second"))
    assert [n.text for n in state.notes] == ["first", "second"]
    assert [n.text for n in state.variant(A).notes] == ["on A"]


def test_the_case_knows_its_people_its_status_and_what_was_signed(log):
    state = kept(
        log,
        Assign(0, ("Dr A", "Dr B")),
        SetStatus(1, Status.IN_REVIEW),
        OverrideCheck(2, "sex", "sex-1", "XY", "known"),
    )
    assert (state.assigned, state.status) == (("Dr A", "Dr B"), Status.IN_REVIEW)
    assert state.overrides["sex-1"].payload["reason"] == "known"
    state = kept(log, SignReport(3, 1, "a" * 64))
    assert (state.status, state.reports[-1].payload["content_sha256"]) == (Status.SIGNED, "a" * 64)


def test_consent_nobody_recorded_is_not_consent_refused(log):
    assert log.state("c-1").consent is None
    assert kept(log, SetConsent(0, frozenset())).consent == frozenset()
    both = frozenset({Consent.DIAGNOSIS, Consent.RESEARCH})
    assert kept(log, SetConsent(1, both)).consent == both


def test_the_version_counts_the_decisions_of_this_case_only(log):
    log.decide("c-2", Shortlist(0, A), who="Dr B", at=AT)
    state = kept(log, Shortlist(0, A))
    assert state.version == 1
    assert [e.seq for e in log.events("c-1")] == [2]


def test_the_remembered_state_equals_the_one_made_again_from_every_event(log, where):
    commands = [Shortlist(0, A), Dismiss(1, B, "r"), WriteNote(2, "n"), Classify(3, A, Class.BENIGN)]
    remembered = kept(log, *commands)
    assert remembered == project(log.events("c-1"))
    other = type(log)(where)
    assert other.state("c-1") == remembered
    kept(other, Shortlist(4, C))
    assert log.state("c-1") == other.state("c-1")
    other.close()


def test_a_decision_of_a_newer_version_is_said_in_a_sentence():
    strange = Event(1, "c-1", EventKind.STATUS_SET, "Dr A", "2026-01-02", {"status": "teleported"}, "", "h", 1)
    with pytest.raises(IntegrityError, match=r"newer Caseboard or is damaged"):
        project([strange])
