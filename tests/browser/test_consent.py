"""Consent in a real browser: recorded on the Decide tab, it counts at once for the list and for what may leave."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.conftest import Server, picture, poll, run_server, settled, violations
from tests.browser.test_decisions import at_desk, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VISIT = Callable[..., Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_server("app.py", tmp_path_factory.mktemp("consent"))


def said(page: Any, title: str) -> None:
    poll(lambda: page.locator("summary").filter(has_text=title).count() == 1, f"the banner saying {title}")


def preset(page: Any) -> Any:
    return page.get_by_role("button", name="Secondary findings")


def record(page: Any, *ticked: str) -> None:
    boxes = page.locator('.uses input[type="checkbox"]')
    boxes.first.wait_for()
    for box in boxes.all():
        box.set_checked(box.get_attribute("value") in ticked)
    page.get_by_role("button", name="Record consent").click()
    said(page, "Consent recorded")
    settled(page)


def test_what_is_recorded_counts_at_once_for_the_list_and_for_what_may_leave(page_at: VISIT, server: Server) -> None:
    page = opened(page_at, server, axe=True)
    said(page, "Consent: files only")
    poll(lambda: "not looked for" not in preset(page).inner_text(), "the preset, as the files agree")
    at_desk(page, "Dr A. Berg")
    page.locator("summary").filter(has_text="The case:").click()
    record(page, "diagnosis")
    poll(lambda: "not looked for" in preset(page).inner_text(), "the list saying that it is not looked for")
    assert preset(page).is_disabled()
    picture(page, "consent-recorded")
    assert violations(page) == []
    page.get_by_role("link", name="Report", exact=True).first.click()
    page.get_by_text("Not looked for: the person does not agree to it.").wait_for()
    settled(page)
    assert page.get_by_role("button", name="PDF", exact=True).is_enabled()
    assert page.get_by_role("button", name="Phenopacket", exact=True).is_disabled()
    page.get_by_text("does not agree to sharing with another institution").wait_for()
    picture(page, "consent-report")
