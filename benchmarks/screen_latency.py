"""How long a person waits for the screen, beside what Streamlit itself takes in the same run.

    python benchmarks/screen_latency.py [--case sample_data/dravet-trio] [--clicks 20]

Measured in Chromium on this machine, from the click event to the frame that shows the answer:
- an empty page: a v2 component sends a number, the server sends it back (nothing can be faster);
- click to panels: the sentence of the chosen variant is on screen;
- click to reads: igv stands at the chosen variant and has drawn it;
- cold start: from starting the server, and from opening the page, to the first paint and to the
  first heading. The case is read once before; its reading is measured elsewhere.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright

from models.case.store import CaseStore
from models.intake import CaseOptions, GivenFile, read_case
from tests.browser.conftest import CHROMIUM, CHROMIUM_FLAGS, SMALL, Server, run_server, settled
from tests.browser.genome import wait_for_genome

ROOT = Path(__file__).resolve().parents[1]
EMPTY = '''
import streamlit as st

echo = st.components.v2.component(
    "echo",
    html="<button>0</button><output></output>",
    js="""export default function ({ data, parentElement, setStateValue }) {
      parentElement.querySelector("output").textContent = data.seen;
      parentElement.querySelector("button").onclick = (event) =>
        setStateValue("n", Number(event.target.textContent = Number(event.target.textContent) + 1));
    }""",
)


@st.fragment
def page():
    seen = (st.session_state.get("echo") or {}).get("n", 0)
    echo(key="echo", data={"seen": seen}, on_n_change=lambda: None)


page()
'''

# Shadow roots are walked once; each frame asks again until `done` is true.
_HELP = """
const roots = () => [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")]
  .map((host) => host.shadowRoot).filter(Boolean);
const find = (css) => roots().map((root) => root.querySelector(css)).find(Boolean);
const until = (done) => new Promise((resolve) => {
  const start = performance.now();
  const ask = () => done() || performance.now() - start > 20000
    ? requestAnimationFrame(() => resolve(performance.now() - start)) : requestAnimationFrame(ask);
  ask();
});"""
_ECHO = f"""async () => {{ {_HELP}
  const button = find("button"), want = String(Number(button.textContent) + 1);
  button.click();
  return until(() => find("output").textContent === want); }}"""
_PANELS = f"""async (place) => {{ {_HELP}
  const list = find("[role=listbox]");
  list.children[place].click();
  const say = `is number ${{place + 1}} of`;
  return until(() => roots().some((root) => root.textContent.includes(say))); }}"""
_READS = f"""async (place) => {{ {_HELP}
  const list = find("[role=listbox]"), box = find(".igv-box");
  let aimed;
  window.addEventListener("caseboard:locus", (event) => (aimed = event.detail.locus), {{ once: true }});
  list.children[place].click();
  return until(() => {{
    if (!aimed) return false;
    const [chrom, span] = aimed.split(":"), first = Number(span.split("-")[0]);
    const frame = box.igvBrowser.referenceFrameList[0];
    return !box.dataset.moving && frame.chr === chrom.replace("chrMT", "chrM")
      && frame.start <= first && first <= frame.end; }}); }}"""
_PAINT = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime"""


@contextmanager
def _served(script: str, home: Path) -> Iterator[Server]:
    running = run_server(script, home)
    try:
        yield next(running)
    finally:
        running.close()


def _store(folder: Path, home: Path) -> str:
    """Read the case into the store as the worklist does; its id."""
    files = tuple(GivenFile(p, p.name) for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "answer.json")
    store = CaseStore(home)
    draft = store.new_draft()
    case = read_case(files, draft, CaseOptions())
    return str(store.keep(draft, case, datetime.now(UTC), folder.name).id)


def _median(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):7.0f} {ordered[int(0.9 * (len(ordered) - 1))]:7.0f} {len(ordered):5d}"


def _page(browser: Any, url: str) -> Any:
    page = browser.new_context(viewport=SMALL).new_page()
    page.goto(url)
    settled(page)
    return page


def _empty(browser: Any, clicks: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        with _served(str(script), Path(folder)) as server:
            page = _page(browser, server.url)
            page.get_by_role("button").first.wait_for()
            return [page.evaluate(_ECHO) for _ in range(clicks + 3)][3:]


def _cold(browser: Any, home: Path) -> tuple[float, float, float]:
    """Seconds: server up, first paint of the page, first heading, each from its own start."""
    started = time.perf_counter()
    with _served("app.py", home) as server:
        up = time.perf_counter() - started
        opened = time.perf_counter()
        page = browser.new_context(viewport=SMALL).new_page()
        page.goto(server.url)
        page.get_by_role("heading").first.wait_for(timeout=60_000)
        heading = time.perf_counter() - opened
        return up, page.evaluate(_PAINT) / 1000, heading


def _review(browser: Any, home: Path, case_id: str, clicks: int) -> tuple[list[float], list[float]]:
    with _served("app.py", home) as server:
        page = _page(browser, f"{server.url}/case_review?case={case_id}")
        wait_for_genome(page)
        places = [1 + (3 * i) % 9 for i in range(clicks + 3)]
        panels, reads = [], []
        for place in places:
            panels.append(page.evaluate(_PANELS, place))
            page.wait_for_timeout(600)
        for place in places:
            reads.append(page.evaluate(_READS, place))
            page.wait_for_timeout(600)
        return panels[3:], reads[3:]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--case", type=Path, default=ROOT / "sample_data" / "dravet-trio")
    asked.add_argument("--clicks", type=int, default=20)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        home = Path(folder)
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        case_id = _store(options.case, home)
        empty = _empty(browser, options.clicks)
        panels, reads = _review(browser, home, case_id, options.clicks)
        up, paint, heading = _cold(browser, home)
        limit = statistics.median(empty)
        print(f"{'milliseconds':34s} median     p90     n   x empty page")
        for name, values in (("empty page, round trip", empty), ("click to panels", panels), ("click to reads", reads)):
            print(f"{name:34s}{_median(values)} {statistics.median(values) / limit:14.2f}")
        print(f"\n{'cold start, seconds':34s}")
        for name, seconds in (("server answers", up), ("first paint", paint), ("first heading", heading)):
            print(f"{name:34s}{seconds:7.2f}")


if __name__ == "__main__":
    main()
