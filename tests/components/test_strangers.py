"""T1, T7: no page answers a stranger, not even to the first deep link of a fresh server."""

import http.client
from pathlib import Path

import pytest

from components.navigation import PAGES
from tests.components.raw_session import deep_link, server

STRANGERS = "tests/components/apps/stranger_app.py"
REFUSAL = "Please sign in to continue."
SLUGS = [s.slug for s in PAGES]


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_deep_link_of_a_fresh_server_meets_the_guard(slug: str, tmp_path: Path) -> None:
    with server(STRANGERS, tmp_path) as port:
        cold, offered = deep_link(port, slug)
        assert REFUSAL in cold
        assert "[heading]" not in cold
        assert offered, "the shell ran: it draws the navigation"
        warm, _ = deep_link(port, slug)
        assert REFUSAL in warm
        assert "[heading]" not in warm


@pytest.mark.slow
def test_the_person_at_this_computer_is_let_in_everywhere(tmp_path: Path) -> None:
    with server("app.py", tmp_path) as port:
        for slug in SLUGS:
            shown, offered = deep_link(port, "" if slug == SLUGS[0] else slug)
            assert REFUSAL not in shown
            assert "[heading]" in shown, slug
            assert len(offered) == len(PAGES)


@pytest.mark.slow
def test_a_stranger_cannot_fill_the_memory_with_uploads(tmp_path: Path) -> None:
    with server(STRANGERS, tmp_path) as port:
        for _ in range(3):
            assert _put(port, 1_000_000) == 401


@pytest.mark.slow
def test_another_site_cannot_upload_to_a_single_users_server(tmp_path: Path) -> None:
    with server("app.py", tmp_path) as port:
        assert _put(port, 1, origin="https://evil.example") == 401


def _put(port: int, body_bytes: int, origin: str = "") -> int:
    """The answer to an announced body of which nothing is sent: a refusal must not wait for it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("PUT", "/_stcore/upload_file/some-session/some-file")
    connection.putheader("Content-Length", str(body_bytes))
    if origin:
        connection.putheader("Origin", origin)
    connection.endheaders()
    with connection.getresponse() as answer:
        return answer.status
