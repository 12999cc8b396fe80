"""A real server, a real browser, and three guards around every browser test.

    def test_x(page_at, app_server): page = page_at(app_server.url)

`page_at` gives a page on which a request that leaves this machine, or an error in the browser's
console, fails the test at its end. `violations(page)` runs axe-core. `picture(page, name)` keeps a
screenshot when CASEBOARD_SCREENSHOTS names a folder.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.serving import ROOT, running  # noqa: F401  ROOT is asked for here

CHROMIUM = Path(os.environ.get("CASEBOARD_CHROMIUM", "/usr/bin/chromium"))
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"]
HERE = {"127.0.0.1", "localhost", ""}
REFUSED = "Failed to load resource"  # the console says it, but not of what; the response does
PROBE = re.compile(r"^/[a-z_]+/_stcore/(health|host-config)$")
LOCAL_SCHEMES = {"data", "blob", "about", "chrome"}
STANDS_STILL = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
ONE_FRAME = "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
LONGEST_SIGN = 100_000  # bytes; messages that begin or end a run are far shorter than those that carry its content
PATIENCE_S = 300.0  # two cores may have much else to do
SMALL = {"width": 1440, "height": 900}
LARGE = {"width": 1920, "height": 1080}


@dataclass(frozen=True)
class Server:
    """A running Caseboard. url: without a trailing slash. home: its data folder. log: what it printed."""

    url: str
    home: Path
    log: Path
    pid: int


def run_server(script: str, home: Path) -> Iterator[Server]:
    """`streamlit run script` on a port of its own with its own data folder; ended when the test session ends."""
    with running(script, home) as started:
        yield Server(started.origin, started.home, started.log, started.pid)


@pytest.fixture(scope="session")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Caseboard itself, as a user starts it, with an empty data folder."""
    yield from run_server("app.py", tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def genome_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The genome browser alone on a page, under the real policy."""
    yield from run_server("tests/browser/apps/genome_app.py", tmp_path_factory.mktemp("genome-home"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What went wrong on a page. is_asking: the server was asked for a run and has not told its end."""

    foreign: list[str]
    errors: list[str]
    dialogs: list[str]
    refused: list[str]
    is_asking: bool = False

    def check(self) -> None:
        assert self.foreign == [], f"requests left this machine: {self.foreign}"
        assert self.dialogs == [], f"dialogs were opened: {self.dialogs}"
        assert self.errors == [], f"errors in the browser's console: {self.errors}"
        assert self.refused == [], f"requests were refused: {self.refused}"


def is_foreign(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in LOCAL_SCHEMES and (parts.hostname or "") not in HERE


def _is_probe(url: str) -> bool:
    """On a deep link Streamlit looks for its server under the page's own path first, is told no, and goes on."""
    return PROBE.match(urlsplit(url).path) is not None


def _watch(page: Any) -> Watch:
    watch = Watch([], [], [], [])
    page.on("request", lambda r: watch.foreign.append(r.url) if is_foreign(r.url) else None)
    page.on("websocket", lambda s: watch.foreign.append(s.url) if is_foreign(s.url) else _follow(s, watch))
    page.on("console", lambda m: watch.errors.append(m.text) if m.type == "error" and REFUSED not in m.text else None)
    page.on("response", lambda r: watch.refused.append(r.url) if r.status >= 400 and not _is_probe(r.url) else None)
    page.on("pageerror", lambda e: watch.errors.append(str(e)))

    def refuse(dialog: Any) -> None:
        watch.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    return watch


def _follow(socket: Any, watch: Watch) -> None:
    """Note what a session asks and is told; it begins with asking for its first run."""

    def sent(frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            watch.is_asking = True

    def received(frame: bytes | str) -> None:
        if isinstance(frame, bytes) and len(frame) < LONGEST_SIGN:
            told = ForwardMsg.FromString(frame)
            if told.HasField("new_session"):
                watch.is_asking = True
            elif told.HasField("script_finished"):
                watch.is_asking = told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    if socket.url.endswith("/_stcore/stream"):
        watch.is_asking = True
        socket.on("framesent", sent)
        socket.on("framereceived", received)


@pytest.fixture
def page_at(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`page_at(url, dark=False, size=SMALL, axe=False)`: a watched page.

    axe=True switches the page's policy off, because axe-core is injected as inline script: use it
    for accessibility tests only. `page.watch` is the Watch; it is checked at the end of the test.
    """
    contexts: list[Any] = []
    watches: list[Watch] = []

    def visit(url: str, *, dark: bool = False, size: dict[str, int] = SMALL, axe: bool = False) -> Any:
        context = chromium.new_context(
            viewport=size, color_scheme="dark" if dark else "light", bypass_csp=axe, reduced_motion="reduce"
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_S * 1000)
        page.watch = _watch(page)
        contexts.append(context)
        watches.append(page.watch)
        page.goto(url)
        return page

    yield visit
    for context in contexts:
        context.close()
    for watch in watches:
        watch.check()


def poll(ask: Callable[[], Any], what: str, timeout_s: float = PATIENCE_S) -> Any:
    """Ask again until the answer is true; Playwright's own wait_for_function needs eval, which the policy forbids."""
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.05)
    pytest.fail(f"waited {timeout_s:g} s for {what}")


def settled(page: Any) -> None:
    """Wait until the server has answered what the page asked, and the page has drawn it."""
    watch = getattr(page, "watch", None)

    def is_drawn() -> bool:
        if watch and watch.is_asking:
            page.wait_for_timeout(20)  # lets Playwright tell what the session said
            return False
        page.evaluate(ONE_FRAME)  # what has arrived is drawn with it
        return bool(page.locator(STANDS_STILL).count()) and not page.locator("[data-testid=stSkeleton]").count()

    poll(lambda: is_drawn() and not (watch and watch.is_asking), "everything to be drawn")
    assert page.locator("[data-testid=stException]").count() == 0, "the page raised; see the server's log"


def violations(page: Any, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """axe-core's findings, one sentence each; `leave_out`: CSS selectors, with a reason beside the call."""
    from axe_playwright_python.sync_playwright import Axe

    context = {"exclude": [[s] for s in leave_out]} if leave_out else None
    found = Axe().run(page, context=context)
    return [
        f"{v['id']} ({v['impact']}): {n['target']} {n['failureSummary']}"
        for v in found.response["violations"]
        for n in v["nodes"][:4]
    ]


def picture(page: Any, name: str) -> None:
    """A screenshot into $CASEBOARD_SCREENSHOTS, when that is set."""
    folder = os.environ.get("CASEBOARD_SCREENSHOTS", "")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
