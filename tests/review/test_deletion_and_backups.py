"""Backups and deleted cases: gone with a certificate is sound, gone without one is found, and nothing comes back."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import IntegrityError
from models.review import DecisionLog
from models.review.backup import back_up, head_in
from models.review.carried import not_known
from models.review.commands import DeletionReason
from models.review.deletable import Wish
from models.review.restore import restore
from tests.review.test_deletion import AT, CANARY, CASE, a_case, certified, files, gone, note, unguard_all
from tests.review.test_tampering import run, unguard


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def test_a_case_gone_without_a_certificate_is_found_beside_a_backup_and_one_with_it_is_sound(where, tmp_path, home):
    place = home / "decisions.db" if isinstance(where, Path) else where
    with closing(DecisionLog(place)) as log:
        a_case(log, home)
        a_case(log, home, "c-2")
        back_up(place, home, tmp_path / "one.zip", AT)
        gone(log, home)
        before = head_in(tmp_path / "one.zip", home)
        assert log.first_not_following(before) is None
        unguard_all(place)
        run(place, "DELETE FROM event WHERE case_id='c-2'", "DELETE FROM chain_head WHERE case_id='c-2'")
        assert log.verify() is None, "the chains alone cannot know"
        assert log.first_not_following(before).case_id == "c-2"


def test_a_certificate_for_less_than_a_backup_holds_is_found(where, tmp_path, home):
    """Somebody cuts the end off a chain and has the rest deleted."""
    place = home / "decisions.db" if isinstance(where, Path) else where
    with closing(DecisionLog(place)) as log:
        a_case(log, home)
        back_up(place, home, tmp_path / "one.zip", AT)
        unguard(place)
        run(place, "DELETE FROM event WHERE version=3", "UPDATE chain_head SET version=2")
        certificate = gone(log, home, Wish(CASE, 2, DeletionReason.PATIENT_ASKED))
        assert certificate.chain_was
        assert log.first_not_following(head_in(tmp_path / "one.zip", home)).case_id == CASE


def restored(tmp_path, home, where):
    """The log after the backup made before the deletion was restored over everything."""
    restore(tmp_path / "one.zip", home, where, AT)
    return DecisionLog(where)


def test_a_restored_backup_does_not_bring_a_deleted_case_back(tmp_path, home):
    place = home / "decisions.db"
    with closing(DecisionLog(place)) as log:
        a_case(log, home)
        files(home, "c-2")
        note(log, "another patient", "c-2")
        back_up(place, home, tmp_path / "one.zip", AT)
        first = gone(log, home)
    with closing(restored(tmp_path, home, place)) as log:
        certificate = certified(log)
        assert (certificate.again, certificate.number) == (first.hash, 1)
        assert (certificate.who, certificate.at, certificate.removed) == (first.who, first.at, first.removed)
        assert log.verify() is None
        assert log.first_not_following(head_in(tmp_path / "one.zip", home)) is None
        assert log.events(CASE) == ()
        assert [n.text for n in log.state("c-2").notes] == ["another patient"]
    assert sorted(p.name for p in (home / "cases").iterdir()) == ["c-2"]
    assert not [p for p in home.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]


def test_a_case_deleted_before_an_interrupted_restore_stays_deleted_when_it_is_done_again(tmp_path, home, monkeypatch):
    place = home / "decisions.db"
    with closing(DecisionLog(place)) as log:
        a_case(log, home)
        back_up(place, home, tmp_path / "one.zip", AT)
        gone(log, home)
    move, moves = Path.replace, iter(range(2))

    def dying(path, to):
        if next(moves, None) is None:
            raise OSError(5, "killed here")
        return move(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dying)
        with pytest.raises(IntegrityError, match="killed here"):
            restore(tmp_path / "one.zip", home, place, AT)
    assert not place.exists(), "it was set aside, and nothing is in its place yet"
    with closing(restored(tmp_path, home, place)) as log:
        assert certified(log).is_complete
        assert log.events(CASE) == ()


def test_where_a_damaged_log_cannot_tell_who_was_deleted_the_restore_says_that_they_may_be_back(tmp_path, home):
    place = home / "decisions.db"
    with closing(DecisionLog(place)) as log:
        a_case(log, home)
        back_up(place, home, tmp_path / "one.zip", AT)
        gone(log, home)
        assert not_known(home) == ""
    damage = "UPDATE event SET payload='{' WHERE case_id='installation' AND version=1"
    run(place, "DROP TRIGGER event_is_final", damage)
    restored(tmp_path, home, place).close()
    assert re.match(r"The decisions in before-restore-\S+ are damaged: cases deleted since the backup", not_known(home))


def test_a_restore_into_a_department_s_database_brings_no_deleted_case_back(tmp_path, home, postgresql):
    place = home / "decisions.db"
    with closing(DecisionLog(place)) as log:
        a_case(log, home)
        back_up(place, home, tmp_path / "one.zip", AT)
        gone(log, home)
    with closing(restored(tmp_path, home, postgresql.emptied())) as log:
        assert certified(log).is_complete
        assert log.verify() is None
    assert not (home / "cases" / CASE).exists()
