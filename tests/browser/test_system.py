"""The System screen in a real browser: what needs a look, verifying, backing up; usable by everyone."""

from typing import Any

import pytest

from tests.browser.conftest import LARGE, SMALL, Server, picture, poll, settled, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def screen(page_at: Any, app_server: Server, **look: Any) -> Any:
    page = page_at(f"{app_server.url}/system", **look)
    page.get_by_role("heading", name="Versions").or_(page.get_by_text("Versions")).first.wait_for()
    settled(page)
    return page


def test_a_person_sees_what_needs_a_look_verifies_and_backs_up(page_at: Any, app_server: Server) -> None:
    page = screen(page_at, app_server)
    page.get_by_role("button", name="Verify now").click()
    page.get_by_text("each is as it was saved").wait_for()
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Back up now").click()
    page.get_by_text("is whole").wait_for()
    poll(lambda: list((app_server.home / "backups").glob("*.zip")), "the backup")
    assert str(app_server.home) not in page.content()
    assert not list((app_server.home / "backups").glob(".*")), "nothing half is left"


@pytest.mark.parametrize(("size", "dark"), [(SMALL, False), (LARGE, True)], ids=["small", "large and dark"])
def test_the_system_screen_is_usable_by_everyone(
    page_at: Any, app_server: Server, size: dict[str, int], dark: bool
) -> None:
    page = screen(page_at, app_server, size=size, dark=dark, axe=True)
    picture(page, f"system-{size['width']}-{'dark' if dark else 'light'}")
    assert violations(page) == []
