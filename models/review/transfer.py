"""A log copied whole from one database to another, of the same kind or not: the same rows, so the same chains."""

import sqlite3
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select, text

from models.errors import InputError
from models.review.database import Database
from models.review.tables import chain_head, deletion, event
from models.review.verify import head_of

_AT_A_TIME = 1000  # rows in memory


def copy_database(source: Database, to: Path) -> None:
    """A file of SQLite's with everything that `source` holds at one moment; others may go on writing to it."""
    if source.is_sqlite:
        target = sqlite3.connect(to)
        try:
            with source.reading() as connection:
                connection.connection.driver_connection.backup(target)  # type: ignore[union-attr]
        finally:
            target.close()
        return
    copy = Database(to)
    try:
        copy_rows(source, copy)
    finally:
        copy.close()


def copy_rows(source: Database, target: Database) -> None:
    """Fill an empty log, in one transaction. Raises InputError when it is not empty."""
    with source.reading() as from_, target.writing() as into:
        if head_of(into).events:
            raise InputError("There are decisions in this database already; restore into an empty one.")
        for table in (event, chain_head, deletion):
            _copy_table(from_, into, table)
        if not target.is_sqlite:
            into.execute(text("SELECT setval('event_seq', (SELECT coalesce(max(seq), 0) + 1 FROM event), false)"))


def _copy_table(from_: Connection, into: Connection, table: Table) -> None:
    rows = iter(from_.execute(select(table).execution_options(yield_per=_AT_A_TIME)).mappings())
    while some := [dict(row) for row in islice(rows, _AT_A_TIME)]:
        into.execute(insert(table), some)
