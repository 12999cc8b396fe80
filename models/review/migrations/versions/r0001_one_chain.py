"""The log as first released (2026-11-21): SQLite only, one chain over all cases.

PostgreSQL begins with the next revision.
"""

from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("""
        CREATE TABLE event (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, case_id TEXT NOT NULL, kind TEXT NOT NULL, who TEXT NOT NULL,
            at TEXT NOT NULL, payload TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
        )""")
