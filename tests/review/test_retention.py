"""How long a case is kept: from its last signed report or closing, by a period that somebody set, never by a clock
that went back."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from models.errors import InputError
from models.review import DecisionLog, EventKind
from models.review.commands import SetStatus, SignReport, Status, WriteNote
from models.review.retention import Retention, retention_years, retentions, years_after

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def log(tmp_path):
    """In a file; one test below asks both databases."""
    opened = DecisionLog(tmp_path / "decisions.db")
    yield opened
    opened.close()


def note(log, case_id, at=AT):
    return log.decide(case_id, WriteNote(log.state(case_id).version, "x"), who="Dr A", at=at)


def status(log, case_id, to, at=AT):
    return log.decide(case_id, SetStatus(log.state(case_id).version, to, "said"), who="Dr A", at=at)


def began(log, case_id, years=10):
    with log.database.reading() as connection:
        return retentions(connection, years)[case_id].began


def test_a_case_is_kept_from_its_closing_and_an_open_one_without_end(log):
    note(log, "c-1")
    assert began(log, "c-1") is None
    status(log, "c-1", Status.CLOSED, AT + SECOND)
    assert began(log, "c-1") == AT + SECOND
    note(log, "c-1", AT + 2 * SECOND)
    assert began(log, "c-1") == AT + SECOND, "a note does not close it anew"


def test_a_reopened_case_is_kept_until_it_is_closed_again(log):
    status(log, "c-1", Status.CLOSED)
    status(log, "c-1", Status.IN_REVIEW, AT + SECOND)
    assert began(log, "c-1") is None
    status(log, "c-1", Status.CLOSED, AT + 2 * SECOND)
    assert began(log, "c-1") == AT + 2 * SECOND


def test_the_last_signed_report_counts_on_either_database(where):
    with closing(DecisionLog(where)) as log:
        the_last_signed_report_counts(log)


def the_last_signed_report_counts(log):
    for number, amends in ((1, ""), (2, "1" * 64)):
        status(log, "c-1", Status.IN_REVIEW, AT + number * SECOND)
        signature = SignReport(log.state("c-1").version, number, str(number) * 64, amends)
        log.decide("c-1", signature, who="Dr A", at=AT + number * SECOND)
    assert began(log, "c-1") == AT + 2 * SECOND


def test_a_clock_that_went_back_makes_no_case_due(log):
    """As after a battery that failed: the decisions before tell that it was later."""
    note(log, "c-2")
    status(log, "c-1", Status.CLOSED, AT.replace(year=1990))
    assert began(log, "c-1") == AT
    now_gone_back = Retention("c-1", AT, 10)
    assert not now_gone_back.is_due(AT.replace(year=1990))


@pytest.mark.parametrize(("off", "is_due"), [(-SECOND, False), (timedelta(0), True), (SECOND, True)])
def test_a_case_is_due_from_the_very_moment_its_period_ends(off, is_due):
    assert Retention("c-1", AT, 10).is_due(AT.replace(year=2036) + off) is is_due


def test_nothing_is_ever_due_where_nobody_set_a_period():
    kept = Retention("c-1", AT)
    assert not kept.is_due(AT.replace(year=9999))
    assert kept.sentence(AT) == "No retention period is set here ($CASEBOARD_RETENTION_YEARS)."


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (Retention("c", None, 10), "the case is open, so the time has not begun."),
        (Retention("c", AT, 1), "Kept 1 year after the last signed report or closing; this ends on 2 Jan 2027."),
        (Retention("c", AT.replace(year=2000), 10), "this ended on 2 Jan 2010."),
    ],
)
def test_a_person_reads_until_when_a_case_is_kept(kept, said):
    assert kept.sentence(AT).endswith(said)


def test_a_period_from_a_29_february_ends_a_day_later_never_earlier():
    leap = datetime(2024, 2, 29, 12, tzinfo=UTC)
    assert years_after(leap, 10) == datetime(2034, 3, 1, 12, tzinfo=UTC)
    assert years_after(leap, 4) == datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(("said", "years"), [("", None), ("  ", None), ("1", 1), ("10", 10), ("30 ", 30), ("200", 200)])
def test_the_period_is_a_whole_number_of_years(said, years):
    assert retention_years({"CASEBOARD_RETENTION_YEARS": said}) == years


@pytest.mark.parametrize("said", ["0", "201", "-1", "10.5", "ten", "٣"])
def test_any_other_period_is_refused_in_words(said):
    with pytest.raises(InputError, match="whole number of years from 1 to 200"):
        retention_years({"CASEBOARD_RETENTION_YEARS": said})


def test_the_installation_s_own_chain_is_no_case(log):
    log.append("installation", EventKind.DELETION_COMPLETED, {"certificate": 1}, who="Dr A", at=AT)
    with log.database.reading() as connection:
        assert retentions(connection, 10) == {}
