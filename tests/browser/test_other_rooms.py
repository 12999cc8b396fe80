"""The board on a projector and the blind reading of a learner, in a real browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import LARGE, PATIENCE_S, ROOT, Server, picture, poll, settled, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VISIT = Callable[..., Any]
ANSWER = json.loads((ROOT / "sample_data" / "dravet-trio" / "answer.json").read_text(encoding="utf-8"))
WHO, GENE = ANSWER["pseudonym"], ANSWER["causal"][0]["gene"]


@pytest.fixture(scope="module")
def blind_address(chromium: Any, app_server: Server) -> str:
    """Where the learner reads, reached from the cards of the teaching screen."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.goto(f"{app_server.url}/teaching")
    page.get_by_role("button").filter(has_text=WHO).first.click()
    page.wait_for_url("**/teaching?case=**")
    address = str(page.url).split("&", maxsplit=1)[0]
    context.close()
    return address


@pytest.fixture
def board(page_at: VISIT, blind_address: str) -> VISIT:
    def visit(more: str = "", **look: Any) -> Any:
        page = page_at(blind_address.replace("/teaching", "/board") + more, size=LARGE, **look)
        settled(page)
        poll(lambda: page.get_by_text("is number 1 of").count(), "the first candidate")
        return page

    return visit


def has(page: Any, words: str) -> int:
    return int(page.get_by_text(words).count())


def test_the_arrow_keys_of_the_board_walk_the_candidates(board: VISIT) -> None:
    page = board()
    page.keyboard.press("ArrowRight")
    poll(lambda: has(page, "is number 2 of"), "the second candidate")
    page.keyboard.press("ArrowLeft")
    poll(lambda: has(page, "is number 1 of"), "the first candidate again")


def test_one_key_hides_who_the_patient_is_and_a_refresh_keeps_it_hidden(board: VISIT) -> None:
    page = board()
    assert has(page, WHO)
    page.keyboard.press("h")
    poll(lambda: has(page, "Identity hidden"), "the hidden banner")
    assert WHO not in page.content() and not has(page, WHO)
    page.reload()
    settled(page)
    poll(lambda: has(page, "Identity hidden"), "the hidden banner after the refresh")
    assert not has(page, WHO)


def test_with_identity_hidden_the_record_shows_no_date(board: VISIT) -> None:
    page = board("&view=record")
    poll(lambda: has(page, "2024-02"), "dates of the record")
    page.keyboard.press("h")
    poll(lambda: has(page, "not shown while identity is hidden"), "the record without notes")
    assert not has(page, "2024-02")


def test_every_feature_stands_above_the_keys_without_scrolling(board: VISIT) -> None:
    page = board("&view=reasons")
    last = page.get_by_text("Not there, as in the disease").locator("..")
    last.wait_for()
    end = last.evaluate("e => e.getBoundingClientRect().bottom")
    keys = page.get_by_role("toolbar", name="Board keys").evaluate("e => e.getBoundingClientRect().top")
    assert end < keys
    body = page.locator(".st-key-board_body")
    assert body.evaluate("e => e.scrollHeight <= e.clientHeight")


def test_escape_leads_from_the_board_to_the_case_review(board: VISIT) -> None:
    page = board()
    page.keyboard.press("Escape")
    page.wait_for_url("**/case_review?case=**")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("view", ["reasons", "reads", "record"])
def test_every_view_of_the_board_is_usable_by_everyone(board: VISIT, view: str, dark: bool) -> None:
    page = board(f"&view={view}", dark=dark, axe=True)
    picture(page, f"board-{view}-{'dark' if dark else 'light'}")
    assert violations(page) == []


def test_nothing_tells_the_answer_until_the_learner_commits(
    chromium: Any, blind_address: str, page_at: VISIT, app_server: Server
) -> None:
    frames: list[bytes] = []
    page = page_at("about:blank")
    page.on("websocket", lambda s: s.on("framereceived", lambda f: frames.append(_bytes(f))))
    page.goto(blind_address)
    settled(page)
    page.get_by_role("option").filter(has_text=GENE).first.click()
    poll(lambda: has(page, "Make this variant a candidate"), "the learner's form")
    picture(page, "teaching-blind")
    told = b"".join(frames)
    for secret in (ANSWER["explanation"][:40], ANSWER["trap"][:40], "is number ", "Pathogenic,", "dravet-trio"):
        assert secret.encode() not in told
    _commit(page)
    poll(lambda: has(page, "You found 1 of 1 causal variant"), "the answer")
    poll(lambda: has(page, ANSWER["explanation"][:40]), "the explanation")
    picture(page, "teaching-revealed")
    page.get_by_role("button", name="Next learner").click()
    poll(lambda: has(page, "No candidate yet"), "an empty form for the next learner")
    poll(lambda: not has(page, ANSWER["explanation"][:40]), "the answer gone")
    assert page.get_by_label("Your name or initials").input_value() == ""


def _commit(page: Any) -> None:
    page.get_by_role("button", name="Make this variant a candidate").click()
    poll(lambda: has(page, "Your candidates (1)"), "the candidate")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="Pathogenic", exact=True).click()
    settled(page)
    page.get_by_label("Your name or initials").fill("Ada")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Commit and see the answer").click()


def _bytes(frame: Any) -> bytes:
    return frame if isinstance(frame, bytes) else str(frame).encode()
