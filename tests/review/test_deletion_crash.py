"""A deletion killed at any line leaves everything, or a certificate whose deletion the next start completes."""

import os
import shutil
import signal
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from models.case import removal
from models.review import DecisionLog, deletion
from models.review.commands import DeletionReason
from models.review.deletable import House, Wish
from models.review.deletion import complete, delete_case
from models.review.verify import first_broken
from tests.review.test_deletion import AT, CANARY, CASE, a_case, certified, note

pytestmark = pytest.mark.slow  # one small death a line

OURS = {deletion.__file__, removal.__file__}
CHANGING = {"delete_case", "_remove", "complete", "remove"}  # all others only look
WISH = Wish(CASE, 3, DeletionReason.PATIENT_ASKED)
WHOLE, BEGUN, DONE = "everything", "begun", "done"


def delete(home):
    with closing(DecisionLog(home / "decisions.db")) as log:
        delete_case(log, home, WISH, House(), who="Dr B", at=AT)


def at_each_line(what):
    """A trace that calls `what` with file and line, before each line of ours."""

    def trace(frame, event, _argument):
        if frame.f_code.co_filename not in OURS or frame.f_code.co_name not in CHANGING:
            return None
        if event == "line":
            what((frame.f_code.co_filename, frame.f_lineno))
        return trace

    return trace


def lines_of(action):
    """Each line of ours that the action runs, once, in order."""
    seen = {}
    sys.settrace(at_each_line(lambda line: seen.setdefault(line)))
    try:
        action()
    finally:
        sys.settrace(None)
    return tuple(seen)


def killed_at(line, action):
    """Whether a child that runs the action died (SIGKILL) there."""
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(300)
            sys.settrace(at_each_line(lambda now: now == line and os.kill(os.getpid(), signal.SIGKILL)))
            action()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def found(home):
    """What a restart meets."""
    with closing(DecisionLog(home / "decisions.db")) as log:
        with log.database.reading() as connection:
            assert first_broken(connection) is None
        certificate = certified(log)
        if certificate is None:
            assert len(log.events(CASE)) == 3
            assert (home / "cases" / CASE / "files" / "0001").read_text() == CANARY * 300
            return WHOLE
        assert log.events(CASE) == ()
        complete(log, home, AT)
        assert certified(log).is_complete
        assert log.verify() is None
        assert len(log.events("c-2")) == 1
    assert [p for p in home.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()] == []
    assert not (home / "deleting").exists()
    return DONE if certificate.is_complete else BEGUN


def test_a_deletion_killed_at_any_line_leaves_everything_or_is_completed_by_the_next_start(tmp_path):
    spare, home = tmp_path / "spare", tmp_path / "home"
    spare.mkdir()
    with closing(DecisionLog(spare / "decisions.db")) as log:
        a_case(log, spare)
        note(log, "somebody else", "c-2")
    shutil.copytree(spare, home)
    lines = lines_of(lambda: delete(home))
    seen = []
    for line in lines:
        shutil.rmtree(home)
        shutil.copytree(spare, home)
        assert killed_at(line, lambda: delete(home)), f"{Path(line[0]).name} {line[1]} was not reached"
        seen.append(found(home))
    assert len(seen) > 30
    changes = [(before, after) for before, after in pairwise(seen) if before != after]
    assert changes == [(WHOLE, BEGUN), (BEGUN, DONE)]  # never back
