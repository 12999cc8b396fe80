"""T14: a case is open to who started it, and for a while to who opened it in an emergency; both are on the record."""

from datetime import UTC, datetime, timedelta

import pytest

from models.review.commands import OpenInEmergency, StartCase
from models.review.rights import emergency_openings, opened_for
from models.review.telling import told

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
UNTIL = AT + timedelta(hours=4)
SECOND = timedelta(seconds=1)


def opened(log, case="c-1", account="u-1", reason="Seizures tonight, nobody else here."):
    command = OpenInEmergency(log.state(case).version, reason, UNTIL.isoformat())
    return log.decide(case, command, who="Dr A", at=AT, account=account)


def test_who_started_a_case_has_it_and_nobody_else(log):
    log.decide("c-1", StartCase(0), who="Dr A", at=AT, account="u-1")
    assert opened_for(log.database, "c-1", "u-1", AT + timedelta(days=900))
    assert not opened_for(log.database, "c-1", "u-2", AT)
    assert not opened_for(log.database, "c-2", "u-1", AT)
    assert not opened_for(log.database, "c-1", "", AT)


def test_a_case_started_without_sign_in_is_opened_by_the_log_to_nobody(log):
    log.decide("c-1", StartCase(0), who="Dr A", at=AT)
    assert not opened_for(log.database, "c-1", "", AT)
    assert not opened_for(log.database, "", "u-1", AT)


@pytest.mark.parametrize(("when", "open_"), [(UNTIL - SECOND, True), (UNTIL, False), (UNTIL + SECOND, False)])
def test_a_case_opened_in_an_emergency_closes_when_its_time_is_over(log, when, open_):
    opened(log)
    assert (opened_for(log.database, "c-1", "u-1", when) is not None) is open_
    assert not opened_for(log.database, "c-1", "u-2", when)


def test_an_emergency_stands_in_the_history_of_the_case_with_its_reason(log):
    opened(log)
    (line,) = told(log.events("c-1"))
    assert line.subject == "access in an emergency"
    assert "Seizures tonight" in line.after
    assert line.event.who == "Dr A"


def test_every_emergency_of_the_installation_is_listed_last_first(log):
    opened(log, "c-1")
    opened(log, "c-2", reason="On call.")
    assert [o.case_id for o in emergency_openings(log.database)] == ["c-2", "c-1"]
    assert emergency_openings(log.database)[0].reason == "On call."
