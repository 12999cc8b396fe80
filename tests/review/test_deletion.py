"""A deleted case is gone to the last byte, by a named person's decision, and a certificate that holds stays of it."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest

from models.errors import CaseDeleted
from models.review import DecisionLog, EventKind, deletion
from models.review.certificates import certificate_of, certificates
from models.review.commands import DeletionReason, SetStatus, SignReport, Status, WriteNote
from models.review.deletable import House, Wish
from models.review.deletion import complete, delete_case
from models.review.events import INSTALLATION
from tests.review.test_tampering import run, unguard

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CANARY = "Quetzalcoatlus of Wetherby"
CASE = "c-1"
HOUSE = House()


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def note(log, text, case_id=CASE):
    return log.decide(case_id, WriteNote(log.state(case_id).version, text), who="Dr A", at=AT)


def files(home, case_id=CASE):
    folder = home / "cases" / case_id / "files"
    folder.mkdir(parents=True)
    said = CANARY if case_id == CASE else "somebody else"
    (folder.parent / "case.json").write_text(f'{{"summary": "{said}"}}')
    (folder / "0001").write_text(said * 300)


def a_case(log, home, case_id=CASE):
    files(home, case_id)
    for number in range(3):
        note(log, f"{CANARY} {number}", case_id)


def sign(log, case_id=CASE, at=AT):
    log.decide(case_id, SetStatus(log.state(case_id).version, Status.IN_REVIEW), who="Dr A", at=at)
    command = SignReport(log.state(case_id).version, 1, "0" * 64)
    return log.decide(case_id, command, who="Dr A", at=at)


def wish(log, reason=DeletionReason.PATIENT_ASKED, note="", case_id=CASE):
    return Wish(case_id, log.state(case_id).version, reason, note)


def gone(log, home, of=None, house=HOUSE, who="Dr B", at=AT, account=""):
    certificate, problem = delete_case(log, home, of or wish(log), house, who=who, at=at, account=account)
    assert problem == ""
    return certificate


def certified(log, case_id=CASE):
    with log.database.reading() as connection:
        return certificate_of(connection, case_id)


def test_a_deleted_case_leaves_a_certificate_and_nothing_else(log, home):
    a_case(log, home)
    a_case(log, home, "c-2")
    head, untouched = log.events(CASE)[-1].hash, log.events("c-2")
    certificate = gone(log, home, wish(log, note="by letter"))
    assert (certificate.number, certificate.case_id, certificate.who, certificate.at) == (
        1,
        CASE,
        "Dr B",
        "2026-01-02T03:04:05.000+00:00",
    )
    assert (certificate.reason, certificate.note) == ("the patient asked for it", "by letter")
    assert (certificate.removed.decisions, certificate.removed.chain_head) == (3, head)
    assert (certificate.removed.files, len(certificate.removed.files_sha256)) == (2, 64)
    assert certificate.is_complete
    assert certificate.sentence == "This case was deleted on 2 Jan 2026 by Dr B (certificate 1)."
    assert log.events(CASE) == ()
    assert log.state(CASE).version == 0
    assert log.verify() is None
    assert log.verify(CASE) is None
    assert sorted(p.name for p in (home / "cases").iterdir()) == ["c-2"]
    assert log.events("c-2") == untouched
    assert [e.kind for e in log.events(INSTALLATION)] == [EventKind.DELETION_BEGUN, EventKind.DELETION_COMPLETED]


def test_no_byte_of_a_deleted_case_is_left_in_sqlite_s_files(tmp_path, home):
    with closing(DecisionLog(home / "decisions.db")) as log:
        a_case(log, home)
        note(log, "somebody else", "c-2")
        said = [p.name for p in home.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]
        assert {"decisions.db-wal", "0001", "case.json"} <= set(said)
        gone(log, home)
        left = [p.name for p in tmp_path.rglob("*") if p.is_file() and CANARY.encode() in p.read_bytes()]
        assert left == []


def test_what_an_earlier_version_left_in_the_file_is_overwritten_too(tmp_path, home):
    """The first release's table was dropped by the upgrade; SQLite did not overwrite it."""
    from tests.review.test_schemas import SCHEMAS, stored

    stored(SCHEMAS / "0001.sqlite.sql", home)
    with closing(DecisionLog(home / "decisions.db")) as log:
        gone(log, home, wish(log))
        everything = b"".join(p.read_bytes() for p in home.glob("decisions.db*"))
    assert b"Microcephaly" not in everything
    assert b"an early one" in everything  # of another case


def test_no_byte_of_a_deleted_case_is_left_in_postgresql_s_tables(postgresql, home):
    url = postgresql.database()
    with closing(DecisionLog(url)) as log:
        a_case(log, home)
        postgresql.sql("postgres", "CHECKPOINT")
        assert CANARY.encode() in tables(postgresql, url)
        gone(log, home)
        postgresql.sql("postgres", "CHECKPOINT")
        assert CANARY.encode() not in tables(postgresql, url)


def tables(postgresql, url):
    """Every byte of the files of one database."""
    name = url.split("?")[0].split("/")[-1]
    number = postgresql.sql("postgres", f"SELECT oid FROM pg_database WHERE datname='{name}'")
    return b"".join(p.read_bytes() for p in (postgresql.folder / "data" / "base" / number).iterdir() if p.is_file())


def test_nothing_is_added_to_a_deleted_case(log, where, home):
    a_case(log, home)
    stale = log.state(CASE).version
    gone(log, home)
    for add in (
        lambda: log.decide(CASE, WriteNote(stale, "still open in another tab"), who="Dr A", at=AT),
        lambda: log.append(CASE, EventKind.CASE_STARTED, {}, who="Dr A", at=AT),
        lambda: delete_case(log, home, Wish(CASE, 0, DeletionReason.OTHER, "again"), House(), who="Dr A", at=AT),
    ):
        with pytest.raises(CaseDeleted, match=r"deleted on 2 Jan 2026 by Dr B \(certificate 1\)"):
            add()
    with closing(DecisionLog(where)) as fresh, pytest.raises(CaseDeleted):
        note(fresh, "from another program")
    assert log.verify() is None


def test_the_database_removes_a_case_only_behind_its_certificate(log, where, home):
    a_case(log, home)
    a_case(log, home, "c-2")
    gone(log, home)
    refused = (sqlite3.IntegrityError, psycopg.errors.RaiseException, psycopg.errors.CheckViolation)
    for change in (
        "DELETE FROM event WHERE case_id='c-2'",
        "DELETE FROM event WHERE case_id='installation'",
        "DELETE FROM chain_head WHERE case_id='installation'",
        "DELETE FROM deletion",
        "UPDATE deletion SET case_id='c-2'",
        "INSERT INTO deletion VALUES ('c-2', 9, 'x')",
        "INSERT INTO deletion SELECT 'c-2', version, hash FROM event WHERE kind='deletion completed'",
        "INSERT INTO chain_head VALUES ('c-1', 0, '')",
        "INSERT INTO event SELECT seq+90, 'c-1', version, kind, who, account, at, payload, evidence, previous, hash,"
        " first_hash FROM event WHERE case_id='c-2'",
    ):
        with pytest.raises(refused):
            run(where, change)
    assert log.verify() is None
    assert len(log.events("c-2")) == 3


def test_one_certificate_does_not_serve_for_two_cases(log, where, home):
    a_case(log, home)
    a_case(log, home, "c-2")
    gone(log, home)
    twice = "INSERT INTO deletion SELECT 'c-2', certificate, hash FROM deletion"
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.UniqueViolation)):
        run(where, twice)


def test_a_changed_certificate_is_found(log, where, home):
    a_case(log, home)
    gone(log, home)
    unguard(where)
    run(where, "UPDATE event SET who='Somebody else' WHERE kind='deletion begun'")
    broken = log.verify()
    assert (broken.case_id, "not what was saved" in broken.differs) == (INSTALLATION, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM deletion", "its certificate of deletion is not the one written down"),
        ("UPDATE deletion SET hash='x'", "its certificate of deletion is not the one written down"),
        (
            "INSERT INTO chain_head VALUES ('c-1', 0, '')",
            "it was deleted and has a certificate, but 1 of its decisions are still there",
        ),
    ],
)
def test_a_deletion_that_does_not_go_with_its_certificate_is_found(change, said, log, where, home):
    a_case(log, home)
    gone(log, home)
    unguard_all(where)
    run(where, change)
    broken = log.verify()
    assert (broken.case_id, broken.differs) == (CASE, said)


def unguard_all(where):
    unguard(where)
    if isinstance(where, str):
        run(where, "ALTER TABLE deletion DISABLE TRIGGER ALL")


def test_decisions_that_came_back_beside_their_certificate_are_named(log, where, home):
    a_case(log, home)
    copy = [tuple(row) for row in rows(log)]
    gone(log, home)
    unguard_all(where)
    put_back(where, copy)
    broken = log.verify()
    assert (broken.case_id, "still there" in broken.differs) == (CASE, True)


def rows(log):
    from sqlalchemy import select

    from models.review.tables import event

    with log.database.reading() as connection:
        return connection.execute(select(event).where(event.c.case_id == CASE)).all()


def put_back(where, copy):
    for row in copy:
        listed = ", ".join("'" + str(value).replace("'", "''") + "'" for value in row)
        run(where, f"INSERT INTO event VALUES ({listed})")
    run(where, f"INSERT INTO chain_head VALUES ('{CASE}', {copy[-1][2]}, '{copy[-1][10]}')")


def test_the_first_release_s_one_chain_is_still_walked_behind_deleted_cases(tmp_path, home):
    from tests.review.test_schemas import SCHEMAS, stored

    path = stored(SCHEMAS / "0001.sqlite.sql", home)
    with closing(DecisionLog(path)) as log:
        for case_id in ("c-2", "c-1"):
            gone(log, home, wish(log, case_id=case_id))
            assert log.verify() is None
        assert [e.case_id for e in log.events("c-3")] == ["c-3"]


def test_a_change_before_the_upgrade_is_still_found_when_another_case_was_deleted(tmp_path, home):
    from tests.review.test_schemas import SCHEMAS, stored

    path = stored(SCHEMAS / "0001.sqlite.sql", home)
    run(path, "DROP TRIGGER event_is_final", "UPDATE event SET who='Somebody else' WHERE seq=11")
    with closing(DecisionLog(path)) as log:
        gone(log, home, wish(log, case_id="c-2"))
        assert "not what the first version of Caseboard saved" in log.verify().differs


def test_who_decides_while_another_deletes_is_told_and_nothing_of_it_stays(log, where, home, monkeypatch):
    a_case(log, home)
    told, remove = [], deletion._end_of_decisions

    def decide():
        with closing(DecisionLog(where)) as other:
            try:
                other.decide(CASE, WriteNote(3, CANARY), who="Dr A", at=AT)
            except CaseDeleted as problem:
                told.append(problem.case_id)

    writer = threading.Thread(target=decide)

    def removed_beside_a_writer(*given):
        writer.start()  # it waits for our transaction, or comes after it
        remove(*given)

    monkeypatch.setattr(deletion, "_end_of_decisions", removed_beside_a_writer)
    delete_case(log, home, wish(log), HOUSE, who="Dr B", at=AT)
    writer.join(180)
    complete(log, home, AT)
    assert told == [CASE]
    assert log.events(CASE) == ()
    assert log.verify() is None


def test_two_who_delete_the_same_case_from_the_same_screen_make_one_certificate(log, where, home):
    a_case(log, home)
    seen = wish(log)
    gone(log, home, seen)
    with closing(DecisionLog(where)) as other, pytest.raises(CaseDeleted):
        gone(other, home, seen)
    with log.database.reading() as connection:
        assert len(certificates(connection)) == 1
