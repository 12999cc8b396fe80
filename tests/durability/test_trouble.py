"""A full disk, a disk that may only be read, a server restarted in mid-work: a clear sentence, nothing lost, and the
next decision after the trouble is kept."""

import signal
from contextlib import closing
from datetime import UTC, datetime

import pytest

from models.errors import IntegrityError
from models.review import DecisionLog
from models.review.backup import back_up
from tests.durability.full_disks import decide, tables_on
from tests.small_disk import small_disk

pytestmark = pytest.mark.slow
FULL = r"nothing saved before was lost\. The disk( of the database)? is full; free some space and decide again\."


@pytest.fixture(params=["sqlite", "postgresql"])
def small(request):
    """A place for decisions on a disk of a few megabytes, and the disk."""
    with small_disk(16) as disk:
        if request.param == "sqlite":
            yield disk.folder / "decisions.db", disk
            return
        with tables_on(request.getfixturevalue("postgresql"), disk) as url:
            yield url, disk


def test_a_disk_that_is_really_full_is_said_and_the_decision_after_it_is_kept(small):
    where, disk = small
    with closing(DecisionLog(where)) as log:
        kept = [decide(log)]
        disk.fill()
        for _ in range(2):
            with pytest.raises(IntegrityError, match=FULL):
                decide(log, 100_000)
        assert [e.hash for e in log.events("c-1")] == kept, "people go on reading"
        disk.change("size=64m")
        kept.append(decide(log, 100_000))
    with closing(DecisionLog(where)) as again:
        assert [e.hash for e in again.events("c-1")] == kept
        assert again.verify() is None


def test_a_disk_that_is_really_full_leaves_no_half_of_a_backup(tmp_path):
    home = tmp_path / "home"
    with closing(DecisionLog(home / "decisions.db")) as log, small_disk(4) as disk:
        decide(log, 200_000)
        disk.fill()
        with pytest.raises(IntegrityError, match=r"could not be (written|saved)"):
            back_up(home / "decisions.db", home, disk.folder / "one.zip", datetime.now(UTC))
        assert [p.name for p in disk.folder.iterdir()] == ["ballast"]
        (disk.folder / "ballast").unlink()
        assert back_up(home / "decisions.db", home, disk.folder / "one.zip", datetime.now(UTC)).head == log.head()


def test_a_disk_mounted_to_be_read_only_is_said_and_the_decision_after_it_is_kept():
    with small_disk(16) as disk:
        path = disk.folder / "decisions.db"
        with closing(DecisionLog(path)) as log:
            decide(log)
        disk.change("ro")
        with pytest.raises(IntegrityError, match="give Caseboard the right to write there"):
            DecisionLog(path)
        disk.change("rw")
        with closing(DecisionLog(path)) as log:
            decide(log)
            assert (log.state("c-1").version, log.verify()) == (2, None)


def test_a_department_s_database_that_may_only_be_read_is_said_and_people_go_on_reading(postgresql):
    url = postgresql.database()
    name = url.split("/")[3].split("?")[0]
    with closing(DecisionLog(url)) as log:
        decide(log)
    postgresql.sql("postgres", f"ALTER DATABASE {name} SET default_transaction_read_only=on")
    with closing(DecisionLog(url)) as log:
        with pytest.raises(IntegrityError, match="may only be read just now"):
            decide(log)
        assert len(log.events("c-1")) == 1
    postgresql.sql("postgres", f"ALTER DATABASE {name} SET default_transaction_read_only=off")
    with closing(DecisionLog(url)) as log:
        decide(log)
        assert (log.state("c-1").version, log.verify()) == (2, None)


def test_while_the_server_is_away_it_is_said_and_the_next_decision_of_the_same_session_is_kept(postgresql):
    with closing(DecisionLog(postgresql.emptied())) as log:
        kept = [decide(log)]
        postgresql.stop(signal.SIGINT)
        try:
            with pytest.raises(IntegrityError, match=r"cannot be reached; look whether the last decision is there"):
                decide(log)
        finally:
            postgresql.start()
        kept.append(decide(log))
        assert [e.hash for e in log.events("c-1")] == kept
        assert log.verify() is None


def test_a_server_restarted_between_two_decisions_is_not_even_noticed(postgresql):
    with closing(DecisionLog(postgresql.emptied())) as log:
        decide(log)
        postgresql.stop(signal.SIGINT)
        postgresql.start()
        decide(log)
        assert log.state("c-1").version == 2
