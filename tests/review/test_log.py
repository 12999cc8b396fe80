"""Decisions: kept in order, by name, never changed, found when tampered with."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from models.case import Phenotype, Term
from models.errors import InputError
from models.review import (
    Conflict,
    EventKind,
    current_phenotype,
    exchanged_parents,
    overridden_findings,
    shortlisted,
)
from models.review.commands import Dismiss

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def decide(log, kind, case_id="c-1", who="Dr A", **payload):
    return log.append(case_id, kind, payload, who=who, at=AT)


def test_a_decision_is_read_back_with_who_and_when(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="wrong-sex", reason="known Klinefelter")
    event = log.events("c-1")[0]
    assert (event.who, event.at, event.payload["reason"]) == (
        "Dr A",
        "2026-01-02T03:04:05.000+00:00",
        "known Klinefelter",
    )


def test_decisions_of_one_case_do_not_show_in_another(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, case_id="c-1", code="x")
    assert log.events("c-2") == ()


@pytest.mark.parametrize("who", ["", "  "])
def test_a_decision_without_a_name_is_refused(log, who):
    with pytest.raises(InputError, match="name of the person"):
        decide(log, EventKind.CHECK_OVERRIDDEN, who=who, code="x")


def test_the_head_names_the_end_of_every_chain(log):
    assert (log.head().events, log.head().ends) == (0, {})
    empty = log.head().hash
    first = decide(log, EventKind.CHECK_OVERRIDDEN, case_id="c-1", code="x")
    second = decide(log, EventKind.CHECK_OVERRIDDEN, case_id="c-2", code="x")
    assert log.head().ends == {"c-1": (1, first.hash), "c-2": (1, second.hash)}
    assert log.head().hash != empty


def test_a_refused_decision_leaves_nothing_behind(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="x")
    with pytest.raises(InputError, match="say why"):
        log.decide("c-9", Dismiss(0, "chr1-1-A-T", ""), who="Dr A", at=AT)
    assert log.head().events == 1
    assert log.verify() is None


def test_a_conflict_leaves_nothing_behind(log):
    decide(log, EventKind.VARIANT_SHORTLISTED, allele="chr1-1-A-T", note="")
    before = log.head()
    outcome = log.decide("c-1", Dismiss(0, "chr1-1-A-T", "artefact"), who="Dr B", at=AT)
    assert isinstance(outcome, Conflict)
    assert log.head() == before


def test_a_time_before_the_last_one_is_kept_and_marked(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="a")
    log.append("c-1", EventKind.CHECK_OVERRIDDEN, {"code": "b"}, who="Dr A", at=AT - timedelta(seconds=1))
    later = log.append("c-1", EventKind.CHECK_OVERRIDDEN, {"code": "c"}, who="Dr A", at=AT)
    assert [(e.payload["code"], e.clock_went_back) for e in log.events("c-1")] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]
    assert not later.clock_went_back
    assert log.verify() is None


def test_the_same_moment_told_in_another_time_zone_is_not_a_clock_going_back(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="a")
    west = AT.astimezone(timezone(timedelta(hours=-5)))
    assert not log.append("c-1", EventKind.CHECK_OVERRIDDEN, {"code": "b"}, who="Dr A", at=west).clock_went_back


def test_terms_edited_by_people_replace_those_delivered(log):
    delivered = Phenotype((Term("HP:0001250", "Seizure"), Term("HP:0001263", "Delay")))
    decide(log, EventKind.TERM_SET, id="HP:0001250", label="Seizure", excluded=True)
    decide(log, EventKind.TERM_REMOVED, id="HP:0001263")
    decide(log, EventKind.TERM_SET, id="HP:0000252", label="Microcephaly", excluded=False)
    now = current_phenotype(delivered, log.events("c-1"))
    assert [t.id for t in now.observed] == ["HP:0000252"]
    assert [t.id for t in now.excluded] == ["HP:0001250"]


def test_a_dismissed_variant_leaves_the_shortlist_and_the_log_keeps_both(log):
    decide(log, EventKind.VARIANT_SHORTLISTED, allele="chr1-1-A-T")
    decide(log, EventKind.VARIANT_DISMISSED, allele="chr1-1-A-T", reason="artefact")
    assert shortlisted(log.events("c-1")) == ()
    assert len(log.events("c-1")) == 2


def test_an_override_is_known_by_the_finding_it_was_given_for(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="wrong-sex", finding="wrong-sex-1a", reason="r")
    assert overridden_findings(log.events("c-1")) == frozenset({"wrong-sex-1a"})


def test_an_early_override_that_names_only_a_check_stays_readable_and_silences_nothing(log):
    decide(log, EventKind.CHECK_OVERRIDDEN, code="wrong-sex", reason="r")
    assert [e.payload["code"] for e in log.events("c-1")] == ["wrong-sex"]
    assert overridden_findings(log.events("c-1")) == frozenset()


def test_exchanged_parents_keep_what_the_check_said_and_who_decided_why(log):
    said = {"code": "parents-swapped", "found": "The parents' samples look exchanged.", "reason": "Labels mixed up."}
    log.append("c-1", EventKind.PARENTS_EXCHANGED, said, who="Dr A", at=AT)
    once = exchanged_parents(log.events("c-1"))
    assert all(part in once.sentence for part in ("Dr A", "Labels mixed up.", "The parents' samples look exchanged."))
    log.append("c-1", EventKind.PARENTS_EXCHANGED, said, who="Dr B", at=AT)
    assert exchanged_parents(log.events("c-1")) == once
    assert exchanged_parents(log.events("c-2")) is None
