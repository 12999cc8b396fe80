"""The copy without identity in a real browser: read a text, let it leave, take the zip out, no name in any byte."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.case.store import CaseStore
from models.intake import files_of, read_case
from models.intake.given import GivenFile
from models.privacy.last_look import text_in
from models.review import DecisionLog, decisions_at
from models.review.commands import Consent, SetConsent, Shortlist
from models.review.events import EventKind
from tests.browser.conftest import LARGE, ROOT, SMALL, Server, picture, poll, run_server, settled, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
NAME, DOCTOR = "Quirina Zabellus", "Dr Tiberius Wolkenstein"
NOTE = f"Seen {NAME} (MRN 0047112) on 2024-02-27 with her mother; reported to {DOCTOR}."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_server("app.py", tmp_path_factory.mktemp("copy-home"))


@pytest.fixture(scope="module")
def case_id(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sample patient whose record gives her a name, who agreed, and about whom somebody wrote it down."""
    folder = tmp_path_factory.mktemp("files")
    files = [f for f in files_of(ROOT / "sample_data" / "dravet-trio") if f.path.name not in ("record.fhir.json",)]
    record = json.loads((ROOT / "sample_data" / "dravet-trio" / "record.fhir.json").read_text(encoding="utf-8"))
    record["entry"][0]["resource"]["name"] = [{"given": ["Quirina"], "family": "Zabellus"}]
    record["entry"].append({"resource": {"resourceType": "Practitioner", "id": "9", "name": [{"text": DOCTOR}]}})
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    store = CaseStore(server.home)
    draft = store.new_draft()
    case = read_case([*files, GivenFile(folder / "record.json", "record.json")], draft)
    kept = store.keep(draft, case, AT).id
    log = DecisionLog(decisions_at(server.home))
    agreed = frozenset({Consent.DIAGNOSIS, Consent.DEIDENTIFIED})
    for command in (SetConsent(0, agreed), Shortlist(1, "chr2-165992342-G-A", NOTE)):
        log.decide(kept, command, who="Prof Ottilie Brandauer", at=AT)
    log.close()
    return kept


def at_copy(page_at: Any, server: Server, case_id: str, **more: Any) -> Any:
    page = page_at(f"{server.url}/report?case={case_id}", **more)
    page.get_by_role("heading", name="Report", exact=True).wait_for()
    settled(page)
    page.get_by_role("tab", name="Copy without identity").click()
    page.get_by_role("heading", name="Make the copy").wait_for()
    settled(page)
    return page


def choose(page: Any, title: str) -> None:
    page.get_by_role("combobox", name="Text", exact=False).first.click()
    page.get_by_role("option").filter(has_text=title).click()
    settled(page)


def test_a_text_is_read_and_let_go_and_the_copy_that_is_taken_out_names_nobody(
    page_at: Any, server: Server, case_id: str
) -> None:
    page = at_copy(page_at, server, case_id)
    choose(page, "why it was chosen")
    names = {NAME, "MRN 0047112", "2024-02-27"}
    poll(lambda: names <= set(page.locator("mark").all_inner_texts()), "what is taken out to be marked")
    outcome, begins = page.get_by_label("As it leaves"), "Seen Proband (MRN [record number]) on 2024 with her mother"
    poll(lambda: outcome.input_value().startswith(begins), "what leaves")
    picture(page, "copy-piece")
    page.get_by_role("button", name="I read it: let it leave").click()
    page.get_by_text("1 of").wait_for()
    settled(page)
    page.get_by_role("button", name="Make the copy").click()
    page.get_by_text("Type your name first").wait_for()
    page.get_by_label("Your name").fill("Prof Ottilie Brandauer")
    page.get_by_label("Your name").press("Tab")
    settled(page)
    page.get_by_role("button", name="Make the copy").click()
    page.get_by_text("Ready. Texts that leave: 1; left out: ").wait_for()
    settled(page)
    page.get_by_role("button", name="Take the copy out").scroll_into_view_if_needed()
    picture(page, "copy-ready")
    with page.expect_download() as asked:
        page.get_by_role("button", name="Take the copy out").click()
    data = Path(asked.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        said = "\n".join([n + text_in(n, archive.read(n)) for n in archive.namelist()]) + data.decode("latin-1")
    assert "Seen Proband" in said
    found = [w for w in ("Quirina", "Zabellus", "Wolkenstein", "Brandauer", "0047112", "SYN-001", case_id) if w in said]
    assert found == []
    log = DecisionLog(decisions_at(server.home))
    (event,) = [e for e in log.events(case_id) if e.kind is EventKind.EXPORTED]
    log.close()
    assert (event.who, event.payload["checked"]) == ("Prof Ottilie Brandauer", 1)
    assert NAME not in json.dumps(event.payload)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_copy_is_reached_and_read_by_everybody(page_at: Any, server: Server, case_id: str, dark: bool) -> None:
    page = at_copy(page_at, server, case_id, dark=dark, size=LARGE if dark else SMALL, axe=True)
    choose(page, "note 1 of the record")
    picture(page, f"copy-{'dark' if dark else 'light'}")
    assert violations(page) == []
