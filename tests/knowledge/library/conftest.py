"""A server on this machine, and patience that never waits."""

import socket

import pytest

from models.knowledge.library.plain_get import Patience
from tests.knowledge.library import server as web


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch):
    """No test finds another host: names are not looked up, and only 127.0.0.1 is connected to."""
    really = socket.getaddrinfo

    def look_up(host, *more, **named):
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "no other host in tests")
        return really(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


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
