"""The report in a real browser: nothing chosen, a draft, a signature, an amendment, a changed byte."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

from models.case.store import CaseStore
from models.evidence.acmg.types import Class
from models.intake import files_of, read_case
from models.reporting import document_of
from models.reporting.html import as_html
from models.review import DecisionLog, decisions_at
from models.review.commands import Classify, Dismiss, SetStatus, Shortlist, Status
from tests.browser.conftest import LARGE, ONE_FRAME, ROOT, SMALL, Server, picture, poll, run_server, settled, violations
from tests.reporting.report_builders import a_content
from tests.reporting.test_report_files import PAYLOADS, hostile

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VISIT = Callable[..., Any]
ANSWER = "chr2-165992342-G-A"
AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_server("app.py", tmp_path_factory.mktemp("report-home"))


@pytest.fixture
def case_id(server: Server) -> str:
    """A fresh case of the sample patient, about which nobody decided anything."""
    store = CaseStore(server.home)
    draft = store.new_draft()
    case = read_case(files_of(ROOT / "sample_data" / "dravet-trio"), draft)
    return store.keep(draft, case, AT, "dravet-trio").id


def decided(server: Server, case_id: str, *commands: Any) -> None:
    log = DecisionLog(decisions_at(server.home))
    for make in commands:
        log.decide(case_id, make(log.state(case_id).version), who="Dr A. Berg", at=AT)
    log.close()


def reviewed(server: Server, case_id: str) -> None:
    decided(
        server,
        case_id,
        lambda seen: Shortlist(seen, ANSWER, "explains the seizures"),
        lambda seen: Dismiss(seen, "chr2-165331429-T-C", "seen in the healthy father"),
        lambda seen: Classify(seen, ANSWER, Class.PATHOGENIC, "Dravet syndrome", "New in the child."),
    )


def opened(page_at: VISIT, server: Server, case_id: str, **more: Any) -> Any:
    page = page_at(f"{server.url}/report?case={case_id}", **more)
    page.get_by_role("heading", name="Report", exact=True).wait_for()
    settled(page)
    return page


def sign(page: Any, name: str) -> None:
    field = page.get_by_label("Type your name to sign")
    field.fill(name)
    page.get_by_role("button", name="Sign the report").click()


def test_while_nobody_chose_a_variant_the_screen_gives_no_result(page_at: VISIT, server: Server, case_id: str) -> None:
    page = opened(page_at, server, case_id)
    page.get_by_text("nobody has chosen one").wait_for()
    assert page.get_by_text("SCN1A").count() == 0
    assert page.get_by_role("button", name="Sign the report").count() == 0


def test_a_report_is_read_signed_amended_and_a_changed_byte_is_named(
    page_at: VISIT, server: Server, case_id: str
) -> None:
    reviewed(server, case_id)
    page = opened(page_at, server, case_id)
    page.get_by_text("One variant is reported: SCN1A").wait_for()
    page.get_by_text("DRAFT", exact=True).wait_for()
    with page.expect_download() as asked:
        page.get_by_role("button", name="PDF", exact=True).click()
    draft = pypdf.PdfReader(io.BytesIO(asked.value.path().read_bytes()))
    assert "DRAFT" in draft.pages[0].extract_text()
    assert asked.value.suggested_filename == f"{case_id}-report-v1.pdf"

    sign(page, "  ")
    page.get_by_text("needs the name of the person").wait_for()
    settled(page)
    sign(page, "Dr A. Berg")
    page.get_by_text("Verified: every byte is as it was signed").wait_for()
    settled(page)
    assert page.get_by_text("DRAFT", exact=True).count() == 0
    picture(page, "report-signed")

    decided(server, case_id, lambda seen: SetStatus(seen, Status.IN_REVIEW, "a parent was resequenced"))
    page.reload()
    page.get_by_text("Say why the signed report is replaced").wait_for()
    settled(page)
    page.get_by_label("Why the signed report is replaced").fill("father resequenced")
    page.get_by_label("Why the signed report is replaced").press("Enter")
    page.get_by_label("Type your name to sign").wait_for()
    settled(page)
    sign(page, "Dr A. Berg")
    poll(lambda: page.get_by_text("Verified: every byte").count() == 2, "the second version")

    kept = max((server.home / "cases" / case_id / "reports").glob("*/report.pdf"), key=lambda p: p.stat().st_mtime)
    data = bytearray(kept.read_bytes())
    data[5000] ^= 1
    kept.chmod(0o600)
    kept.write_bytes(data)
    page.reload()
    page.get_by_text("report.pdf was changed after it was signed").wait_for()
    poll(lambda: page.get_by_text("Verified: every byte").count() == 1, "the other version, as it was signed")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_html_file_loads_nothing_and_runs_nothing(page_at: VISIT, tmp_path: Path, payload: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(as_html(document_of(hostile(payload))), encoding="utf-8")
    asked: list[str] = []
    page = page_at("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())  # until everything it names is loaded
    page.evaluate(ONE_FRAME)
    assert asked == [file.as_uri()]
    assert page.get_by_role("img").count() == 0


def test_the_html_file_is_accessible_and_prints_as_it_looks(page_at: VISIT, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(as_html(document_of(a_content())), encoding="utf-8")
    page = page_at(file.as_uri(), axe=True)
    # The watermark is pale by intent and hidden from readers of the page; the stamp beside the name says it in words.
    assert violations(page, leave_out=(".watermark",)) == []
    assert page.get_by_text("DRAFT", exact=True).count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, "report-html")


@pytest.mark.parametrize(("dark", "size"), [(False, SMALL), (True, LARGE)], ids=["light small", "dark large"])
def test_the_screen_is_accessible_and_fits(
    page_at: VISIT, server: Server, case_id: str, dark: bool, size: dict[str, int]
) -> None:
    reviewed(server, case_id)
    page = opened(page_at, server, case_id, dark=dark, size=size, axe=True)
    page.get_by_text("One variant is reported: SCN1A").wait_for()
    picture(page, f"report-{'dark' if dark else 'light'}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.mouse.move(300, 600)
    page.mouse.wheel(0, 1500)
    page.evaluate(ONE_FRAME)
    picture(page, f"report-{'dark' if dark else 'light'}-below")
    assert page.get_by_role("heading", name="Sign", exact=True).is_visible()
