"""The System screen in a real browser: what needs a look, verifying, backing up; usable by everyone."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import LARGE, SMALL, Server, picture, poll, run_server, settled, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_server("app.py", tmp_path_factory.mktemp("system-home"))


def screen(page_at: Any, server: Server, **look: Any) -> Any:
    page = page_at(f"{server.url}/system", **look)
    page.get_by_role("heading", name="Versions").or_(page.get_by_text("Versions")).first.wait_for(timeout=60_000)
    settled(page)
    return page


def test_a_person_sees_what_needs_a_look_verifies_and_backs_up(page_at: Any, server: Server) -> None:
    page = screen(page_at, server)
    page.get_by_role("button", name="Verify now").click()
    page.get_by_text("each is as it was saved").wait_for(timeout=60_000)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Back up now").click()
    page.get_by_text("is whole").wait_for(timeout=60_000)
    poll(lambda: list((server.home / "backups").glob("*.zip")), "the backup")
    assert str(server.home) not in page.content()
    assert not list((server.home / "backups").glob(".*")), "nothing half is left"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_the_system_screen_is_usable_by_everyone(
    page_at: Any, server: Server, size: dict[str, int], dark: bool
) -> None:
    page = screen(page_at, server, size=size, dark=dark, axe=True)
    picture(page, f"system-{size['width']}-{'dark' if dark else 'light'}")
    assert violations(page) == []
