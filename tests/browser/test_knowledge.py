"""The Knowledge screen in a real browser: an invitation first, then an installed release, for everyone."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from models.knowledge import Source, clingen_dosage, clingen_validity, gencc, panelapp
from models.knowledge.library.installed import Library
from tests.browser.conftest import LARGE, Server, picture, poll, run_server, settled, violations
from tests.knowledge.gene_files import DOSAGE, VALIDITY, gencc_row, gencc_text, installed, write
from tests.knowledge.library.server import head, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VISIT = Callable[..., Any]


@pytest.fixture(scope="module")
def knowledge_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("knowledge")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory, knowledge_folder: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEBOARD_KNOWLEDGE", str(knowledge_folder))
        server: Server
        for server in run_server("app.py", tmp_path_factory.mktemp("knowledge-home")):
            yield f"{server.url}/knowledge"


def fill(folder: Path, delivered: Path) -> None:
    """Releases of several kinds: used, kept beside it, and older than what ships."""
    library = Library(folder)
    for day in ("2026-08-01", "2026-10-20"):
        installed(library, clingen_validity.OFFER, write(delivered, "download", VALIDITY.format(day=day)))
    installed(library, clingen_dosage.OFFER, write(delivered, "list.tsv", DOSAGE.format(day="9 Nov,2024")))
    rows = gencc_text(gencc_row("SCN1A", "1", "Definitive", "ClinGen"))
    installed(library, gencc.OFFER, write(delivered, "submissions-export-tsv", rows))


def choose(page: Any, source: Source) -> None:
    """Type into the list, which draws only the options in view, and wait for what the source says."""
    name = source.found.answer.source  # type: ignore[union-attr]
    page.get_by_role("combobox", name="Source").fill(name)
    page.get_by_role("option").filter(has_text=name).first.click()
    poll(lambda: page.get_by_text(source.question).count(), source.question)
    settled(page)


def shown(page_at: VISIT, screen: str, words: str, **look: Any) -> Any:
    page = page_at(screen, **look)
    settled(page)
    poll(lambda: page.get_by_text(words).count(), words)
    return page


@pytest.mark.parametrize("dark", [False, True])
def test_an_empty_library_invites_and_everyone_can_use_it(page_at: VISIT, screen: str, dark: bool) -> None:
    page = shown(
        page_at,
        screen,
        "Nothing is installed yet",
        dark=dark,
        axe=True,
        size=LARGE if dark else {"width": 1440, "height": 900},
    )
    picture(page, f"knowledge-empty-{'dark' if dark else 'light'}")
    assert violations(page) == []


def test_a_release_installs_from_a_file_and_answers_at_once(
    page_at: VISIT, screen: str, knowledge_folder: Path, tmp_path: Path
) -> None:
    path = write(tmp_path, "panels_2026-10-01.tsv", "Gene\tmode_of_inheritance\tconfidence_level\nCFTR\tAR\t3\n")
    page = shown(page_at, screen, "Nothing is installed yet")
    choose(page, panelapp.SOURCE)
    page.get_by_label("Paths, one a line").fill(str(path))
    page.get_by_role("button", name="Install these files").click()
    poll(lambda: page.get_by_text("Type your name to accept the licence").count(), "the refusal without a name")
    page.get_by_label("Your name, to accept the licence").fill("Dr A. Example")
    page.get_by_role("button", name="Install these files").click()
    poll(lambda: page.get_by_text("is installed. Open cases use it").count(), "the release")
    page.get_by_text("accepted by Dr A. Example").first.wait_for()
    now = Library(knowledge_folder).current(panelapp.RELEASE.key)
    assert now is not None and now.terms_accepted_by == "Dr A. Example"


def dripping(handler: Any, content: bytes) -> None:
    """A slow server: a few kB at a time, until the other side has had enough."""
    head(handler, 200, Content_Length=1000 << 20)
    try:
        while True:
            handler.wfile.write(content.ljust(1 << 14))
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def test_a_download_shows_how_far_it_is_leaves_the_app_usable_and_can_be_cancelled(
    page_at: VISIT, screen: str, knowledge_folder: Path
) -> None:
    with serving() as server:
        server.put("/kb/gene-validity/download", VALIDITY.encode())
        server.then("/kb/gene-validity/download", dripping)
        page = shown(page_at, screen, "Install, update, go back")
        choose(page, clingen_validity.SOURCE)
        page.get_by_text("From a mirror").click()
        page.get_by_label("Base address").fill(server.base)
        page.get_by_role("button", name="Install · ").click()
        poll(lambda: page.get_by_role("progressbar").count(), "the progress")
        picture(page, "knowledge-installing")
        page.goto(screen.removesuffix("knowledge"))
        poll(lambda: page.get_by_text("Sample patients").count(), "another screen")
        page.goto(screen)
        page.get_by_role("button", name="Cancel").click()
        poll(lambda: page.get_by_text("what was installed before is as it was").count(), "the end")
    assert Library(knowledge_folder).current("clingen_validity") is None
    choose(page, clingen_validity.SOURCE)
    poll(lambda: page.get_by_role("button", name="Go on · ").count(), "the way to go on")


@pytest.mark.parametrize("dark", [False, True])
def test_a_filled_library_is_usable_by_everyone(
    page_at: VISIT, screen: str, knowledge_folder: Path, tmp_path: Path, dark: bool
) -> None:
    fill(knowledge_folder, tmp_path)
    page = shown(
        page_at, screen, "2026-10-20", dark=dark, axe=True, size=LARGE if dark else {"width": 1440, "height": 900}
    )
    choose(page, clingen_validity.SOURCE)
    poll(lambda: page.get_by_role("button", name="Use this").count(), "the earlier release")
    picture(page, f"knowledge-filled-{'dark' if dark else 'light'}")
    assert violations(page) == []
