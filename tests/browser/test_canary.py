"""T13: what a patient is called, what is noted of them and who decides is on the screen and nowhere else.

A whole run in a real browser: start, drop files, review, override, decide, sign, take every file, back up, look into
each room, meet pages that are not there and a case damaged on disk. Every name, note, term, sample and file carries a
canary; then the server's log, its temporary files, every address that was asked for, titles, the names of files that
are stored or leave, and the sentences of errors are searched for it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, read_case
from models.review import DecisionLog, decisions_at
from models.review.commands import Consent, SetConsent, Shortlist
from tests.browser.conftest import Server, poll, run_server, settled
from tests.browser.hostile_case import CANARY, SAMPLES, write_hostile_case
from tests.browser.test_decisions import at_desk, history, record
from tests.browser.test_untrusted_text import names_below, start_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = f"Dr {CANARY}"
REASON = f"Looked at by {CANARY}, who agrees."


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server puts temporary files; nothing else does."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def watched_server(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Iterator[Server]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TMPDIR", "TEMP", "TMP"):
            patch.setenv(name, str(temporary))
        started = run_server("app.py", tmp_path_factory.mktemp("canary-home"))
        server = next(started)
    yield server
    started.close()


def traces(server: Server, temporary: Path) -> list[str]:
    """Every place outside of the stored case and the decisions in which the canary is found."""
    found = ["the log"] if CANARY in server.log.read_text(errors="replace") else []
    found += ["the name of a stored file"] if CANARY in names_below(server.home) else []
    found += ["the name of a temporary file"] if CANARY in names_below(temporary) else []
    files = [file for file in temporary.rglob("*") if file.is_file()]
    return found + [f"temporary file {file.name}" for file in files if CANARY.encode() in file.read_bytes()]


def override(page: Any) -> None:
    """Whoever is at the screen goes on in spite of each check that ranking waits for."""
    page.get_by_label("Your name").first.wait_for()
    while page.get_by_role("button", name="Override this check").count():
        page.get_by_label("Your name").first.fill(NAME)
        page.get_by_label("Why ranking may go on").first.fill(REASON)
        before = page.get_by_role("button", name="Override this check").count()
        page.get_by_role("button", name="Override this check").first.click()
        poll(lambda n=before: page.get_by_role("button", name="Override this check").count() < n, "the override")
        settled(page)


def agreed_and_shortlisted(server: Server) -> None:
    """The variant that was classified is to be reported, and everything is agreed to."""
    (folder,) = (server.home / "cases").glob("c-*")
    log, at = DecisionLog(decisions_at(server.home)), datetime.now(UTC)
    state = log.state(folder.name)
    (allele,) = state.variants
    for command in (
        Shortlist(state.version, allele, REASON),
        SetConsent(state.version + 1, frozenset(Consent), f"Form of {CANARY}"),
    ):
        log.decide(folder.name, command, who=NAME, at=at)
    log.close()


def sign(page: Any) -> None:
    page.get_by_label("Type your name to sign").wait_for()
    settled(page)
    page.get_by_label("Type your name to sign").fill(NAME)
    page.get_by_role("button", name="Sign the report").click()
    page.get_by_text("Verified: every byte is as it was signed").wait_for()
    settled(page)


def taken(page: Any) -> list[str]:
    """Every file that the report offers is fetched; the address and the name of each."""
    told: list[str] = []
    for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
        if button.is_visible() and button.is_enabled():
            with page.expect_download() as download:
                button.click()
            told += [download.value.url, download.value.suggested_filename]
    return told


def rooms_and_errors(page: Any, server: Server) -> list[str]:
    """The rooms about the installation, a backup, and pages that are not there: the addresses and titles they had."""
    told: list[str] = []
    for room in ("system", "people", "history", "report?case=c-0000000000000000", "nowhere"):
        page.goto(f"{server.url}/{room}")
        settled(page)
        told += [page.title(), page.url]
        if room == "system":
            page.get_by_role("button", name="Back up now").click()
            poll(lambda: list((server.home / "backups").glob("*.zip")), "the backup")
            settled(page)
    assert CANARY not in " ".join(page.watch.errors)
    page.watch.errors[:] = [e for e in page.watch.errors if "does not seem to exist" not in e]  # of "nowhere"
    return told


def test_a_trace_is_found_where_there_is_one(tmp_path: Path) -> None:
    log, temporary = tmp_path / "log", tmp_path / "temporary"
    temporary.mkdir()
    log.write_text("quiet", encoding="utf-8")
    server = Server("", tmp_path / "home", log, 0)
    assert traces(server, temporary) == []
    (temporary / "left").write_text(f"of {CANARY}", encoding="utf-8")
    log.write_text(f"told of {CANARY}", encoding="utf-8")
    assert traces(server, temporary) == ["the log", "temporary file left"]


def test_names_notes_terms_and_samples_stay_on_the_screen_through_a_whole_run(
    watched_server: Server, temporary: Path, page_at: Any, tmp_path: Path
) -> None:
    page = page_at(watched_server.url)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("websocket", lambda socket: addresses.append(socket.url))
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    start_case(page, write_hostile_case(tmp_path))
    page.wait_for_url("**/case_review?case=**")
    settled(page)
    if page.get_by_role("button", name="Override this check").count():
        override(page)
    at_desk(page, NAME)
    record(page, "Pathogenic", **{"Why, in your words": REASON, "For which condition": f"Disease of {CANARY}"})
    page.get_by_role("link", name="Phenotype", exact=True).first.click()
    settled(page)
    assert NAME in history(page), "the canary does reach the screen"
    agreed_and_shortlisted(watched_server)
    page.get_by_role("link", name="Report", exact=True).first.click()
    sign(page)
    told = taken(page)
    assert len(told) >= 2 * 5, "PDF, HTML, spreadsheet, FHIR bundle, phenopacket"
    addresses += [*told, *rooms_and_errors(page, watched_server)]
    assert [a for a in addresses if CANARY in a] == []
    assert traces(watched_server, temporary) == []


def test_the_sentence_about_a_case_damaged_on_disk_quotes_no_patient(
    watched_server: Server, temporary: Path, page_at: Any, tmp_path: Path
) -> None:
    store = CaseStore(watched_server.home)
    draft = store.new_draft()
    given = [GivenFile(file, file.name) for file in write_hostile_case(tmp_path)]
    case = read_case(given, draft, CaseOptions(proband=SAMPLES[0], pseudonym=CANARY))
    folder = watched_server.home / "cases" / store.keep(draft, case, datetime.now(UTC)).id
    told = folder / "case.json"
    told.write_text(told.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    page = page_at(f"{watched_server.url}/case_review?case={folder.name}")
    page.get_by_test_id("stAlert").first.wait_for()
    settled(page)
    said = page.inner_text("[data-testid=stAlert]")
    assert "cannot be read" in said
    assert CANARY not in said
    assert CANARY not in page.title() + page.url
    assert traces(watched_server, temporary) == []
