"""T14: a person signs in through a provider in a real browser, and an unattended screen is emptied when that ends."""

from collections.abc import Iterator
from typing import Any

import pytest

from components.sign_in_panel import LOOK_EVERY_S
from tests.access.provider import Provider, provider
from tests.access.visitor import Running, running, write_settings
from tests.browser.conftest import picture, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PEOPLE = '[people."ada@example.org"]\nname = "Dr Ada Example"\nroles = ["reviewer", "admin"]\n'


@pytest.fixture(scope="module")
def signing() -> Iterator[Provider]:
    with provider() as ours:
        ours.person = {"sub": "u-1", "email": "Ada@Example.org", "email_verified": True}
        yield ours


@pytest.fixture(scope="module")
def department(signing: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("department")
    with running(home, write_settings(home, signing.issuer, PEOPLE)) as server:
        yield server


def test_a_person_signs_in_works_and_an_unattended_screen_is_emptied(department: Running, page_at: Any) -> None:
    page = page_at("about:blank")
    page.clock.install()  # goes on by itself until it is put forward
    page.goto(department.origin)
    page.get_by_text("Please sign in to continue.").wait_for()
    assert page.get_by_role("heading").count() == 0
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Signed in as Dr Ada Example").wait_for()
    settled(page)
    picture(page, "signed-in")
    page.get_by_role("heading", name="Welcome to Caseboard").wait_for()
    (department.home / "people.toml").write_text(PEOPLE + "\n[sessions]\nlongest_hours = 0.0001\n", encoding="utf-8")
    page.clock.fast_forward(LOOK_EVERY_S * 1000)
    page.get_by_text("Your sign-in ended").wait_for()
    settled(page)
    assert page.get_by_role("heading").count() == 0
    assert page.get_by_text("Signed in as").count() == 0
    assert page.get_by_role("button", name="Sign in").count() == 1
    picture(page, "signed-out")
