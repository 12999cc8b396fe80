"""A server on this machine, and patience that never waits."""

import pytest

from models.knowledge.library.plain_get import Patience
from tests.knowledge.library import server as web


@pytest.fixture
def served():
    with web.serving() as made:
        yield made


@pytest.fixture
def waits():
    """The pauses that were made, in seconds; none of them is waited for."""
    return []


@pytest.fixture
def patience(waits):
    return Patience(tries=4, connect_s=5, silence_s=10, pause=waits.append)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "downloads"
