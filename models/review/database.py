"""The one database that holds the decisions: a file of SQLite's, or PostgreSQL by one URL.

SQLite: WAL, synchronous FULL, one writer at a time. PostgreSQL: synchronous_commit on; writers to one case wait for
each other, those of different cases do not. Every failure becomes one sentence that names no patient, no password.
"""

import os
import select
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, TimeoutError
from sqlalchemy.pool import QueuePool

from models.errors import InputError, IntegrityError

URL_VARIABLE = "CASEBOARD_DATABASE"
FILE_NAME = "decisions.db"
UNFINISHED_RESTORE = "restore-unfinished"  # lies beside the file while a restore exchanges it
NEWEST = "0003"  # the last file in migrations/versions
_WAIT_S = 10  # another process may be writing; longer than any commit seen by a factor of 100
_CONNECTIONS = 40  # sessions that read or write at the same instant; the others wait
_MIGRATING = 0x0CA5EB0A  # the key of PostgreSQL's advisory lock while tables are brought up to date
_MIGRATIONS = Path(__file__).with_name("migrations")

P = ParamSpec("P")
T = TypeVar("T")

_SENTENCES = (  # part of what the database said: what a person can do about it
    ("disk is full", "The disk is full; free some space and decide again."),
    ("disk full", "The disk of the database is full; free some space and decide again."),
    ("no space left", "The disk of the database is full; free some space and decide again."),
    ("readonly", "The folder or the file may only be read; give Caseboard the right to write there."),
    ("read-only", "The department's database may only be read just now; ask whoever runs it, then decide again."),
    ("unable to open", "The folder is missing or may not be written; give Caseboard the right to write there."),
    ("is locked", "Another program is writing and did not finish within 10 seconds; decide again."),
    ("lock timeout", "Another person's decision did not finish within 10 seconds; decide again."),
    ("malformed", "The file is damaged; keep it, and restore the last backup (`python cli.py restore FILE`)."),
    ("not a database", "The file is no decision log; keep it, and restore the last backup."),
    ("disk i/o", "The disk reported an error; look after it before anything else, then decide again."),
    ("connection", "The department's database cannot be reached; look whether the last decision is there."),
)


def decisions_at(home: Path) -> Path | str:
    """Where the decisions of this installation are: $CASEBOARD_DATABASE (PostgreSQL), else a file in `home`."""
    return os.environ.get(URL_VARIABLE, "") or home / FILE_NAME


class HungUp(IntegrityError):
    """The server ended before COMMIT was sent: nothing of the transaction was kept."""


def asked_again(ask: Callable[P, T]) -> Callable[P, T]:
    """Ask a second time after HungUp; the pool has left every connection of that server by then.

    A server that ends while COMMIT is on its way is never asked again: the decision may be there.
    """

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        except HungUp:
            return ask(*args, **kwargs)

    return asked


class Database:
    """Safe for several threads and processes. Opening it brings its tables up to date."""

    def __init__(self, where: Path | str) -> None:
        """where: a file for SQLite, or a URL. Raises InputError for a URL that is none, IntegrityError."""
        self.path = where if isinstance(where, Path) else None
        self._alone = threading.Lock() if self.path else nullcontext()
        with _said_in_a_sentence():
            self._engine = _sqlite(where) if isinstance(where, Path) else _postgresql(where)
            how: dict[str, Any] = {"reads": True} if self.path else {"isolation_level": "REPEATABLE READ"}
            self._views = self._engine.execution_options(**how)
            alone: dict[str, Any] = how if self.path else {"isolation_level": "AUTOCOMMIT"}
            self._glances = self._engine.execution_options(**alone)
            try:
                _bring_up_to_date(self)
            except BaseException:
                self.close()
                raise

    @property
    def is_sqlite(self) -> bool:
        return self.path is not None

    def reading(self) -> AbstractContextManager[Connection]:
        """One consistent view of everything."""
        return _transaction(self._views)

    def glancing(self) -> AbstractContextManager[Connection]:
        """For statements that each stand alone: nothing is sent to PostgreSQL but them."""
        return _transaction(self._glances)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, durable when this returns, undone when the body raises.

        Threads of this process queue in front of SQLite, whose own waiting sleeps ever longer.
        """
        with self._alone, _transaction(self._engine) as connection:
            yield connection

    def overwrite_deleted(self) -> None:
        """Leave no byte of removed rows in the file and its WAL (SQLite), or in the tables (PostgreSQL).

        VACUUM because what an earlier version removed was not overwritten. Raises IntegrityError while somebody reads.
        """
        with _said_in_a_sentence(), self._alone, self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            if not self.is_sqlite:
                _vacuum_tables(driver)
                return
            for statement in ("PRAGMA temp_store=MEMORY", "VACUUM"):
                driver.execute(statement)
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise IntegrityError("What was deleted is overwritten at the next start: somebody is reading just now.")

    def into_one_file(self) -> None:
        """Write the WAL into the file and leave it (SQLite); nobody else may have it open."""
        with _said_in_a_sentence(), self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA journal_mode=DELETE")

    def close(self) -> None:
        self._engine.dispose()


def _vacuum_tables(driver: Any) -> None:
    """FULL writes the tables anew; else the bytes of removed rows stay until others take their place."""
    driver.autocommit = True
    try:
        for table in ("event", "chain_head"):
            driver.execute(f"VACUUM (FULL, ANALYZE) {table}")
    finally:
        driver.autocommit = False


def _sqlite(path: Path) -> Engine:
    if (path.parent / UNFINISHED_RESTORE).exists():
        raise IntegrityError(
            "A restore was interrupted half-way. Run the same `python cli.py restore FILE` again; "
            "what was here before it is kept beside it."
        )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_empty(path)

    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        if not path.stat().st_size:
            path.chmod(0o600)  # patients' data, in whatever folder; SQLite gives its WAL the same
        # A damaged byte must reach the check of the chain, not stop the reading.
        db.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "fullfsync=ON",
            "checkpoint_fullfsync=ON",
            "secure_delete=ON",
        ):
            db.execute(f"PRAGMA {pragma}")
        return db

    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=QueuePool, pool_size=_CONNECTIONS, max_overflow=0
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _refuse_empty(path: Path) -> None:
    """An empty file would be taken for a new log, and everything decided would be gone without a word."""
    until = time.monotonic() + 1.0  # another program may be making the file at this moment
    while path.is_file() and not path.stat().st_size:
        if time.monotonic() > until:
            raise IntegrityError(
                f"The file of the decisions ({path.name}) is empty. Restore the last backup "
                "(`python cli.py restore FILE`); if nothing was ever decided here, delete the file."
            )
        time.sleep(0.05)


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise InputError(f"{URL_VARIABLE} is not an address: it looks like postgresql://user@host/name.") from None
    if url.get_backend_name() != "postgresql":
        raise InputError(f"{URL_VARIABLE} must begin with postgresql://; without it decisions are kept in a file.")
    options = f"-c synchronous_commit=on -c lock_timeout={int(_WAIT_S * 1000)}ms -c client_encoding=UTF8"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=_CONNECTIONS,
        max_overflow=0,
        connect_args={"connect_timeout": max(int(_WAIT_S), 1), "options": options},
    )

    @event.listens_for(engine, "checkout")
    def _leave_closed(connection: Any, *_: Any) -> None:
        """A server that ended says so, or hangs up, on every line; to see that costs no question and answer."""
        waiting = select.poll()
        waiting.register(connection.fileno(), select.POLLIN)
        if waiting.poll(0):
            raise DisconnectionError  # the pool opens new connections instead

    return engine


def _bring_up_to_date(database: Database) -> None:
    """Upgrade in one transaction: interrupted half-way it leaves what was there before."""
    with database.reading() as connection:
        if _revision(connection) == NEWEST:
            return
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
            _only_utf8(connection)
        if _revision(connection) != NEWEST:
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _only_utf8(connection: Connection) -> None:
    if connection.execute(text("SHOW server_encoding")).scalar() != "UTF8":
        raise IntegrityError("The department's database does not store UTF-8; names need it. Create it with UTF8.")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    settings = Config(attributes={"connection": connection})
    settings.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    try:
        if _revision(connection) is None and inspect(connection).has_table("event"):
            command.stamp(settings, "0001")  # the first release did not write its version down
        command.upgrade(settings, "head")
    except CommandError as problem:
        raise IntegrityError("These decisions were kept by a newer Caseboard; update this one.") from problem


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    with _said_in_a_sentence(), engine.connect() as connection, connection.begin():
        try:
            yield connection
        except DBAPIError as problem:
            if problem.connection_invalidated:
                raise HungUp(sentence_for(problem)) from problem
            raise


@contextmanager
def _said_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError, TimeoutError) as problem:
        raise IntegrityError(sentence_for(problem)) from problem


def sentence_for(problem: BaseException) -> str:
    """What to say of a failure of the database; of what it said itself only its kind is repeated."""
    said = str(getattr(problem, "orig", None) or problem).lower()
    advice = next((sentence for part, sentence in _SENTENCES if part in said), _kind(problem))
    return f"The decision could not be saved or read; nothing saved before was lost. {advice}"


def _kind(problem: Any) -> str:
    return f"({type(getattr(problem, 'orig', None) or problem).__name__})"
