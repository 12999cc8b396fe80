"""A case may be deleted whole, once a certificate of it stands in the installation's own chain.

`deletion` says which cases were deleted and which event of the chain `installation` certifies it. What the guards
refused before they go on refusing, for every case that has no row there; of a case that has one nothing is added
any more. The numbers, names and words are fixed here: this file knows no module that may change.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"

_CERTIFIED = "SELECT 1 FROM deletion WHERE case_id={row}.case_id"
_CERTIFICATE = (
    "SELECT 1 FROM event WHERE case_id='installation' AND kind='deletion begun'"
    " AND version=NEW.certificate AND hash=NEW.hash"
)
_SQLITE = (
    "DROP TRIGGER event_stays",
    "DROP TRIGGER chain_head_stays",
    "CREATE TRIGGER event_stays BEFORE DELETE ON event"
    f" WHEN NOT EXISTS ({_CERTIFIED.format(row='OLD')})"
    " BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END",
    "CREATE TRIGGER chain_head_stays BEFORE DELETE ON chain_head"
    f" WHEN NOT EXISTS ({_CERTIFIED.format(row='OLD')})"
    " BEGIN SELECT RAISE(ABORT, 'a chain is never removed'); END",
    f"CREATE TRIGGER event_of_a_case BEFORE INSERT ON event WHEN EXISTS ({_CERTIFIED.format(row='NEW')})"
    " BEGIN SELECT RAISE(ABORT, 'this case was deleted'); END",
    f"CREATE TRIGGER chain_of_a_case BEFORE INSERT ON chain_head WHEN EXISTS ({_CERTIFIED.format(row='NEW')})"
    " BEGIN SELECT RAISE(ABORT, 'this case was deleted'); END",
    "CREATE TRIGGER deletion_is_final BEFORE UPDATE ON deletion"
    " BEGIN SELECT RAISE(ABORT, 'a certificate is never changed'); END",
    "CREATE TRIGGER deletion_stays BEFORE DELETE ON deletion"
    " BEGIN SELECT RAISE(ABORT, 'a certificate is never removed'); END",
    "CREATE TRIGGER deletion_is_certified BEFORE INSERT ON deletion"  # noqa: S608  the texts are above
    f" WHEN NOT EXISTS ({_CERTIFICATE}) OR EXISTS ({_CERTIFIED.format(row='NEW')})"
    " OR EXISTS (SELECT 1 FROM deletion WHERE certificate=NEW.certificate)"
    " BEGIN SELECT RAISE(ABORT, 'a deletion needs its own certificate'); END",
)
_POSTGRESQL = (
    # A server keeps samples of what stands in a column; of what people wrote it shall keep none.
    *(f"ALTER TABLE event ALTER COLUMN {name} SET STATISTICS 0" for name in ("payload", "evidence")),
    "CREATE FUNCTION caseboard_certified_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF NOT EXISTS ({_CERTIFIED.format(row='OLD')})"
    " THEN RAISE EXCEPTION 'decisions are never changed or removed'; END IF; RETURN OLD; END $$",
    "CREATE FUNCTION caseboard_not_deleted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF EXISTS ({_CERTIFIED.format(row='NEW')})"
    " THEN RAISE EXCEPTION 'this case was deleted'; END IF; RETURN NEW; END $$",
    "CREATE FUNCTION caseboard_certificate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    f" IF NOT EXISTS ({_CERTIFICATE})"
    " THEN RAISE EXCEPTION 'a deletion needs its own certificate'; END IF; RETURN NEW; END $$",
    "DROP TRIGGER event_is_final ON event",
    "DROP TRIGGER chain_head_stays ON chain_head",
    "CREATE TRIGGER event_is_final BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION caseboard_never()",
    "CREATE TRIGGER event_is_kept BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION caseboard_certified_only()",
    "CREATE TRIGGER chain_head_stays BEFORE DELETE ON chain_head"
    " FOR EACH ROW EXECUTE FUNCTION caseboard_certified_only()",
    "CREATE TRIGGER event_of_a_case BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION caseboard_not_deleted()",
    "CREATE TRIGGER chain_of_a_case BEFORE INSERT ON chain_head FOR EACH ROW EXECUTE FUNCTION caseboard_not_deleted()",
    "CREATE TRIGGER deletion_is_certified BEFORE INSERT ON deletion"
    " FOR EACH ROW EXECUTE FUNCTION caseboard_certificate()",
    "CREATE TRIGGER deletion_is_final BEFORE UPDATE OR DELETE ON deletion"
    " FOR EACH ROW EXECUTE FUNCTION caseboard_never()",
    "CREATE TRIGGER deletion_stays BEFORE TRUNCATE ON deletion EXECUTE FUNCTION caseboard_never()",
)


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "deletion",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("certificate", number, nullable=False, unique=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint("case_id <> 'installation'", name="deletion_of_a_case"),
    )
    for guard in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(guard)
