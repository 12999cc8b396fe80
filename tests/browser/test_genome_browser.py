"""The genome browser alone, under the real policy, in a real browser."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.browser.conftest import LARGE, SMALL, Server, picture, poll, settled, violations
from tests.browser.genome import bases_of, genome_state, is_ready, read_names, reads_of, shows, wait_for_genome

pytestmark = pytest.mark.browser
SCN1A = 166_012_345
VISIT = Callable[..., Any]


@pytest.fixture
def opened(page_at: VISIT, genome_server: Server) -> VISIT:
    def visit(what: str = "trio", row: int = 0, **more: Any) -> Any:
        page = page_at(f"{genome_server.url}/?what={what}&row={row}", **more)
        settled(page)
        wait_for_genome(page)
        return page

    return visit


def test_a_de_novo_variant_is_in_the_probands_reads_and_in_no_parents(opened: VISIT) -> None:
    page = opened()
    assert shows(page, "chr2", SCN1A)
    proband = bases_of(page, "Proband", SCN1A)
    assert proband["A"] > 5
    assert proband["G"] > 5
    for parent in ("Mother", "Father"):
        assert bases_of(page, parent, SCN1A)["A"] == 0


def test_reads_that_carry_the_variant_come_first(opened: VISIT) -> None:
    page = opened()
    poll(lambda: reads_of(page, "Proband", SCN1A)["first"] == "A", "the variant's reads on top")
    poll(lambda: reads_of(page, "Mother", SCN1A)["first"] == "G", "the mother's reads, none of which carries it")


def _colours(page: Any) -> dict[str, int]:
    """Pixels of the picture that are clearly green, blue, orange or red."""
    from PIL import Image

    image = Image.open(io.BytesIO(page.locator(".igv-box").screenshot())).convert("RGB")
    red, green, blue = np.moveaxis(np.asarray(image).astype(int), 2, 0)
    found = {
        "green": (green > red + 60) & (green > blue + 60),
        "blue": (blue > red + 60) & (blue > green + 40),
        "orange": (red > green + 50) & (green > blue + 50),
        "red": (red > green + 60) & (red > blue + 60) & (abs(green - blue) < 40),
        "white": np.minimum(np.minimum(red, green), blue) > 245,
    }
    return {name: int(mask.sum()) for name, mask in found.items()}


def _coloured(page: Any) -> dict[str, int]:
    """The same once all four are drawn."""
    return poll(
        lambda: all((found := _colours(page))[c] > 100 for c in ("green", "blue", "orange", "red")) and found,
        "bases of all four colours",
    )


@pytest.mark.parametrize("dark", [False, True])
def test_mismatches_are_coloured_and_bases_keep_their_hue_in_the_dark(dark: bool, opened: VISIT) -> None:
    page = opened(dark=dark)
    picture(page, f"genome-{'dark' if dark else 'light'}")
    found = _coloured(page)
    total = page.locator(".igv-box").bounding_box()
    share_white = found["white"] / (total["width"] * total["height"])
    assert share_white < 0.02 if dark else share_white > 0.1


_HELD_TRACKS = """() => {
  const make = igv.createBrowser;
  window.loading = [];
  igv.createBrowser = async (...given) => {
    const browser = await make(...given), load = browser.loadTrack.bind(browser);
    browser.loadTrack = async (track) => {
      await new Promise((go) => window.loading.push(go));
      return load(track);
    };
    return browser;
  };
}"""


_IS_LOADING = "() => window.loading.length > 0"
_LET_GO = "() => { window.loading.splice(0).forEach((go) => go()); }"


def test_reads_taken_off_the_page_while_they_load_leave_no_error_and_come_back(opened: VISIT) -> None:
    page = opened()
    page.evaluate(_HELD_TRACKS)
    tick = page.get_by_text("Reads", exact=True)
    tick.click()
    page.locator(".igv-box").wait_for(state="detached")
    tick.click()
    poll(lambda: page.evaluate(_IS_LOADING), "the tracks to be on their way")
    tick.click()
    page.locator(".igv-box").wait_for(state="detached")
    page.evaluate(_LET_GO)
    tick.click()
    poll(lambda: page.evaluate(_LET_GO) or is_ready(page), "the genome browser")
    assert shows(page, "chr2", SCN1A)


def test_an_event_moves_the_view_without_the_server(opened: VISIT) -> None:
    page = opened()
    wire = page.context.new_cdp_session(page)
    sent: list[Any] = []
    wire.on("Network.webSocketFrameSent", lambda frame: sent.append(frame))
    wire.send("Network.enable")
    _say(page, row=1, locus="chr1:155235000-155235000")
    poll(lambda: shows(page, "chr1", 155_235_000), "the new place")
    assert sent == []


def _say(page: Any, **detail: Any) -> None:
    """What the ranked list says when a row is chosen."""
    page.evaluate("""(detail) => window.dispatchEvent(new CustomEvent("caseboard:locus", { detail }))""", detail)


def test_a_late_answer_of_the_server_does_not_pull_the_view_back(opened: VISIT) -> None:
    page = opened()
    _say(page, row=1, locus="chr1:155235000-155235000")
    _say(page, row=0, locus="chr2:166012345-166012345", **{"from": "server"})
    wait_for_genome(page)
    poll(lambda: shows(page, "chr1", 155_235_000), "the clicked place")


def test_a_deep_link_opens_at_its_own_variant(opened: VISIT) -> None:
    page = opened(row=1)
    poll(lambda: shows(page, "chr1", 155_235_000), "the row of the address")


def test_the_mitochondrial_contig_is_found_under_every_spelling(opened: VISIT) -> None:
    page = opened()
    for name in ("chrM", "chrMT"):
        _say(page, row=4, locus=f"{name}:3243-3243")
        poll(lambda: shows(page, "chrM", 3_243), name)


def test_the_gene_and_the_familys_genotypes_are_drawn(opened: VISIT) -> None:
    tracks = {t["name"]: t for t in genome_state(opened(), SCN1A)["tracks"]}
    assert "SCN1A" in tracks["Genes (MANE)"]["features"]
    assert tracks["Variants"]["features"]


def test_no_file_name_sample_name_or_read_name_reaches_the_page(opened: VISIT) -> None:
    page = opened()
    names = read_names(page)
    assert names
    assert all(n.startswith("read_") for n in names)


@pytest.mark.parametrize(
    ("what", "words"), [("no-reads", "No reads came with this case"), ("no-reference", "no reference sequence")]
)
def test_what_is_missing_is_said_in_words_with_what_to_do(what: str, words: str, opened: VISIT) -> None:
    page = opened(what)
    picture(page, f"genome-{what}")
    assert words in page.locator(".notes").inner_text()
    assert "dd a" in page.locator(".notes").inner_text()
    assert not any(t["type"] == "alignment" for t in genome_state(page, SCN1A)["tracks"])
    assert page.locator(".place").inner_text().startswith("chr2:")


def test_everything_frequent_is_reachable_by_key(opened: VISIT) -> None:
    page = opened()
    before = genome_state(page, SCN1A)
    page.locator(".igv-box").focus()
    page.keyboard.press("ArrowRight")
    poll(lambda: genome_state(page, SCN1A)["start"] > before["start"], "a step to the right")
    page.keyboard.press("-")
    wide = before["end"] - before["start"]
    poll(lambda: (s := genome_state(page, SCN1A))["end"] - s["start"] > 1.5 * wide, "a wider view")
    page.keyboard.press("Home")
    poll(lambda: shows(page, "chr2", SCN1A), "the variant again")


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_the_view_fills_its_pane_and_shows_a_good_number_of_reads(size: dict[str, int], opened: VISIT) -> None:
    page = opened(size=size)
    proband = reads_of(page, "Proband", SCN1A)
    assert proband["height"] >= 100
    assert page.evaluate("() => document.scrollingElement.scrollHeight <= window.innerHeight + 1")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("what", ["trio", "no-reads"])
def test_nothing_is_in_the_way_of_people_who_use_other_means(what: str, dark: bool, opened: VISIT) -> None:
    page = opened(what, dark=dark, axe=True)
    assert violations(page) == []


def test_a_place_without_reads_says_so_instead_of_looking_like_reference(opened: VISIT) -> None:
    page = opened()
    assert page.locator(".pane .status").inner_text() == ""
    _say(page, row=6, locus="chr7:117559590-117559590")
    poll(lambda: "No reads came" in page.locator(".pane .status").inner_text(), "words")
    _say(page, row=0, locus="chr2:166012345-166012345")
    poll(lambda: page.locator(".pane .status").inner_text() == "", "the reads again")


def test_without_a_fasta_the_reads_own_tags_give_the_reference_and_it_is_said(opened: VISIT) -> None:
    page = opened("md-tags")
    assert "MD tags" in page.locator(".notes").inner_text()
    poll(lambda: reads_of(page, "Proband", SCN1A)["first"] == "A", "the variant's reads on top")
    _coloured(page)
