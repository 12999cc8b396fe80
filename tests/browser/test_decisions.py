"""People decide in a real browser: triage by key, class and criteria, two tabs, two readers, the chain at the end."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.conftest import LARGE, ROOT, Server, picture, poll, run_server, settled, violations
from tests.browser.genome import wait_for_genome

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VISIT = Callable[..., Any]
SAMPLE = ROOT / "sample_data" / "dravet-trio" / "answer.json"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Caseboard where one person is enough."""
    yield from run_server("app.py", tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Caseboard where two people read each variant."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOARD_READERS", "2")
        yield from run_server("app.py", tmp_path_factory.mktemp("department"))


def opened(page_at: VISIT, server: Server, **more: Any) -> Any:
    """The sample patient's case, opened from the worklist."""
    page = page_at(server.url, **more)
    settled(page)
    pseudonym = json.loads(SAMPLE.read_text(encoding="utf-8"))["pseudonym"]
    page.get_by_role("button").filter(has_text=pseudonym).first.click()
    page.wait_for_url("**/case_review?case=**")
    settled(page)
    wait_for_genome(page)
    return page


def at_desk(page: Any, name: str) -> Any:
    """The tab where one decides, under this name."""
    page.get_by_role("tab", name="Decide").click()
    field = page.get_by_label("Your name, kept with each decision")
    field.fill(name)
    field.press("Enter")
    poll(
        lambda: field.input_value() == name and page.get_by_role("radio", name="Benign", exact=True).count(), "the desk"
    )
    settled(page)
    return page


def record(page: Any, class_: str, button: str = "Record class", **fields: str) -> None:
    page.get_by_role("radio", name=class_, exact=True).check()
    for label, words in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(words)
    page.get_by_role("button", name=button).click()


def option(page: Any, place: int) -> str:
    return str(page.get_by_role("option").nth(place).inner_text())


def history(page: Any) -> str:
    page.get_by_role("link", name="History", exact=True).first.click()
    page.get_by_role("heading", name="History", exact=True).wait_for()
    settled(page)
    page.get_by_text("Chain verified").wait_for()
    return str(page.get_by_role("region", name="Decisions on this case").inner_text())


def test_triage_class_and_criteria_are_kept_with_a_name_and_stand_in_the_history(
    page_at: VISIT, office: Server
) -> None:
    page = opened(page_at, office)
    page.get_by_role("listbox").focus()
    page.keyboard.press("s")
    page.keyboard.type("Ada Byron")
    page.keyboard.press("Enter")
    poll(lambda: "★" in option(page, 0), "the star")
    settled(page)
    page.keyboard.press("ArrowDown")
    poll(lambda: page.get_by_text("is number 2 of").count(), "the second variant")
    settled(page)
    page.keyboard.press("x")
    page.get_by_label("Why it is dismissed").wait_for()
    page.keyboard.type("Inheritance does not fit")
    page.keyboard.press("Enter")
    poll(lambda: "✕" in option(page, 1), "the cross")
    settled(page)
    page.keyboard.press("ArrowUp")
    poll(lambda: page.get_by_text("is number 1 of").count(), "the first variant")
    page.get_by_role("tab", name="Decide").click()
    name = page.get_by_label("Your name, kept with each decision")
    poll(lambda: name.input_value() == "Ada Byron", "the name of who decided before")
    settled(page)
    assert page.get_by_role("radio", checked=True).count() == 0
    page.get_by_role("button", name="Accept").first.click()
    page.get_by_text("accepted by Ada Byron").wait_for()
    settled(page)
    page.get_by_label("Add a criterion", exact=True).select_option("PP4")
    page.get_by_label("Why the added criterion counts").fill("Typical course")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("changed by Ada Byron").wait_for()
    settled(page)
    record(page, "Likely pathogenic", For_which_condition="the disease asked about")
    page.get_by_text("Likely pathogenic, by Ada Byron").wait_for()
    picture(page, "decide-light")
    page.reload()
    settled(page)
    poll(lambda: "★" in option(page, 0) and "LP" in option(page, 0) and "✕" in option(page, 1), "what was decided")
    page.get_by_role("button", name="✕ Dismissed").click()
    poll(lambda: page.get_by_role("option").count() == 1, "the dismissed alone")
    said = history(page)
    for part in ("Ada Byron", "Inheritance does not fit", "PP4, first reading", "Likely pathogenic", "as typed"):
        assert part in said
    picture(page, "history-light")


def test_two_tabs_that_decide_the_same_see_both_sides(page_at: VISIT, office: Server) -> None:
    one, other = opened(page_at, office), opened(page_at, office)
    for page, name in ((one, "Ada"), (other, "Ben")):
        page.get_by_role("option").nth(2).click()
        poll(lambda page=page: page.get_by_text("is number 3 of").count(), "the third variant")
        at_desk(page, name)
    record(one, "Benign")
    one.get_by_text("Benign, by Ada").wait_for()
    record(other, "Uncertain significance")
    other.get_by_text("Yours, not kept").wait_for()
    other.get_by_text("What stands: Ada").wait_for()
    picture(other, "conflict-light")
    other.get_by_role("button", name="Keep mine instead").click()
    other.get_by_text("Uncertain significance, by Ben").wait_for()
    assert "Benign" in history(other)


def signed(page: Any, name: str, versions: int) -> None:
    page.get_by_label("Type your name to sign").fill(name)
    page.get_by_role("button", name="Sign the report").click()
    poll(lambda: page.get_by_text("Verified: every byte is as it was signed").count() == versions, "the signature")
    settled(page)


def test_two_people_read_apart_disagree_resolve_it_on_the_record_sign_and_amend(
    page_at: VISIT, department: Server
) -> None:
    ada = opened(page_at, department)
    ada.get_by_role("listbox").focus()
    ada.keyboard.press("s")
    ada.keyboard.type("Ada")
    ada.keyboard.press("Enter")
    poll(lambda: "★" in option(ada, 0), "the star")
    at_desk(ada, "Ada")
    ada.get_by_text("This is the first reading").wait_for()
    ada.get_by_role("button", name="Accept").first.click()
    ada.get_by_text("accepted by Ada").wait_for()
    settled(ada)
    record(ada, "Likely pathogenic")
    ada.get_by_text("Likely pathogenic, by Ada").wait_for()
    ben = at_desk(opened(page_at, department), "Ben")
    ben.get_by_text("This is the second reading").wait_for()
    assert ben.get_by_text("by Ada").count() == 0 and "1 of 2" in option(ben, 0)
    ben.get_by_text("none judged yet").first.wait_for()
    record(ben, "Uncertain significance")
    ben.get_by_role("table").filter(has_text="second reading: Ben").wait_for()
    poll(lambda: ben.get_by_text("≠ differs").count() >= 2, "where the two differ")
    picture(ben, "disagreement-light")
    ben.get_by_role("link", name="Worklist", exact=True).click()
    ben.get_by_text("the two readers disagree").wait_for()
    ben.go_back()
    settled(ben)
    at_desk(ben, "Ben")
    record(ben, "Likely pathogenic", "Record the resolution", How_it_was_resolved="Read the paper together")
    ben.get_by_text("resolved on the record").wait_for()
    poll(lambda: "LP" in option(ben, 0), "the class that stands")
    assert "Read the paper together" in history(ben)
    ben.get_by_role("link", name="Report", exact=True).first.click()
    ben.get_by_text("One variant is reported: SCN1A").wait_for()
    signed(ben, "Ben", 1)
    ben.get_by_role("link", name="Case review", exact=True).first.click()
    settled(ben)
    at_desk(ben, "Ben")
    ben.locator("summary").filter(has_text="The case: signed").click()
    ben.get_by_label("Status", exact=True).select_option("in review")
    ben.get_by_label("Why the status changes").fill("A parent was sequenced again")
    ben.get_by_role("button", name="Set status").click()
    ben.locator("summary").filter(has_text="The case: in review").wait_for()
    ben.get_by_role("link", name="Report", exact=True).first.click()
    ben.get_by_label("Why the signed report is replaced").fill("A parent was sequenced again")
    ben.get_by_label("Why the signed report is replaced").press("Enter")
    ben.get_by_label("Type your name to sign").wait_for()
    settled(ben)
    signed(ben, "Ben", 2)
    ben.get_by_text("A parent was sequenced again").first.wait_for()
    picture(ben, "amended-report")
    told = history(ben)
    assert "report 1 signed" in told and "report 2 signed" in told and "amends" in told


@pytest.mark.parametrize(("dark", "size"), [(False, None), (True, LARGE)])
def test_deciding_and_the_history_are_usable_by_everyone(
    dark: bool, size: dict[str, int] | None, page_at: VISIT, office: Server
) -> None:
    page = opened(page_at, office, dark=dark, axe=True, **({"size": size} if size else {}))
    at_desk(page, "Ada")
    page.get_by_role("option").nth(3).click()
    before = option(page, 3)
    page.keyboard.press("s")
    asked = page.get_by_label("Your name, kept with each decision").and_(page.locator("[name=who]"))
    poll(lambda: option(page, 3) != before or asked.count(), "the decision to be kept, or a name to be asked for")
    if asked.count():  # the list had not yet heard who sits at the desk
        asked.fill("Ada")
        asked.press("Enter")
    poll(lambda: option(page, 3) != before, "the decision to be kept")
    page.keyboard.press("x")
    page.get_by_label("Why it is dismissed").wait_for()
    for part in ("The case:", "Notes on this variant"):
        page.locator("summary").filter(has_text=part).click()
    picture(page, f"decide-axe-{'dark' if dark else 'light'}")
    assert violations(page) == []
    assert page.evaluate("document.scrollingElement.scrollHeight <= window.innerHeight")
    history(page)
    assert violations(page) == []
