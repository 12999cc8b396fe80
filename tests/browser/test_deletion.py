"""A person deletes a case in a real browser; whoever else has it open reads the certificate, and nothing is left."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.case.store import CaseStore
from models.intake import files_of, read_case
from models.review import DecisionLog
from models.review.commands import WriteNote
from tests.browser.conftest import LARGE, ROOT, SMALL, Server, picture, poll, run_server, settled, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAID = "(certificate 1)"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one case and one decision about it."""
    folder = tmp_path_factory.mktemp("deletion-home")
    store = CaseStore(folder)
    draft = store.new_draft()
    case = store.keep(draft, read_case(files_of(ROOT / "sample_data" / "melas-duo"), draft), AT)
    log = DecisionLog(folder / "decisions.db")
    log.decide(case.id, WriteNote(0, f"{case.patient.pseudonym} was told"), who="Dr Ada Example", at=AT)
    log.close()
    return folder


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Server]:
    yield from run_server("app.py", home)


def test_a_case_is_deleted_and_every_session_that_has_it_open_says_so(page_at: Any, server: Server) -> None:
    case = CaseStore(server.home).summaries()[0]
    name = case.patient.pseudonym
    other = page_at(f"{server.url}/history?case={case.id}")
    other.get_by_text(f"{name} was told").wait_for()
    settled(other)
    page = page_at(f"{server.url}/history?case={case.id}", axe=True)
    fill(page, name)
    look(page)
    page.get_by_role("button", name="Delete this case for good").click()
    page.get_by_text(SAID).wait_for()
    picture(page, "deletion-gone")
    assert violations(page) == []
    other.get_by_role("link", name="Phenotype").first.click()
    other.get_by_text(SAID).wait_for()
    poll(lambda: list((server.home / "cases").iterdir()) == [], "the folder to be gone")
    poll(lambda: kept_names(server.home, name) == [], "the last byte to be gone")
    page.goto(f"{server.url}/system")
    page.get_by_text("Certificates of 1 deleted case").click()
    page.get_by_text(f"case {case.id} deleted").wait_for()
    settled(page)
    picture(page, "deletion-certificates")
    assert violations(page) == []


def kept_names(home: Path, name: str) -> list[str]:
    return [p.name for p in home.rglob("*") if p.is_file() and name.encode() in p.read_bytes()]


def choose(page: Any, reason: str) -> None:
    """Typed, so that a list which a late drawing closed opens again."""
    box, option = page.get_by_role("combobox", name="Why"), page.get_by_role("option", name=reason)

    def typed() -> bool:
        page.keyboard.press("Escape")
        box.fill("")
        box.press_sequentially(reason)
        for _ in range(30):
            if option.count():
                return True
            page.wait_for_timeout(100)
        return False

    poll(typed, "the reason in the list")
    option.first.click()


def fill(page: Any, name: str) -> None:
    page.get_by_text("Delete this case for good").first.click()
    settled(page)
    picture(page, "deletion-open")
    page.get_by_label("To confirm, type the pseudonym").wait_for()
    settled(page)
    choose(page, "the patient asked for it")
    page.get_by_label("To confirm, type the pseudonym").fill(name)
    page.get_by_label("Your name").fill("Dr Ada Example")


def look(page: Any) -> None:
    assert violations(page) == []
    for size in (SMALL, LARGE):
        for scheme in ("light", "dark"):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            picture(page, f"deletion-{size['width']}-{scheme}")
