"""T6, T13: text from files neither runs, nor is fetched, nor leaks into logs, addresses or file names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Server, poll, run_server, settled
from tests.browser.hostile_case import CANARY, PAYLOADS, SAMPLES, write_hostile_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOUND_IN_PAGE = """() => {
  const seen = [];
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) {
      for (const name of ["src", "href", "action", "data", "onerror"]) {
        const value = e.getAttribute(name);
        if (value && value.includes("canary")) seen.push(`${e.tagName} ${name}=${value}`);
      }
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };
  walk(document);
  return seen;
}"""


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from run_server("app.py", tmp_path_factory.mktemp("hostile-home"))


def names_below(folder: Path) -> str:
    return "\n".join(str(p.relative_to(folder)) for p in folder.rglob("*"))


def start_case(page: Any, files: tuple[Path, ...]) -> None:
    settled(page)
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([str(f) for f in files])
    page.get_by_label("Pseudonym").fill(PAYLOADS[0][:60])
    page.get_by_role("button", name="Read and rank").click()


def test_a_hostile_case_is_shown_as_text_on_every_screen_and_leaves_no_trace(
    hostile_server: Server, page_at: Any, tmp_path: Path
) -> None:
    page = page_at(hostile_server.url)
    addresses: list[str] = []
    page.on("request", lambda r: addresses.append(r.url))
    start_case(page, write_hostile_case(tmp_path))
    poll(lambda: "case_review" in page.evaluate("location.href"), "the case to be read")
    for screen in ("Case review", "All variants", "Phenotype"):
        page.get_by_role("link", name=screen, exact=True).click()
        settled(page)
        assert page.evaluate(FOUND_IN_PAGE) == [], screen
    page.get_by_role("link", name="Worklist", exact=True).click()
    settled(page)
    page.get_by_text("Worklist").first.wait_for()
    assert page.evaluate(FOUND_IN_PAGE) == []
    assert CANARY not in " ".join(addresses)
    assert CANARY not in page.url
    assert CANARY not in hostile_server.log.read_text(errors="replace")
    assert CANARY not in names_below(hostile_server.home)


def test_a_damaged_hostile_file_is_refused_in_a_sentence_that_quotes_no_patient(
    hostile_server: Server, page_at: Any, tmp_path: Path
) -> None:
    vcf = tmp_path / "damaged.vcf"
    vcf.write_text(
        "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n"
        f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{SAMPLES[0]}\n"
        f"chr2\t{PAYLOADS[1]}\t.\tA\tC\t50\tPASS\t.\tGT\t0/1\n",
        encoding="utf-8",
    )
    page = page_at(hostile_server.url)
    start_case(page, (vcf,))
    refusal = page.get_by_text("This case was not read.")
    refusal.wait_for()
    assert "damaged.vcf" in page.inner_text("[data-testid=stAlert]")
    assert CANARY not in page.inner_text("[data-testid=stAlert]")
    assert page.evaluate(FOUND_IN_PAGE) == []
    assert CANARY not in hostile_server.log.read_text(errors="replace")
    assert CANARY not in names_below(hostile_server.home)
