"""T1, T7: no page answers a stranger, not even to the first deep link of a fresh server."""

import urllib.error
import urllib.request
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
            assert _put(port, b"x" * 1_000_000) == 401


@pytest.mark.slow
def test_another_site_cannot_upload_to_a_single_users_server(tmp_path: Path) -> None:
    with server("app.py", tmp_path) as port:
        assert _put(port, b"x", origin="https://evil.example") == 401


def _put(port: int, body: bytes, origin: str = "") -> int:
    url = f"http://127.0.0.1:{port}/_stcore/upload_file/some-session/some-file"
    request = urllib.request.Request(url, data=body, method="PUT", headers={"Origin": origin} if origin else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
