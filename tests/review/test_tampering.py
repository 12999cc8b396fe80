"""Decisions are never changed: the database refuses, and what is changed in spite of it is found and named."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import select, update

from models.case.store import CaseStore
from models.errors import IntegrityError
from models.health import verify_all
from models.review import DecisionLog, EventKind
from models.review.commands import Shortlist, WriteNote
from models.review.tables import event
from models.review.verify import first_broken

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
COLUMNS = ("case_id", "kind", "who", "account", "at", "payload", "evidence", "previous", "hash")


def fill(log):
    """Three decisions on each of two cases, in turn; the fourth overall is the second of c-2."""
    for number in range(3):
        for case_id in ("c-1", "c-2"):
            log.decide(
                case_id,
                Shortlist(number, f"chr1-{number}-A-T", "Anfälle, fits"),
                who="Dr Ärztin",
                at=AT,
                account="u-1",
                evidence={"model": "1"},
            )


def run(where, *statements):
    """Say these to the database itself, past Caseboard."""
    if isinstance(where, str):
        with psycopg.connect(where, autocommit=True) as db:
            for statement in statements:
                db.execute(statement)
        return
    with sqlite3.connect(where) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def unguard(where):
    """As somebody would who owns the file or the database."""
    if isinstance(where, str):
        run(where, *(f"ALTER TABLE {t} DISABLE TRIGGER ALL" for t in ("event", "chain_head")))
    else:
        with sqlite3.connect(where) as db:
            names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'")]
        run(where, *(f"DROP TRIGGER {n}" for n in names))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET who='Dr B'",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq=6",
        "UPDATE chain_head SET hash='x'",
        "UPDATE chain_head SET version=version+2",
        "UPDATE chain_head SET case_id='c-3', version=version+1",
        "DELETE FROM chain_head",
    ],
)
def test_the_database_itself_refuses_to_change_a_decision(log, where, change):
    fill(log)
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.RaiseException)):
        run(where, change)
    assert log.verify() is None


def test_sqlite_does_not_replace_a_decision_either(tmp_path):
    log = DecisionLog(tmp_path / "decisions.db")
    fill(log)
    for table, row in (("event", "1,'c-1',1,'k','w','','a','{}','{}','','h',''"), ("chain_head", "'c-1',4,'h'")):
        with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
            run(tmp_path / "decisions.db", f"INSERT OR REPLACE INTO {table} VALUES ({row})")
    assert log.verify() is None


def test_postgresql_does_not_empty_the_tables_either(postgresql):
    url = postgresql.database()
    log = DecisionLog(url)
    fill(log)
    for table in ("event", "chain_head"):
        with pytest.raises(psycopg.errors.RaiseException):
            run(url, f"TRUNCATE {table}")
    log.close()


@pytest.mark.parametrize("column", COLUMNS)
def test_any_changed_column_names_the_decision(log, where, column):
    fill(log)
    unguard(where)
    run(where, f"UPDATE event SET {column}={column}||'x' WHERE seq=4")
    broken = log.verify()
    assert broken.seq == 4
    assert broken.case_id in {"c-2", "c-2x"}
    assert "not what was saved" in broken.sentence


@pytest.mark.parametrize(("change", "named"), [("version=7", 4), ("seq=9", 6), ("first_hash='x'", 4)])
def test_a_changed_number_or_an_invented_past_is_named(log, where, change, named):
    """A decision moved behind all others is missed where it was: its successor is named."""
    fill(log)
    unguard(where)
    run(where, f"UPDATE event SET {change} WHERE seq=4")
    assert (log.verify().case_id, log.verify().seq) == ("c-2", named)


def test_a_decision_taken_out_of_the_middle_is_noticed_at_the_next(log, where):
    fill(log)
    unguard(where)
    run(where, "DELETE FROM event WHERE seq=4")
    broken = log.verify()
    assert (broken.case_id, broken.seq) == ("c-2", 6)
    assert "number 3 of its case, after number 1" in broken.differs


def test_decisions_cut_off_at_the_end_are_noticed(log, where):
    fill(log)
    unguard(where)
    run(where, "DELETE FROM event WHERE seq>=5")
    assert log.verify().sentence.endswith("case c-1: its last 1 of 3 decisions are missing.")


def test_a_whole_case_taken_out_is_noticed(log, where):
    fill(log)
    unguard(where)
    run(where, "DELETE FROM event WHERE case_id='c-2'")
    assert "its last 3 of 3 decisions are missing" in log.verify().differs


def test_two_decisions_that_changed_places_are_noticed(log, where):
    fill(log)
    unguard(where)
    swap = (("seq", 3, 30), ("seq", 5, 3), ("seq", 30, 5), ("version", 3, 9))
    run(where, *(f"UPDATE event SET {c}={new} WHERE case_id='c-1' AND {c}={old}" for c, old, new in swap))
    assert log.verify().case_id == "c-1"


def test_an_event_without_its_end_written_down_is_noticed(log, where):
    fill(log)
    unguard(where)
    run(where, "DELETE FROM chain_head WHERE case_id='c-1'")
    assert "its end is not the one" in log.verify().differs


def test_nothing_is_added_to_a_chain_whose_end_was_changed(log, where):
    fill(log)
    unguard(where)
    run(where, "UPDATE event SET hash='0' WHERE seq=5")
    fresh = DecisionLog(where)
    for add in (
        lambda: fresh.append("c-1", EventKind.TERM_REMOVED, {"id": "x"}, who="Dr A", at=AT),
        lambda: fresh.decide("c-1", Shortlist(3, "chr9-9-A-T"), who="Dr A", at=AT),
    ):
        with pytest.raises(IntegrityError, match="changed outside of Caseboard"):
            add()
    assert fresh.decide("c-2", Shortlist(3, "chr9-9-A-T"), who="Dr A", at=AT).version == 4
    fresh.close()


def test_every_flipped_byte_of_an_event_in_the_raw_file_is_found_and_the_event_is_named(tmp_path):
    path = tmp_path / "decisions.db"
    log = DecisionLog(path)
    fill(log)
    target = log.events("c-2")[1]
    log.close()  # the last connection moves everything from the WAL into the file
    raw = path.read_bytes()
    with sqlite3.connect(path) as db:
        values = db.execute("SELECT case_id, kind, who, account, at, payload, evidence, previous, hash FROM event"
                            " WHERE seq=?", (target.seq,)).fetchone()  # fmt: skip
    db.close()
    text = b"".join(v.encode() for v in values[1:])  # the row as SQLite lays it out, behind case id and version
    start = raw.index(text) - len(values[0].encode()) - 1
    assert raw.count(text) == 1
    missed, misnamed = [], []
    for position in range(start, start + len(text) + len(values[0].encode()) + 1):
        for mask in (0x01, 0x80):
            damaged = bytearray(raw)
            damaged[position] ^= mask
            path.write_bytes(damaged)
            opened = DecisionLog(path)
            broken = opened.verify()
            opened.close()
            if broken is None:
                missed.append((position - start, mask))
            elif broken.seq != target.seq:
                misnamed.append((position - start, mask, broken))
    assert not missed
    assert not misnamed


def test_every_flipped_byte_anywhere_in_the_file_is_found_or_harmless_to_what_was_decided(tmp_path):
    path = tmp_path / "decisions.db"
    log = DecisionLog(path)
    fill(log)
    said = [(e.case_id, e.seq, e.payload, e.who, e.hash) for c in ("c-1", "c-2") for e in log.events(c)]
    log.close()
    raw = path.read_bytes()
    silent = []
    for position in range(0, len(raw), 97):
        damaged = bytearray(raw)
        damaged[position] ^= 0x04
        path.write_bytes(damaged)
        try:
            with closing(DecisionLog(path)) as opened:
                found = opened.verify()
                now = [(e.case_id, e.seq, e.payload, e.who, e.hash) for c in ("c-1", "c-2") for e in opened.events(c)]
        except IntegrityError:
            continue
        if found is None and now != said:
            silent.append(position)
    assert not silent


def test_every_flipped_letter_of_an_event_in_a_department_s_database_is_found_and_the_event_is_named(postgresql):
    url = postgresql.emptied()
    with closing(DecisionLog(url)) as log:
        fill(log)
        unguard(url)
        target = log.events("c-2")[1].seq
        missed, tried = [], 0
        with log.database.writing() as connection:
            row = connection.execute(select(event).where(event.c.seq == target)).mappings().one()
            for column in COLUMNS:
                for place, letter in enumerate(row[column]):
                    flipped = row[column][:place] + chr(ord(letter) ^ 1) + row[column][place + 1 :]
                    undo = connection.begin_nested()
                    connection.execute(update(event).where(event.c.seq == target).values({column: flipped}))
                    broken = first_broken(connection)
                    undo.rollback()
                    tried += 1
                    missed += [] if broken and broken.seq == target else [(column, place, broken)]
        assert missed == []
        assert tried > 200, "what is in the row"
        assert log.verify() is None


def test_a_decision_that_a_foreign_trigger_drops_is_not_acknowledged_and_verify_names_the_guards(tmp_path):
    """A withdrawn consent would be answered with "kept", and every chain would still be whole."""
    file = tmp_path / "decisions.db"
    log = DecisionLog(file)
    log.decide("c-1", WriteNote(0, "one"), who="Dr A", at=AT)
    dropping = "BEGIN SELECT RAISE(IGNORE); END"
    run(file, f"CREATE TRIGGER a BEFORE INSERT ON event {dropping}",
        f"CREATE TRIGGER b BEFORE UPDATE ON chain_head {dropping}")  # fmt: skip
    with pytest.raises(IntegrityError, match="changed outside of Caseboard; nothing was added"):
        log.decide("c-1", WriteNote(1, "two"), who="Dr A", at=AT)
    assert log.verify() is None
    assert "the guards around them were changed" in verify_all(log, CaseStore(tmp_path), AT).wrong[0]
    log.close()
