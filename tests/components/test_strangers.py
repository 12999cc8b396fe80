"""T1, T7: no page answers a stranger, not even to the first deep link of a fresh server."""

import http.client
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from components.navigation import PAGES
from tests.components.raw_session import answer_of, ask_for, deep_link, new_session, server

STRANGERS = "tests/components/apps/stranger_app.py"
REFUSAL = "Please sign in to continue."
SLUGS = [s.slug for s in PAGES]


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that asks for sign-in; one test alone draws pages there, so that they are its first."""
    with server(STRANGERS, tmp_path_factory.mktemp("strangers")) as port:
        yield port


@pytest.fixture(scope="module")
def one_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server of the person at this computer."""
    with server("app.py", tmp_path_factory.mktemp("one-person")) as port:
        yield port


@pytest.mark.slow
def test_the_first_deep_link_of_a_fresh_server_meets_the_guard(strangers: int) -> None:
    """Every page at once, each in a session of its own: none was drawn when it was asked for. Then each again."""
    for when in ("cold", "warm"):
        with ExitStack() as visits:
            visitors = {slug: visits.enter_context(new_session(strangers)) for slug in SLUGS}
            for slug, visitor in visitors.items():
                ask_for(visitor, slug)
            told = {slug: answer_of(visitor) for slug, visitor in visitors.items()}
        for slug, (shown, offered) in told.items():
            assert REFUSAL in shown, (when, slug)
            assert "[heading]" not in shown, (when, slug)
            assert offered, f"{when}, {slug}: the shell ran, it draws the navigation"


@pytest.mark.slow
def test_the_person_at_this_computer_is_let_in_everywhere(one_person: int) -> None:
    for slug in SLUGS:
        shown, offered = deep_link(one_person, "" if slug == SLUGS[0] else slug)
        assert REFUSAL not in shown
        assert "[heading]" in shown, slug
        assert len(offered) == len(PAGES)


@pytest.mark.slow
def test_a_stranger_cannot_fill_the_memory_with_uploads(strangers: int) -> None:
    for _ in range(3):
        assert _put(strangers, 1_000_000) == 401


@pytest.mark.slow
def test_another_site_cannot_upload_to_a_single_users_server(one_person: int) -> None:
    assert _put(one_person, 1, origin="https://evil.example") == 401


def _put(port: int, body_bytes: int, origin: str = "") -> int:
    """The answer to an announced body of which nothing is sent: a refusal must not wait for it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.putrequest("PUT", "/_stcore/upload_file/some-session/some-file")
    connection.putheader("Content-Length", str(body_bytes))
    if origin:
        connection.putheader("Origin", origin)
    connection.endheaders()
    with connection.getresponse() as answer:
        return answer.status
