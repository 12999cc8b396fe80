"""Whatever people type and whatever happens to the database: nothing is lost, and one sentence says what happened."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event as sqlalchemy_event

from models.errors import InputError, IntegrityError, TooLarge
from models.review import DecisionLog, decisions_at
from models.review import database as review_database
from models.review.commands import Dismiss, Shortlist, WriteNote
from models.review.events import MOST_TEXT_CHARACTERS
from tests.postgresql import somebody

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
HOSTILE = {
    "formula": '=HYPERLINK("http://x.example","y")',
    "markup": "<script>alert(1)</script>![x](http://x.example/y.png)",
    "right to left": "\u202eRD\u202c \u05d0\u05d1\u2067x\u2069",
    "quotes": "'; DROP TABLE event; -- \" \\",
    "4 kB": "Ä" * 4096,
    "emoji and combining": "👩‍⚕️ e\u0301\u0323",
    "percent and braces": "%s %(x)s {x} :name ?",
}


def noted(log, text, who="Dr A", case_id="c-1"):
    return log.decide(case_id, WriteNote(log.state(case_id).version, text), who=who, at=AT)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_names_reasons_and_evidence_come_back_as_they_were_typed(log, text):
    log.decide("c-1", Dismiss(0, text, text), who=text, at=AT, account=text, evidence={text: [text]})
    kept = log.events("c-1")[0]
    assert (kept.who, kept.account, kept.payload, kept.evidence) == (
        text.strip(),
        text,
        {"allele": text, "reason": text},
        {text: [text]},
    )
    assert log.verify() is None


@pytest.mark.parametrize("text", ["a\x00b", "half a pair \ud83d", "\x01\x1b[31m\x7f\r\n"])
def test_a_note_keeps_signs_that_a_database_cannot_store_bare(log, text):
    noted(log, text)
    assert log.state("c-1").notes[0].text == text
    assert log.verify() is None


@pytest.mark.parametrize("name", ["Dr\x00A", "Dr \ud83d"])
def test_a_name_that_cannot_be_stored_is_refused(log, name):
    with pytest.raises(InputError, match="cannot be stored; type it again"):
        noted(log, "x", who=name)
    assert log.head().events == 0


@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_longest_decision_just_under_at_and_over_the_cap(log, over, refused):
    frame = len('{"allele": "", "text": ""}')
    text = "x" * (MOST_TEXT_CHARACTERS - frame + over)
    if refused:
        with pytest.raises(TooLarge, match="shorten it"):
            noted(log, text)
    else:
        noted(log, text)
    assert log.head().events == (0 if refused else 1)


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path):
    log = DecisionLog(tmp_path / "decisions.db")
    noted(log, "before")

    @sqlalchemy_event.listens_for(log.database._engine, "checkout")
    def _no_more_pages(connection, *_):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(IntegrityError, match="disk is full; free some space"):
        noted(log, "x" * 100_000)
    sqlalchemy_event.remove(log.database._engine, "checkout", _no_more_pages)
    log.close()
    again = DecisionLog(tmp_path / "decisions.db")
    assert [n.text for n in again.state("c-1").notes] == ["before"]
    assert again.verify() is None
    assert noted(again, "there is room again").version == 2


READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from models.errors import IntegrityError
from models.review import DecisionLog
from models.review.commands import WriteNote
if os.geteuid() == 0:
    os.setgid(int(sys.argv[3])); os.setuid(int(sys.argv[2]))
try:
    log = DecisionLog(Path(sys.argv[1]))
    log.decide("c-1", WriteNote(1, "x"), who="Dr A", at=datetime.now(UTC))
except IntegrityError as problem:
    print(problem.sentence)
"""


@pytest.fixture
def open_folder():
    """A folder that another user of this machine may reach; pytest's own are for us alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_that_may_only_be_read_is_said_and_nothing_is_lost(exists, open_folder):
    home = open_folder / "home"
    home.mkdir()
    if exists:
        log = DecisionLog(home / "decisions.db")
        noted(log, "before")
        log.close()
        (home / "decisions.db").chmod(0o444)
    home.chmod(0o555)
    who = [str(somebody().get(k, 0)) for k in ("user", "group")]
    child = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(home / "decisions.db"), *who],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(open_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    home.chmod(0o755)
    assert "give Caseboard the right to write there" in child.stdout, child.stderr
    if exists:
        (home / "decisions.db").chmod(0o644)
        again = DecisionLog(home / "decisions.db")
        assert [n.text for n in again.state("c-1").notes] == ["before"]
        assert noted(again, "may be written again").version == 2
        again.close()


def test_a_database_locked_by_another_program_is_said_and_nothing_is_lost(where, monkeypatch):
    monkeypatch.setattr(review_database, "_WAIT_S", 0.2)
    log = DecisionLog(where)
    noted(log, "before")
    if isinstance(where, str):
        other = psycopg.connect(where)
        other.execute("SELECT * FROM chain_head FOR UPDATE")
    else:
        other = sqlite3.connect(where, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IntegrityError, match=r"did not finish within 10 seconds; decide again"):
        noted(log, "while locked")
    other.rollback()
    other.close()
    assert noted(log, "after").version == 2
    assert log.verify() is None
    log.close()


def test_people_read_while_another_program_writes(where):
    log = DecisionLog(where)
    noted(log, "before")
    other = psycopg.connect(where) if isinstance(where, str) else sqlite3.connect(where, isolation_level=None)
    if not isinstance(where, str):
        other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE chain_head SET version=version+1")
    assert [n.text for n in log.state("c-1").notes] == ["before"]
    other.rollback()
    other.close()
    log.close()


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_file_cut_short_is_said_and_left_as_it_is(keep, tmp_path):
    path = tmp_path / "decisions.db"
    log = DecisionLog(path)
    for number in range(40):
        noted(log, f"{number} " * 200)
    log.close()
    cut = path.read_bytes()[: int(path.stat().st_size * keep)]
    path.write_bytes(cut)
    with pytest.raises(IntegrityError, match="could not be saved or read"):
        damaged = DecisionLog(path)
        damaged.verify()
    assert path.read_bytes()[:4096] == cut[:4096]


def test_an_empty_file_is_not_taken_for_a_case_nobody_decided_on(tmp_path):
    (tmp_path / "decisions.db").touch()
    with pytest.raises(IntegrityError, match="is empty"):
        DecisionLog(tmp_path / "decisions.db")


@pytest.mark.parametrize("content", [b"not a database, but long enough to be taken for one" * 100, b"short"])
def test_a_file_that_is_no_log_is_said_in_a_sentence(content, tmp_path):
    path = tmp_path / "decisions.db"
    path.write_bytes(content)
    with pytest.raises(IntegrityError, match="is no decision log; keep it"):
        DecisionLog(path)
    assert path.read_bytes() == content


def test_a_place_that_is_no_folder_is_said_in_a_sentence(tmp_path):
    (tmp_path / "decisions.db").mkdir()
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "decisions.db", tmp_path / "file" / "decisions.db"):
        with pytest.raises(IntegrityError, match="could not be saved or read"):
            DecisionLog(place)


@pytest.mark.parametrize(
    ("url", "error", "says"),
    [
        ("postgresql://u:s3cret@127.0.0.1:1/d", IntegrityError, "cannot be reached"),
        ("mysql://u:s3cret@h/d", InputError, "must begin with postgresql://"),
        ("s3cret", InputError, "is not an address"),
        ("postgresql://u:s3cret@h:port/d", InputError, "is not an address"),
    ],
)
def test_a_wrong_address_is_said_without_its_password(url, error, says):
    with pytest.raises(error, match=says) as refused:
        DecisionLog(url)
    assert "s3cret" not in str(refused.value)


def test_a_database_that_cannot_hold_every_name_is_refused(postgresql):
    url = postgresql.database("ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(IntegrityError, match="Create it with UTF8"):
        DecisionLog(url)


def hang_up(postgresql):
    """End every connection but our own, and wait until they have ended."""
    others = "FROM pg_stat_activity WHERE backend_type='client backend' AND pid<>pg_backend_pid()"
    ended = f"SELECT coalesce(bool_and(pg_terminate_backend(pid, 10000)), true) {others}"
    assert postgresql.sql("d1", ended).strip() == "t"


def hang_up_at(log, postgresql, statement):
    """The server hangs up once, just before the first statement that begins with this is sent."""
    to_come = [statement]

    def watch(connection, cursor, sent, parameters, context, many):
        if to_come and sent.lstrip().upper().startswith(to_come[0]):
            to_come.clear()
            hang_up(postgresql)

    sqlalchemy_event.listen(log.database._engine, "before_cursor_execute", watch)
    return to_come


def test_a_connection_that_breaks_is_made_again(postgresql):
    log = DecisionLog(postgresql.emptied())
    noted(log, "before")
    hang_up(postgresql)
    assert noted(log, "after").version == 2
    log.close()


@pytest.mark.parametrize("statement", ["SELECT", "WITH"])
def test_a_decision_is_kept_once_when_the_server_hangs_up_while_it_is_written(postgresql, statement):
    log = DecisionLog(postgresql.emptied())
    noted(log, "before")
    left = hang_up_at(log, postgresql, statement)
    decided = log.decide("c-1", Shortlist(1, "chr1-1-A-T"), who="Dr A", at=AT)
    assert not left
    assert [e.version for e in log.events("c-1")] == [1, 2] and log.events("c-1")[-1] == decided
    assert log.verify() is None
    log.close()


def test_a_reading_is_asked_again_when_the_server_hangs_up_in_its_midst(postgresql):
    log = DecisionLog(postgresql.emptied())
    kept = noted(log, "before")
    for ask, found in ((lambda: log.events("c-1"), (kept,)), (log.verify, None), (lambda: log.state("c-1").version, 1)):
        left = hang_up_at(log, postgresql, "SELECT")
        assert ask() == found and not left
    log.close()


def test_a_decision_is_not_written_again_when_the_server_hangs_up_at_its_commit(postgresql):
    log = DecisionLog(postgresql.emptied())
    sqlalchemy_event.listen(log.database._engine, "commit", lambda _: hang_up(postgresql), once=True)
    with pytest.raises(IntegrityError, match="look whether the last decision is there"):
        log.decide("c-1", WriteNote(0, "x"), who="Dr A", at=AT)
    assert log.events("c-1") == ()
    log.close()


def test_a_server_that_hangs_up_twice_is_told(postgresql):
    log = DecisionLog(postgresql.emptied())
    noted(log, "before")
    sqlalchemy_event.listen(log.database._engine, "before_cursor_execute", lambda *_: hang_up(postgresql))
    with pytest.raises(IntegrityError, match="cannot be reached"):
        log.events("c-1")
    log.close()


def test_the_file_of_the_decisions_is_for_its_owner_only(tmp_path):
    log = DecisionLog(tmp_path / "decisions.db")
    noted(log, "x")
    assert {p.name: p.stat().st_mode & 0o077 for p in tmp_path.iterdir()} == {
        "decisions.db": 0,
        "decisions.db-wal": 0,
        "decisions.db-shm": 0,
    }
    log.close()


def test_decisions_are_kept_in_a_file_of_the_home_unless_an_address_is_given(monkeypatch, tmp_path):
    monkeypatch.delenv("CASEBOARD_DATABASE", raising=False)
    assert decisions_at(tmp_path) == tmp_path / "decisions.db"
    monkeypatch.setenv("CASEBOARD_DATABASE", "postgresql://h/d")
    assert decisions_at(tmp_path) == "postgresql://h/d"


def test_a_screen_of_one_program_sees_what_another_decided(where):
    one, other = DecisionLog(where), DecisionLog(where)
    one.decide("c-1", Shortlist(0, "chr1-1-A-T"), who="Dr A", at=AT)
    other.decide("c-1", Shortlist(1, "chr2-2-A-T"), who="Dr B", at=AT)
    assert one.state("c-1").shortlisted == other.state("c-1").shortlisted == ("chr1-1-A-T", "chr2-2-A-T")
    one.close()
    other.close()
