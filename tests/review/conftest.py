"""Every test of the decision log runs on both databases: SQLite, and PostgreSQL where its server is installed."""

from tests.databases import log, postgresql, where  # noqa: F401  fixtures
