"""Every form in which decisions were ever stored opens today, with the same decisions and the same state."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from models.case import Phenotype
from models.errors import CaseDeleted, IntegrityError
from models.review import (
    DecisionLog,
    EventKind,
    changes_seen,
    current_phenotype,
    exchanged_parents,
    overridden_findings,
    rejected_suggestions,
    shortlisted,
)
from models.review import database as review_database
from models.review.certificates import certificates
from models.review.state import Triage
from models.review.teaching import last_commitment
from models.review.verify import guards_differ
from tests.review.schemas.make import SAID

SCHEMAS = Path(__file__).with_name("schemas")
IN_SQLITE = sorted(SCHEMAS.glob("*.sqlite.sql"))
ROOT = Path(__file__).resolve().parents[2]


def stored(schema, folder):
    """A file as an earlier Caseboard left it."""
    path = folder / "decisions.db"
    with sqlite3.connect(path) as db:
        db.executescript(schema.read_text(encoding="utf-8"))
    db.close()
    return path


@pytest.mark.parametrize("schema", IN_SQLITE, ids=lambda path: path.name)
def test_opened_today_the_guards_of_every_form_are_those_that_verify_expects(schema, tmp_path):
    log = DecisionLog(stored(schema, tmp_path))
    with log.database.reading() as connection:
        assert guards_differ(connection) == ""
    log.close()


def the_state_is_as_it_was_decided(log):
    said = [e for c in ("c-1", "c-2", "c-3") for e in log.events(c)]
    assert sorted((e.seq, e.case_id, e.kind.value, e.who, dict(e.payload)) for e in said) == [
        (number, case_id, kind, who, payload) for number, (case_id, kind, who, _, payload) in enumerate(SAID, start=1)
    ]
    one, two = log.events("c-1"), log.events("c-2")
    assert [(t.id, t.excluded) for t in current_phenotype(Phenotype(()), one).terms] == [("HP:0001250", True)]
    assert shortlisted(one) == log.state("c-1").shortlisted == ("chr2-200-C-G",)
    assert rejected_suggestions(one) == {("HP:0001263", "ab")}
    assert changes_seen(one) == "s-1"
    assert overridden_findings(two) == set(log.state("c-2").overrides) == {"wrong-sex-1"}
    assert "They look exchanged." in exchanged_parents(two).sentence
    assert last_commitment(log.events("c-3"), "ada").alleles == ("chr1-100-A-T",)
    dismissed = log.state("c-1").variant("chr1-100-A-T")
    assert (dismissed.triage, dismissed.reason) == (Triage.DISMISSED, "in both parents")
    assert [e.version for e in one if e.clock_went_back] == [6]
    assert log.verify() is None


def the_deletion_stands(log):
    with log.database.reading() as connection:
        (kept,) = certificates(connection)
    assert (kept.number, kept.case_id, kept.who, kept.removed.decisions) == (1, "c-4", "Dr B", 1)
    assert kept.is_complete
    assert log.events("c-4") == ()
    with pytest.raises(CaseDeleted, match="certificate 1"):
        log.append("c-4", EventKind.CASE_STARTED, {}, who="Dr A", at=review_time())


@pytest.mark.parametrize("name", ["0003.sqlite.sql", "0003.postgresql.sql"])
def test_a_stored_certificate_is_read_and_the_deleted_case_stays_closed(name, tmp_path, request):
    if "postgresql" in name:
        server = request.getfixturevalue("postgresql")
        where = server.database()
        server.script(where, SCHEMAS / name)
    else:
        where = stored(SCHEMAS / name, tmp_path)
    log = DecisionLog(where)
    the_deletion_stands(log)
    log.close()


@pytest.mark.parametrize("schema", IN_SQLITE, ids=lambda p: p.name)
def test_every_stored_schema_version_ever_released_upgrades_to_equal_projections(schema, tmp_path):
    log = DecisionLog(stored(schema, tmp_path))
    the_state_is_as_it_was_decided(log)
    log.close()


@pytest.mark.parametrize("schema", sorted(SCHEMAS.glob("*.postgresql.sql")), ids=lambda p: p.name)
def test_every_version_stored_in_postgresql_upgrades_to_equal_projections(schema, postgresql):
    url = postgresql.database()
    postgresql.script(url, schema)
    log = DecisionLog(url)
    the_state_is_as_it_was_decided(log)
    log.close()


def test_there_is_a_stored_form_of_every_version(tmp_path):
    versions = {p.stem.split("_")[0][1:] for p in (ROOT / "models/review/migrations/versions").glob("r*.py")}
    assert {p.name.split(".")[0] for p in IN_SQLITE} == versions
    assert max(versions) == review_database.NEWEST


def test_an_upgraded_log_is_continued_and_closed_to_change(tmp_path):
    path = stored(SCHEMAS / "0001.sqlite.sql", tmp_path)
    log = DecisionLog(path)
    last = log.events("c-1")[-1]
    added = log.append("c-1", last.kind, {"snapshot": "s-2", "releases": []}, who="Dr A", at=review_time())
    assert (added.version, added.previous, added.seq) == (last.version + 1, last.hash, len(SAID) + 1)
    assert log.verify() is None
    log.close()
    with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE event SET who='x'")


def review_time():
    from datetime import UTC, datetime

    return datetime(2026, 12, 1, tzinfo=UTC)


def test_what_was_changed_before_the_upgrade_is_still_found_after_it(tmp_path):
    path = stored(SCHEMAS / "0001.sqlite.sql", tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("DROP TRIGGER event_is_final")
        db.execute("UPDATE event SET who='Somebody else' WHERE seq=5")
    db.close()
    broken = DecisionLog(path).verify()
    assert (broken.case_id, broken.seq) == ("c-2", 5)
    assert "not what the first version of Caseboard saved" in broken.differs


KILLED = """
import os, sys
from pathlib import Path
import alembic.operations
from models.review import DecisionLog
steps = iter(range(int(sys.argv[2])))
execute = alembic.operations.Operations.execute
def dying(*args, **kwargs):
    if next(steps, None) is None:
        os.kill(os.getpid(), 9)
    return execute(*args, **kwargs)
alembic.op.execute = lambda *a, **k: dying(alembic.op._proxy, *a, **k)
DecisionLog(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("steps", [0, 3, 7])
def test_an_upgrade_killed_half_way_loses_nothing_and_is_done_at_the_next_start(steps, tmp_path):
    path = stored(SCHEMAS / "0001.sqlite.sql", tmp_path)
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(steps)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert child.returncode == -9
    with sqlite3.connect(path) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(event)")]
        assert "version" not in columns, "the upgrade was done before it was killed"
        assert db.execute("SELECT count(*) FROM event").fetchone() == (len(SAID),)
    db.close()
    the_state_is_as_it_was_decided(DecisionLog(path))


def test_decisions_kept_by_a_newer_caseboard_are_not_touched(tmp_path):
    path = stored(SCHEMAS / "0002.sqlite.sql", tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE alembic_version SET version_num='9999'")
    db.close()
    with pytest.raises(IntegrityError, match="kept by a newer Caseboard; update this one"):
        DecisionLog(path)


def test_an_earlier_caseboard_cannot_write_into_todays_file(tmp_path):
    path = stored(SCHEMAS / "0002.sqlite.sql", tmp_path)
    with sqlite3.connect(path) as db, pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        db.execute(
            "INSERT INTO event (case_id, kind, who, at, payload, previous, hash) VALUES ('c','k','w','a','{}','','h')"
        )


def test_several_programs_that_start_at_once_upgrade_once(tmp_path):
    path = stored(SCHEMAS / "0001.sqlite.sql", tmp_path)
    start = f"from pathlib import Path; from models.review import DecisionLog; DecisionLog(Path({str(path)!r}))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    children = [subprocess.Popen([sys.executable, "-c", start], env=environment) for _ in range(3)]
    assert [c.wait() for c in children] == [0, 0, 0]
    the_state_is_as_it_was_decided(DecisionLog(path))
