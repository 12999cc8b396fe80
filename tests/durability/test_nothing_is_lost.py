"""Drills: killed writers, torn files, many people at once, a crashed server. Run long: benchmarks/durability.py."""

import random
from contextlib import closing

import pytest

from models.review import DecisionLog
from models.review.backup import back_up
from models.review.restore import restore
from tests.durability.drills import kill_writers, many_editors, tear_wals
from tests.review.test_backup import AT, files_of, fill

pytestmark = pytest.mark.slow


def test_no_acknowledged_decision_is_lost_when_the_writer_is_killed(where):
    told = kill_writers(where, kills=40, chance=random.Random(1))
    assert told.kills == 40
    assert told.acknowledged >= 40
    assert (told.lost, told.unsound) == (0, 0)


def test_a_log_whose_last_writes_are_torn_opens_with_the_beginning_of_what_was_decided(tmp_path):
    told = tear_wals(tmp_path, copies=60, chance=random.Random(2), decisions=30)
    assert (told.copies, told.unsound) == (60, 0)
    assert len(set(told.kept)) > 10, "the tears reached many places"


def test_twenty_people_who_decide_at_once_lose_nothing_and_see_every_conflict(log):
    told = many_editors(log, editors=20, edits=10)
    assert (told.kept, told.lost, told.overwritten, told.unsound) == (200, 0, 0, 0)
    assert told.conflicts > 0


def test_a_crashed_server_comes_back_with_every_acknowledged_decision(postgresql):
    url = postgresql.emptied()
    with closing(DecisionLog(url)) as log:
        before = many_editors(log, editors=4, edits=10)
        postgresql.stop()
        postgresql.start()
        assert log.state("c-1").version == before.kept
        assert many_editors(log, editors=1, edits=1).kept == 1, "the session that saw the crash goes on"
        assert log.verify() is None


def test_a_restore_drill_brings_back_the_same_cases_and_the_same_end(tmp_path):
    home, other = tmp_path / "home", tmp_path / "other"
    with closing(fill(home / "decisions.db", home, notes=200)) as log:
        back_up(home / "decisions.db", home, tmp_path / "one.zip", AT)
        restore(tmp_path / "one.zip", other, other / "decisions.db", AT)
        with closing(DecisionLog(other / "decisions.db")) as again:
            assert (again.head(), again.verify()) == (log.head(), None)
    assert files_of(other) == files_of(home)
