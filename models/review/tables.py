"""The tables of the decision log as they are today. How earlier ones become these: models/review/migrations.

Text columns hold exactly what was hashed; `payload` and `evidence` are JSON as text, never a database's own JSON
type, which may write the same content in other bytes.
"""

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

# SQLite counts rows in INTEGER only; PostgreSQL's INTEGER would end at 2**31.
_Number = BigInteger().with_variant(Integer(), "sqlite")

event = Table(
    "event",
    metadata,
    Column("seq", _Number, primary_key=True, autoincrement=False),
    Column("case_id", Text, nullable=False),
    Column("version", _Number, nullable=False),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("first_hash", Text, nullable=False),
    UniqueConstraint("case_id", "version", name="event_version"),
)

# The end of each case's chain. Its row is what writers to one case wait for; it tells when the last events are gone.
chain_head = Table(
    "chain_head",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("version", _Number, nullable=False),
    Column("hash", Text, nullable=False),
)

# The cases that were deleted. certificate, hash: version and hash of the event in the chain `installation` that says
# so (models.review.certificates). Only what has a row here can be removed, and nothing is added to it any more.
deletion = Table(
    "deletion",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("certificate", _Number, nullable=False, unique=True),
    Column("hash", Text, nullable=False),
)
