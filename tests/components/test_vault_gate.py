"""A closed vault answers every request with its sentence, and nobody gets past it; an open home is not in the way."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.security import middleware
from components.vault_gate import VaultGate
from models.vault import vault_of


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "caseboard"
    monkeypatch.setenv("CASEBOARD_HOME", str(folder))
    return folder


def asked(kind):
    """What a request is sent, and whether it reached the application."""
    sent, reached = [], []

    async def app(scope, receive, send):
        reached.append(scope)

    async def send(message):
        sent.append(message)

    # A thread of its own: the browser tests of the same run keep an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(VaultGate(app)({"type": kind, "headers": []}, None, send))).result()
    return sent, bool(reached)


def closed(home):
    vault = vault_of(home)
    vault.mount.mkdir(parents=True)
    home.symlink_to(vault.link)


def test_a_closed_vault_is_said_to_whoever_asks_for_a_page(home):
    closed(home)
    (start, body), reached = asked("http")
    assert (start["status"], reached) == (503, False)
    assert b"closed vault" in body["body"] and b"vault open" in body["body"]


def test_a_closed_vault_takes_no_new_session(home):
    closed(home)
    assert asked("websocket") == ([{"type": "websocket.close", "code": 1013}], False)


@pytest.mark.parametrize("kind", ["http", "websocket", "lifespan"])
def test_an_open_home_and_one_that_does_not_exist_yet_are_not_in_the_way(kind, home):
    assert asked(kind) == ([], True)
    home.mkdir()
    assert asked(kind) == ([], True)


def test_a_server_starts_and_stops_while_the_vault_is_closed(home):
    closed(home)
    assert asked("lifespan") == ([], True)


def test_nothing_looks_into_the_home_before_the_gate():
    assert middleware()[0].cls is VaultGate
