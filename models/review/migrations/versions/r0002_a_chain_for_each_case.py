"""A chain for each case, with account, evidence and versions, and the end of each chain written down.

Events of the first release keep their hash as `first_hash`, so that their one chain can still be walked. What this
file writes is fixed: it hashes by the rule of its day and knows no module that may change.
"""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"

_OLD = ("seq", "case_id", "kind", "who", "at", "payload", "hash")
_HASHED = ("previous", "case_id", "version", "seq", "kind", "who", "account", "at", "payload", "evidence", "first_hash")
_SQLITE_GUARDS = (
    "CREATE TRIGGER event_is_final BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END",
    "CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END",
    # INSERT OR REPLACE removes the row in its way without asking the trigger above.
    "CREATE TRIGGER event_is_new BEFORE INSERT ON event"
    " WHEN EXISTS (SELECT 1 FROM event WHERE seq=NEW.seq OR (case_id=NEW.case_id AND version=NEW.version))"
    " BEGIN SELECT RAISE(ABORT, 'decisions are never replaced'); END",
    "CREATE TRIGGER chain_head_grows BEFORE UPDATE ON chain_head"
    " WHEN NEW.case_id<>OLD.case_id OR NEW.version<>OLD.version+1"
    " BEGIN SELECT RAISE(ABORT, 'a chain only grows'); END",
    "CREATE TRIGGER chain_head_stays BEFORE DELETE ON chain_head"
    " BEGIN SELECT RAISE(ABORT, 'a chain is never removed'); END",
    "CREATE TRIGGER chain_head_is_new BEFORE INSERT ON chain_head"
    " WHEN EXISTS (SELECT 1 FROM chain_head WHERE case_id=NEW.case_id)"
    " BEGIN SELECT RAISE(ABORT, 'a chain is never replaced'); END",
)
_POSTGRESQL_GUARDS = (
    "CREATE SEQUENCE event_seq OWNED BY event.seq",
    "CREATE FUNCTION caseboard_never() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'decisions are never changed or removed'; END $$",
    "CREATE TRIGGER event_is_final BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION caseboard_never()",
    "CREATE TRIGGER event_stays BEFORE TRUNCATE ON event EXECUTE FUNCTION caseboard_never()",
    "CREATE TRIGGER chain_head_grows BEFORE UPDATE ON chain_head FOR EACH ROW"
    " WHEN (NEW.case_id<>OLD.case_id OR NEW.version<>OLD.version+1) EXECUTE FUNCTION caseboard_never()",
    "CREATE TRIGGER chain_head_stays BEFORE DELETE ON chain_head FOR EACH ROW EXECUTE FUNCTION caseboard_never()",
    "CREATE TRIGGER chain_head_is_kept BEFORE TRUNCATE ON chain_head EXECUTE FUNCTION caseboard_never()",
)


def upgrade() -> None:
    before = _take_old_events() if op.get_bind().dialect.name == "sqlite" else []
    events, heads = _create_tables()
    rows, ends = _chained(before)
    if rows:
        op.bulk_insert(events, rows)
        op.bulk_insert(heads, [{"case_id": c, "version": v, "hash": h} for c, (v, h) in ends.items()])
    guards = _SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL_GUARDS
    for guard in guards:
        op.execute(guard)


def _take_old_events() -> list[dict[str, Any]]:
    asked = sa.text(f"SELECT {', '.join(_OLD)} FROM event ORDER BY seq")  # noqa: S608  the names are above
    rows = [dict(row) for row in op.get_bind().execute(asked).mappings()]
    for trigger in ("event_is_final", "event_stays"):
        op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    op.drop_table("event")
    return rows


def _create_tables() -> tuple[sa.Table, sa.Table]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    texts = ("kind", "who", "account", "at", "payload", "evidence", "previous", "hash", "first_hash")
    events = op.create_table(
        "event",
        sa.Column("seq", number, primary_key=True, autoincrement=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", number, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.UniqueConstraint("case_id", "version", name="event_version"),
    )
    heads = op.create_table(
        "chain_head",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("version", number, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    return events, heads


def _chained(before: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, tuple[int, str]]]:
    """The old events in the chains of their cases, and the end of each chain."""
    ends: dict[str, tuple[int, str]] = {}
    rows = []
    for old in before:
        version, previous = ends.get(old["case_id"], (0, ""))
        row = {**old, "version": version + 1, "previous": previous, "account": "", "evidence": "{}"}
        row["first_hash"] = old["hash"]
        whole = json.dumps(["caseboard-2", *(row[name] for name in _HASHED)], ensure_ascii=False)
        row["hash"] = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()
        ends[row["case_id"]] = (row["version"], row["hash"])
        rows.append(row)
    return rows, ends
