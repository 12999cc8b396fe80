"""The fixtures that put the same test on SQLite and on PostgreSQL."""

import pytest

from models.review import DecisionLog
from tests.postgresql import binaries, server


@pytest.fixture(scope="session")
def postgresql():
    """A server for the whole run."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    """Where a decision log can be opened: an empty place on each database."""
    if request.param == "sqlite":
        return tmp_path / "decisions.db"
    return request.getfixturevalue("postgresql").emptied()


@pytest.fixture
def log(where):
    opened = DecisionLog(where)
    yield opened
    opened.close()
